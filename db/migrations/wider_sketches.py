"""Longer fingerprints of copies, so that few are the same by chance in a large archive."""

from __future__ import annotations

from sqlite_utils import Database

from db.sketches import runs_of, sketch

# So many are put in order at a time.
_ARTICLES = 20_000


def wider_sketches(db: Database) -> None:
    """All sketches made anew of the paragraphs."""
    db.execute("DELETE FROM sketches")
    db.execute("DELETE FROM new_sketches")
    ids = [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]
    for first in range(0, len(ids), _ARTICLES):
        rows = [
            (value, article_id)
            for article_id in ids[first : first + _ARTICLES]
            for value in sketch(runs_of(db.conn, article_id))
        ]
        db.conn.executemany("INSERT INTO sketches (hash, article_id) VALUES (?, ?)", sorted(rows))
