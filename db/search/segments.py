"""Of which segments an FTS5 index is made, as its own record says."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from db.schema import TOKENIZE
from db.search.doclists import Unlike, varints

# Where the index's own record lies in `*_data`.
_STRUCTURE = 10


class Segment(NamedTuple):
    """A segment's number, its first page and its last one."""

    number: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a table as it was in one moment: its segments, the oldest first.

    `unfinished`: a merge into the largest of them was begun, and the rest is still to be done.
    """

    name: str
    segments: list[Segment]
    unfinished: bool


def pages_of(segment: Segment) -> int:
    """How many pages a segment has."""
    return segment.last - segment.first + 1


def index_of(conn: sqlite3.Connection, table: str) -> Index | None:
    """The index of `table`; None where it is not of the kind that is read here.

    That kind is ours. Nothing of it may wait to be committed by this connection.
    """
    name = f"{table}_fts"
    try:
        sql = conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
        version = conn.execute(f"SELECT v FROM {name}_config WHERE k = 'version'").fetchone()
        if sql is None or TOKENIZE not in sql[0] or "detail" in sql[0].lower() or version != (4,):
            return None
        levels = _levels(conn, name)
    except (sqlite3.DatabaseError, Unlike):
        return None
    segments = [segment for level in reversed(levels) for segment in level.segments]
    largest = max(map(pages_of, segments), default=0)
    unfinished = any(
        level.merging and above.segments and pages_of(above.segments[-1]) == largest
        for level, above in pairwise(levels)
    )
    # One without pages was merged into another, of which the rest is not written yet.
    return Index(name, [segment for segment in segments if segment.first], unfinished)


class _Level(NamedTuple):
    """Segments, the oldest first, and how many of them are being merged into one of the next."""

    merging: int
    segments: list[Segment]


def _levels(conn: sqlite3.Connection, index: str) -> list[_Level]:
    """The levels of an index, the one of the newest segments first."""
    row = conn.execute(f"SELECT block FROM {index}_data WHERE id = ?", [_STRUCTURE]).fetchone()
    if row is None:
        raise Unlike
    # Four bytes count the changes of the settings.
    numbers = varints(row[0][4:])
    try:
        many, number, _ = (next(numbers) for _ in range(3))
        if many > 64 or number > 4_000:
            raise Unlike
        levels = []
        for _ in range(many):
            merging, held = next(numbers), next(numbers)
            own = [(next(numbers), next(numbers), next(numbers)) for _ in range(held)]
            levels.append(_Level(merging, [Segment(*one) for one in own]))
    except (StopIteration, RuntimeError):
        raise Unlike from None
    if sum(len(level.segments) for level in levels) != number or next(numbers, None) is not None:
        raise Unlike
    return levels
