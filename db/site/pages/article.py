"""`/article/<id>`: the text as it was written, the quotations marked, where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.beside import MOST_COMPARED
from db.notes import about
from db.shards import articles
from db.site import folders, notebooks, shell

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
        lambda held: articles.article(held, number, typed, portion=portion, place=place),
        f"There is no article {number} in this archive", about=number,
    )  # fmt: skip
    written = await notebooks.ask(datasette, request, lambda book: about(book, number))
    return await shell.html(
        datasette, request, "article.html", page=page,
        shard=folders.database_of(datasette, number),
        own=next((one for one in written or () if one.place.position is None), None),
        on_quotes=[
            one for one in written or ()
            if one.place.position is not None and (one.notes or one.tags or one.lists)
        ],
    )  # fmt: skip


async def changes(datasette: Datasette, request: Request) -> Response:
    """`/article/<id>/changes/<number>`: what a revision changed, paragraph by paragraph."""
    number, later = shell.number_in(request, "id"), shell.number_in(request, "number")
    page, found = await shell.ask(
        datasette, request, lambda held: articles.changes(held, number, later),
        f"Article {number} has no revision {later} with one before it", about=number,
    )  # fmt: skip
    return await shell.html(
        datasette, request, "changes.html", page=page, number=later, changes=found
    )


async def beside(datasette: Datasette, request: Request) -> Response:
    """`/article/<id>/beside/<number>`: two articles side by side."""
    number, other = shell.number_in(request, "id"), shell.number_in(request, "number")
    found = await shell.ask(
        datasette, request, lambda held: articles.beside(held, number, other),
        f"There are no two articles {number} and {other} in this archive", about=other,
    )  # fmt: skip
    return await shell.html(datasette, request, "beside.html", found=found, most=MOST_COMPARED)
