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

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from db.schema import TOKENIZE
from db.search.doclists import Stretch, Unlike, list_of, varints, walked
from db.search.numbers import NONE, Flags, Ints

# Shorter lists FTS5 reads as quickly.
MANY_PAGES = 40

# Where the pages of a segment, and the index's own records, lie in `*_data`.
_SEGMENT_BITS = 37
_STRUCTURE = 10
# Words of the index itself, rather than of one of beginnings.
_MAIN = b"0"


class _Segment(NamedTuple):
    """A segment's number, its first page and its last one."""

    number: int
    first: int
    last: int


def is_readable(conn: sqlite3.Connection, table: str) -> bool:
    """Whether the index of `table` is of the kind that `rows_with` reads: ours, of one column."""
    try:
        sql = conn.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", [f"{table}_fts"]
        ).fetchone()
        version = conn.execute(f"SELECT v FROM {table}_fts_config WHERE k = 'version'").fetchone()
    except sqlite3.DatabaseError:
        return False
    return (
        sql is not None
        and version == (4,)
        and TOKENIZE in sql[0]
        and "detail" not in sql[0].lower()
    )


def rows_with(
    conn: sqlite3.Connection, table: str, word: str, least: int = MANY_PAGES
) -> Ints | None:
    """The rows of `table` whose indexed texts have `word`, in order of number.

    `word` is one word of ASCII letters and figures in lower case; nothing of the index may wait to
    be written by this connection. None where the word's lists take fewer than `least` pages, or
    where the index is not made as expected.
    """
    try:
        return _rows(conn, f"{table}_fts", _MAIN + word.encode("ascii"), least)
    except (Unlike, IndexError):
        return None


def _rows(conn: sqlite3.Connection, index: str, word: bytes, least: int) -> Ints | None:
    segments = _segments(conn, index)
    found = conn.execute(
        f"SELECT (SELECT pgno FROM {index}_idx WHERE segid = s.value AND term <= ?1"
        f" ORDER BY term DESC LIMIT 1), (SELECT pgno FROM {index}_idx"
        " WHERE segid = s.value AND term > ?1 ORDER BY term LIMIT 1) FROM json_each(?2) AS s",
        [word, json.dumps([segment.number for segment in segments])],
    ).fetchall()
    places = []
    for segment, (page, after) in zip(segments, found, strict=True):
        # The last bit says whether there is an index of the list.
        first = max((page or 0) >> 1, segment.first)
        places.append(range(first, max(first, segment.last if after is None else after >> 1) + 1))
    # The last page of most has another word's rows, and the first the ends of others'.
    if sum(max(len(place) - 2, 0) for place in places) < least:
        return None
    pages: list[bytes] = []
    stretches: list[Stretch] = []
    ends: list[int] = []
    at = 0
    for segment, place in zip(segments, places, strict=True):
        own = _pages(conn, index, segment.number, place)
        for page, stretch in list_of(own, word):
            pages.append(page)
            stretches.append(Stretch(at + stretch.start, at + stretch.end))
            at += len(page)
        ends.append(len(stretches))
    if not stretches:
        return NONE
    rows, is_there, held = walked(b"".join(pages), stretches)
    return _newest(rows, is_there, np.append(0, np.cumsum(held))[ends])


def _segments(conn: sqlite3.Connection, index: str) -> list[_Segment]:
    """The segments, the oldest first."""
    row = conn.execute(f"SELECT block FROM {index}_data WHERE id = ?", [_STRUCTURE]).fetchone()
    if row is None:
        raise Unlike
    # Four bytes count the changes of the settings.
    numbers = iter(varints(row[0][4:]))
    try:
        levels, number, _ = (next(numbers) for _ in range(3))
        if levels > 64 or number > 4_000:
            raise Unlike
        by_level = []
        for _ in range(levels):
            _, held = next(numbers), next(numbers)
            own = [(next(numbers), next(numbers), next(numbers)) for _ in range(held)]
            by_level.append([_Segment(*one) for one in own])
    except (StopIteration, RuntimeError):
        raise Unlike from None
    segments = [segment for level in reversed(by_level) for segment in level]
    if len(segments) != number or next(numbers, None) is not None:
        raise Unlike
    # One without pages was merged into another, of which the rest is not written yet.
    return [segment for segment in segments if segment.first]


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
