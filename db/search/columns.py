"""Date, publisher and story of many articles at once.

A word that half of the articles have asks for these of all of them, for order, facets and timeline.
Reading them out of the table takes longer than finding the word, so a connection keeps them until
something is written.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import count
from threading import Lock

# Fewer articles are looked up one by one.
MANY = 1_500
# Connections whose columns are kept: a server has a few threads, each with its own.
_KEPT = 4

_one_at_a_time = Lock()
_numbers = count(1)
_columns: OrderedDict[int, tuple[tuple[int, int], Columns]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Columns:
    """By number of the article. `published` is "" where no date is known, `day` its first ten
    characters; `story` has only those that belong to one.
    """

    published: dict[int, str]
    day: dict[int, str]
    publisher: dict[int, str | None]
    story: dict[int, int]


def columns_of(conn: sqlite3.Connection, articles: Collection[int]) -> Columns:
    """The columns of at least these articles."""
    select = "SELECT id, coalesce(published, ''), publisher, story FROM articles"
    if len(articles) < MANY:
        found = conn.execute(
            f"{select} WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(articles))]
        )
        return _made(found)
    number, state = _number(conn), _state(conn)
    known = _columns.get(number)
    if known is None or known[0] != state:
        known = (state, _made(conn.execute(select)))
    with _one_at_a_time:
        _columns[number] = known
        _columns.move_to_end(number)
        while len(_columns) > _KEPT:
            _columns.popitem(last=False)
    return known[1]


def _made(rows: Iterable[tuple[int, str, str | None, int | None]]) -> Columns:
    made = Columns({}, {}, {}, {})
    days: dict[str, str] = {}
    for article, published, publisher, story in rows:
        made.published[article] = published
        made.day[article] = days.setdefault(published[:10], published[:10])
        made.publisher[article] = publisher
        if story is not None:
            made.story[article] = story
    return made


def _state(conn: sqlite3.Connection) -> tuple[int, int]:
    """Another value after every write, by others or by this connection itself."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0]), conn.total_changes


def _number(conn: sqlite3.Connection) -> int:
    """A number of the connection's own, never given twice.

    A connection takes neither attributes nor weak references, but it holds SQL functions.
    """
    known = "SELECT 1 FROM pragma_function_list WHERE name = 'onrecord_connection'"
    if conn.execute(known).fetchone() is None:
        number = next(_numbers)
        conn.create_function("onrecord_connection", 0, lambda: number)
    return int(conn.execute("SELECT onrecord_connection()").fetchone()[0])
