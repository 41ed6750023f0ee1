"""The command line: `onrecord`, and `python -m ingest`, which are the same."""

from __future__ import annotations

import gc
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click_default_group import DefaultGroup

from db.cli import (
    archive_option,
    check,
    cite,
    diff,
    open_archive,
    search,
    serve_archive,
    serve_options,
    show,
)
from db.edit_cli import correct, corrections, moment, people, undo
from db.errors import ArchiveError
from db.notebook_cli import list_, note, sample, tag
from db.search import most_quoted
from ingest import terminal
from ingest.article import Moment
from ingest.errors import IngestError
from ingest.export import article_json, scorer_json
from ingest.load import Result, Tally, is_part_of, jobs_for, load, preview
from ingest.pipeline import Given, bare_articles, read_articles
from ingest.read import printable, walk
from ingest.read.place import Columns
from ingest.read.record import NAMES
from ingest.reread import reread as reread_all
from ingest.uploads import taker
from ingest.watch import watch_folder

SAMPLES = Path(__file__).parent / "samples"
FIELDS = ", ".join(NAMES)


@click.group(
    cls=DefaultGroup,
    default="ingest",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="onrecord", prog_name="onrecord")
def cli() -> None:
    """A searchable archive of news on your own machine.

    Articles, their paragraphs and every quotation with who said it, in one SQLite file that
    Datasette serves. Everything works offline.

    A path with no command before it is taken in: `onrecord FILE` is `onrecord ingest FILE`.
    """
    # Articles are trees of small objects without cycles: the collector would walk through all of
    # them again and again, which costs a third of the time and frees nothing.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _columns(context: click.Context, option: click.Parameter, pairs: tuple[str, ...]) -> Columns:
    columns: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = (part.strip() for part in printable(pair).partition("="))
        if not equals or not column:
            raise click.BadParameter(f'"{pair}" is no FIELD=COLUMN, as in text=body')
        if field not in NAMES:
            raise click.BadParameter(f'there is no field "{field}"; the fields are {FIELDS}')
        if field in columns:
            raise click.BadParameter(f'the column for "{field}" is given twice')
        columns[field] = column
    return tuple(columns.items())


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@archive_option
@click.option("--title", help="The headline, where the file does not say or is wrong.")
@click.option("--publisher", help="Who published it.")
@click.option("--published", callback=moment, help="When: 2023, 2023-03, 2023-03-21, ...T16:15.")
@click.option("--url", help="The address that it was published at.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=_columns,
    help="Which column or JSON field of a data set holds which of our fields, as in text=body or"
    f" author=by.name; again for each. Fields: {FIELDS}.",
)
@click.option("--dry-run", is_flag=True, help="Show what is recognised and write nothing.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object a line, an article each."
)
@click.option(
    "--max-size", type=click.IntRange(1), default=50, show_default=True, help="Megabytes a page."
)
@click.option("--jobs", type=click.IntRange(1), help="Processes that read. [default: one a core]")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=60, show_default=True, help="Seconds a page."
)
def ingest(
    paths: tuple[str, ...],
    archive_path: Path,
    title: str | None,
    publisher: str | None,
    published: Moment | None,
    url: str | None,
    columns: Columns,
    dry_run: bool,
    as_json: bool,
    max_size: int,
    jobs: int | None,
    timeout: float,
) -> None:
    """Take articles into the archive.

    PATH is a file, a folder (with all that is in it) or - for standard input. A file that cannot be
    read is named on one line and recorded in the table `failures`; the rest goes on, and the exit
    status is 1.
    """
    sources = [s for s in walk(paths) if not is_part_of(archive_path, s)]
    title, publisher, url = (text and printable(text) for text in (title, publisher, url))
    given = Given(title, publisher, published, url)
    if len(sources) > 1 and (title or url):
        raise click.UsageError("--title and --url are for one file; there are several here")
    limit = max_size * 1_000_000
    many = jobs_for(sources, jobs)
    if dry_run:

        def show(sources: Iterable[str]) -> Iterator[Result]:
            return preview(
                sources, given=given, columns=columns, max_bytes=limit, jobs=many, timeout=timeout
            )

        sys.exit(_take_in(sources, show, as_json, True))
    with open_archive(archive_path, create=True) as archive:

        def store(sources: Iterable[str]) -> Iterator[Result]:
            return load(
                archive, sources, given=given, columns=columns, max_bytes=limit,
                recognise_all=as_json, jobs=many, timeout=timeout,
            )  # fmt: skip

        sys.exit(_take_in(sources, store, as_json, False))


def _take_in(
    sources: Sequence[str],
    read: Callable[[Iterable[str]], Iterator[Result]],
    as_json: bool,
    in_full: bool,
) -> int:
    """Run `read` over the sources, show each result and the closing counts; the exit status."""
    tally = Tally()
    bar = len(sources) > 1 and sys.stderr.isatty() and not in_full
    stopped = False
    with terminal.progress(sources, wanted=bar) as (moving, say):
        try:
            for result in read(moving):
                tally.add(result)
                if result.error:
                    say(f"onrecord: {result.error}")
                elif as_json:
                    for article in result.articles:
                        click.echo(json.dumps(article_json(article), ensure_ascii=False))
                elif in_full:
                    for article in result.articles:
                        terminal.describe(article)
                elif not bar:
                    click.echo(terminal.result_line(result))
        except KeyboardInterrupt:
            stopped = True
        except ArchiveError as error:
            raise click.ClickException(str(error)) from None
    if stopped:
        terminal.say_error("stopped; what was read is stored, the same command goes on from here")
    if not in_full:
        click.echo(str(tally), err=as_json)
    return 130 if stopped else 1 if tally.counts["failed"] else 0


@click.command()
@click.argument("path", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print the quotes as JSON.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='FILE has lines of {"id", "text"}; print {"id", "quotes"}.',
)
def quotes(path: str, as_json: bool, jsonl: bool) -> None:
    """Show the quotations of a file: who, with which cue, the words, how sure and why.

    Nothing is stored. FILE may be - for standard input.
    """
    try:
        if jsonl:
            for article in bare_articles(path):
                click.echo(json.dumps(scorer_json(article), ensure_ascii=False))
            return
        found = list(read_articles(path))
    except IngestError as error:
        raise click.ClickException(str(error)) from None
    for item in found:
        if isinstance(item, IngestError):
            terminal.say_error(str(item))
        elif as_json:
            click.echo(json.dumps(scorer_json(item), ensure_ascii=False))
        else:
            click.echo(item.title or "without a title")
            terminal.quotes_table(item)
    if any(isinstance(item, IngestError) for item in found):
        sys.exit(1)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@archive_option
def watch(folder: str, archive_path: Path) -> None:
    """Take in what is dropped into a folder, until Ctrl-C.

    What lies there already comes first. A file that is still being written is waited for.
    """
    with open_archive(archive_path, create=True) as archive:
        click.echo(f"Watching {folder}; Ctrl-C ends it", err=True)
        status = _take_in([folder], lambda _: watch_folder(archive, folder), False, False)
    sys.exit(status)


@click.command()
@archive_option
def reread(archive_path: Path) -> None:
    """Read again what the archive keeps, with the readers of this version.

    Raw pages, letters and texts are recognised anew and take the place of the older reading, with
    no new revision. What you gave by hand stays. An article that can no longer be found in its
    bytes keeps the reading that it has.
    """
    counts: Counter[str] = Counter()
    with open_archive(archive_path) as archive:
        try:
            for result in reread_all(archive):
                counts[result.outcome] += 1
                if result.error:
                    terminal.say_error(str(result.error))
        except KeyboardInterrupt:
            terminal.say_error("stopped; the articles read so far keep their new reading")
    click.echo(
        f"{counts['better']} changed, {counts['same']} the same, {counts['kept']} kept as is"
    )


@click.command()
@archive_option
@serve_options
def serve(archive_path: Path, **options: Any) -> None:
    """Serve the archive to your browser, with Datasette.

    The site is for reading. With --edit, whoever signs in with the token can write too; --public
    with --edit wants a token of your own.
    """
    serve_archive(archive_path, take=taker(archive_path), **options)


def _by_name(result: Result) -> Result:
    return replace(result, source=Path(result.source).name)


@click.command()
@click.option(
    "--archive",
    "archive_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default="demo.db",
    show_default=True,
    help="Where to put the demo's archive.",
)
@click.option(
    "--serve/--no-serve", "serving", default=True, help="Serve it afterwards, or only build it."
)
@serve_options
def demo(archive_path: Path, serving: bool, **options: Any) -> None:
    """Build a small archive of sample articles, show what was found, and serve it."""
    sources = [str(path) for path in sorted(SAMPLES.glob("*.txt"))]
    with open_archive(archive_path, create=True) as archive:
        status = _take_in(sources, lambda s: map(_by_name, load(archive, s)), False, False)
        speakers = most_quoted(archive.db.conn, 5)
    click.echo("Most quoted:")
    for name, number in speakers:
        click.echo(f"  {number:3}  {name}")
    if serving and not status:
        serve_archive(archive_path, take=taker(archive_path), **options)
    sys.exit(status)


for _command in (
    ingest, search, show, diff, cite, quotes, check, watch, reread,
    correct, people, undo, corrections, note, tag, list_, sample, serve, demo,
):  # fmt: skip
    cli.add_command(_command)
