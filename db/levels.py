"""Rows kept in two tables: new ones wait in a small one, and go into a large one in order.

Where their keys are as good as random, each row goes onto a page of its own. A large archive would
write most pages of the table for every few hundred articles; put in place many at a time, each page
is written for several of them (as in P. O'Neil and others, "The log-structured merge-tree", 1996,
with two levels). Whoever looks something up looks into both.
"""

from __future__ import annotations

import sqlite3

# So many rows wait at least.
LEAST = 20_000


def put_in_place(conn: sqlite3.Connection, new: str, kept: str, share: int) -> None:
    """Put what waits in the table `new` into `kept`, if it is as much as every `share`th article.

    Both have the same columns, all of them their key.
    """
    waiting, articles = conn.execute(
        f"SELECT (SELECT count(*) FROM {new}), (SELECT coalesce(max(id), 0) FROM articles)"
    ).fetchone()
    if waiting < max(LEAST, articles / share):
        return
    conn.execute(f"INSERT OR IGNORE INTO {kept} SELECT * FROM {new} ORDER BY 1, 2")
    conn.execute(f"DELETE FROM {new}")
