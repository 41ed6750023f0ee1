"""`/help`: what can be typed in the search box, with examples to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.site import shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def how_to_search(datasette: Datasette, request: Request) -> Response:
    """The query language on a page."""
    return await shell.html(datasette, request, "help.html")
