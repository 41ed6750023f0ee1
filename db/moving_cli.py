"""The commands that put archives together and take them apart: merge, split, join."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from db.archive import Archive
from db.cli import archive_option
from db.errors import ArchiveError
from db.shards.folder import MOST, is_folder, open_folder

if TYPE_CHECKING:
    from db.moving.merging import Report
    from db.moving.notes import Noted

_PATH = click.Path(path_type=Path)
check_option = click.option(
    "--check/--no-check", "with_check", default=True, show_default=True,
    help="Verify at the end that the archive is whole, as onrecord check does.",
)  # fmt: skip


class _Lines:
    """What the command says as it goes, and whether all went well."""

    def __init__(self) -> None:
        self.failed = False

    def error(self, line: object) -> None:
        click.echo(f"onrecord: {line}", err=True)
        self.failed = True

    def tell(self, done: int, number: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\rMoving: {done:,} of {number:,} articles", nl=done == number, err=True)

    def report(self, report: Report) -> None:
        click.echo(f"{report.path}: {_summary(report)}")
        for problem in report.proof.problems:
            self.error(f"{report.path}: {problem}")

    def check(self, archive: Path) -> None:
        from db.check import check as check_archive
        from db.shards.keeping import check_folder

        try:
            if is_folder(archive):
                problems = check_folder(archive).problems
            else:
                with Archive.open(archive, create=False) as opened:
                    problems = check_archive(opened)
        except ArchiveError as error:
            self.error(error)
            return
        for problem in problems:
            self.error(f"{archive}: {problem}")
        if not problems:
            click.echo(f"{archive}: whole")

    def end(self) -> None:
        if self.failed:
            sys.exit(1)


@click.command()
@click.argument("others", type=_PATH, nargs=-1, required=True, metavar="OTHER...")
@archive_option
@click.option("--notebook", is_flag=True, help="Take in their notes, tags and lists, too.")
@check_option
def merge(others: tuple[Path, ...], archive_path: Path, notebook: bool, with_check: bool) -> None:
    """Take everything of OTHER archives, files or folders, into the archive.

    What both have is not doubled: an article that is known by its address, its words or its file
    gets what is new of it, a later version as a revision. Of corrections that contradict each other
    ours hold, theirs are kept as undone. OTHER is only read, also while it is in use. Whatever ends
    in between, the same command goes on where it stopped.
    """
    lines = _Lines()
    for other in others:
        try:
            _take(other, archive_path, lines)
            if notebook and not _take_notebook(other, archive_path):
                click.echo(f"{other}: has no notebook")
        except ArchiveError as error:
            lines.error(error)
    if with_check and archive_path.exists():
        lines.check(archive_path)
    lines.end()


@click.command()
@click.argument("folder", type=_PATH)
@archive_option
@click.option(
    "--by",
    type=click.Choice(["year", "size"]),
    help="A file for each year, or for so many articles.",
)
@click.option(
    "--articles", "most", type=click.IntRange(1),
    help=f"Articles a file, with --by size.  [default: {MOST:,}]",
)  # fmt: skip
@check_option
def split(
    folder: Path, archive_path: Path, by: Literal["year", "size"] | None, most: int | None,
    with_check: bool,
) -> None:  # fmt: skip
    """Copy the archive, one file, into FOLDER, an archive of several files.

    The archive stays as it is, its notebook is copied too. A FOLDER that is there gets what it has
    not, so that a split that was broken off goes on.
    """
    from db.moving.sharding import into_folder

    lines = _Lines()
    if is_folder(archive_path):
        raise click.ClickException(f"{archive_path}: is a folder already; name one file")
    if most is not None and by != "size":
        raise click.UsageError("--articles goes with --by size")
    try:
        lines.report(into_folder(archive_path, folder, by, most=most, tell=lines.tell))
        _take_notebook(archive_path, folder)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None
    if with_check:
        lines.check(folder)
    lines.end()


@click.command()
@click.argument("folder", type=_PATH)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@check_option
def join(folder: Path, file: Path, with_check: bool) -> None:
    """Copy FOLDER, an archive of several files, into one FILE.

    FOLDER stays as it is, its notebook is copied too. A FILE that is there gets what it has not.
    """
    lines = _Lines()
    try:
        open_folder(folder)
        _take(folder, file, lines)
        _take_notebook(folder, file)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None
    if with_check:
        lines.check(file)
    lines.end()


def _take(other: Path, archive_path: Path, lines: _Lines) -> None:
    """Take one other archive, a file or a folder, into ours, a file or a folder."""
    from db.moving.merging import merge as merge_archives
    from db.moving.merging import shards_of
    from db.moving.sharding import into_folder

    paths, missing = shards_of(other)
    for line in missing:
        lines.error(line)
    if is_folder(archive_path):
        for path in paths:
            lines.report(into_folder(path, archive_path, None, tell=lines.tell))
        return
    # Workers that read side by side may have read the same article.
    apart = not is_folder(other) or open_folder(other).by == "worker"
    for path in paths:
        if not path.is_file():
            raise ArchiveError(path, "there is no archive here")
    with Archive.open(archive_path) as archive:
        for report in merge_archives(paths, archive, tell=lines.tell, apart=apart):
            lines.report(report)


def _take_notebook(other: Path, archive_path: Path) -> bool:
    """Take in the notebook of another archive and say what was new in it; False without one."""
    from db.moving.notes import take
    from db.notebook import Notebook, notebook_path
    from db.shards.reading import held_at

    theirs = notebook_path(other)
    if not theirs.is_file():
        return False
    with (
        held_at(archive_path) as held,
        Notebook.open(theirs, held, read_only=True) as book,
        Notebook.open(notebook_path(archive_path), held) as ours,
    ):
        click.echo(f"{other}: {_noted(take(book, ours))}")
    return True


def _summary(report: Report) -> str:
    tally, amended = report.tally, report.amended
    number = tally.new + tally.known + tally.joined
    parts = [f"{_counted(number, 'article')}: {tally.new:,} new, {tally.known:,} known"]
    if tally.joined:
        revisions = _counted(tally.revisions, "revision")
        parts[0] += f", {tally.joined:,} with {revisions} more"
    if tally.captures:
        parts.append(f"{_counted(tally.captures, 'capture')} more of what was known")
    if tally.otherwise:
        parts.append(f"{_counted(tally.otherwise, 'revision')} read otherwise here, ours hold")
    if amended.new:
        parts.append(_counted(amended.new, "correction"))
    if amended.contradict:
        verb = "contradicts" if amended.contradict == 1 else "contradict"
        parts.append(f"{amended.contradict:,} {verb} ours, which hold")
    found = [_counted(n, noun) for table, noun in _FOUND if (n := report.proof.found.get(table))]
    return f"{'; '.join(parts)}. Found again: {', '.join(found) or 'nothing'}"


_FOUND = (
    ("articles", "article"), ("revisions", "revision"), ("texts", "text"), ("captures", "capture"),
    ("raw_captures", "raw capture"), ("quotes", "quotation"), ("corrections", "correction"),
)  # fmt: skip


def _noted(noted: Noted) -> str:
    parts = [
        _counted(noted.notes, "note"), _counted(noted.tagged, "tag"),
        _counted(noted.listed, "place") + " on lists", _counted(noted.samples, "sample"),
        "1 saved search" if noted.searches == 1 else f"{noted.searches:,} saved searches",
    ]  # fmt: skip
    return "new in the notebook: " + ", ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
