"""The commands that keep an archive safe: backup and restore."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from db.backup import backup as make_backup
from db.backup import restore as put_back
from db.cli import archive_option
from db.errors import ArchiveError
from db.shards.folder import is_folder
from db.shards.keeping import backup_folder, restore_folder

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("target", type=_FILE, required=False, metavar="[FILE]")
@archive_option
def backup(target: Path | None, archive_path: Path) -> None:
    """Copy the archive to FILE, also while it is in use, and check the copy.

    Without FILE, to one beside the archive that has the day in its name. The notebook, where there
    is one, is copied too. A copy is an archive like any other.
    """
    today = date.today().isoformat()
    target = target or archive_path.with_name(f"{archive_path.stem}-{today}{archive_path.suffix}")

    def tell(left: int, pages: int) -> None:
        if sys.stderr.isatty():
            done = 100 * (pages - left) // max(pages, 1)
            click.echo(f"\rCopying: {done} %", nl=not left, err=True)

    make = backup_folder if is_folder(archive_path) else make_backup
    try:
        made = make(archive_path, target, progress=tell)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None
    for path in made:
        click.echo(f"{path}: whole, {path.stat().st_size / 1e6:,.1f} MB")


@click.command()
@click.argument("copy", type=_FILE, metavar="FILE")
@archive_option
@click.option("--replace", is_flag=True, help="Move an archive that is there aside.")
def restore(copy: Path, archive_path: Path, replace: bool) -> None:
    """Put the backup FILE back as the archive, its notebook too; FILE stays as it is."""
    put = restore_folder if is_folder(copy) else put_back
    try:
        aside = put(copy, archive_path, replace=replace)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None
    if aside:
        click.echo(f"{aside}: the archive that was there")
    click.echo(f"{archive_path}: whole, as in {copy}")
