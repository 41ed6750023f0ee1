"""Fingerprints wait in a small table until there are enough of them to be put in place."""

from __future__ import annotations

from sqlite_utils import Database

from db.migrations.script import run

_NEW_SKETCHES = """
CREATE TABLE new_sketches (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
"""


def sketches_in_two(db: Database) -> None:
    """The table of sketches that are new."""
    run(db, _NEW_SKETCHES)
