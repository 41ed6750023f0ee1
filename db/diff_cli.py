"""`onrecord diff`: what a revision changed, and how another article differs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from db.cli import archive_option, archive_with
from db.revisions import diff as compare
from db.revisions import paragraphs_of
from db.terminal import change_lines


@click.command()
@click.argument("article_id", type=int, metavar="ARTICLE")
@click.option("--from", "old", type=int, help="A revision. [default: the last but one]")
@click.option("--to", "new", type=int, help="A later revision. [default: the current one]")
@click.option("--with", "other", type=int, metavar="ARTICLE", help="Another article, as it is now.")
@archive_option
def diff(
    article_id: int, old: int | None, new: int | None, other: int | None, archive_path: Path
) -> None:
    """Show what a revision of an article changed, paragraph by paragraph.

    Paragraphs that stayed are left out; - stands before what was cut, + before what was added.
    Beside another article (--with), - is what only the first says, + what only the other says.
    """
    if other is None:
        before, after = _revisions(archive_path, article_id, old, new)
    elif old is None and new is None:
        before, after = _now(archive_path, article_id), _now(archive_path, other)
    else:
        raise click.UsageError("--with compares articles as they are now, without --from and --to")
    for change in compare(before, after):
        if change.kind != "same":
            for line in change_lines(change):
                click.echo(line)


def _revisions(
    path: Path, article_id: int, old: int | None, new: int | None
) -> tuple[list[str], list[str]]:
    """The titles and paragraphs of two revisions of an article."""
    with archive_with(path, article_id) as (archive, own):
        conn = archive.db.conn
        current = _current(conn, own, f"{path}: has no article {article_id}")
        new = current if new is None else new
        old = new - 1 if old is None else old
        if not old:
            first = "was never revised" if current == 1 else "has nothing before its revision 1"
            raise click.ClickException(f"{path}: article {article_id} {first}")
        before, after = paragraphs_of(conn, own, old), paragraphs_of(conn, own, new)
    if before is None or after is None:
        missing = new if after is None else old
        raise click.ClickException(
            f"{path}: article {article_id} has {current}"
            f" {'revision' if current == 1 else 'revisions'}, none with number {missing}"
        )
    return before, after


def _now(path: Path, article_id: int) -> list[str]:
    """The title and the paragraphs of an article as it reads now."""
    with archive_with(path, article_id) as (archive, own):
        conn = archive.db.conn
        current = _current(conn, own, f"{path}: has no article {article_id}")
        return paragraphs_of(conn, own, current) or []


def _current(conn: sqlite3.Connection, article_id: int, missing: str) -> int:
    row = conn.execute("SELECT revision FROM articles WHERE id = ?", [article_id]).fetchone()
    if row is None:
        raise click.ClickException(missing)
    return int(row[0])
