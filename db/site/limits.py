"""What SQL that a visitor writes may cost, however it is written: memory before all.

Datasette stops a query after a time, but only between SQLite's steps, and one step can make a value
of a gigabyte, or compare two of them for hours. So values are kept short enough for a step to be
short, rows are counted as they are fetched, and what SQLite may take for all of it has an end. Our
own questions are bounded in what they ask; they are let through by `unlimited`.
"""

from __future__ import annotations

import ctypes
import re
import sqlite3
import sys
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

# Bytes of one value, and of the rows of one answer.
LONGEST = 4_000_000
ANSWER = 32_000_000
# Characters of a pattern for LIKE and GLOB, which try it at each place of a text.
PATTERN = 100
# Different characters that trim() may look for, each of them at each place.
TRIMMED = 500
# Bytes that SQLite may have for all connections of the process, their page caches among them.
HEAP = 512_000_000
# What SQLite takes where nobody says otherwise.
_SQLITE_LONGEST = 1_000_000_000

# GNU's only: others give back by themselves.
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
TOO_LARGE = "this answer is too large: take fewer rows, or shorten what is long with substr()"


def limit(conn: sqlite3.Connection) -> None:
    """Bound what queries on this connection may take."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, PATTERN)
    # What is sorted stays in memory, which is bounded; on the disk nothing would bound it.
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.row_factory = Counted(conn.row_factory or tuple_of)
    # A visitor who calls a function wrongly is told so; it is no news for whoever serves.
    sqlite3.enable_callback_tracebacks(False)
    # SQLite's own compare a text with another at each place of it, or count to a thousand million.
    conn.create_function("instr", 2, instr, deterministic=True)
    conn.create_function("replace", 3, replace, deterministic=True)
    for name, method in (("trim", "strip"), ("ltrim", "lstrip"), ("rtrim", "rstrip")):
        conn.create_function(name, 2, _trimmer(method), deterministic=True)
    formatted = _formatter()
    for name in ("printf", "format"):
        conn.create_function(name, -1, formatted, deterministic=True)


def limit_process() -> None:
    """Bound what SQLite may take in this process, which is a server's; it cannot be taken back."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute(f"PRAGMA hard_heap_limit = {HEAP}")


@contextmanager
def unlimited(conn: sqlite3.Connection) -> Iterator[None]:
    """For a question of ours: long texts are read whole, rows are plain tuples."""
    factory, conn.row_factory = conn.row_factory, None
    longest = conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _SQLITE_LONGEST)
    try:
        yield
    finally:
        conn.row_factory = factory
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)


def give_back() -> None:
    """Give memory that a large query has left back to the system, where the C library keeps it."""
    if _trim is not None:
        _trim(0)


def tuple_of(_: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as it comes."""
    return row


class Counted:
    """Makes rows as another factory does, until those of one query are ANSWER bytes long.

    Raises OperationalError, which Datasette shows beside the query.
    """

    def __init__(self, factory: Any) -> None:
        self._factory = factory
        self._cursor: weakref.ref[sqlite3.Cursor] | None = None
        self._seen = 0

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> Any:
        if self._cursor is None or self._cursor() is not cursor:
            self._cursor, self._seen = weakref.ref(cursor), 0
        self._seen += size_of(row)
        if self._seen > ANSWER:
            raise sqlite3.OperationalError(TOO_LARGE)
        return self._factory(cursor, row)


def size_of(row: Sequence[object]) -> int:
    """About how many bytes a row takes."""
    return 60 * len(row) + sum(len(value) for value in row if isinstance(value, (str, bytes)))


def _text(value: object) -> str:
    """A value as SQLite casts it to text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else repr(value)


def instr(within: object, what: object) -> int | None:
    """Where `what` stands first, from 1; 0 where it does not. Bytes are looked for in bytes."""
    if within is None or what is None:
        return None
    if isinstance(within, bytes) and isinstance(what, bytes):
        return within.find(what) + 1
    return _text(within).find(_text(what)) + 1


def replace(within: object, what: object, by: object) -> str | None:
    """The text with `by` wherever `what` stood."""
    if within is None or what is None or by is None:
        return None
    text, old, new = _text(within), _text(what), _text(by)
    if not old:
        return text
    if len(new) > len(old) and len(text) + text.count(old) * (len(new) - len(old)) > LONGEST:
        return _too_long()
    return text.replace(old, new)


def _too_long() -> str:
    """A text that SQLite refuses in its own words: what a function raises is printed as a fault."""
    return " " * (LONGEST + 1)


def _trimmer(method: str) -> Any:
    def trim(text: object, marks: object) -> str | None:
        if text is None or marks is None:
            return None
        gone = "".join(set(_text(marks)))
        if len(gone) > TRIMMED:
            return _too_long()
        # Python takes no marks for white space.
        return str(getattr(_text(text), method)(gone)) if gone else _text(text)

    return trim


# A width that is given with the values, or is longer than a page.
_WIDE = re.compile(r"%[^a-zA-Z%]*(\*|\d{5})")


def _formatter() -> Callable[..., str | None]:
    """SQLite's printf, for formats that it is quick with."""
    plain = sqlite3.connect(":memory:", check_same_thread=False)

    def formatted(*values: object) -> str | None:
        if not values or values[0] is None:
            return None
        if _WIDE.search(_text(values[0])):
            return _too_long()
        marks = ", ".join("?" * len(values))
        found = plain.execute(f"SELECT printf({marks})", values).fetchone()[0]
        return str(found) if found is not None else None

    return formatted
