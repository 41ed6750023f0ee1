"""What all pages of ours share: the frame round them, their headers, dates in words."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from db.shards.held import Held
from db.shards.ids import parted
from db.shards.overviews import most_quoted_of
from db.site import archives, folders, foreign, limits, threads, words
from db.site.connections import over_one
from db.site.editing import editing_of, is_signed_in

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response
    from jinja2 import Environment

    from db.shards.reading import Reader

Found = TypeVar("Found")

# Nothing on our pages is inline, so that not even a fault in escaping lets a script run.
POLICY = "; ".join([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
])  # fmt: skip

# How long the questions of one page may take, in seconds, before the visitor is told so.
LIMIT = 10.0
# What a question of ours waits for memory before it is asked again, in seconds.
_BREATH = 0.2
# SQLite's largest row number: beyond it there is nothing to look for.
MOST = 2**63 - 1
# The speakers of an article take turns with so many colours.
COLOURS = 8
# Names to choose from; others can be typed.
_NAMES = 500


class TookTooLong(Exception):
    """A page's questions took longer than LIMIT and were stopped. Its words are for the visitor."""

    def __init__(self) -> None:
        super().__init__(
            f"This was stopped after {LIMIT:g} seconds. Ask for less: rarer words, a phrase, a"
            " speaker, one year."
        )


async def ask(
    datasette: Datasette,
    request: Request,
    question: Callable[[Held], Found | None],
    missing: str = "There is no archive here",
    *,
    about: int | None = None,
    remembering: bool = False,
) -> Found:
    """The answer of `question`, put to the archive that the request is about: one, or all shards.

    With `remembering`, over the connection that remembers most (`db.search.memory`).

    Raises NotFound with the words of `missing` where the answer is None, Forbidden where this
    visitor may not see the archive, TookTooLong where there is none within LIMIT. `about` is the
    article or the speaker that is asked for: where its shard is missing, that is said.
    """
    from datasette.utils.asgi import NotFound

    await may_read(datasette, request)
    folder = folders.folder_of(datasette)
    answer: Found | None
    if folder is not None:
        answer = await asyncio.to_thread(_of_folder, folder, question)
    else:
        name = await archive_of(datasette, request)
        database = datasette.get_database(name)
        limited = _in_time(lambda conn: question(Held.of(conn)))
        if remembering:
            limited = over_one(datasette, database, limited)
        answer = await threads.ask(database, limited)
    if answer is None:
        why = folders.why_missing(datasette, about) if about is not None else None
        raise NotFound(why or missing)
    return answer


async def may_read(datasette: Datasette, request: Request) -> None:
    """Raises NotFound where there is no archive, Forbidden where this visitor may not see it."""
    from datasette.utils.asgi import NotFound

    name = await archive_of(datasette, request)
    if name is None:
        raise NotFound("There is no archive here")
    of_folder = folders.folder_of(datasette) is not None
    if of_folder:
        await datasette.ensure_permissions(request.actor, ["view-instance"])
    for one in folders.databases(datasette) if of_folder else [name]:
        await datasette.ensure_permissions(request.actor, [("view-database", one), "view-instance"])


def _of_folder(folder: Reader, question: Callable[[Held], Found | None]) -> Found | None:
    # As in `_in_time`; the clock starts once it is this question's turn.
    with folder.held(LIMIT) as held:
        try:
            return question(held)
        except sqlite3.OperationalError:
            if held.is_late:
                raise TookTooLong from None
            raise


def _in_time(
    question: Callable[[sqlite3.Connection], Found | None],
) -> Callable[[sqlite3.Connection], Found | None]:
    """The question, stopped after LIMIT: Datasette's own limit holds for queries in SQL only."""

    def limited(conn: sqlite3.Connection) -> Found | None:
        # From here on, not from when the request came: it may have waited for others.
        deadline = time.monotonic() + LIMIT
        conn.set_progress_handler(lambda: time.monotonic() >= deadline, 1_000)
        try:
            with limits.unlimited(conn):
                while True:
                    try:
                        return question(conn)
                    except MemoryError:
                        # Visitors' queries have all that SQLite may take; they are soon stopped.
                        if time.monotonic() >= deadline:
                            raise
                        time.sleep(_BREATH)
        except sqlite3.OperationalError:
            # Within a function of ours, what is stopped is told in other words than "interrupted".
            if time.monotonic() >= deadline:
                raise TookTooLong from None
            raise
        finally:
            conn.set_progress_handler(None, 0)

    return limited


async def archive_of(datasette: Datasette, request: Request) -> str | None:
    """The database that `?archive=` names, or else the first that is an archive.

    Of a folder of shards, the folder's name.
    """
    folder = folders.folder_of(datasette)
    if folder is not None:
        return folder.path.resolve().name
    return _among(await archives.archives(datasette), request)


def _among(names: Sequence[str], request: Request) -> str | None:
    wanted = request.args.get("archive")
    return wanted if wanted in names else next(iter(names), None)


async def html(
    datasette: Datasette, request: Request, template: str, *, status: int = 200, **context: Any
) -> Response:
    """A page of ours."""
    from datasette.utils.asgi import Response

    from db.site import notebooks

    folder = folders.folder_of(datasette)
    names = [] if folder else await archives.archives(datasette)
    name = folder.path.resolve().name if folder else _among(names, request)
    signed_in = is_signed_in(datasette, request.headers)
    shelves = await notebooks.shelf_names(datasette, request) if signed_in else ([], [])
    body = (
        _environment(datasette)
        .get_template(f"onrecord/{template}")
        .render(
            {
                "request": request,
                "urls": datasette.urls,
                "csrftoken": request.scope["csrftoken"],
                "show_messages": lambda: datasette._show_messages(request),
                **context,
                "archive": name,
                "archives": names,
                "shards": (shards := folders.databases(datasette)),
                # Shards that lie on other machines are no databases of this Datasette's.
                "has_tables": bool(shards) or folder is None,
                "missing_shards": folders.missing(datasette),
                "database_path": _tables(datasette, name),
                "typed": context.get("typed", request.args.get("q") or ""),
                "style": datasette.urls.static_plugins("onrecord", "reader.css"),
                "script": datasette.urls.static_plugins("onrecord", "reader.js"),
                # Where a form goes back to, and a visitor who signs in.
                "here": request.full_path if request.method == "GET" else datasette.urls.instance(),
                "editing": signed_in,
                "may_sign_in": not signed_in and editing_of(datasette) is not None,
                "has_notebook": await notebooks.path_of(datasette, request) is not None,
                "tag_names": shelves[0],
                "list_names": shelves[1],
            }
        )
    )
    return Response.html(body, status=status, headers={"content-security-policy": POLICY})


def _tables(datasette: Datasette, name: str | None) -> str:
    """Where tables and SQL are: of a folder of shards, a list of the shards on the first page."""
    if folders.folder_of(datasette) is not None:
        return f"{datasette.urls.instance()}#tables"
    return str(datasette.urls.database(name) if name else datasette.urls.instance())


_environments: WeakKeyDictionary[Any, Environment] = WeakKeyDictionary()


def _environment(datasette: Datasette) -> Environment:
    """Datasette's templates and filters without its `await` at each expression: half of the time
    that a page takes. Nothing on our pages has to be waited for.
    """
    if datasette not in _environments:
        _environments[datasette] = datasette.jinja_env.overlay(enable_async=False)
    return _environments[datasette]


async def names(datasette: Datasette, request: Request) -> list[str]:
    """Names of speakers to choose from, most quoted first, for whoever may write."""
    if not is_signed_in(datasette, request.headers):
        return []
    found = await ask(datasette, request, lambda held: most_quoted_of(held, _NAMES))
    return [name for _, name, _ in found]


def number_in(request: Request, name: str) -> int:
    """A number in the address; one that is beyond all rows is as good as the last."""
    return min(int(request.url_vars[name]), MOST)


def page_number(asked: str | None) -> int:
    """The page of a list that is asked for, from 1."""
    asked = asked or "1"
    return min(max(int(asked), 1), 1_000_000) if asked.isascii() and asked.isdigit() else 1


def own_row(value: int) -> int:
    """The number that a row has in its own archive, by the one that it has over all shards."""
    return parted(value)[1]


def prepare(env: Environment) -> None:
    """Give templates these as filters."""
    from db.site.cells import is_web_address

    env.filters.update(
        day=words.day, clock=words.clock, when=words.when, origin=words.origin,
        number=words.number, many=words.many,
        own_row=own_row, straight=foreign.straight, short=foreign.short, inline=foreign.inline,
        marked=foreign.marked, hour=words.hour, lang=foreign.lang,
    )  # fmt: skip
    env.tests["web_address"] = is_web_address
    env.globals["colours"] = COLOURS
