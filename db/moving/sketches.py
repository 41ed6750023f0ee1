"""The fingerprints of articles that were moved (see db.sketches): made anew, or copied for many.

They are kept by their value, so that those of one article cannot be looked up: for many articles
all of theirs are put in order first, in a temporary table.
"""

from __future__ import annotations

import sqlite3

from db.moving.rows import Numbers, listed
from db.sketches import keep_sketch

# For fewer than these it is not worth the while; for more the table takes too much of the disk.
_FEW, _MOST = 2_000, 2_000_000
_IN_ORDER = """
CREATE TEMP TABLE in_order (
    article_id INTEGER NOT NULL, hash INTEGER NOT NULL, PRIMARY KEY (article_id, hash)
) WITHOUT ROWID
"""


class Sketches:
    """Those of one archive on its way into ours."""

    def __init__(self, other: sqlite3.Connection, own: sqlite3.Connection) -> None:
        self._other = other
        self._own = own
        self._kept = 0
        self._in_order = False

    def keep(self, articles: Numbers) -> None:
        """Store those of articles that were copied (their number -> ours)."""
        self._kept += len(articles)
        if self._kept <= _FEW or not self._put_in_order():
            for own in articles.values():
                keep_sketch(self._own, own)
            return
        rows = self._other.execute(
            "SELECT hash, article_id FROM temp.in_order"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            [listed(articles)],
        )
        self._own.executemany(
            "INSERT OR IGNORE INTO sketches (hash, article_id) VALUES (?, ?)",
            [(value, articles[article]) for value, article in rows],
        )

    def _put_in_order(self) -> bool:
        if not self._in_order:
            (number,) = self._other.execute("SELECT count(*) FROM articles").fetchone()
            if number > _MOST:
                return False
            # Several archives of ours may be given the same one of theirs.
            if not self._other.execute("PRAGMA temp.table_info(in_order)").fetchall():
                self._other.execute(_IN_ORDER)
                self._other.execute(
                    "INSERT INTO temp.in_order SELECT article_id, hash FROM sketches UNION"
                    " SELECT article_id, hash FROM new_sketches ORDER BY article_id, hash"
                )
            self._in_order = True
        return True
