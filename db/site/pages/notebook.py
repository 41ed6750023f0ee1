"""`/notebook`: notes, tags, lists, samples, saved searches. `/tag`, `/list`: what is on one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from db import cite, notes, samples, shelves
from db.bibliography import references
from db.errors import ArchiveError
from db.notebook import Notebook
from db.shards.things import title_at
from db.site import notebooks, shell
from db.site.pages.cite import FORMATS
from db.site.pages.saved import Saved, saved_in
from db.things import Place, Thing

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

Found = TypeVar("Found")

# Notes on a page; a search narrows them.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Written:
    """A note, where its thing is now (None: not here), and what its article is called now."""

    note: notes.Note
    place: Place | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the first page of the notebook shows."""

    notes: list[Written]
    tags: list[tuple[str, int]]
    lists: list[tuple[str, int]]
    samples: list[samples.Sample]
    searches: list[Saved]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A thing on a tag's or list's page, where it is now, and what was written on it."""

    thing: Thing
    place: Place | None
    title: str | None
    notes: list[notes.Note]


async def notebook(datasette: Datasette, request: Request) -> Response:
    """The notebook; `?notes=` finds notes by their words."""
    typed = (request.args.get("notes") or "").strip()
    found = await notebooks.ask(datasette, request, lambda book: _contents(book, typed))
    if found is None:
        await _must_sign_in_or_be_there(datasette, request)
        found = Contents([], [], [], [], [])
    return await shell.html(
        datasette, request, "notebook.html", contents=found, typed_note=typed, most=_MOST
    )


def _contents(book: Notebook, typed: str) -> Contents:
    newest = notes.notes(book)[::-1][:_MOST]
    found = notes.search_notes(book, typed, _MOST) if typed else newest
    return Contents(
        [Written(note, *_where(book, note.thing)) for note in found],
        shelves.tags(book), shelves.lists(book), samples.samples(book), saved_in(book),
    )  # fmt: skip


async def shelf(datasette: Datasette, request: Request) -> Response:
    """What has the tag, or is on the list, of `?name=`, in order."""
    kind, name = request.url_vars["shelf"], request.args.get("name") or ""
    things = await _shelved(datasette, request, kind, name)
    return await shell.html(
        datasette, request, "shelf.html", kind=kind, name=name, things=things, formats=FORMATS
    )


async def export_shelf(datasette: Datasette, request: Request) -> Response:
    """The citations of what is on a tag or list, with notes and tags; `?format=` as in `cite`."""
    from datasette.utils.asgi import NotFound, Response

    kind, name = request.url_vars["shelf"], request.args.get("name") or ""
    format = request.args.get("format")
    if format not in FORMATS:
        raise NotFound(f"There is no format {format}; there are {', '.join(FORMATS)}")

    def cited(book: Notebook) -> list[cite.Reference]:
        return references(book, _things(book, kind, name))[0]

    refs = await _of_shelf(datasette, request, cited)
    text = cite.export(refs, format)
    file = re.sub(r"\W+", "-", name, flags=re.ASCII).strip("-") or kind
    return Response(
        f"{text}\n",
        headers={
            "content-disposition": f'attachment; filename="{file}.{FORMATS[format][1]}"',
            "content-security-policy": shell.POLICY,
        },
        content_type="text/plain; charset=utf-8",
    )


def _where(book: Notebook, thing: Thing) -> tuple[Place | None, str | None]:
    place = book.find(thing)
    return place, title_at(book.held, place)


def _things(book: Notebook, kind: str, name: str) -> list[Thing]:
    return shelves.tagged(book, name) if kind == "tag" else shelves.listed(book, name)


async def _shelved(
    datasette: Datasette, request: Request, kind: str, name: str
) -> list[Shelved]:  # fmt: skip
    def shelved(book: Notebook) -> list[Shelved]:
        return [
            Shelved(thing, *_where(book, thing), notes.notes(book, thing))
            for thing in _things(book, kind, name)
        ]

    return await _of_shelf(datasette, request, shelved)


async def _of_shelf(
    datasette: Datasette, request: Request, question: Callable[[Notebook], Found]
) -> Found:
    from datasette.utils.asgi import NotFound

    try:
        found = await notebooks.ask(datasette, request, question)
    except ArchiveError as error:
        raise NotFound(str(error)) from None
    if found is None:
        await _must_sign_in_or_be_there(datasette, request)
        raise NotFound("There is nothing in the notebook yet")
    return found


async def _must_sign_in_or_be_there(datasette: Datasette, request: Request) -> None:
    """Whoever cannot write yet is told that there is nothing, whether or not there is."""
    from datasette.utils.asgi import NotFound

    from db.site.editing import is_signed_in

    if not is_signed_in(datasette, request.headers):
        raise NotFound("There is no notebook here")
