"""The commands that set an archive right: correct, people, undo, corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from db.cli import archive_option, archive_to_read, archive_with, say_missing
from db.errors import ArchiveError
from db.shards.held import Part
from db.shards.ids import joined, parted
from db.shards.opening import Writable, open_writable
from ingest.article import Moment
from ingest.dates import parse_moment

if TYPE_CHECKING:
    from db.corrections import Correction

by_option = click.option(
    "--by", metavar="NAME", envvar="ONRECORD_BY", show_envvar=True, help="Who says so."
)


@contextmanager
def _in_a_line() -> Iterator[None]:
    """What is wrong in the block ends the command with the one line that says it."""
    try:
        yield
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


def moment(context: click.Context, option: click.Parameter, value: str | None) -> Moment | None:
    """The date that an option or argument gives."""
    if value is None:
        return None
    try:
        return parse_moment(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@contextmanager
def _whole(path: Path) -> Iterator[Writable]:
    """The archive, be it one file or a folder."""
    with _in_a_line(), open_writable(path) as archive:
        yield archive


def _make(path: Path, what: Callable[..., Correction], article: int, **options: Any) -> None:
    with _in_a_line(), archive_with(path, article) as (archive, own):
        made = archive.correct(what, article_id=own, **options)
    _say(made, joined(parted(article)[0], made.id))


def _say(made: Correction, number: int, many: str = "") -> None:
    click.echo(f"{made}{many}; to take it back: onrecord undo {number}")


@click.group()
def correct() -> None:
    """Set right a title, a date or the speaker of a quotation.

    A correction stays when the file is taken in again, changed or not, and can be undone. ARTICLE
    is the number that search shows.
    """


@correct.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@click.argument("title")
@by_option
@archive_option
def title(article_id: int, title: str, by: str | None, archive_path: Path) -> None:
    """Say what an article is called."""
    from db import correct

    _make(archive_path, correct.title, article_id, title=title, by=by)


@correct.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@click.argument("date", callback=moment, required=False, metavar="[DATE]")
@click.option("--unknown", is_flag=True, help="Nobody knows; leave the article without a date.")
@by_option
@archive_option
def date(
    article_id: int, date: Moment | None, unknown: bool, by: str | None, archive_path: Path
) -> None:
    """Say when an article appeared: 2023, 2023-03, 2023-03-21, 2023-03-21T16:15."""
    from db import correct

    if unknown == (date is not None):
        raise click.UsageError("give either a date or --unknown")
    _make(archive_path, correct.published, article_id, when=date, by=by)


@correct.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@click.argument("quotation", type=int)
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--nobody", is_flag=True, help="Nobody whom the article tells of.")
@by_option
@archive_option
def speaker(
    article_id: int,
    quotation: int,
    name: str | None,
    nobody: bool,
    by: str | None,
    archive_path: Path,
) -> None:
    """Say who speaks in an article's QUOTATION, by its number in the article, from 1."""
    from db import correct

    if nobody == (name is not None):
        raise click.UsageError("give either a name or --nobody")
    _make(archive_path, correct.speaker, article_id, position=quotation, name=name, by=by)


@click.group()
def people() -> None:
    """Say who is who: one person under two names, or two under one."""


@people.command()
@click.argument("name")
@click.argument("into")
@click.option("--article", "article_id", type=int, help="In this article only. [default: all]")
@click.option("--new", is_flag=True, help="INTO is a name that nobody is quoted by yet.")
@by_option
@archive_option
def merge(
    name: str, into: str, article_id: int | None, new: bool, by: str | None, archive_path: Path
) -> None:
    """Say that whoever is called NAME is INTO.

    Without --article this holds for every article, and for those that are taken in later.
    """
    from db import correct
    from db.shards import correcting

    if article_id is not None:
        _make(archive_path, correct.merge, article_id, name=name, into=into, new=new, by=by)
        return
    with _whole(archive_path) as archive:
        made, number = correcting.merge(archive, name, into, new=new, by=by)
    _say(made, made.id, f" ({number} article{'' if number == 1 else 's'})")


@people.command()
@click.argument("name")
@click.argument("other")
@click.option("--article", "article_id", type=int, required=True, help="The article.")
@by_option
@archive_option
def split(name: str, other: str, article_id: int, by: str | None, archive_path: Path) -> None:
    """Say that an article's NAME is somebody else of that name, OTHER.

    OTHER tells the two apart: onrecord people split "Ann Lee" "Ann Lee (nurse)" --article 12
    """
    from db import correct

    _make(archive_path, correct.split, article_id, name=name, other=other, by=by)


@click.command()
@click.argument("number", type=int)
@archive_option
def undo(number: int, archive_path: Path) -> None:
    """Take a correction back, by its number: what it changed is as it was read."""
    from db.shards import correcting

    with _whole(archive_path) as archive:
        undone = correcting.undo(archive, number)
    click.echo(f"Undone: {undone}")


@click.command()
@click.option("--undone", is_flag=True, help="Those that were taken back as well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--take",
    "file",
    type=click.File(encoding="utf-8"),
    help="Take in what --json printed of another archive, - for standard input.",
)
@archive_option
def corrections(undone: bool, as_json: bool, file: TextIO | None, archive_path: Path) -> None:
    """List the corrections, or take in those of an archive that this one takes the place of."""
    if file is not None:
        with _whole(archive_path) as archive:
            _take(archive, file)
        return
    from db.shards.overviews import corrections as listed

    with archive_to_read(archive_path) as held:
        found = listed(held, undone=undone)[::-1]
        printed = held.each(_as_json) if as_json else {}
        say_missing(held)
    as_printed = {number: line for lines in printed.values() for number, line in lines.items()}
    for made, _, number in found:
        click.echo(as_printed[made.id] if as_json else _line(made, number))
    if not found and not as_json:
        click.echo("There are no corrections")


def _as_json(part: Part) -> dict[int, str]:
    """The corrections of one archive as JSON, by their numbers over all."""
    from db.corrections import correction_json, listed

    found = listed(part.conn, undone=True)
    return {part.up(made.id): correction_json(part.conn, made) for made in found}


def _line(made: Correction, articles: int) -> str:
    state = f"undone {made.undone[:10]}" if made.undone else "changes nothing now"
    who = f", {made.made_by}" if made.made_by else ""
    shown = "" if articles else f"  [{state}]"
    return f"{made.id:4}  {made.made[:10]}{who}  {made}{shown}"


def _take(archive: Writable, file: TextIO) -> None:
    from db.corrections import correction_of
    from db.shards import correcting

    made: list[Correction] = []
    for number, line in enumerate(file, 1):
        try:
            made += [correction_of(line)] if line.strip() else []
        except ValueError as error:
            raise click.ClickException(f"{file.name}: line {number}: {error}") from None
    click.echo(f"{correcting.take(archive, made)} of {len(made)} corrections are new")
