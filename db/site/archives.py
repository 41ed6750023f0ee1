"""Where an archive's pages are: which of Datasette's databases are archives, and their queries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from db.schema import APPLICATION_ID
from db.site import folders, threads

if TYPE_CHECKING:
    from datasette.app import Datasette

SEARCH = "search"
QUOTES = "quotes_by_speaker"
_known: WeakSet[Any] = WeakSet()
_IN_MENU = (SEARCH, QUOTES, "most_quoted", "articles_by_day")


async def archives(datasette: Datasette) -> list[str]:
    """The names of those of Datasette's databases that are archives of ours."""

    def is_ours(conn: sqlite3.Connection) -> bool:
        return bool(conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)

    found = []
    for name, database in datasette.databases.items():
        # What is one stays one, and every page asks. Datasette's own tables are in memory.
        if database in _known or (database.path and await threads.ask(database, is_ours)):
            _known.add(database)
            found.append(name)
    return found


def menu(datasette: Datasette) -> list[dict[str, str]]:
    """Where a reader wants to go from any page."""
    if folders.folder_of(datasette) is not None:
        # The links of each shard are on its own page.
        return [{"href": datasette.urls.instance(), "label": "All files together"}]
    return [
        link for database in datasette.databases
        for link in _links(datasette, database, _IN_MENU)
    ]  # fmt: skip


def home(datasette: Datasette) -> list[dict[str, Any]]:
    """For each archive that can be searched: where to, and its other queries."""
    if folders.folder_of(datasette) is not None:
        return []
    return [
        {
            "search": datasette.urls.query(database, SEARCH),
            "queries": _links(
                datasette, database, [n for n in _queries(datasette, database) if n != SEARCH]
            ),
        }
        for database in datasette.databases
        if has_query(datasette, database, SEARCH)
    ]


def has_query(datasette: Datasette, database: str, name: str) -> bool:
    """Whether metadata gives this database a canned query of that name."""
    return name in _queries(datasette, database)


def _queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    return datasette.metadata("queries", database=database, fallback=False) or {}


def _links(datasette: Datasette, database: str, names: Iterable[str]) -> list[dict[str, str]]:
    queries = _queries(datasette, database)
    return [
        {"href": datasette.urls.query(database, n), "label": queries[n].get("title") or n}
        for n in names if n in queries
    ]  # fmt: skip
