"""SQL functions for everybody who writes queries, and for Datasette's own search box."""

from __future__ import annotations

import sqlite3

from db.query import to_match

# FTS5 takes an empty string for a syntax error, but finds nothing, quietly, for an empty phrase.
NOTHING = '""'


def onrecord_match(typed: object) -> str:
    """What a person typed as a MATCH expression that never fails, with OR, -not, NEAR, prefix*."""
    return to_match("" if typed is None else str(typed)) or NOTHING


def register(conn: sqlite3.Connection) -> None:
    """Give a connection `onrecord_match(text)`.

    Datasette compiles what is typed in a table's search box with its SQL function `escape_fts`,
    which drops operators and fails on `""`: ours takes its place.
    """
    for name in ("onrecord_match", "escape_fts"):
        conn.create_function(name, 1, onrecord_match, deterministic=True)
