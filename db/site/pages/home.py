"""The first page: search, what is in the archive, who is quoted, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.shards.overviews import overview_of
from db.site import archives, notebooks, plots, shell
from db.site.pages.saved import saved_in

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def home(datasette: Datasette, request: Request) -> Response:
    """`/`: the archive's home; Datasette's own index where no archive is served."""
    from datasette.views.index import IndexView

    name = await shell.archive_of(datasette, request)
    if name is None:
        index: Response = await IndexView(datasette).get(request)
        return index
    found = await shell.ask(datasette, request, overview_of, remembering=True)
    searches = await notebooks.ask(datasette, request, saved_in)
    return await shell.html(
        datasette, request, "home.html", overview=found, plot=plots.over_time(found.over_time),
        queries=archives.home(datasette), searches=searches or [],
    )  # fmt: skip
