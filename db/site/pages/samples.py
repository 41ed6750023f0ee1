"""`/sample`: quotations drawn at random, a row each, to be judged right or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import ArchiveError
from db.notebook import Notebook
from db.samples import Mark, Sample, get, marks
from db.shards.things import speaker_at, title_at
from db.site import notebooks, shell
from db.things import Place

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


@dataclass(frozen=True, slots=True)
class Row:
    """A quotation of the sample: where it is now (None: not here), and who says it there."""

    mark: Mark
    place: Place | None
    title: str | None
    speaker: str | None


async def sample(datasette: Datasette, request: Request) -> Response:
    """The sample of `?name=` with its figures."""
    from datasette.utils.asgi import NotFound

    name = request.args.get("name") or ""

    def drawn(book: Notebook) -> tuple[Sample, list[Row]]:
        return get(book, name), [_row(book, mark) for mark in marks(book, name)]

    try:
        found = await notebooks.ask(datasette, request, drawn)
    except ArchiveError:
        found = None
    if found is None:
        raise NotFound(f'There is no sample "{name}"')
    return await shell.html(datasette, request, "sample.html", sample=found[0], rows=found[1])


def _row(book: Notebook, mark: Mark) -> Row:
    place = book.find(mark.thing)
    if place is None or place.quote_id is None:
        return Row(mark, None, None, mark.speaker)
    speaker = speaker_at(book.held, place.quote_id)
    return Row(mark, place, title_at(book.held, place), speaker)
