"""`onrecord watch`: take in what is dropped into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from db.cli import archive_option, open_to_add
from ingest.commands.take import take_in
from ingest.watch import watch_folder


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@archive_option
def watch(folder: str, archive_path: Path) -> None:
    """Take in what is dropped into a folder, until Ctrl-C.

    What lies there already comes first. A file that is still being written is waited for.
    """
    with open_to_add(archive_path) as archive:
        click.echo(f"Watching {folder}; Ctrl-C ends it", err=True)
        status = take_in([folder], lambda _: watch_folder(archive, folder), False, False)
    sys.exit(status)
