"""The archive's own Datasette plugin, found through the `datasette` entry point.

    functions.py   SQL functions
    queries.py     the search query, compiled by our own query language
    cells.py       links and highlights in table cells
    archives.py    which of the databases are archives, and their queries
    routes.py      the addresses of our pages; pages/ one module each; shell.py their frame
    plots.py       bars over time, drawn on the server; words.py dates and numbers in words
    errors.py      what is said where something is not there, not allowed, too slow or broken
    hosts.py       the names that the site answers to
    foreign.py     titles and names of others in our sentences
    headers.py     response headers that keep a page from framing, sniffing and calling out
    templates/     pages of Datasette's that we add to; static/ our style sheet
    limits.py      what SQL that a visitor writes may cost
    bodies.py      how much may be sent, and answered; editing.py who may write
    threads.py     those that our pages are asked in; acts/ what the forms do
    notebooks.py   the notebook, for pages that read it; uploads.py files that are sent
    serve.py       `serve` and `datasette_for`: an archive with metadata.json and our settings

Only hooks live here. Datasette imports this module while it is being imported itself, so whatever
needs Datasette is imported inside the hooks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Generator
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from markupsafe import Markup

from db.site import (
    archives,
    bodies,
    cells,
    errors,
    functions,
    headers,
    hosts,
    limits,
    queries,
    routes,
    shell,
    uploads,
)

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from jinja2 import Environment


# Last, so that our escape_fts takes the place of Datasette's own.
@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    functions.register(conn)
    limits.limit(conn)


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    return queries.compiled(datasette.metadata("queries", database=database, fallback=False) or {})


@hookimpl
def render_cell(
    row: sqlite3.Row, value: object, column: str, table: str | None, database: str,
    datasette: Datasette,
) -> Markup | None:  # fmt: skip
    return cells.render(datasette, database, table, column, value, row)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    return routes.ROUTES


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    return archives.menu(datasette)


@hookimpl
def extra_template_vars(datasette: Datasette, view_name: str) -> dict[str, Any]:
    return {"onrecord_archives": archives.home(datasette)} if view_name == "index" else {}


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    return [datasette.urls.static_plugins("onrecord", "onrecord.css")]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[headers.App], headers.App]:
    names = (datasette.plugin_config("onrecord") or {}).get("hosts")
    return lambda app: headers.guarded(
        hosts.guarded(bodies.guarded(bodies.capped(app), datasette), names)
    )


@hookimpl
def skip_csrf(datasette: Datasette, scope: dict[str, Any]) -> bool:
    return uploads.checks_itself(datasette, scope)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    shell.prepare(env)


# A wrapper, since Datasette also runs its own hook, which prints every address that is not there.
@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: BaseException
) -> Generator[None, Any, None]:
    outcome = yield
    if (reply := errors.answer(datasette, request, exception)) is not None:
        outcome.force_result([reply])


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Awaitable[Any]:
    return errors.page(datasette, request, 403, message)
