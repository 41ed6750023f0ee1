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
        kept: dict[int, tuple[Database, sqlite3.Connection]] = _mine.__dict__.setdefault("kept", {})
        if id(database) not in kept:
            conn = database.connect()
            database.ds._prepare_connection(conn, database.name)
            kept[id(database)] = (database, conn)
        return question(kept[id(database)][1])

    return await asyncio.get_running_loop().run_in_executor(_pool, in_thread)
