"""What a visitor sees where something is not there, not allowed, too slow or broken.

In our own frame, in plain words: never SQL, never a traceback. What went wrong in our own code is
printed to the terminal that serves. Addresses that end in .json are answered in JSON.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveBusy, of_sqlite
from db.site import shell
from db.site.bodies import TooLarge

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

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
    """What makes the reply to a request that failed; None leaves it to Datasette.

    Datasette's own word on an SQL query that somebody wrote is left as it is: it shows the query.
    """
    from datasette.utils.asgi import Base400
    from datasette.views.base import DatasetteError

    if isinstance(exception, DatasetteError):
        return None
    if isinstance(exception, shell.TookTooLong):
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
    else:
        traceback.print_exception(exception)
        status, message = 500, _BROKEN

    async def reply() -> Response:
        return await page(datasette, request, status, message)

    return reply


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
