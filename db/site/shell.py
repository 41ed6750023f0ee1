"""What all pages of ours share: the frame round them, their headers, dates in words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from db.overview import most_quoted
from db.site import archives, foreign, limits, threads
from db.site.editing import editing_of, is_signed_in

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response
    from jinja2 import Environment

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

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
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
    question: Callable[[sqlite3.Connection], Found | None],
    missing: str = "There is no archive here",
) -> Found:
    """The answer of `question`, put to the archive that the request is about.

    Raises NotFound with the words of `missing` where the answer is None, Forbidden where this
    visitor may not see the archive, TookTooLong where there is none within LIMIT.
    """
    from datasette.utils.asgi import NotFound

    name = await archive_of(datasette, request)
    if name is None:
        raise NotFound("There is no archive here")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    answer: Found | None = await threads.ask(datasette.get_database(name), _in_time(question))
    if answer is None:
        raise NotFound(missing)
    return answer


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
    """The database that `?archive=` names, or else the first that is an archive."""
    names = await archives.archives(datasette)
    wanted = request.args.get("archive")
    return wanted if wanted in names else next(iter(names), None)


async def html(
    datasette: Datasette, request: Request, template: str, *, status: int = 200, **context: Any
) -> Response:
    """A page of ours."""
    from datasette.utils.asgi import Response

    from db.site import notebooks

    names = await archives.archives(datasette)
    name = await archive_of(datasette, request)
    signed_in = is_signed_in(datasette, request.headers)
    shelves = await notebooks.shelf_names(datasette, request) if signed_in else ([], [])
    body = await datasette.render_template(
        f"onrecord/{template}",
        {
            **context,
            "archive": name,
            "archives": names,
            "database_path": datasette.urls.database(name) if name else datasette.urls.instance(),
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
        },
        request=request,
    )
    return Response.html(body, status=status, headers={"content-security-policy": POLICY})


async def names(datasette: Datasette, request: Request) -> list[str]:
    """Names of speakers to choose from, most quoted first, for whoever may write."""
    if not is_signed_in(datasette, request.headers):
        return []
    found = await ask(datasette, request, lambda conn: most_quoted(conn, _NAMES))
    return [name for _, name, _ in found]


def number_in(request: Request, name: str) -> int:
    """A number in the address; one that is beyond all rows is as good as the last."""
    return min(int(request.url_vars[name]), MOST)


def page_number(asked: str | None) -> int:
    """The page of a list that is asked for, from 1."""
    asked = asked or "1"
    return min(max(int(asked), 1), 1_000_000) if asked.isascii() and asked.isdigit() else 1


def day(moment: str | None) -> str:
    """A date as people write it, by its own clock: "3 March 2023", "March 2023", "2023"."""
    if not moment:
        return ""
    year, *rest = moment[:10].split("-")
    if not rest or not rest[0].isdigit() or not 1 <= int(rest[0]) <= 12:
        return year
    words = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {words}" if len(rest) > 1 and rest[1].isdigit() else words


def clock(moment: str | None) -> str:
    """The date in words with the time and its zone, where these are known."""
    if not moment or "T" not in moment:
        return day(moment)
    return f"{day(moment)}, {moment.partition('T')[2].replace('Z', ' UTC')}"


def number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"


def many(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: "1 quote", "1,200 quotes"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def prepare(env: Environment) -> None:
    """Give templates these as filters."""
    from db.site.cells import is_web_address

    env.filters.update(
        day=day, clock=clock, number=number, many=many,
        straight=foreign.straight, short=foreign.short, inline=foreign.inline,
    )  # fmt: skip
    env.tests["web_address"] = is_web_address
    env.globals["colours"] = COLOURS
