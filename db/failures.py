"""What could not be taken in, and whether it still fails.

Functions that write work inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from db.clock import now


def record(conn: sqlite3.Connection, location: str, kind: str, message: str) -> None:
    """Note that a place could not be taken in, once more where it failed before."""
    conn.execute(
        "INSERT INTO failures (location, kind, message, failed) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (location) DO UPDATE SET kind = excluded.kind,"
        " message = excluded.message, failed = excluded.failed,"
        " times = times + 1, resolved = NULL",
        [location, kind, message, now()],
    )


def resolve(conn: sqlite3.Connection, locations: Iterable[str]) -> None:
    """Note that these places fail no longer; nothing where they never did."""
    conn.executemany(
        "UPDATE failures SET resolved = ? WHERE location = ? AND resolved IS NULL",
        [(now(), location) for location in locations],
    )


def mended(conn: sqlite3.Connection, location: str, failing: Collection[str]) -> list[str]:
    """What failed at a place or in it, and does no longer: it is not within any of `failing`."""
    # What lies in a place is named after a "!", and the next character is a quotation mark.
    rows = conn.execute(
        "SELECT location FROM failures WHERE resolved IS NULL"
        " AND (location = ?1 OR (location >= ?1 || '!' AND location < ?1 || '\"'))",
        [location],
    )
    return [row[0] for row in rows if not _within(row[0], failing)]


def _within(location: str, failing: Collection[str]) -> bool:
    parts = location.split("!")
    return any("!".join(parts[:number]) in failing for number in range(1, len(parts) + 1))
