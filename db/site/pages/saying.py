"""`/article/<id>/quote/<number>`: one quotation, how sure its reading is, where else it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.sayings import saying_page
from db.site import shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def saying(datasette: Datasette, request: Request) -> Response:
    """One quotation."""
    number, position = shell.number_in(request, "id"), shell.number_in(request, "number")
    page = await shell.ask(
        datasette, request, lambda conn: saying_page(conn, number, position),
        f"Article {number} has no quotation {position}",
    )  # fmt: skip
    return await shell.html(datasette, request, "saying.html", quote=page.row, page=page)
