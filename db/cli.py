"""The commands that ask an archive: search, show, check; and how it is served."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import get_args

import click
from click.core import ParameterSource
from rich.console import Console

from db.archive import Archive
from db.check import check as check_archive
from db.errors import ArchiveError
from db.search import Sort, Tab, counts, revision_text
from db.search.superseded import read_superseded
from db.shards.folder import By, is_folder
from db.shards.held import Held
from db.shards.opening import Writable, open_writable
from db.shards.reading import Reader, held_at
from db.shards.routing import file_of
from db.shards.search import search as search_archive
from db.shards.search import superseded_of
from db.shards.writer import FolderArchive
from db.taken import Take
from db.terminal import count_text, hit_json, hit_text, summary_text, superseded_text

archive_option = click.option(
    "--archive",
    "archive_path",
    type=click.Path(path_type=Path),
    default="archive.db",
    show_default=True,
    envvar="ONRECORD_ARCHIVE",
    show_envvar=True,
    help="The archive: one SQLite file, or a folder of them.",
)


scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Have it done by the workers of a dask scheduler (tcp://HOST:8786), with the files that"
    " lie with them. Needs onrecord[cluster].",
)


def open_archive(path: Path, *, create: bool = False) -> Archive:
    """Open the archive or end the command with the one line that says why not."""
    try:
        return Archive.open(path, create=create)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


def open_to_add(
    path: Path,
    *,
    keep_raw: bool = True,
    index_later: bool = False,
    by: By | None = None,
    most: int | None = None,
) -> Writable:
    """Open or make the archive, a file or a folder; end the command with a line where it cannot."""
    try:
        return open_writable(
            path, create=True, keep_raw=keep_raw, index_later=index_later, by=by, most=most
        )
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def open_to_change(path: Path) -> Iterator[list[Archive]]:
    """The archive, or all shards of the folder; end the command with a line where it cannot be."""
    if not is_folder(path):
        with open_archive(path) as archive:
            yield [archive]
        return
    try:
        with FolderArchive.open(path) as folder:
            yield list(folder.shards.values())
            folder.link()
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def archive_to_read(path: Path) -> Iterator[Held]:
    """The archive, a file or a folder; end the command with the one line that says why not."""
    try:
        with held_at(path) as held:
            yield held
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def archive_with(path: Path, number: int) -> Iterator[tuple[Archive, int]]:
    """The archive, or the shard of it, that has row `number`, and the row's own number there."""
    try:
        file, own = file_of(path, number)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None
    with open_archive(file) as archive:
        yield archive, own


def say_missing(held: Held) -> bool:
    """Name the shards that could not be read, and say whether there are any."""
    for one in held.missing:
        click.echo(f"onrecord: {one.shard.path}: {one.reason}; the rest answers", err=True)
    return bool(held.missing)


# No short options here: a word with a hyphen before it is one to leave out, not an option.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", nargs=-1, required=True)
@archive_option
@click.option(
    "--in",
    "tab",
    type=click.Choice(get_args(Tab)),
    default="articles",
    show_default=True,
    help="What to show of what is found.",
)
@click.option("--quotes", is_flag=True, help="The same as --in quotes.")
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    default="relevance",
    show_default=True,
    help="What comes first.",
)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Hits shown.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which of them.")
@click.option("--copies", is_flag=True, help="Show copies of a story too, not once for all.")
@click.option("--superseded", is_flag=True, help="Look in superseded revisions instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, a hit each.")
def search(
    words: tuple[str, ...],
    archive_path: Path,
    tab: Tab,
    quotes: bool,
    sort: Sort,
    limit: int,
    page: int,
    copies: bool,
    superseded: bool,
    as_json: bool,
) -> None:
    """Find articles, paragraphs, quotations or people.

    All WORDS must occur. "A phrase", OR, -not, (groups), begin*, one NEAR/8 other, one PRE/3 other,
    para:(same paragraph), title: byline: publisher: speaker: said: cue: kind:, before: after: on:
    a year, month or day, url: site:, has:quote. What cannot be read so is taken as words; the last
    lines say how it was read.
    """
    typed = " ".join(words)
    if superseded and (quotes or copies or tab != "articles" or sort != "relevance"):
        raise click.UsageError("--superseded goes with --limit, --page and --json alone")
    with archive_to_read(archive_path) as held:
        if superseded:
            older = superseded_of(held, typed, page, limit)
            lines = [hit_json(hit) if as_json else superseded_text(hit) for hit in older.hits]
            summary = count_text(older.total, len(older.hits), page, limit)
            summary += f"\n{read_superseded(typed)}"
        else:
            results = search_archive(
                held, typed, "quotes" if quotes else tab, sort=sort, page=page, size=limit,
                with_facets=False, fold_copies=not copies,
            )  # fmt: skip
            lines = [hit_json(hit) if as_json else hit_text(hit) for hit in results.hits]
            summary = summary_text(results)
        missing = say_missing(held)
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        if isinstance(line, str):
            click.echo(line)
        else:
            console.print(line)
    if not as_json:
        click.echo(f"{summary}\nNot the whole archive was searched" if missing else summary)
    sys.exit(int(missing))


@click.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@click.option("--revision", type=int, help="A superseded revision, by its number.")
@archive_option
def show(article_id: int, revision: int | None, archive_path: Path) -> None:
    """Print an article's text as it was read, by its number in the archive."""
    with archive_with(archive_path, article_id) as (archive, own):
        text = revision_text(archive.db.conn, own, revision)
    if text is None:
        what = f"article {article_id}" + ("" if revision is None else f" in revision {revision}")
        raise click.ClickException(f"{archive_path}: has no {what}")
    click.echo(text)


def _checked(path: Path) -> tuple[list[str], Mapping[str, int]]:
    if not is_folder(path):
        with open_archive(path) as archive:
            return check_archive(archive), counts(archive.db.conn)
    from db.shards.keeping import check_folder

    try:
        found = check_folder(path)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None
    return found.problems, found.held


@click.command()
@archive_option
def check(archive_path: Path) -> None:
    """Verify that the archive is whole: texts, offsets, indexes, revisions, SQLite itself."""
    problems, held = _checked(archive_path)
    for problem in problems:
        click.echo(f"onrecord: {archive_path}: {problem}", err=True)
    if problems:
        number = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
        click.echo(f"{archive_path}: {number}; restore a backup or ingest anew")
        sys.exit(1)
    click.echo(f"{archive_path}: whole ({', '.join(f'{n} {what}' for what, n in held.items())})")


serving = [
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option("--port", type=int, default=8001, show_default=True, help="Port to listen on."),
    click.option("--open", "open_browser", is_flag=True, help="Open the page in your browser."),
    click.option("--public", is_flag=True, help="Let others in: listen on every address."),
    click.option(
        "--allow-host", "also", multiple=True, metavar="NAME",
        help="A name that the site answers to, beside this machine's own.",
    ),
    click.option(
        "--edit", is_flag=True,
        help="Let who has the token set things right, write notes and take in files.",
    ),
    click.option(
        "--token", envvar="ONRECORD_TOKEN", show_envvar=True,
        help="The token for --edit.  [default: a new one, which is printed]",
    ),
]  # fmt: skip


def serve_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that starts the server."""
    for option in reversed(serving):
        command = option(command)
    return command


def serve_archive(
    archive_path: Path,
    host: str,
    port: int,
    open_browser: bool,
    public: bool,
    also: Sequence[str],
    edit: bool,
    token: str | None,
    take: Take | None,
    scheduler: str | None = None,
) -> None:
    """Serve until stopped; end the command with one line where that cannot be.

    `take` takes in the files that are sent to the site where it may be edited. With `scheduler`,
    the shards of the folder are asked where they lie, with the workers of that address.
    """
    source = click.get_current_context().get_parameter_source("token")
    if source is ParameterSource.COMMANDLINE and not edit:
        raise click.UsageError("--token goes with --edit")
    # Datasette takes a second to import: only those who serve wait for it.
    from db.site.serve import serve as serve_site

    def run(reader: Reader | None) -> None:
        serve_site(
            archive_path,
            host="0.0.0.0" if public else host,
            port=port,
            open_browser=open_browser,
            also=also,
            edit=edit,
            token=token,
            take=take,
            reader=reader,
        )

    try:
        if scheduler is None:
            run(None)
            return
        if edit:
            raise click.UsageError("--edit does not go with --scheduler: what lies there is read")
        from db.cluster.connect import connected
        from db.cluster.remote import ClusterReader

        with connected(scheduler) as cluster, closing(ClusterReader(archive_path, cluster)) as far:
            run(far)
    except (ArchiveError, OSError) as error:
        raise click.ClickException(str(error)) from None
