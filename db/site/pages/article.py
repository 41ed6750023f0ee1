"""`/article/<id>`: the text as it was written, the quotations marked, where it came from."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from db.articles import ArticlePage, article_page
from db.notes import about
from db.revisions import ParagraphChange, diff, paragraphs_of
from db.site import notebooks, shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def article(datasette: Datasette, request: Request) -> Response:
    """The article as it reads now; `?q=` marks the words of a search.

    Of a very long one `?page=` is a portion, and `?at=q7` the portion with that place.
    """
    number, typed = shell.number_in(request, "id"), request.args.get("q")
    portion, place = shell.page_number(request.args.get("page")), request.args.get("at")
    page = await shell.ask(
        datasette, request,
        lambda conn: article_page(conn, number, typed, portion=portion, place=place),
        f"There is no article {number} in this archive",
    )  # fmt: skip
    written = await notebooks.ask(datasette, request, lambda book: about(book, number))
    return await shell.html(
        datasette, request, "article.html", page=page,
        own=next((one for one in written or () if one.place.position is None), None),
        on_quotes=[
            one for one in written or ()
            if one.place.position is not None and (one.notes or one.tags or one.lists)
        ],
    )  # fmt: skip


async def changes(datasette: Datasette, request: Request) -> Response:
    """`/article/<id>/changes/<number>`: what a revision changed, paragraph by paragraph."""
    number, later = shell.number_in(request, "id"), shell.number_in(request, "number")

    def compare(conn: sqlite3.Connection) -> tuple[ArticlePage, list[ParagraphChange]] | None:
        page = article_page(conn, number)
        before = paragraphs_of(conn, number, later - 1)
        after = paragraphs_of(conn, number, later)
        return (page, diff(before, after)) if page and before and after else None

    page, found = await shell.ask(
        datasette, request, compare, f"Article {number} has no revision {later} with one before it"
    )
    return await shell.html(
        datasette, request, "changes.html", page=page, number=later, changes=found
    )
