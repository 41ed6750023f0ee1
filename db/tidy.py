"""What is put in order after a long ingest: the full-text indexes, their pieces merged.

FTS5 writes what is added in pieces and merges some of them now and then; after a long ingest an
index of a million paragraphs has fifteen, and whoever looks for a rare word has to look into each.
To merge them all takes a few seconds for each million paragraphs, so it is done where a good part
of an index is new, and in steps, between which others can write. Then what searches would work out
is worked out for them (`db.ahead`).
"""

from __future__ import annotations

import sqlite3

from db.ahead import work_out
from db.schema import INDEXED
from db.search.postings import Index, index_of, pages_of

# Smaller indexes are quick as they are: pages of 4 KB.
LEAST_PAGES = 500
# What of an index may lie beside its largest piece.
MOST_BESIDE = 1 / 4
# So many pages are written in a transaction: a tenth of a second.
STEP = 2_000


def tidy(conn: sqlite3.Connection) -> None:
    """Merge the pieces of each index of which much lies beside its largest one, and work out what
    searches want where much is new.

    Nothing is lost where it is broken off, and it ends where another writes for long: the next time
    it goes on.
    """
    for table in INDEXED:
        index = index_of(conn, table)
        if index is None or not (index.unfinished or _is_scattered(index)):
            continue
        try:
            # With a negative number all pieces are taken for one merge, which others go on with.
            size = STEP if index.unfinished else -STEP
            while _merged(conn, table, size):
                size = STEP
        except sqlite3.OperationalError:
            # Another writes, or the disk is full: it was found as well before.
            return
    work_out(conn)


def _is_scattered(index: Index) -> bool:
    pages = [pages_of(segment) for segment in index.segments]
    return sum(pages) >= LEAST_PAGES and sum(pages) - max(pages) > MOST_BESIDE * sum(pages)


def _merged(conn: sqlite3.Connection, table: str, size: int) -> bool:
    """Write so many pages of a merge. Returns whether there was anything to write."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        before = conn.total_changes
        conn.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('merge', ?)", [size])
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    # The command itself counts as one.
    return conn.total_changes - before >= 2
