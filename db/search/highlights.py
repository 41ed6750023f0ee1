"""What was found, marked in the whole text of one article, for whoever comes from a search."""

from __future__ import annotations

import sqlite3

from db.query import Compiler, read
from db.query.nodes import Any
from db.search.excerpt import END, START, segments
from db.search.matches import wanted_in

# Start and end in the text of a paragraph, in characters.
Stretch = tuple[int, int]


def highlights(
    conn: sqlite3.Connection, typed: str | None, article_id: int
) -> dict[int, list[Stretch]]:
    """Where the words of a query stand in an article, by the number of the paragraph."""
    node = read(typed).node
    wanted = wanted_in(node)
    nodes = (*wanted.words, *wanted.said)
    if not nodes:
        return {}
    match = Compiler(conn).match(Any(nodes), ("text",))
    # An article's paragraphs lie side by side: the index is read in that stretch alone.
    first, last = conn.execute(
        "SELECT min(id), max(id) FROM paragraphs WHERE article_id = ?", [article_id]
    ).fetchone()
    if not match or first is None:
        return {}
    rows = conn.execute(
        "SELECT p.position, highlight(paragraphs_fts, 0, ?, ?)"
        " FROM paragraphs_fts CROSS JOIN paragraphs AS p ON p.id = paragraphs_fts.rowid"
        " WHERE paragraphs_fts MATCH ? AND paragraphs_fts.rowid BETWEEN ? AND ?"
        " AND p.article_id = ?",
        [START, END, match, first, last, article_id],
    )
    return {position: _stretches(marked) for position, marked in rows}


def _stretches(marked: str) -> list[Stretch]:
    found, at = [], 0
    for text, hit in segments(marked):
        if hit:
            found.append((at, at + len(text)))
        at += len(text)
    return found
