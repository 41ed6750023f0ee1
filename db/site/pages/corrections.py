"""`/corrections`: what was set right by hand, newest first, each to be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.corrections import Correction
from db.shards.overviews import corrections as listed
from db.site import shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


@dataclass(frozen=True, slots=True)
class Line:
    """A correction; the article that it is about, if there is one; in how many it changes words."""

    made: Correction
    article_id: int | None
    articles: int


async def corrections(datasette: Datasette, request: Request) -> Response:
    """All corrections; `?undone=1` shows those that were taken back as well."""
    undone = request.args.get("undone") == "1"
    found = await shell.ask(datasette, request, lambda held: listed(held, undone=undone))
    lines = [Line(*line) for line in found]
    return await shell.html(datasette, request, "corrections.html", lines=lines, undone=undone)
