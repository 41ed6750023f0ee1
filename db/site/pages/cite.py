"""`/article/<id>/cite`, `/article/<id>/quote/<number>/cite`: citations to copy, or as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.cite import Format, Reference, export
from db.shards.articles import cited
from db.site import shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

# The formats in the order of the page: how people call them, and the ending of a file of them.
FORMATS: dict[Format, tuple[str, str]] = {
    "chicago": ("Chicago", "txt"),
    "apa": ("APA", "txt"),
    "bibtex": ("BibTeX", "bib"),
    "ris": ("RIS", "ris"),
    "csl-json": ("CSL-JSON", "json"),
}


async def cite(datasette: Datasette, request: Request) -> Response:
    """All formats on a page, each with a button that copies it."""
    ref = await _reference(datasette, request)
    written = {form: export([ref], form) for form in FORMATS}
    return await shell.html(
        datasette, request, "cite.html", ref=ref, written=written, formats=FORMATS
    )


async def as_file(datasette: Datasette, request: Request) -> Response:
    """One format as a file, for a program that keeps references."""
    from datasette.utils.asgi import Response

    ref = await _reference(datasette, request)
    form = next(f for f, (_, ending) in FORMATS.items() if ending == request.url_vars["ending"])
    quote = f"-quote-{ref.quotation.position}" if ref.quotation else ""
    name = f"article-{ref.article_id}{quote}.{request.url_vars['ending']}"
    return Response(
        export([ref], form) + "\n",
        headers={"content-disposition": f'attachment; filename="{name}"'},
        content_type="text/plain; charset=utf-8",
    )


async def _reference(datasette: Datasette, request: Request) -> Reference:
    article = shell.number_in(request, "id")
    quote = shell.number_in(request, "number") if "number" in request.url_vars else None
    return await shell.ask(
        datasette, request, lambda held: cited(held, article, quote),
        "There is nothing of that number to cite", about=article,
    )  # fmt: skip
