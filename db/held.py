"""Which numbers rows have and will have, as long as one transaction writes and nobody else can."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from db.digests import having

_TEXT = f"SELECT id FROM texts WHERE {having('t')}"


@dataclass(slots=True)
class Held:
    """What the archive holds, and what was made for it but is not written yet.

    Numbers are given out here, not by SQLite, so that rows which refer to each other can be made
    before any is written, and many written at once. It tells the truth as long as nothing else is
    written on the connection; then take a new one.
    """

    conn: sqlite3.Connection
    _free: dict[str, int] = field(default_factory=dict)
    _texts: dict[str, int] = field(default_factory=dict)
    _people: dict[str, tuple[int, str]] = field(default_factory=dict)
    _raw: set[str] = field(default_factory=set)

    def numbers(self, table: str, wanted: int = 1) -> int:
        """The first of so many numbers in a row, for new rows of the table."""
        first = self._free.get(table)
        if first is None:
            sql = f"SELECT coalesce(max(id), 0) + 1 FROM {table}"
            first = int(self.conn.execute(sql).fetchone()[0])
        self._free[table] = first + wanted
        return first

    def text(self, digest: str) -> tuple[int, bool]:
        """The number of the text with this SHA-256, and whether it is yet to be written."""
        known = self._texts.get(digest)
        if known is not None:
            return known, False
        row = self.conn.execute(_TEXT, [digest]).fetchone()
        known = int(row[0]) if row else self.numbers("texts")
        self._texts[digest] = known
        return known, row is None

    def has_raw(self, digest: str) -> bool:
        """Whether the bytes with this SHA-256 are kept; from here on they are."""
        if digest in self._raw:
            return True
        self._raw.add(digest)
        row = self.conn.execute("SELECT 1 FROM raw_captures WHERE sha256 = ?", [digest]).fetchone()
        return row is not None

    def person(self, full_name: str) -> tuple[int, str] | None:
        """Who has this full name, folded: (people.id, people.name)."""
        known = self._people.get(full_name)
        if known is None:
            row = self.conn.execute(
                "SELECT id, name FROM people WHERE full_name = ?", [full_name]
            ).fetchone()
            if row is not None:
                known = self._people[full_name] = (int(row[0]), str(row[1]))
        return known

    def new_person(self, name: str, full_name: str | None) -> tuple[int, str]:
        """A number for somebody who is not known: (people.id, people.name)."""
        made = (self.numbers("people"), name)
        if full_name is not None:
            self._people[full_name] = made
        return made
