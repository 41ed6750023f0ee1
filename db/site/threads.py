"""Threads of our own for our pages, so that they wait for no query that a visitor writes.

Datasette runs whatever is asked in a few threads, each with a connection of its own; queries that
go on until they are stopped would hold all of them.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from datasette.database import Database

Found = TypeVar("Found")

_THREADS = 3
_pool = ThreadPoolExecutor(_THREADS, "onrecord")
_mine = threading.local()


async def ask(database: Database, question: Callable[[sqlite3.Connection], Found]) -> Found:
    """The answer of `question`, put to a database in a thread that only our pages use."""

    def in_thread() -> Found:
        # By the object, not by its name: two sites in one process may serve files of one name.
        kept: WeakKeyDictionary[Database, sqlite3.Connection]
        kept = _mine.__dict__.setdefault("kept", WeakKeyDictionary())
        if (conn := kept.get(database)) is None:
            conn = database.connect()
            database.ds._prepare_connection(conn, database.name)
            kept[database] = conn
        return question(conn)

    return await asyncio.get_running_loop().run_in_executor(_pool, in_thread)
