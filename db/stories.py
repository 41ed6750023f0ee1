"""Stories: the articles that are copies of each other, or of what these are copies of."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from db.copies import Copy, find_copies
from db.sketches import runs_in, sketch, write_sketch
from ingest.article import Article


def join_story(conn: sqlite3.Connection, article_id: int, article: Article) -> None:
    """Keep the sketch of an article, and put it into one story with its copies."""
    own = runs_in(article)
    kept = sketch(own)
    found = find_copies(conn, article_id, own, kept)
    write_sketch(conn, article_id, kept)
    group(conn, article_id, found)


def group(conn: sqlite3.Connection, article_id: int, copies: list[Copy]) -> None:
    """Put the article and its copies into one story; stories that it joins become one."""
    if not copies:
        return
    conn.executemany(
        "INSERT INTO copies (article_id, other_id, kind, shared) VALUES (?, ?, ?, ?)",
        [(article_id, copy.article_id, copy.kind, copy.shared) for copy in copies],
    )
    put_together(conn, [article_id, *(copy.article_id for copy in copies)])


def put_together(conn: sqlite3.Connection, members: Sequence[int]) -> None:
    """Make one story of articles and of all the stories that they are in."""
    places = ", ".join("?" * len(members))
    stories = [
        row[0]
        for row in conn.execute(
            f"SELECT DISTINCT story FROM articles WHERE id IN ({places}) AND story IS NOT NULL",
            members,
        )
    ]
    # A story goes by the number of the article that the archive knew first.
    story = min([*stories, *members])
    # An update writes the index anew, so those that stay as they are are left alone.
    others = [(story, other) for other in stories if other != story]
    conn.executemany("UPDATE articles SET story = ? WHERE story = ?", others)
    conn.execute(
        f"UPDATE articles SET story = ? WHERE id IN ({places}) AND story IS NOT ?",
        [story, *members, story],
    )


def leave_story(conn: sqlite3.Connection, article_id: int) -> None:
    """Take an article whose words have changed out of its story.

    It has no copies then. Those that it alone held together are stories of their own, and one that
    is left alone is in none.
    """
    conn.execute("DELETE FROM copies WHERE article_id = ? OR other_id = ?", [article_id] * 2)
    row = conn.execute("SELECT story FROM articles WHERE id = ?", [article_id]).fetchone()
    if row[0] is None:
        return
    conn.execute("UPDATE articles SET story = NULL WHERE id = ?", [article_id])
    rest = {row[0] for row in conn.execute("SELECT id FROM articles WHERE story = ?", [row[0]])}
    while rest:
        together = _held_together(conn, min(rest))
        rest -= together
        story = min(together) if len(together) > 1 else None
        if story != row[0]:
            conn.executemany(
                "UPDATE articles SET story = ? WHERE id = ?", [(story, one) for one in together]
            )


def _held_together(conn: sqlite3.Connection, article_id: int) -> set[int]:
    """The article, its copies, the copies of these, and so on."""
    rows = conn.execute(
        "WITH RECURSIVE held (id) AS (VALUES (?1) UNION"
        " SELECT iif(article_id = held.id, other_id, article_id) FROM held"
        " JOIN copies ON article_id = held.id OR other_id = held.id) SELECT id FROM held",
        [article_id],
    )
    return {row[0] for row in rows}
