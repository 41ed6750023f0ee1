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
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np

from db.search.columnlists import in_columns, with_lists
from db.search.doclists import Stretch, Unlike, Walked, list_of, walked
from db.search.numbers import NONE, Flags, Ints
from db.search.segments import Index, Segment, pages_of

# Shorter lists FTS5 reads as quickly: pages for each index, and for each of its segments.
_MANY_PAGES, _MORE_PAGES = 3, 2

# Where the pages of a segment lie in `*_data`.
_SEGMENT_BITS = 37
# Words of the index itself, rather than of one of beginnings.
_MAIN = b"0"

# Reads a word's lists on the pages of a segment.
_Read: TypeAlias = Callable[[Sequence[bytes], bytes], Iterator[tuple[bytes, Stretch]]]


def rows_with(
    conn: sqlite3.Connection, index: Index, word: str, least: int | None = None
) -> Ints | None:
    """The rows whose texts have `word`, in order of number.

    `word` is one word of ASCII letters and figures in lower case. None where its lists take fewer
    than about `least` pages, usually so few that FTS5 is as quick, or where the index is not made
    as expected.
    """
    found = _lists(conn, index, word, list_of, least)
    if found is None:
        return None
    lists, keep = found
    return lists.rows[keep]


def heads_with(
    conn: sqlite3.Connection, index: Index, word: str, least: int | None = None
) -> tuple[Ints, Ints] | None:
    """The rows that have `word` in the first column of the index, and those that have it in the
    second one; else as `rows_with`.
    """
    found = _lists(conn, index, word, with_lists, least)
    if found is None:
        return None
    lists, keep = found
    rows = lists.rows[keep]
    try:
        in_first, in_second = in_columns(lists)
    except Unlike:
        return None
    return rows[in_first[keep]], rows[in_second[keep]]


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


def _lists(
    conn: sqlite3.Connection, index: Index, word: str, read: _Read, least: int | None
) -> tuple[Walked, Ints] | None:
    """The rows of a word's lists in all segments, and which of those count, in order."""
    if least is None:
        least = _MANY_PAGES + _MORE_PAGES * len(index.segments)
    term = _MAIN + word.encode("ascii")
    if least and not _seems_long(conn, index, term, least):
        return None
    try:
        return _walked(conn, index, term, read)
    except (Unlike, IndexError):
        return None


def _walked(
    conn: sqlite3.Connection, index: Index, term: bytes, read: _Read
) -> tuple[Walked, Ints]:
    pages: list[bytes] = []
    stretches: list[Stretch] = []
    ends: list[int] = []
    at = 0
    places = _places(conn, index, index.segments, term)
    for segment, place in zip(index.segments, places, strict=True):
        own = _pages(conn, index.name, segment.number, place)
        for page, stretch in read(own, term):
            pages.append(page)
            stretches.append(Stretch(at + stretch.start, at + stretch.end))
            at += len(page)
        ends.append(len(stretches))
    if not stretches:
        return Walked(np.empty(0, np.uint8), NONE, NONE, NONE), NONE
    found = walked(b"".join(pages), stretches)
    return found, _newest(found.rows, found.is_there, np.append(0, np.cumsum(found.held))[ends])


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
    """Which rows of all segments, the oldest first, count: the newest that knows a row has the say.
    In order of the rows.
    """
    if bool((rows[1:] > rows[:-1]).all()):
        return is_there.nonzero()[0]
    for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
        own = rows[start:end]
        if not bool((own[1:] > own[:-1]).all()):
            raise Unlike
    # Stable: of equal rows the newest is the last.
    order = np.argsort(rows, kind="stable")
    last = np.append(np.diff(rows[order]) != 0, True)
    found: Ints = order[last & is_there[order]]
    return found
