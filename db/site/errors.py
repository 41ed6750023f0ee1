"""What a visitor sees where something is not there, not allowed, too slow or broken.

In our own frame, in plain words: never SQL, never a traceback. What went wrong in our own code is
printed to the terminal that serves. Addresses that end in .json are answered in JSON.
"""

from __future__ import annotations

import sqlite3
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from db.errors import ArchiveBusy, of_sqlite
from db.site import limits, shell
from db.site.bodies import TooLarge

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response
    from datasette.views.base import DatasetteError

_TITLES = {
    400: "This cannot be done so", 403: "This is not open to you", 404: "There is nothing here",
    503: "This cannot be answered now",
}  # fmt: skip
_BROKEN = (
    "Something went wrong on this page, not through anything that you did. The terminal in which"
    " the archive is served says what it was."
)
# What Datasette says where it has not looked for anything in particular.
_BARE = ("", "404", "Database not found")
# What Datasette raises of a number that is none, or JSON that is not whole, in an address.
_OF_ADDRESSES = (
    ValueError, LookupError, TypeError, ArithmeticError, AttributeError, AssertionError,
)  # fmt: skip
_NO_FILE = (
    "The archive's file cannot be read now: it was moved, or its disk is full or gone. Nothing that"
    " it holds is lost by that. Try again when it is back."
)
_DAMAGED = (
    "The archive's file is damaged, so that this cannot be read. Whoever keeps it can find out more"
    " with: onrecord check"
)
_NOT_HERE = "No page of this archive has that address."


def answer(
    datasette: Datasette, request: Request, exception: BaseException
) -> Callable[[], Awaitable[Response]] | None:
    """What makes the reply to a request that failed; None leaves it to Datasette."""
    from datasette.database import QueryInterrupted
    from datasette.utils.asgi import Base400
    from datasette.views.base import DatasetteError

    if isinstance(exception, (MemoryError, sqlite3.Error, QueryInterrupted, DatasetteError)):
        limits.give_back()
    if isinstance(exception, DatasetteError):
        return lambda: _datasettes(datasette, request, exception)
    if isinstance(exception, MemoryError) and not (_is_datasettes(exception) and _has_sql(request)):
        # All connections have it together: who wrote no SQL is not to blame.
        status, message = 503, "Too much is asked of this site just now. Try again in a moment."
    elif isinstance(exception, (sqlite3.DataError, MemoryError)):
        # SQLite's word for a value, or for all values together, over db.site.limits.
        status, message = 400, limits.TOO_LARGE.capitalize() + "."
    elif isinstance(exception, QueryInterrupted):
        status, message = 400, "This query took too long and was stopped. Ask for less."
    elif isinstance(exception, _OF_ADDRESSES) and _is_datasettes(exception):
        status, message = 400, "Something in this address is not what Datasette takes there."
    elif isinstance(exception, shell.TookTooLong):
        status, message = 503, str(exception)
    elif isinstance(exception, TooLarge):
        status, message = 413, "More was sent than this site takes at once."
    elif isinstance(exception, Base400):
        told = str(exception.args[0]) if exception.args else ""
        status, message = exception.status, _NOT_HERE if told in _BARE else told
    elif (plain := of_sqlite(_files(datasette), exception)) is not None:
        # One line for whoever serves: it is not the code that is to blame.
        print(f"onrecord: {plain}", file=sys.stderr, flush=True)
        gone = isinstance(plain, ArchiveBusy)
        status, message = (503, _NO_FILE) if gone else (500, _DAMAGED)
    elif isinstance(exception, sqlite3.Error) and _is_datasettes(exception):
        status, message = 400, f"SQLite says of what is asked here: {exception}."
    else:
        traceback.print_exception(exception)
        status, message = 500, _BROKEN

    async def reply() -> Response:
        return await page(datasette, request, status, message)

    return reply


async def _datasettes(datasette: Datasette, request: Request, error: DatasetteError) -> Response:
    """Datasette's own word on an SQL query that somebody wrote, as it is: it shows the query.

    Datasette itself would print its whole state to the terminal that serves, for each of them.
    """
    from datasette.utils.asgi import Response

    # It says 500 where it gives no status, as of a column to sort by that is not there.
    status = 400 if error.status == 500 else error.status
    told = {"ok": False, "error": error.message, "status": status, "title": error.title}
    if request.path.endswith(".json"):
        return Response.json({**error.error_dict, **told}, status=status)
    message = Markup(error.message) if error.message_is_html else error.message
    body = await datasette.jinja_env.get_template("error.html").render_async(
        {**error.error_dict, **told, "error": message, "urls": datasette.urls,
         "app_css_hash": datasette.app_css_hash(), "menu_links": list}
    )  # fmt: skip
    return Response.html(body, status=status)


def _has_sql(request: Request) -> bool:
    """Whether the visitor wrote SQL, a whole query or a condition."""
    return "sql" in request.args or "_where" in request.args


def _is_datasettes(exception: BaseException) -> bool:
    """Whether it was raised on a page of Datasette's, in which there is nothing of ours."""
    frames = [
        frame.f_globals.get("__name__", "")
        for frame, _ in traceback.walk_tb(exception.__traceback__)
    ]
    views = [name for name in frames if name.startswith("datasette.views")]
    # A form that is sent to a query that takes none comes to grief outside of its view.
    views += frames[-1:] if frames[-1:] == ["datasette.app"] else []
    return bool(views) and not any(
        name.startswith("db.") and name != limits.__name__ for name in frames
    )


def _files(datasette: Datasette) -> str:
    """The files that are served."""
    return ", ".join(str(d.path) for d in datasette.databases.values() if d.path)


async def page(datasette: Datasette, request: Request, status: int, message: str) -> Response:
    """The reply that says `message`, as the kind of thing that was asked for."""
    from datasette.utils.asgi import Response

    title = _TITLES.get(status, "Something went wrong")
    path = request.path
    if path.endswith(".json"):
        told: dict[str, Any] = {"ok": False, "error": message, "status": status, "title": None}
        return Response.json(told, status=status)
    if path.endswith((".csv", ".atom")):
        return Response.text(f"{message}\n", status=status)
    try:
        return await shell.html(
            datasette, request, "error.html", status=status, title=title, message=message
        )
    except Exception as error:  # Where the frame is what is broken, the words must do.
        if of_sqlite("", error) is None:
            traceback.print_exc()
        return Response.text(f"{title}. {message}\n", status=status)
