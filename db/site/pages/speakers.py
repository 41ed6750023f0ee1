"""`/speakers`: who is quoted most, or all whose name holds what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.shards.overviews import named
from db.site import shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

# More than anybody reads through; the search narrows.
_MOST = 200


async def speakers(datasette: Datasette, request: Request) -> Response:
    """A table of speakers with how often each is quoted."""
    name = (request.args.get("name") or "").strip()[:200]
    people = await shell.ask(datasette, request, lambda held: named(held, name, _MOST))
    return await shell.html(datasette, request, "speakers.html", people=people, name=name)
