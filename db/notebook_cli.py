"""The commands of the notebook: note, tag, list, sample."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
from click.core import ParameterSource

from db.cite import Format
from db.cli import archive_option, say_missing
from db.errors import ArchiveError

if TYPE_CHECKING:
    from db.notebook import Notebook
    from db.samples import Sample
    from db.things import Thing

MANY = 1_000_000


cite_option = click.option(
    "--cite",
    "form",
    type=click.Choice(get_args(Format)),
    help="Cite what is there, with its tags and notes.",
)


@contextmanager
def _book(path: Path) -> Iterator[Notebook]:
    from db.notebook import Notebook, notebook_path
    from db.shards.reading import held_at

    try:
        with held_at(path) as held, Notebook.open(notebook_path(path), held) as book:
            say_missing(held)
            yield book
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


def _line(book: Notebook, thing: Thing) -> str:
    place = book.find(thing)
    return f"{place or 'not here now'!s:>12}  {thing}"


def _cite(book: Notebook, things: list[Thing], form: Format) -> None:
    """Print the references; a person cannot be cited, and what is not here is named."""
    from db.bibliography import references
    from db.cite import export

    made, left = references(book, things)
    for thing in left:
        if thing.kind != "person":
            click.echo(f"onrecord: not cited, for the archive does not hold it: {thing}", err=True)
    if made:
        click.echo(export(made, form))
    if any(thing.kind != "person" for thing in left):
        sys.exit(1)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _meant(book: Notebook, typed: Iterable[str], found: str | None) -> list[Thing]:
    """The things that were typed, and the articles that a search finds."""
    from db.search.evaluate import articles_found
    from db.shards.held import Part
    from db.shards.things import article_thing, thing_called

    held = book.held
    things = [thing_called(held, one) for one in typed]

    def met(part: Part) -> list[int]:
        return [part.up(article) for article in part.ask(articles_found, found)]

    ids = [article for articles in held.each(met).values() for article in articles]
    return [*things, *(article_thing(held, article) for article in ids)]


found_option = click.option(
    "--found", metavar="WORDS", help="Also every article in which a search finds these."
)


@click.command()
@click.argument("thing", required=False, metavar="[THING]")
@click.argument("text", required=False, metavar="[TEXT]")
@click.option("--search", "typed", metavar="WORDS", help="The notes in which these words are.")
@click.option("--tear-out", "number", type=int, help="Take a note out for good, by its number.")
@archive_option
def note(
    thing: str | None, text: str | None, typed: str | None, number: int | None, archive_path: Path
) -> None:
    """Write TEXT on THING: an article (12), its third quotation (12#3) or a person ("Ann Lee").

    Without TEXT, shows the notes on THING; with nothing, all of them. Notes, tags and lists are in
    a file beside the archive (archive.notes.db), and outlive it.
    """
    from db import notes
    from db.shards.things import thing_called

    with _book(archive_path) as book:
        if number is not None:
            notes.tear_out(book, number)
            click.echo(f"Note {number} is gone")
            return
        meant = thing_called(book.held, thing) if thing else None
        if meant and text:
            click.echo(f"Note {notes.write(book, meant, text)} on {meant}")
            return
        found = notes.search_notes(book, typed, MANY) if typed else notes.notes(book, meant)
        for one in found:
            click.echo(
                f"{_line(book, one.thing)}\n              {one.id}, {one.made[:10]}: {one.text}"
            )
    if not found:
        click.echo("There are no such notes" if thing or typed else "There are none yet")


@click.command()
@click.argument("name", required=False, metavar="[TAG]")
@click.argument("things", nargs=-1, metavar="[THING]...")
@found_option
@click.option("--remove", is_flag=True, help="Take the tag off them.")
@cite_option
@archive_option
def tag(
    name: str | None,
    things: tuple[str, ...],
    found: str | None,
    remove: bool,
    form: Format | None,
    archive_path: Path,
) -> None:
    """Give a tag to things: articles (12), quotations (12#3), people ("Ann Lee").

    Without a THING, shows what has the TAG; without a TAG, shows the tags.
    """
    from db import shelves

    with _book(archive_path) as book:
        if name is None:
            _shelves(shelves.tags(book))
        elif things or found:
            meant = _meant(book, things, found)
            act = shelves.untag if remove else shelves.tag
            number = act(book, name, meant)
            click.echo(f'{number} of {_counted(len(meant), "thing")} {"lost" if remove else "got"}'
                       f' the tag "{name}"')  # fmt: skip
        elif form:
            _cite(book, shelves.tagged(book, name), form)
        else:
            for thing in shelves.tagged(book, name):
                click.echo(_line(book, thing))


@click.command("list")
@click.argument("name", required=False, metavar="[LIST]")
@click.argument("things", nargs=-1, metavar="[THING]...")
@found_option
@click.option("--remove", is_flag=True, help="Take them off the list.")
@click.option("--at", "position", type=click.IntRange(1), help="Put them there, from 1.")
@cite_option
@archive_option
def list_(
    name: str | None,
    things: tuple[str, ...],
    found: str | None,
    remove: bool,
    position: int | None,
    form: Format | None,
    archive_path: Path,
) -> None:
    """Put things on a list, in order: articles (12), quotations (12#3), people ("Ann Lee").

    Without a THING, shows what is on the LIST; without a LIST, shows the lists.
    """
    from db import shelves

    with _book(archive_path) as book:
        if name is None:
            _shelves(shelves.lists(book))
            return
        if things or found:
            meant = _meant(book, things, found)
            if remove:
                shelves.take_off(book, name, meant)
                return
            shelves.enlist(book, name, meant)
            for ahead, thing in enumerate(meant):
                if position is not None:
                    shelves.move(book, name, thing, position + ahead)
        if form:
            _cite(book, shelves.listed(book, name), form)
            return
        for number, thing in enumerate(shelves.listed(book, name), 1):
            click.echo(f"{number:3}. {_line(book, thing)}")


def _shelves(counts: list[tuple[str, int]]) -> None:
    for name, number in counts:
        click.echo(f"{number:5}  {name}")
    if not counts:
        click.echo("There are none yet")


def _as_drawn(drawn: Sample, *, size: int, seed: int) -> None:
    """Refuse what was typed to draw a sample otherwise than it was drawn."""
    context = click.get_current_context()
    if drawn.size == drawn.drawn_from:  # there were no more
        size = min(size, drawn.size)
    for what, typed, was in (("size", size, drawn.size), ("seed", seed, drawn.seed)):
        given = context.get_parameter_source(what) is ParameterSource.COMMANDLINE
        if given and typed != was:
            raise click.UsageError(
                f'"{drawn.name}" was drawn with --{what} {was}; give another name to draw another'
            )


@click.command()
@click.argument("name", required=False, metavar="[SAMPLE]")
@click.option(
    "--size", type=click.IntRange(1), default=100, show_default=True, help="Quotations to draw."
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="The same seed draws the same quotations.",
)
@click.option(
    "--right",
    type=int,
    multiple=True,
    metavar="NUMBER",
    help="This quotation of the sample is right; again for each.",
)
@click.option("--wrong", type=int, multiple=True, metavar="NUMBER", help="This one is wrong.")
@archive_option
def sample(
    name: str | None,
    size: int,
    seed: int,
    right: tuple[int, ...],
    wrong: tuple[int, ...],
    archive_path: Path,
) -> None:  # fmt: skip
    """Draw quotations at random and judge whether their speakers are right.

    A SAMPLE that is not there is drawn; one that is there is shown. Without a SAMPLE, shows all.
    """
    from db import samples

    if both := sorted({*right} & {*wrong}):
        raise click.UsageError(f"{both[0]} cannot be both right and wrong")
    with _book(archive_path) as book:
        if name is not None:
            if samples.exists(book, name):
                _as_drawn(samples.get(book, name), size=size, seed=seed)
            if not (right or wrong or samples.exists(book, name)):
                samples.draw(book, name, size=size, seed=seed)
            for number in right:
                samples.judge(book, name, number, "right")
            for number in wrong:
                samples.judge(book, name, number, "wrong")
            for mark in samples.marks(book, name) if not (right or wrong) else ():
                verdict = mark.verdict or ""
                click.echo(
                    f"{mark.number:4}  {verdict:5}  {mark.speaker or 'nobody'}: {mark.thing}"
                )
        every = [samples.get(book, name)] if name is not None else samples.samples(book)
        if not every:
            click.echo("There are none yet")
        for drawn in every:
            share = drawn.share()
            sure = f"; {share[0]:.0%} to {share[1]:.0%} of all are right" if share else ""
            click.echo(
                f"{drawn.name}: {drawn.size} of {drawn.drawn_from} quotations (seed {drawn.seed}),"
                f" {drawn.right} right, {drawn.wrong} wrong{sure}"
            )
