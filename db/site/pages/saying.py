"""`/article/<id>/quote/<number>`: one quotation, how sure its reading is, where else it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.notebook import Notebook
from db.notes import About, about
from db.samples import Mark, marks_of
from db.shards import articles
from db.shards.things import quote_thing
from db.site import notebooks, shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def saying(datasette: Datasette, request: Request) -> Response:
    """One quotation."""
    number, position = shell.number_in(request, "id"), shell.number_in(request, "number")
    page = await shell.ask(
        datasette, request, lambda held: articles.saying(held, number, position),
        f"Article {number} has no quotation {position}", about=number,
    )  # fmt: skip

    def written(book: Notebook) -> tuple[About | None, list[tuple[str, Mark]]]:
        found = (one for one in about(book, number) if one.place.position == position)
        return next(found, None), marks_of(book, quote_thing(book.held, number, position))

    own, marks = await notebooks.ask(datasette, request, written) or (None, [])
    return await shell.html(
        datasette, request, "saying.html", quote=page.row, page=page, own=own, marks=marks,
        names=await shell.names(datasette, request),
    )  # fmt: skip
