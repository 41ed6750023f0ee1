"""Rows that were made before, written a table at a time.

A statement costs as much as the row that it writes, and one that fires a trigger also has SQLite
copy every page that it changes, to take them back should it fail. So what is to be written is made
first, for one article or for many, and goes into each table at once, many rows in a statement.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from functools import cache
from itertools import chain

from db.rows import ARTICLE_COLUMNS, QUOTE_COLUMNS, Row


class Rows(defaultdict[str, list[Row]]):
    """Rows to write, by table."""

    def __init__(self) -> None:
        super().__init__(list)


# In the order in which they are written: what is referred to comes first.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "sources": ("id", "location", "kind", "first_read"),
    "texts": ("id", "sha256", "content"),
    "raw_captures": ("sha256", "data"),
    "people": ("id", "name", "kind", "full_name"),
    "articles": ("id", "text_id", *ARTICLE_COLUMNS),
    "revisions": ("article_id", "number", "text_id", "start", "end", "fingerprint", "recorded"),
    "captures": (
        "source_id", "article_id", "revision", "text_id", "sha256", "size", "encoding", "url",
        "given", "captured", "format", "saved", "publisher", "carried",
    ),
    "addresses": ("article_id", "url", "key"),
    "paragraphs": ("id", "article_id", "position", "kind", "text", "start", "end"),
    "furniture": ("article_id", "text", "reason", "start", "end"),
    "facts": ("article_id", "field", "value", "origin", "weight"),
    "spellings": ("word", "folded"),
    "quotes": ("id", "article_id", "paragraph_id", "person_id", *QUOTE_COLUMNS),
    "quote_pieces": ("quote_id", "paragraph_id", "position", "start", "end"),
    "other_names": ("article_id", "person_id", "name"),
    "descriptions": ("article_id", "person_id", "text", "start", "end"),
    "mentions": ("article_id", "person_id", "kind", "text", "start", "end"),
    "new_sketches": ("hash", "article_id"),
}  # fmt: skip
# What may be there already.
_ONCE = {"addresses", "spellings", "other_names", "new_sketches"}
# Statements are kept, so that there are few sizes of them.
_SIZES = (32, 8, 1)


def write(conn: sqlite3.Connection, made: Rows) -> None:
    """Write what was made, within the transaction that is open; rows of a table in their order."""
    for table in _COLUMNS:
        rows = made.get(table, ())
        at = 0
        for size in _SIZES:
            while len(rows) - at >= size:
                values = list(chain.from_iterable(rows[at : at + size]))
                conn.execute(_insert(table, size), values)
                at += size


@cache
def _insert(table: str, rows: int) -> str:
    columns = _COLUMNS[table]
    marks = f"({', '.join('?' * len(columns))})"
    return (
        f"INSERT {'OR IGNORE ' if table in _ONCE else ''}INTO {table} ({', '.join(columns)})"
        f" VALUES {', '.join([marks] * rows)}"
    )
