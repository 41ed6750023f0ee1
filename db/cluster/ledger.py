"""Which files and articles are in which shard, as the machine that gives out work knows.

It can be thrown away: what it says of a shard is asked of the shard again. The manifest of the
folder alone decides which shards there are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from db.errors import ArchiveBusy

# No *.db: that would be a shard.
NAME = "taken-in.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS shards (id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS stretches (
    location TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER, size INTEGER, changed INTEGER,
    articles INTEGER NOT NULL, whole INTEGER NOT NULL, shard INTEGER NOT NULL,
    PRIMARY KEY (location, start)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stretches_shard ON stretches (shard);
CREATE TABLE IF NOT EXISTS keys (key INTEGER PRIMARY KEY, shard INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS attempts (token TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Taken(NamedTuple):
    """A file, or a stretch of one, in bytes, that was taken in.

    `end` is None for a whole file. `size` (bytes) and `changed` (nanoseconds) are those of the file
    at the time, None where they are not known. `whole` says that nothing in it failed, `articles`
    how many it gave.
    """

    location: str
    start: int
    end: int | None
    size: int | None
    changed: int | None
    articles: int
    whole: bool


class Ledger:
    """An open ledger, which nobody else can open meanwhile. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        """Open that of a folder, made anew where there is none. Raises ArchiveBusy."""
        try:
            self._conn = sqlite3.connect(folder / NAME, timeout=1, isolation_level=None)
            self._conn.executescript("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL")
            self._conn.execute("BEGIN EXCLUSIVE")
            for statement in _TABLES.split(";\n"):
                self._conn.execute(statement)
            self._conn.execute("COMMIT")
        except sqlite3.Error as error:
            raise ArchiveBusy(
                folder, f"cannot be written ({error}); is another ingest running?"
            ) from None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._conn.close()

    def files(self) -> set[str]:
        """The shards that it knows, by their files."""
        return {row[0] for row in self._conn.execute("SELECT file FROM shards")}

    def forget(self, file: str) -> None:
        """Leave out what it says of a shard that the folder no longer has."""
        self._conn.execute("BEGIN")
        for table in ("stretches", "keys"):
            self._conn.execute(
                f"DELETE FROM {table} WHERE shard = (SELECT id FROM shards WHERE file = ?)", [file]
            )
        self._conn.execute("DELETE FROM shards WHERE file = ?", [file])
        self._conn.execute("COMMIT")

    def articles(self) -> dict[str, int]:
        """How many articles were told of each shard."""
        rows = self._conn.execute(
            "SELECT file, coalesce(sum(articles), 0) FROM shards"
            " LEFT JOIN stretches ON shard = shards.id GROUP BY file"
        )
        return {str(file): int(count) for file, count in rows}

    def put_together(self, files: Iterable[str], file: str) -> None:
        """Note that `file` holds from now on what these held."""
        self._conn.execute("BEGIN")
        self._conn.execute("INSERT INTO shards (file) VALUES (?)", [file])
        (shard,) = self._conn.execute("SELECT id FROM shards WHERE file = ?", [file]).fetchone()
        for old in files:
            for table in ("stretches", "keys"):
                self._conn.execute(
                    f"UPDATE {table} SET shard = ?"
                    " WHERE shard = (SELECT id FROM shards WHERE file = ?)",
                    [shard, old],
                )
            self._conn.execute("DELETE FROM shards WHERE file = ?", [old])
        self._conn.execute("COMMIT")

    def claim(self, file: str, taken: Iterable[Taken], keys: Iterable[int]) -> None:
        """Note what a shard holds, beside what it was known to hold."""
        self._conn.execute("BEGIN")
        self._conn.execute("INSERT OR IGNORE INTO shards (file) VALUES (?)", [file])
        (shard,) = self._conn.execute("SELECT id FROM shards WHERE file = ?", [file]).fetchone()
        self._conn.executemany(
            "INSERT OR REPLACE INTO stretches (location, start, end, size, changed, articles,"
            " whole, shard) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(*one, shard) for one in taken],
        )
        # Who was first stays the owner.
        self._conn.executemany(
            "INSERT OR IGNORE INTO keys (key, shard) VALUES (?, ?)", [(key, shard) for key in keys]
        )
        self._conn.execute("COMMIT")

    def taken(self, location: str) -> list[tuple[Taken, str]]:
        """What was taken in of a file, in order, each with the shard that has it."""
        rows = self._conn.execute(
            "SELECT location, start, end, size, changed, articles, whole, file FROM stretches"
            " JOIN shards ON shards.id = shard WHERE location = ? ORDER BY start",
            [location],
        )
        return [
            (Taken(place, start, end, size, changed, articles, bool(whole)), file)
            for place, start, end, size, changed, articles, whole, file in rows
        ]

    def drop(self, location: str, start: int | None = None) -> None:
        """Leave out what was taken in of a file, or of its stretch that begins at `start`."""
        self._conn.execute(
            "DELETE FROM stretches WHERE location = ?1 AND (?2 IS NULL OR start = ?2)",
            [location, start],
        )

    def owners(self, keys: Iterable[int]) -> dict[int, str]:
        """The shards that know articles by these keys, as far as any does."""
        rows = self._conn.execute(
            "SELECT key, file FROM keys JOIN shards ON shards.id = shard"
            " WHERE key IN (SELECT value FROM json_each(?))",
            [json.dumps(list(keys))],
        )
        return dict(rows.fetchall())

    def attempt(self, token: str) -> None:
        """Note that files with this token in their names may be made."""
        self._conn.execute("INSERT INTO attempts (token) VALUES (?)", [token])

    def attempts(self) -> set[str]:
        """The tokens that were ever given out."""
        return {row[0] for row in self._conn.execute("SELECT token FROM attempts")}
