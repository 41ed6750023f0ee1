"""Groups of articles copied from one archive to another, their rows as they stand.

Row numbers are given anew, in the same order; what a row points to is found by its content or was
copied before it. Every function here works inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from db.fold import keep_spellings
from db.moving.rows import Numbers, Row, keys_of, listed, numbered, put
from db.moving.sketches import Sketches
from db.moving.tables import ARTICLES, NAMED, PARTS, Table, columns_of
from db.sketches import KEPT_IN

_MOVED = """
CREATE TEMP TABLE IF NOT EXISTS moved (
    source INTEGER NOT NULL,
    other INTEGER NOT NULL,
    own INTEGER NOT NULL,
    alike INTEGER NOT NULL,
    PRIMARY KEY (source, other)
) WITHOUT ROWID
"""


class Move:
    """Another archive on its way into ours: the two connections, and what was moved so far.

    The temporary table `moved` says which of our articles each of theirs is; `alike` is 1 where
    ours has no other words than theirs. `source` tells several archives apart that go into one.
    `corrections` are the numbers of theirs that stand here too, with our numbers for them.
    """

    def __init__(self, other: sqlite3.Connection, own: sqlite3.Connection, source: int = 1) -> None:
        self.other = other
        self.own = own
        self.source = source
        self.corrections: Numbers = {}
        self._nameless: Numbers = {}
        self._sketches = Sketches(other, own)
        self._columns: dict[str, tuple[str, ...]] = {}
        own.execute(_MOVED)
        own.execute("CREATE INDEX IF NOT EXISTS temp.moved_own ON moved (own)")

    def columns(self, table: Table) -> tuple[str, ...]:
        """The columns that both archives have of a table, in our order."""
        if table.name not in self._columns:
            theirs = set(columns_of(self.other, table.name))
            both = tuple(c for c in columns_of(self.own, table.name) if c in theirs)
            self._columns[table.name] = both
        return self._columns[table.name]

    def note(self, homes: Mapping[int, int], *, alike: Collection[int]) -> None:
        """Keep which of our articles theirs are; `alike` are those of theirs."""
        self.own.executemany(
            "INSERT OR REPLACE INTO moved (source, other, own, alike) VALUES (?, ?, ?, ?)",
            [(self.source, other, own, other in alike) for other, own in homes.items()],
        )

    def homes(self, ids: Iterable[int], *, alike: bool = False) -> Numbers:
        """Which of our articles these of theirs are, as far as they were moved.

        With `alike`, only those of which ours have no other words.
        """
        rows = self.own.execute(
            "SELECT other, own FROM moved WHERE source = ? AND alike >= ? AND other IN"
            " (SELECT value FROM json_each(?))",
            [self.source, int(alike), listed(ids)],
        )
        return dict(rows.fetchall())

    def copy(self, ids: Sequence[int]) -> Numbers:
        """Copy these articles with all that hangs on them. Returns our numbers for them.

        Stories and copies are left out; what was read where corrections stand is copied too.
        """
        if not ids:
            return {}
        maps = {
            "texts": self.texts_of(ids),
            "sources": self.sources_of(ids),
            "corrections": self.corrections,
        }
        maps["people"], names = self._people_of(ids)
        self.raw_of(ids)
        rows = self._rows(ARTICLES, "id", ids)
        maps["articles"] = numbered(self.own, ARTICLES, [row[0] for row in rows])
        self._put(ARTICLES, rows, maps, story=None)
        words = _values(self.columns(ARTICLES), rows, "title", "byline", "publisher")
        for table in PARTS:
            if table.name in KEPT_IN:
                continue  # by their paragraphs, below
            on, wanted = "article_id", ids
            if table.name == "quote_pieces":
                on, wanted = "quote_id", list(maps["quotes"])
            rows = self._rows(table, on, wanted)
            if table.name == "quotes":
                rows = _renamed(self.columns(table), rows, names)
            elif table.name == "corrected_articles":
                at = self.columns(table).index("correction_id")
                rows = [row for row in rows if row[at] in self.corrections]
            elif table.name == "as_read":
                rows = _where_now(self.columns(table), rows, maps)
            if table.numbered:
                first = self.columns(table).index("id")
                maps[table.name] = numbered(self.own, table, [row[first] for row in rows])
            self._put(table, rows, maps)
            words += _values(self.columns(table), rows, *_SPELT.get(table.name, ()))
        keep_spellings(self.own, words)
        self._sketches.keep(maps["articles"])
        return maps["articles"]

    def texts_of(self, ids: Sequence[int]) -> Numbers:
        """Our numbers for the texts of these articles, of all their revisions and captures."""
        of_one = "SELECT text_id FROM {} WHERE {} IN (SELECT value FROM json_each(?1))"
        tables = (("articles", "id"), ("revisions", "article_id"), ("captures", "article_id"))
        sql = " UNION ".join(of_one.format(*table) for table in tables)
        return self.shared("texts", [row[0] for row in self.other.execute(sql, [listed(ids)])])

    def sources_of(self, ids: Sequence[int]) -> Numbers:
        """Our numbers for the places that these articles were read from."""
        rows = self.other.execute(
            "SELECT DISTINCT source_id FROM captures"
            " WHERE article_id IN (SELECT value FROM json_each(?))",
            [listed(ids)],
        )
        return self.shared("sources", [row[0] for row in rows])

    def raw_of(self, ids: Sequence[int]) -> None:
        """Copy the bytes that these articles came in, as far as they are kept."""
        rows = self.other.execute(
            "SELECT id FROM raw_captures WHERE sha256 IN (SELECT sha256 FROM captures"
            " WHERE article_id IN (SELECT value FROM json_each(?)))",
            [listed(ids)],
        )
        self.shared("raw_captures", [row[0] for row in rows])

    def shared(self, name: str, ids: Iterable[int]) -> Numbers:
        """Our numbers for rows that are known by their content, copied where we have none."""
        table = NAMED[name]
        theirs = keys_of(self.other, table, "id", ids)
        first = {key[0] for key in theirs.values()}
        ours = keys_of(self.own, table, table.key[0], first)
        known = {key: row for row, key in ours.items()}
        rows = self._rows(table, "id", [row for row, key in theirs.items() if key not in known])
        new = numbered(self.own, table, [row[0] for row in rows])
        self._put(table, rows, {name: new})
        return {row: new[row] if row in new else known[key] for row, key in theirs.items()}

    def _people_of(self, ids: Sequence[int]) -> tuple[Numbers, dict[int, str]]:
        """Our numbers for the people of these articles; our names where theirs are spelt otherwise.

        A full name is one person in both archives, any other belongs to its article.
        """
        tables = [t.name for t in PARTS if "person_id" in t.refs]
        of_one = "SELECT person_id FROM {} WHERE article_id IN (SELECT value FROM json_each(?1))"
        sql = " UNION ".join(of_one.format(table) for table in tables)
        rows = self.other.execute(
            f"SELECT id, full_name, name FROM people WHERE id IN ({sql}) ORDER BY id",
            [listed(ids)],
        ).fetchall()
        ours = {
            key: (row, name)
            for row, key, name in self.own.execute(
                "SELECT id, full_name, name FROM people"
                " WHERE full_name IN (SELECT value FROM json_each(?))",
                [listed(key for _, key, _ in rows if key is not None)],
            )
        }
        found: Numbers = {}
        names: dict[int, str] = {}
        missing = []
        for row, key, name in rows:
            if key in ours:
                found[row] = ours[key][0]
                if ours[key][1] != name:
                    names[row] = ours[key][1]
            elif row in self._nameless:
                found[row] = self._nameless[row]
            else:
                missing.append(row)
        table = NAMED["people"]
        new = numbered(self.own, table, missing)
        self._put(table, self._rows(table, "id", missing), {"people": new})
        self._nameless.update((row, new[row]) for row, key, _ in rows if key is None and row in new)
        return found | new, names

    def _rows(self, table: Table, on: str, ids: Collection[int]) -> list[Row]:
        if not ids:
            return []
        columns = self.columns(table)
        order = "ORDER BY id" if table.numbered else ""
        return self.other.execute(
            f"SELECT {', '.join(columns)} FROM {table.name}"
            f" WHERE {on} IN (SELECT value FROM json_each(?)) {order}",
            [listed(ids)],
        ).fetchall()

    def _put(
        self, table: Table, rows: list[Row], maps: Mapping[str, Numbers], **fixed: object
    ) -> None:
        put(self.own, table, self.columns(table), rows, maps, **fixed)


# Whose words the indexes hold: see db.fold.
_SPELT = {"paragraphs": ("text",), "quotes": ("speaker",)}


def _values(columns: Sequence[str], rows: list[Row], *names: str) -> list[str | None]:
    places = [columns.index(name) for name in names]
    return [row[at] for at in places for row in rows]


def _renamed(columns: Sequence[str], rows: list[Row], names: Mapping[int, str]) -> list[Row]:
    """Quotes with the names that our archive knows their speakers by."""
    if not names:
        return rows
    person, speaker = columns.index("person_id"), columns.index("speaker")
    return [
        (*row[:speaker], names[row[person]], *row[speaker + 1 :])
        if row[person] in names and row[speaker] is not None
        else row
        for row in rows
    ]


def _where_now(columns: Sequence[str], rows: list[Row], maps: Mapping[str, Numbers]) -> list[Row]:
    """What was read, with the new number of the row that it stood in."""
    place, at = columns.index("place"), columns.index("row_id")
    return [(*row[:at], maps[row[place]].get(row[at], 0), *row[at + 1 :]) for row in rows]
