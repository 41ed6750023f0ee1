"""What a connection remembers between searches, until something is written.

A second search for a word, the next page of a list or a facet that is chosen then costs a fraction
of the first one: which articles have a word, which article a paragraph is of, dates and publishers
of all articles, what was found and in which order. Each of these is bounded.
"""

from __future__ import annotations

import json
import sqlite3
import weakref
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, TypeVar, cast

import numpy as np

from db.query.compile import Compiler, prepare
from db.query.nodes import Term
from db.search import columns, numbers
from db.search.ahead import State, articles_ahead, facts_ahead, said_ahead, state_of
from db.search.columns import Columns, columns_from, columns_of
from db.search.facts import articles_of_all, said_in
from db.search.numbers import Ints
from db.search.postings import index_of, rows_with

Value = TypeVar("Value")

# Bytes that a connection keeps of where words were found: 1.4 MB for the commonest word of a
# million paragraphs, 0.2 for a word of every hundredth one.
MOST_BYTES = 32_000_000
# First pages and facets that it keeps: 4 KB each.
MOST_NOTES = 2_000
# How many times as quickly what all rows hold is read where it was worked out ahead.
_SOONER = {"columns": 5, "paragraphs": 15, "people": 30}


class Memory:
    """What is known of an archive as it was in one moment. It holds no connection."""

    def __init__(self) -> None:
        self._all: dict[str, Any] = {}
        self._looked_up: Counter[str] = Counter()
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._noted: OrderedDict[Hashable, Any] = OrderedDict()

    def is_few(self, name: str, number: int) -> bool:
        """Whether to look so many rows up one by one, rather than to make all that `name` holds."""
        if name in self._all:
            return False
        self._looked_up[name] += number
        return self._looked_up[name] < columns.MANY

    def once(self, name: str, make: Callable[[], Value]) -> Value:
        """What `make` gives, made at the first time and kept for good."""
        if name not in self._all:
            self._all[name] = make()
        return cast(Value, self._all[name])

    def kept(self, key: Hashable, make: Callable[[], tuple[Value, int]]) -> Value:
        """What `make` gives with its size in bytes; what was asked for long ago is forgotten."""
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return cast(Value, known[0])
        value, size = make()
        if size < MOST_BYTES // 4:
            self._kept[key] = value, size
            self._bytes += size
            while self._bytes > MOST_BYTES:
                self._bytes -= self._kept.popitem(last=False)[1][1]
        return value

    def known(self, key: Hashable) -> Any | None:
        """What is kept by that name; None where nothing is."""
        return self._kept.get(key, (None,))[0]

    def noted(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """As `kept`, for what takes a few kilobytes."""
        if key in self._noted:
            self._noted.move_to_end(key)
            return cast(Value, self._noted[key])
        value = self._noted[key] = make()
        if len(self._noted) > MOST_NOTES:
            self._noted.popitem(last=False)
        return value


class Reader:
    """An archive in one moment, with what is remembered of it."""

    def __init__(self, conn: sqlite3.Connection, memory: Memory, *, settled: bool = True) -> None:
        """`settled`: nothing that the connection has written waits to be committed."""
        self.conn = conn
        self.memory = memory
        self._settled = settled
        alone: dict[Term, str] = memory.once("alone", dict)
        self.compiler = Compiler(conn, memory.once("spells", lambda: prepare(conn)), alone)

    @property
    def ahead(self) -> State | None:
        """What of that which was worked out ahead still holds."""
        return self.memory.once("ahead", lambda: state_of(self.conn))

    @property
    def articles(self) -> int:
        """How many articles there are."""
        if self.ahead is not None and self.ahead.lists:
            return self.ahead.number
        return self.memory.once(
            "articles", lambda: _one(self.conn, "SELECT count(*) FROM articles")
        )

    def rows_with(self, word: str) -> Ints | None:
        """The paragraphs with a common word, as `db.search.postings.rows_with`."""
        if not self._settled:
            # What FTS5 has yet to write is in no table.
            return None
        index = self.memory.once("postings", lambda: index_of(self.conn, "paragraphs"))
        return None if index is None else rows_with(self.conn, index, word)

    def columns(self, articles: Ints) -> Columns:
        """The columns of at least these articles."""
        # To read all of them takes a third of what it takes to read all of the others.
        if self.is_few("columns", 3 * len(articles)):
            return columns_of(self.conn, articles)
        return self.memory.once("columns", self._columns)

    def is_few(self, name: str, number: int) -> bool:
        """As `Memory.is_few`: what was worked out ahead is sooner worth reading."""
        return self.memory.is_few(name, number * (1 if self.ahead is None else _SOONER[name]))

    def _columns(self) -> Columns:
        facts = None if self.ahead is None else facts_ahead(self.conn, self.ahead)
        return columns_of(self.conn) if facts is None else columns_from(facts)

    def _articles_of(self) -> Ints:
        known = None if self.ahead is None else articles_ahead(self.conn, self.ahead)
        return articles_of_all(self.conn) if known is None else known

    @property
    def said(self) -> tuple[Ints, Ints]:
        """All articles, in order, with whom each of them quotes, once for each."""
        return self.memory.once("people", self._said)

    def _said(self) -> tuple[Ints, Ints]:
        known = None if self.ahead is None else said_ahead(self.conn, self.ahead)
        article, person = said_in(self.conn) if known is None else known
        return article.astype(np.int32), person.astype(np.int32)

    def articles_of(self, paragraphs: Ints) -> Ints:
        """The article of each of these paragraphs."""
        if self.is_few("paragraphs", len(paragraphs)):
            ids, articles = numbers.columns(
                self.conn,
                "SELECT id, article_id FROM paragraphs"
                " WHERE id IN (SELECT value FROM json_each(?))",
                ("id", "article_id"), [json.dumps(paragraphs.tolist())],
            )  # fmt: skip
            return articles[np.searchsorted(ids, paragraphs)]
        known: Ints = self.memory.once("paragraphs", self._articles_of)
        if len(paragraphs) and not 0 < paragraphs[-1] < len(known):
            raise sqlite3.DatabaseError("database disk image is malformed: rows that are not there")
        return known.take(paragraphs)


@contextmanager
def reading(conn: sqlite3.Connection) -> Iterator[Reader]:
    """See the archive as it is now for several statements, whatever an ingest adds meanwhile."""
    if conn.in_transaction:
        yield reader_within(conn)
        return
    conn.execute("BEGIN")
    try:
        yield Reader(conn, memory_of(conn))
    finally:
        if conn.in_transaction:
            conn.execute("COMMIT")


def reader_within(conn: sqlite3.Connection) -> Reader:
    """What reads the archive within a transaction of the caller's.

    What the caller has written may yet be taken back: nothing of it is remembered, unless the
    connection `only_reads`.
    """
    if _number(conn) in _only_reading:
        return Reader(conn, memory_of(conn))
    return Reader(conn, Memory(), settled=False)


def only_reads(conn: sqlite3.Connection) -> None:
    """Note that nothing is written by a connection, so that it remembers in transactions too."""
    _only_reading.add(_number(conn))


def _one(conn: sqlite3.Connection, sql: str) -> int:
    return int(conn.execute(sql).fetchone()[0])


_numbers = count(1)
_memories: dict[int, tuple[tuple[int, int], Memory]] = {}
_only_reading: set[int] = set()


def memory_of(conn: sqlite3.Connection) -> Memory:
    """What the connection remembers, nothing where the archive was written since."""
    number, state = _number(conn), _state(conn)
    known = _memories.get(number)
    if known is not None and known[0] == state:
        return known[1]
    memory = Memory()
    _memories[number] = state, memory
    return memory


def _state(conn: sqlite3.Connection) -> tuple[int, int]:
    """Another value after every write, by others or by this connection itself."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0]), conn.total_changes


def _number(conn: sqlite3.Connection) -> int:
    """A number of the connection's own, never given twice.

    A connection takes neither attributes nor weak references, but it holds SQL functions.
    """
    try:
        return int(conn.execute("SELECT onrecord_connection()").fetchone()[0])
    except sqlite3.OperationalError:
        number = next(_numbers)

        def mine() -> int:
            return number

        conn.create_function("onrecord_connection", 0, mine)
        # When the connection is closed it lets go of the function.
        weakref.finalize(mine, _forget, number)
        return number


def _forget(number: int) -> None:
    _memories.pop(number, None)
    _only_reading.discard(number)
