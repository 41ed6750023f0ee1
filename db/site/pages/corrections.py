"""`/corrections`: what was set right by hand, newest first, each to be undone."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.corrections import Correction, articles_of, listed
from db.keys import find_article
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
    lines = await shell.ask(datasette, request, lambda conn: _lines(conn, undone))
    return await shell.html(datasette, request, "corrections.html", lines=lines, undone=undone)


def _lines(conn: sqlite3.Connection, undone: bool) -> list[Line]:
    return [
        Line(
            made, find_article(conn, made.article) if made.article else None,
            len(articles_of(conn, made.id)),
        )
        for made in reversed(listed(conn, undone=undone))
    ]  # fmt: skip
