"""What was found, marked in the whole text of one article, for whoever comes from a search."""

from __future__ import annotations

import sqlite3

from db.query import Compiler, read
from db.query.nodes import Any
from db.search.excerpt import END, START, segments
from db.search.wanted import terms_in, wanted_in
from db.unspaced import marked, places_of

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
    runs = places_of(term.text for term in terms_in(nodes))
    # An article's paragraphs lie side by side: the index is read in that stretch alone.
    first, last = conn.execute(
        "SELECT min(id), max(id) FROM paragraphs WHERE article_id = ?", [article_id]
    ).fetchone()
    if first is None:
        return {}
    found = dict(_by_index(conn, match, article_id, first, last)) if match else {}
    if runs:
        for position, text in conn.execute(
            "SELECT position, text FROM paragraphs WHERE article_id = ?", [article_id]
        ):
            found[position] = marked(found.get(position, text), runs, START, END)
    return {position: _stretches(text) for position, text in found.items() if START in text}


def _by_index(
    conn: sqlite3.Connection, match: str, article_id: int, first: int, last: int
) -> sqlite3.Cursor:
    return conn.execute(
        "SELECT p.position, highlight(paragraphs_fts, 0, ?, ?)"
        " FROM paragraphs_fts CROSS JOIN paragraphs AS p ON p.id = paragraphs_fts.rowid"
        " WHERE paragraphs_fts MATCH ? AND paragraphs_fts.rowid BETWEEN ? AND ?"
        " AND p.article_id = ?",
        [START, END, match, first, last, article_id],
    )


def _stretches(text: str) -> list[Stretch]:
    found, at = [], 0
    for part, hit in segments(text):
        if hit:
            found.append((at, at + len(part)))
        at += len(part)
    return found
