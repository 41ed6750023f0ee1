"""`/speaker/<id>`: everything that somebody said, in order of date, and what is known of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from db.errors import CannotCorrect
from db.notebook import Notebook
from db.notes import About, about_person
from db.shards import speakers
from db.shards.held import Held
from db.shards.ids import joined
from db.shards.persons import wherever
from db.site import folders, notebooks, plots, shell
from db.speaker import PAGE, SpeakerPage

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def speaker(datasette: Datasette, request: Request) -> Response:
    """One speaker, newest sayings first; `?sort=oldest` turns them round."""
    number, page = shell.number_in(request, "id"), shell.page_number(request.args.get("page"))
    oldest = request.args.get("sort") == "oldest"
    found, own = await shell.ask(
        datasette, request, lambda held: _speaker(held, number, page, oldest),
        f"There is no speaker {number} in this archive", about=number, remembering=True,
    )  # fmt: skip

    def written_on(book: Notebook) -> About | None:
        with suppress(CannotCorrect):  # a name that means somebody else now
            return about_person(book, found.name)
        return None

    written = await notebooks.ask(datasette, request, written_on)
    return await shell.html(
        datasette, request, "speaker.html", person=found, page=page, oldest=oldest,
        pages=-(-found.total // PAGE), plot=plots.over_time(found.over_time),
        written=written, names=await shell.names(datasette, request),
        tables=await _tables(datasette, request, own),
    )  # fmt: skip


def _speaker(
    held: Held, number: int, page: int, oldest: bool
) -> tuple[SpeakerPage, dict[int, int]] | None:
    """The page, and the person's row in each shard."""
    found = speakers.speaker(held, number, page=page, oldest_first=oldest)
    return (found, wherever(held, number)) if found else None


async def _tables(
    datasette: Datasette, request: Request, own: dict[int, int]
) -> list[tuple[str | None, int]]:
    """The databases in which the person is, with the row there."""
    if folders.folder_of(datasette) is None:
        return [(await shell.archive_of(datasette, request), row) for row in own.values()]
    names = ((folders.database_of(datasette, joined(n, row)), row) for n, row in own.items())
    return [(name, row) for name, row in names if name is not None]
