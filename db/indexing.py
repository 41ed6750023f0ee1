"""The full-text indexes, filled for many rows at once.

A trigger adds each row to its index as it is written, whoever writes it. That is slow: with every
such step SQLite has FTS5 write out the little that it gathered. So the archive puts off what it
adds itself: `unindexed` says from which row of a table on the index does not know the rows yet, the
triggers leave those alone, and `index_rows` adds them in one statement. With `unindexed` written in
the same transaction as the rows, an archive whose writer was killed says what its indexes lack, and
whoever opens it next makes up for that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from db.schema import INDEXED

# So many rows are indexed before others get their turn to write: a second or two.
STEP = 20_000
# FTS5 gathers so many bytes before it writes out a piece of the index, which it has to merge with
# others later: its default, and for steps of more than so many rows, those of all a step.
_GATHERED = 1 << 20
_GATHERED_IN_BULK = 16 << 20
_MANY = 2_000


def put_off(conn: sqlite3.Connection) -> None:
    """From here on rows are not indexed as they are written. What was put off before stays so."""
    for table in INDEXED:
        conn.execute(
            "INSERT OR IGNORE INTO unindexed (name, first)"
            f" SELECT ?, coalesce(max(id), 0) + 1 FROM {table}",
            [table],
        )


def is_put_off(conn: sqlite3.Connection) -> bool:
    """Whether there are rows that the indexes do not know."""
    return conn.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is not None


def index_rows(conn: sqlite3.Connection) -> None:
    """Index all that was put off, within the transaction that is open."""
    for _ in index_steps(conn):
        pass


def index_steps(conn: sqlite3.Connection) -> Iterator[int]:
    """Index what was put off, STEP rows at a time. Yields how many were done after each.

    Every step leaves the archive in order, so that a transaction may end between two of them.
    """
    for name, first in conn.execute("SELECT name, first FROM unindexed").fetchall():
        columns = ", ".join(INDEXED[name])
        while True:
            row = conn.execute(
                f"SELECT id FROM {name} WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?", [first, STEP]
            ).fetchone()
            upto = row[0] if row else None
            with _gathering_more(conn, name, first):
                done = conn.execute(
                    f"INSERT INTO {name}_fts (rowid, {columns}) SELECT id, {columns} FROM {name}"
                    " WHERE id >= ? AND (? IS NULL OR id < ?)",
                    [first, upto, upto],
                ).rowcount
            if upto is None:
                conn.execute("DELETE FROM unindexed WHERE name = ?", [name])
            else:
                conn.execute("UPDATE unindexed SET first = ? WHERE name = ?", [upto, name])
            yield done
            if upto is None:
                break
            first = upto


@contextmanager
def _gathering_more(conn: sqlite3.Connection, name: str, first: int) -> Iterator[None]:
    """Where many rows are indexed, let FTS5 gather more of them than it does by default."""
    many = conn.execute(
        f"SELECT 1 FROM {name} WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?", [first, _MANY]
    ).fetchone()
    # What is set is kept in the archive, so that it is set back before the transaction ends.
    configure = f"INSERT INTO {name}_fts ({name}_fts, rank) VALUES ('hashsize', ?)"
    if many:
        conn.execute(configure, [_GATHERED_IN_BULK])
    yield
    if many:
        conn.execute(configure, [_GATHERED])
