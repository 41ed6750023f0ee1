"""The shards that lie with a worker, opened for reading: what a question is answered from there.

A session is one reader's question: what it opened is as it was at its first statement, until it is
over, or nothing was asked for so long that the reader must be gone.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from db.cluster.here import place_here
from db.shards.held import Part
from db.shards.looks import Look

_CACHE_KIB = 32_768
_FORGOTTEN = 120.0  # seconds
# Questions that a worker answers at the same time; SQLite works outside of Python's lock.
_AT_ONCE = 8


class Asked(NamedTuple):
    """One thing that is asked of a shard: in which session, of which file, and what.

    `seconds` are those that are left for the answer.
    """

    session: str
    folder: str
    file: str
    what: str
    args: tuple[Any, ...] = ()
    seconds: float | None = None


class Rows(NamedTuple):
    """What a statement gives, and what its columns are called."""

    rows: list[tuple[Any, ...]]
    columns: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    conn: sqlite3.Connection
    lock: Lock = field(default_factory=Lock)
    looks: dict[int, Look] = field(default_factory=dict)
    used: float = field(default_factory=time.monotonic)


_lock = Lock()
_open: dict[tuple[str, str, str], _Open] = {}
_threads: list[ThreadPoolExecutor] = []


async def answer(asked: Asked) -> Any:
    """What is asked, beside the tasks of the worker and its talk with the scheduler.

    Raises what SQLite raises.
    """
    if not _threads:
        _threads.append(ThreadPoolExecutor(_AT_ONCE, "onrecord"))
    return await asyncio.get_running_loop().run_in_executor(_threads[0], answer_here, asked)


def answer_here(asked: Asked) -> Any:
    """As `answer`, in this thread."""
    if asked.what == "end":
        _end(asked.session)
        return None
    opened = _opened(asked)
    with opened.lock:
        opened.used = time.monotonic()
        if asked.seconds is not None:
            until = opened.used + asked.seconds
            opened.conn.set_progress_handler(lambda: time.monotonic() >= until, 1_000)
        if asked.what == "sql":
            return _sql(opened.conn, *asked.args)
        if asked.what == "call":
            question, args, named = asked.args
            return question(opened.conn, *args, **named)
        return _look(opened, asked.what, *asked.args)


def _sql(conn: sqlite3.Connection, sql: str, values: Sequence[Any] | dict[str, Any]) -> Rows:
    cursor = conn.execute(sql, values)
    return Rows(cursor.fetchall(), tuple(column[0] for column in cursor.description or ()))


def _look(opened: _Open, what: str, key: int, *args: Any) -> Any:
    if what == "begin":
        wish, number = args
        look = Look(Part(number, opened.conn), wish)
        sizes = look.begin()
        opened.looks[key] = look
        return sizes
    look = opened.looks[key]
    if what == "settle":
        look.settle(*args)
        return look.total, look.articles
    if what == "first":
        rows = look.first(*args)
        return rows, {article: look.weight(article) for _, _, article in rows}
    return getattr(look, what)(*args)


def _opened(asked: Asked) -> _Open:
    key = (asked.session, asked.folder, asked.file)
    with _lock:
        if (opened := _open.get(key)) is not None:
            return opened
    path = place_here(asked.folder) / asked.file
    conn = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5, isolation_level=None,
        check_same_thread=False,
    )  # fmt: skip
    conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.execute("BEGIN")
    with _lock:
        _close_forgotten()
        return _open.setdefault(key, _Open(conn))


def _close_forgotten() -> None:
    before = time.monotonic() - _FORGOTTEN
    _close(key for key, opened in _open.items() if opened.used < before)


def _end(session: str) -> None:
    with _lock:
        _close(key for key in _open if key[0] == session)


def _close(keys: Iterable[tuple[str, str, str]]) -> None:
    for key in list(keys):
        opened = _open.pop(key)
        with opened.lock:
            opened.conn.close()
