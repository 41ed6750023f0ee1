"""Digests in tables of their own, which grow at less cost than indexes of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from db.migrations.script import run

# Texts are put into a table whose digests no index has.
_TABLES = """
CREATE TABLE digests (
    digest TEXT NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (digest, row)
) WITHOUT ROWID;
CREATE TABLE new_digests (
    digest TEXT NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (digest, row)
) WITHOUT ROWID;
CREATE TABLE texts_anew (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    content BLOB NOT NULL
);
INSERT INTO texts_anew (id, sha256, content) SELECT id, sha256, content FROM texts;
DROP TABLE texts;
ALTER TABLE texts_anew RENAME TO texts;
DROP INDEX revisions_fingerprint;
DROP INDEX captures_sha256;
INSERT OR IGNORE INTO digests (digest, row)
    SELECT 't' || substr(sha256, 1, 12), id FROM texts
    UNION ALL SELECT 'w' || substr(fingerprint, 1, 12), article_id FROM revisions
    UNION ALL SELECT 'b' || substr(sha256, 1, 12), article_id FROM captures
    ORDER BY 1, 2;
"""
_KEPT = {
    "texts": ("t", "sha256", "id"),
    "revisions": ("w", "fingerprint", "article_id"),
    "captures": ("b", "sha256", "article_id"),
}


def _triggers() -> Iterator[str]:
    for table, (letter, column, number) in _KEPT.items():
        keep = (
            "INSERT OR IGNORE INTO new_digests (digest, row)"
            f" VALUES ('{letter}' || substr(new.{column}, 1, 12), new.{number})"
        )
        yield f"CREATE TRIGGER {table}_digest_ai AFTER INSERT ON {table} BEGIN {keep}; END"
        changed = ", ".join(dict.fromkeys((column, number)))
        yield (
            f"CREATE TRIGGER {table}_digest_au AFTER UPDATE OF {changed} ON {table}"
            f" BEGIN {keep}; END"
        )


def digests_apart(db: Database) -> None:
    """What is known by a digest is looked up in `digests` and `new_digests`."""
    run(db, _TABLES)
    for statement in _triggers():
        db.execute(statement)
