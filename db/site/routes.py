"""Addresses of our own. The reader's pages (article, speaker, quote, cite) take their place here.

Links to `/article/<id>#q3` are made by the view `sayings` and by the cells already, so that they
stay the same when the pages come: until then the address leads to the article's text in order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any

from db.schema import APPLICATION_ID

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

SEARCH = "search"
ARTICLE = "article_text"
QUOTES = "quotes_by_speaker"
_IN_MENU = (SEARCH, QUOTES, "most_quoted", "articles_by_day")
# SQLite's largest row number: beyond it there is no article to look for.
_MOST = 2**63 - 1


async def article(datasette: Datasette, request: Request) -> Response:
    """`/article/<id>`: the text of the article, or its row where metadata.json is not loaded."""
    from datasette.utils.asgi import NotFound, Response

    number = int(request.url_vars["id"])
    for database in await archives(datasette):
        found = number <= _MOST and await datasette.get_database(database).execute(
            "select 1 from articles where id = ?", [number]
        )
        if not found or not found.first():
            continue
        if has_query(datasette, database, ARTICLE):
            return Response.redirect(f"{datasette.urls.query(database, ARTICLE)}?article={number}")
        return Response.redirect(datasette.urls.row(database, "articles", str(number)))
    raise NotFound(f"There is no article {number} in this archive")


async def archives(datasette: Datasette) -> list[str]:
    """The names of those of Datasette's databases that are archives of ours."""

    def is_ours(conn: sqlite3.Connection) -> bool:
        return bool(conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)

    return [
        name for name, database in datasette.databases.items()
        if await database.execute_fn(is_ours)
    ]  # fmt: skip


def menu(datasette: Datasette) -> list[dict[str, str]]:
    """Where a reader wants to go from any page."""
    return [
        link for database in datasette.databases
        for link in _links(datasette, database, _IN_MENU)
    ]  # fmt: skip


def home(datasette: Datasette) -> list[dict[str, Any]]:
    """For each archive that can be searched: where to, and its other queries."""
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


ROUTES: list[tuple[str, Callable[..., Awaitable[Any]]]] = [
    (r"^/article/(?P<id>[0-9]{1,20})$", article),
]
