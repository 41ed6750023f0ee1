"""`onrecord ingest`: files, folders and addresses into the archive."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import click

from db.cli import archive_option, open_to_add, scheduler_option
from db.edit_cli import moment
from db.shards.folder import MOST
from ingest.article import Moment
from ingest.commands.take import take_in
from ingest.live import Asked, load_web
from ingest.load import Result, is_part_of, jobs_for, load, preview
from ingest.pipeline import Given
from ingest.read import printable, walk
from ingest.read.beside import left_out_line
from ingest.read.columns import NAMES
from ingest.read.place import Columns
from ingest.web.manners import DELAY, Manners

FIELDS = ", ".join(NAMES)


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
@click.argument("paths", nargs=-1, metavar="[PATH]...")
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
@click.option("--fetch", "pages", multiple=True, metavar="URL", help="Take in a page of the web.")
@click.option(
    "--feed", "feeds", multiple=True, metavar="URL", help="Take in the pages that a feed leads to."
)
@click.option(
    "--delay", type=click.FloatRange(0), default=DELAY, show_default=True,
    help="Seconds between two requests to a host.",
)  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Fetch from your own machine and network, too.")
@click.option(
    "--raw/--no-raw", "keep_raw", default=True, show_default=True,
    help="Keep the bytes of pages, compressed, for reread.",
)  # fmt: skip
@click.option(
    "--bulk", is_flag=True,
    help="For very many files: build the search indexes at the end. What a stopped run leaves"
    " unindexed, the next command makes up for.",
)  # fmt: skip
@click.option(
    "--shards", type=click.Choice(["year", "size"]),
    help="Make a new archive a folder of files, one a year, or each of --shard-size articles.",
)  # fmt: skip
@click.option(
    "--shard-size", type=click.IntRange(1),
    help=f"Articles a file, with --shards size. [default: {MOST:,}]",
)  # fmt: skip
@scheduler_option
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
    pages: tuple[str, ...],
    feeds: tuple[str, ...],
    delay: float,
    allow_private: bool,
    keep_raw: bool,
    bulk: bool,
    shards: Literal["year", "size"] | None,
    shard_size: int | None,
    scheduler: str | None,
    jobs: int | None,
    timeout: float,
) -> None:
    """Take articles into the archive.

    PATH is a file, a folder (with all that is in it) or - for standard input. A file that cannot be
    read is named on one line and recorded in the table `failures`; the rest goes on, and the exit
    status is 1.

    --fetch and --feed, which may be given several times, read the live web as a polite guest does;
    nothing else ever opens a connection.

    With --scheduler the workers of a dask scheduler read and store, into a folder of files that lie
    with them; they find each PATH where this machine does.
    """
    if not (paths or pages or feeds):
        raise click.UsageError("give a PATH, or an address with --fetch or --feed")
    if shard_size is not None and shards != "size" and scheduler is None:
        raise click.UsageError("--shard-size goes with --shards size")
    beside: Counter[str] = Counter()
    sources = [s for s in walk(paths, beside) if not is_part_of(archive_path, s)]
    if line := left_out_line(beside):
        click.echo(f"onrecord: {line}", err=True)
    title, publisher, url = (text and printable(text) for text in (title, publisher, url))
    given = Given(title, publisher, published, url)
    if (len(sources) + len(pages) > 1 or feeds) and (title or url):
        raise click.UsageError("--title and --url are for one file; there are several here")
    limit = max_size * 1_000_000
    if scheduler is not None:
        if pages or feeds or dry_run or shards or shard_size or jobs or "-" in paths:
            raise click.UsageError(
                "--scheduler goes with files and folders, and not with --fetch, --feed, --dry-run,"
                " --shards, --shard-size or --jobs"
            )
        from ingest.commands.cluster import take_in_on_cluster

        status = take_in_on_cluster(
            scheduler, archive_path, sources, given=given or None, columns=columns,
            max_bytes=limit, keep_raw=keep_raw, timeout=timeout, as_json=as_json,
        )  # fmt: skip
        sys.exit(status)
    asked = Asked(pages, feeds, Manners(delay, timeout, limit, allow_private))
    many = jobs_for(sources, jobs)
    if dry_run:

        def show(sources: Iterable[str]) -> Iterator[Result]:
            yield from preview(
                sources, given=given, columns=columns, max_bytes=limit, jobs=many, timeout=timeout
            )
            yield from load_web(None, asked, given=given, columns=columns, jobs=jobs)

        sys.exit(take_in(sources, show, as_json, True, bool(asked)))
    with open_to_add(
        archive_path, keep_raw=keep_raw, index_later=bulk, by=shards, most=shard_size
    ) as archive:

        def store(sources: Iterable[str]) -> Iterator[Result]:
            yield from load(
                archive, sources, given=given, columns=columns, max_bytes=limit,
                recognise_all=as_json, jobs=many, timeout=timeout,
            )  # fmt: skip
            yield from load_web(
                archive, asked, given=given, columns=columns, recognise_all=as_json, jobs=jobs
            )
            if bulk:
                archive.index_all()
            archive.tidy()

        sys.exit(take_in(sources, store, as_json, False, bool(asked)))
