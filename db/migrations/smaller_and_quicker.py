"""A smaller file that is written in larger steps."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from db.migrations.script import run
from db.schema import INDEXED
from db.sketches import runs_of, sketch
from db.texts import packed

_SMALLER = """
DROP TABLE sketches;
CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
CREATE TABLE unindexed (
    name TEXT PRIMARY KEY CHECK (name IN ('articles', 'paragraphs', 'quotes')),
    first INTEGER NOT NULL
) WITHOUT ROWID;
"""


def _index_triggers(table: str, columns: list[str]) -> Iterator[str]:
    """The triggers of sqlite-utils, but for rows that `unindexed` leaves for later.

    An update is the index's business only where it changes a word.
    """
    index = f"{table}_fts"
    listed = ", ".join(columns)
    indexed = f"NOT EXISTS (SELECT 1 FROM unindexed WHERE name = '{table}' AND first <= %s.id)"
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    add = f"INSERT INTO {index} (rowid, {listed}) VALUES (new.id, {new})"
    remove = f"INSERT INTO {index} ({index}, rowid, {listed}) VALUES ('delete', old.id, {old})"
    for name in ("ai", "ad", "au"):
        yield f"DROP TRIGGER {table}_{name}"
    yield (
        f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} WHEN {indexed % 'new'} BEGIN {add}; END"
    )
    yield (
        f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} WHEN {indexed % 'old'}"
        f" BEGIN {remove}; END"
    )
    yield (
        f"CREATE TRIGGER {table}_au AFTER UPDATE OF id, {listed} ON {table}"
        f" WHEN {indexed % 'old'} BEGIN {remove}; {add}; END"
    )


def smaller_and_quicker(db: Database) -> None:
    """Texts compressed, sketches that are found by their hashes only, indexing put off."""
    run(db, _SMALLER)
    for table, columns in INDEXED.items():
        for statement in _index_triggers(table, columns):
            db.execute(statement)
    for (text_id,) in db.execute("SELECT id FROM texts").fetchall():
        (text,) = db.execute("SELECT content FROM texts WHERE id = ?", [text_id]).fetchone()
        db.execute("UPDATE texts SET content = ? WHERE id = ?", [packed(text.encode()), text_id])
    for (article_id,) in db.execute("SELECT id FROM articles").fetchall():
        db.conn.executemany(
            "INSERT OR IGNORE INTO sketches (hash, article_id) VALUES (?, ?)",
            [(value, article_id) for value in sketch(runs_of(db.conn, article_id))],
        )
