"""A colleague's notebook into ours: notes, tags, lists, samples and saved searches.

What both have is not doubled. Of two things that have one name and are not the same, ours keeps it,
theirs gets a number after it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from db.errors import ArchiveError
from db.moving.tables import columns_of
from db.notebook import THING, Notebook, thing_of
from ingest.fingerprint import fold


@dataclass(frozen=True, slots=True)
class Noted:
    """How much came new."""

    notes: int = 0
    tagged: int = 0
    listed: int = 0
    samples: int = 0
    searches: int = 0


# A table whose rows have names, and what makes two of one name the same.
_SAME = {"samples": ("seed", "size", "drawn_from", "drawn"), "searches": ("typed", "scope")}


def take(theirs: Notebook, ours: Notebook) -> Noted:
    """Take a notebook in, in one transaction. Raises ArchiveBusy."""
    try:
        theirs.conn.execute("BEGIN")
        things = theirs.conn.execute(f"SELECT id, {THING} FROM things ORDER BY id").fetchall()
    except sqlite3.DatabaseError as error:
        raise ArchiveError(theirs.path, f"cannot be read ({error})") from None
    with ours.writing():
        rows = {row: ours.keep(thing_of(thing)) for row, *thing in things}
        taken = Noted(
            _notes(theirs.conn, ours.conn, rows),
            _on_shelves(theirs.conn, ours.conn, rows, "tags", "tagged", "tag_id"),
            _on_shelves(theirs.conn, ours.conn, rows, "lists", "listed", "list_id"),
            _samples(theirs.conn, ours.conn, rows),
            sum(new for _, _, new in _named(theirs.conn, ours.conn, "searches")),
        )
    theirs.conn.execute("COMMIT")
    return taken


def _notes(theirs: sqlite3.Connection, ours: sqlite3.Connection, rows: dict[int, int]) -> int:
    held = set(ours.execute("SELECT thing_id, text, made FROM notes"))
    new = [
        (rows[thing], text, made, changed)
        for thing, text, made, changed in theirs.execute(
            "SELECT thing_id, text, made, changed FROM notes ORDER BY id"
        )
        if (rows[thing], text, made) not in held
    ]
    ours.executemany("INSERT INTO notes (thing_id, text, made, changed) VALUES (?, ?, ?, ?)", new)
    return len(new)


def _on_shelves(
    theirs: sqlite3.Connection, ours: sqlite3.Connection, rows: dict[int, int],
    shelf: str, link: str, column: str,
) -> int:  # fmt: skip
    new = 0
    last = "made" if link == "tagged" else "position"
    for their_id, our_id, _ in list(_named(theirs, ours, shelf)):
        (after,) = ours.execute(
            f"SELECT count(*) FROM {link} WHERE {column} = ?", [our_id]
        ).fetchone()
        for thing, value in theirs.execute(
            f"SELECT thing_id, {last} FROM {link} WHERE {column} = ? ORDER BY {last}, thing_id",
            [their_id],
        ):
            # A list goes on with theirs, in their order.
            done = ours.execute(
                f"INSERT OR IGNORE INTO {link} ({column}, thing_id, {last}) VALUES (?, ?, ?)",
                [our_id, rows[thing], value if link == "tagged" else after + 1],
            )
            after += done.rowcount
            new += done.rowcount
    return new


def _samples(theirs: sqlite3.Connection, ours: sqlite3.Connection, rows: dict[int, int]) -> int:
    new = 0
    for their_id, our_id, fresh in list(_named(theirs, ours, "samples")):
        new += fresh
        for number, thing, *judged in theirs.execute(
            "SELECT number, thing_id, speaker, verdict, remark, marked FROM marks"
            " WHERE sample_id = ?",
            [their_id],
        ):
            # What nobody has judged here is as they have judged it.
            ours.execute(
                "INSERT INTO marks (sample_id, number, thing_id, speaker, verdict, remark, marked)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sample_id, number) DO UPDATE SET"
                " speaker = excluded.speaker, verdict = excluded.verdict,"
                " remark = excluded.remark, marked = excluded.marked"
                " WHERE marks.verdict IS NULL AND excluded.verdict IS NOT NULL",
                [our_id, number, rows[thing], *judged],
            )
    return new


def _named(
    theirs: sqlite3.Connection, ours: sqlite3.Connection, table: str
) -> Iterator[tuple[int, int, bool]]:
    """Their row, ours, and whether it is new; of tags and lists one name is one row."""
    columns = [c for c in columns_of(ours, table) if c != "id"]
    for row, *values in theirs.execute(f"SELECT id, {', '.join(columns)} FROM {table} ORDER BY id"):
        theirs_is = dict(zip(columns, values, strict=True))
        name = theirs_is["name"]
        for number in count(2):
            held = ours.execute(
                f"SELECT id, {', '.join(_SAME.get(table, ('name',)))} FROM {table}"
                " WHERE folded = ?",
                [theirs_is["folded"]],
            ).fetchone()
            if held is None:
                marks = ", ".join("?" * len(columns))
                made = ours.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
                    [theirs_is[c] for c in columns],
                ).lastrowid
                assert made is not None
                yield row, made, True
                break
            if table not in _SAME or held[1:] == tuple(theirs_is[c] for c in _SAME[table]):
                yield row, held[0], False
                break
            theirs_is["name"] = f"{name} ({number})"
            theirs_is["folded"] = fold(theirs_is["name"])
