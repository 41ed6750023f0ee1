"""`/speaker/<id>`: everything that somebody said, in order of date, and what is known of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from db.errors import CannotCorrect
from db.notebook import Notebook
from db.notes import About, about_person
from db.site import notebooks, plots, shell
from db.speaker import PAGE, speaker_page

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def speaker(datasette: Datasette, request: Request) -> Response:
    """One speaker, newest sayings first; `?sort=oldest` turns them round."""
    number, page = shell.number_in(request, "id"), shell.page_number(request.args.get("page"))
    oldest = request.args.get("sort") == "oldest"
    found = await shell.ask(
        datasette, request,
        lambda conn: speaker_page(conn, number, page=page, oldest_first=oldest),
        f"There is no speaker {number} in this archive", remembering=True,
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
    )  # fmt: skip
