"""What keeps storing as quick in a large archive as in a small one."""

from __future__ import annotations

from sqlite_utils import Database

from db.migrations.script import run
from db.schema import INDEXED

# Fingerprints wait in a small table until there are enough of them to be put in place.
_NEW_SKETCHES = """
CREATE TABLE new_sketches (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
"""
# FTS5 merges the pieces of an index when there are so many of one size, 4 by default: with 8 what
# is written is written anew two thirds as often. `tidy` merges them all after a long ingest.
_PIECES = 8


def for_large_archives(db: Database) -> None:
    """The table of sketches that are new; pieces of indexes merged later."""
    run(db, _NEW_SKETCHES)
    for table in INDEXED:
        db.execute(
            f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('automerge', ?)", [_PIECES]
        )
