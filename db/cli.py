"""The commands that ask an archive: search, show, check, serve."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import click
from rich.console import Console

from db.archive import Archive
from db.check import check as check_archive
from db.errors import ArchiveError
from db.revisions import diff as compare
from db.revisions import paragraphs_of
from db.search import Scope, count, counts, revision_text, search_superseded
from db.search import search as search_archive
from db.terminal import change_lines, hit_json, hit_text

archive_option = click.option(
    "--archive",
    "archive_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default="archive.db",
    show_default=True,
    envvar="ONRECORD_ARCHIVE",
    show_envvar=True,
    help="The archive: one SQLite file.",
)


def open_archive(path: Path, *, create: bool = False) -> Archive:
    """Open the archive or end the command with the one line that says why not."""
    try:
        return Archive.open(path, create=create)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


# No short options here: a word with a hyphen before it is one to leave out, not an option.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", nargs=-1, required=True)
@archive_option
@click.option(
    "--in",
    "scope",
    type=click.Choice(get_args(Scope)),
    default="everything",
    show_default=True,
    help="Where to look.",
)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Hits shown.")
@click.option("--superseded", is_flag=True, help="Look in superseded revisions instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, a hit each.")
def search(
    words: tuple[str, ...],
    archive_path: Path,
    scope: Scope,
    limit: int,
    superseded: bool,
    as_json: bool,
) -> None:
    """Find words in titles, paragraphs and quotes.

    All WORDS must occur. "A phrase", OR, -not, (groups), begin*, near NEAR/8 by; what cannot be
    read so is taken as words.
    """
    typed = " ".join(words)
    with open_archive(archive_path) as archive:
        conn = archive.db.conn
        if superseded:
            hits = search_superseded(conn, typed, limit=limit)
            total = len(hits)
        else:
            hits = search_archive(conn, typed, scope=scope, limit=limit)
            total = len(hits) if len(hits) < limit else count(conn, typed, scope=scope)
    console = Console(highlight=False, soft_wrap=True)
    for hit in hits:
        if as_json:
            click.echo(hit_json(hit))
        else:
            console.print(hit_text(hit))
    if not as_json:
        noun = "hit" if total == 1 else "hits"
        shown = f", the best {len(hits)} shown" if total > len(hits) else ""
        click.echo(f"{total} {noun}{shown}")


@click.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@click.option("--revision", type=int, help="A superseded revision, by its number.")
@archive_option
def show(article_id: int, revision: int | None, archive_path: Path) -> None:
    """Print an article's text as it was read, by its number in the archive."""
    with open_archive(archive_path) as archive:
        text = revision_text(archive.db.conn, article_id, revision)
    if text is None:
        what = f"article {article_id}" + (f" in revision {revision}" if revision else "")
        raise click.ClickException(f"{archive_path}: has no {what}")
    click.echo(text)


@click.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@click.option("--from", "old", type=int, help="A revision. [default: the last but one]")
@click.option("--to", "new", type=int, help="A later revision. [default: the current one]")
@archive_option
def diff(article_id: int, old: int | None, new: int | None, archive_path: Path) -> None:
    """Show what a revision of an article changed, paragraph by paragraph.

    Paragraphs that stayed are left out; - stands before what was cut, + before what was added.
    """
    with open_archive(archive_path) as archive:
        conn = archive.db.conn
        row = conn.execute("SELECT revision FROM articles WHERE id = ?", [article_id]).fetchone()
        if row is None:
            raise click.ClickException(f"{archive_path}: has no article {article_id}")
        new = new or row[0]
        old = old or new - 1
        before = paragraphs_of(conn, article_id, old)
        after = paragraphs_of(conn, article_id, new)
    if before is None or after is None:
        missing = old if before is None else new
        raise click.ClickException(
            f"{archive_path}: article {article_id} has {row[0]} revisions,"
            f" none with number {missing}"
        )
    for change in compare(before, after):
        if change.kind != "same":
            for line in change_lines(change):
                click.echo(line)


@click.command()
@archive_option
def check(archive_path: Path) -> None:
    """Verify that the archive is whole: texts, offsets, indexes, revisions, SQLite itself."""
    with open_archive(archive_path) as archive:
        problems = check_archive(archive)
        held = counts(archive.db.conn)
    for problem in problems:
        click.echo(f"onrecord: {archive_path}: {problem}", err=True)
    if problems:
        click.echo(f"{archive_path}: {len(problems)} problems; restore a backup or ingest anew")
        sys.exit(1)
    click.echo(f"{archive_path}: whole ({', '.join(f'{n} {what}' for what, n in held.items())})")


serving = [
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option("--port", type=int, default=8001, show_default=True, help="Port to listen on."),
    click.option("--open", "open_browser", is_flag=True, help="Open the page in your browser."),
]


def serve_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that starts the server."""
    for option in reversed(serving):
        command = option(command)
    return command


@click.command()
@archive_option
@serve_options
def serve(archive_path: Path, host: str, port: int, open_browser: bool) -> None:
    """Serve the archive to your browser, with Datasette."""
    serve_archive(archive_path, host, port, open_browser)


def serve_archive(archive_path: Path, host: str, port: int, open_browser: bool) -> None:
    """Serve until stopped; end the command with one line where that cannot be."""
    # Datasette takes a second to import: only those who serve wait for it.
    from db.site.serve import serve as serve_site

    try:
        serve_site(archive_path, host=host, port=port, open_browser=open_browser)
    except (ArchiveError, OSError) as error:
        raise click.ClickException(str(error)) from None
