"""One connection of all threads that remembers what was searched for.

Datasette gives each of its threads a connection, and each would learn anew what `db.search.memory`
keeps. Python runs one thread at a time anyway, so one connection serves them in turn; who has
waited too long, behind a search that takes seconds, goes over the thread's own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

Found = TypeVar("Found")

# Seconds: longer than any but the first search for a common word takes.
_PATIENCE = 0.25


class _Shared:
    def __init__(self) -> None:
        self.lock = Lock()
        self.conn: sqlite3.Connection | None = None


_shared: WeakKeyDictionary[Any, _Shared] = WeakKeyDictionary()


def over_one(
    datasette: Datasette, database: Database, question: Callable[[sqlite3.Connection], Found]
) -> Callable[[sqlite3.Connection], Found]:
    """`question`, put to the connection that all share, or else to the one that is given."""
    if database.is_memory:
        return question
    shared = _shared.setdefault(database, _Shared())

    def asked(own: sqlite3.Connection) -> Found:
        if not shared.lock.acquire(timeout=_PATIENCE):
            return question(own)
        try:
            if shared.conn is None:
                conn = database.connect()
                datasette._prepare_connection(conn, database.name)
                # Tuples are read faster than Datasette's rows, which are for its templates.
                conn.row_factory = None
                shared.conn = conn
            return question(shared.conn)
        finally:
            shared.lock.release()

    return asked
