"""Which texts, revisions and captures have a digest.

Digests are as good as random, and an index of them would have a large archive write three pages for
every article. So they are kept in two tables (`db.levels`): new ones wait in `new_digests` and go
from there into `digests`. Triggers keep them, whoever writes (`db.migrations.digests_apart`).

A digest there is the first letter of what it is of and its own first LETTERS. What had it once may
still be found by it, and what has another that begins alike: the rest is for the row to say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

from db import levels

# The text's own number is kept for "t"; that of the article for a revision's words, a capture's
# bytes.
Kind = Literal["t", "w", "b"]
LETTERS = 12
KEPT_IN = ("new_digests", "digests")
# One waits for every five articles: of the pages written, about as many are then those of the one
# table as of the other.
_SHARE = 5
# What each of them is kept for: table, column, number.
OF: dict[Kind, tuple[str, str, str]] = {
    "t": ("texts", "sha256", "id"),
    "w": ("revisions", "fingerprint", "article_id"),
    "b": ("captures", "sha256", "article_id"),
}


def having(kind: Kind, *, many: bool = False) -> str:
    """A condition on the rows of the table that have the digest ?1, or one of `many`, as JSON."""
    table, column, number = OF[kind]
    cut = f"'{kind}' || substr({'value' if many else '?1'}, 1, {LETTERS})"
    begins, whole = (
        f"IN (SELECT {one} FROM json_each(?1))" if many else f"= {one}"
        for one in (cut, "value" if many else "?1")
    )
    rows = " UNION ALL ".join(f"SELECT row FROM {kept} WHERE digest {begins}" for kept in KEPT_IN)
    return f"{table}.{number} IN ({rows}) AND {table}.{column} {whole}"


def having_in(conn: sqlite3.Connection, kind: Kind) -> str:
    """As `having`, for an archive that is read only and may be an older one.

    That has an index of digests in place of the tables.
    """
    if conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'digests'").fetchone() is None:
        table, column, _ = OF[kind]
        return f"{table}.{column} = ?1"
    return having(kind)


def put_in_place(conn: sqlite3.Connection) -> None:
    """Put those that wait where they belong, if there are enough of them."""
    levels.put_in_place(conn, *KEPT_IN, _SHARE)


def missing(conn: sqlite3.Connection) -> Iterator[str]:
    """What could not be found by its digest, a line each."""
    for kind, (table, column, number) in OF.items():
        nowhere = " AND ".join(
            f"NOT EXISTS (SELECT 1 FROM {kept} WHERE row = {table}.{number}"
            f" AND digest = '{kind}' || substr({column}, 1, {LETTERS}))"
            for kept in KEPT_IN
        )
        for (row,) in conn.execute(f"SELECT id FROM {table} WHERE {nowhere} ORDER BY id"):
            yield f"{table} {row}: is not found by its {column}"
