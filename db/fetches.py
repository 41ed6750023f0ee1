"""What servers said of the addresses that were fetched, so that they need not send a page twice."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from db.clock import now

FetchKind = Literal["page", "feed"]


@dataclass(frozen=True, slots=True)
class Fetch:
    """The last fetch of an address: where it was in the end, and the server's marks of the version.

    `entry` is the digest of the feed's entry that led to it, None for one given by hand.
    """

    final: str
    etag: str | None = None
    last_modified: str | None = None
    entry: str | None = None


def fetch_of(conn: sqlite3.Connection, address: str, kind: FetchKind) -> Fetch | None:
    """The last fetch of an address that gave something, None where there was none."""
    row = conn.execute(
        "SELECT final, etag, last_modified, entry FROM fetches WHERE address = ? AND kind = ?",
        [address, kind],
    ).fetchone()
    return Fetch(*row) if row else None


def note_fetch(conn: sqlite3.Connection, address: str, kind: FetchKind, fetch: Fetch) -> None:
    """Keep `fetch` as the last one of its address, in the transaction that has begun."""
    conn.execute(
        "INSERT OR REPLACE INTO fetches (address, kind, final, etag, last_modified, entry, fetched)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [address, kind, fetch.final, fetch.etag, fetch.last_modified, fetch.entry, now()],
    )


def articles_at(conn: sqlite3.Connection, address: str) -> int:
    """How many articles the archive has from an address, members of what lies there included."""
    # "!" parts a member from its container; '"' is the character after it.
    (count,) = conn.execute(
        "SELECT count(DISTINCT captures.article_id) FROM sources"
        " JOIN captures ON captures.source_id = sources.id"
        " WHERE location = ? OR (location > ? AND location < ?)",
        [address, f"{address}!", f'{address}"'],
    ).fetchone()
    return int(count)
