"""The rows that have a word, out of FTS5's own record of them.

FTS5 gives a row at a time and SQLite writes each number out as text: 343,000 of them take 40 ms,
and read as they lie 17. An index is made of segments, each of them pages of words in order,
and a word has a list of rows in every segment that knows it. A page says where the first row on it
begins and gives that row's number whole: so all pages of a list can be read at once, the first row
of each, then the second of each, as arrays.

The format is that of the comments in SQLite's `fts5_index.c`. Where anything is unlike it, None is
given and the caller asks FTS5.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from db.schema import TOKENIZE
from db.search.doclists import Stretch, Unlike, list_of, varints, walked
from db.search.numbers import NONE, Flags, Ints

# Shorter lists FTS5 reads as quickly: pages for each index, and for each of its segments.
_MANY_PAGES, _MORE_PAGES = 5, 2

# Where the pages of a segment, and the index's own records, lie in `*_data`.
_SEGMENT_BITS = 37
_STRUCTURE = 10
# Words of the index itself, rather than of one of beginnings.
_MAIN = b"0"


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
    """The index of `table`; None where it is not of the kind that `rows_with` reads.

    That kind is ours, of one column. Nothing of it may wait to be committed by this connection.
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


def rows_with(
    conn: sqlite3.Connection, index: Index, word: str, least: int | None = None
) -> Ints | None:
    """The rows whose texts have `word`, in order of number.

    `word` is one word of ASCII letters and figures in lower case. None where its lists take fewer
    than about `least` pages, usually so few that FTS5 is as quick, or where the index is not made
    as expected.
    """
    if least is None:
        least = _MANY_PAGES + _MORE_PAGES * len(index.segments)
    term = _MAIN + word.encode("ascii")
    if least and not _seems_long(conn, index, term, least):
        return None
    try:
        return _rows(conn, index, term)
    except (Unlike, IndexError):
        return None


def _seems_long(conn: sqlite3.Connection, index: Index, term: bytes, least: int) -> bool:
    """Whether the lists of a word take so many pages, judged by those of the largest segment."""
    if not index.segments:
        return False
    sizes = [pages_of(segment) for segment in index.segments]
    if sum(sizes) < least:
        return False
    largest = index.segments[sizes.index(max(sizes))]
    (pages,) = _places(conn, index, [largest], term)
    return (len(pages) - 2) * sum(sizes) >= least * max(sizes)


def _rows(conn: sqlite3.Connection, index: Index, term: bytes) -> Ints:
    pages: list[bytes] = []
    stretches: list[Stretch] = []
    ends: list[int] = []
    at = 0
    places = _places(conn, index, index.segments, term)
    for segment, place in zip(index.segments, places, strict=True):
        own = _pages(conn, index.name, segment.number, place)
        for page, stretch in list_of(own, term):
            pages.append(page)
            stretches.append(Stretch(at + stretch.start, at + stretch.end))
            at += len(page)
        ends.append(len(stretches))
    if not stretches:
        return NONE
    rows, is_there, held = walked(b"".join(pages), stretches)
    return _newest(rows, is_there, np.append(0, np.cumsum(held))[ends])


def _places(
    conn: sqlite3.Connection, index: Index, segments: list[Segment], term: bytes
) -> list[range]:
    """The pages of each segment that may have rows of a word: from the last one that does not
    begin behind it to the first one that does.
    """
    places = []
    for segment in segments:
        page, after = conn.execute(
            f"SELECT (SELECT pgno FROM {index.name}_idx WHERE segid = ?1 AND term <= ?2"
            f" ORDER BY term DESC LIMIT 1), (SELECT pgno FROM {index.name}_idx"
            " WHERE segid = ?1 AND term > ?2 ORDER BY term LIMIT 1)",
            [segment.number, term],
        ).fetchone()
        # The last bit says whether there is an index of the list.
        first = max((page or 0) >> 1, segment.first)
        places.append(range(first, max(first, segment.last if after is None else after >> 1) + 1))
    return places


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


def _pages(conn: sqlite3.Connection, index: str, segment: int, numbers: range) -> Sequence[bytes]:
    """Pages of a segment."""
    base = segment << _SEGMENT_BITS
    rows = conn.execute(
        f"SELECT block FROM {index}_data WHERE id BETWEEN ? AND ? ORDER BY id",
        [base + numbers.start, base + numbers.stop - 1],
    ).fetchall()
    if len(rows) != len(numbers) or not all(isinstance(row[0], bytes) for row in rows):
        raise Unlike
    return [row[0] for row in rows]


def _newest(rows: Ints, is_there: Flags, ends: Ints) -> Ints:
    """The rows of all segments, the oldest first: the newest that knows a row has the say."""
    if bool((rows[1:] > rows[:-1]).all()):
        return rows if bool(is_there.all()) else rows[is_there]
    for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
        own = rows[start:end]
        if not bool((own[1:] > own[:-1]).all()):
            raise Unlike
    # Stable: of equal rows the newest is the last.
    order = np.argsort(rows, kind="stable")
    rows, is_there = rows[order], is_there[order]
    last = np.append(rows[1:] != rows[:-1], True)
    return rows[last & is_there]
