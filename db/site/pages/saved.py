"""`/saved`: what a saved search finds that is new since somebody last looked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from db.notebook import Notebook
from db.search.fresh import Titled
from db.searches import SavedSearch, searches
from db.shards.overviews import fresh_in
from db.site import notebooks, shell
from db.site.pages.results import Wish

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# Titles on a page; the results have the rest.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search, how many of its articles are new since the last look, and its address."""

    search: SavedSearch
    new: int
    address: str


def wish_of(search: SavedSearch) -> Wish:
    """What the search asks for: its words and, from its scope, tab, order and facets."""
    return Wish.from_values({**dict(parse_qsl(search.scope)), "q": search.typed, "page": "1"})


def new_in(book: Notebook, search: SavedSearch, since: str, most: int) -> tuple[int, list[Titled]]:
    """How many articles of a search came in at or after `since`, and the newest of them."""
    return fresh_in(book.held, search.typed, since, wish_of(search).filters, most)


def saved_in(book: Notebook) -> list[Saved]:
    """Every saved search with the number of new articles."""
    return [
        Saved(
            one, new_in(book, one, one.looked or one.saved, 0)[0],
            f"/search{wish_of(one).address()}",
        )
        for one in searches(book)
    ]  # fmt: skip


async def saved(datasette: Datasette, request: Request) -> Response:
    """The search of `?name=`: what is new `?since=` a UTC time, without it since the last look."""
    from datasette.utils.asgi import NotFound

    name, asked = request.args.get("name") or "", request.args.get("since") or ""

    def news(
        book: Notebook,
    ) -> tuple[Saved, str, list[Titled]] | None:
        one = next((s for s in saved_in(book) if s.search.name == name), None)
        if one is None:
            return None
        since = asked if _MOMENT.fullmatch(asked) else one.search.looked or one.search.saved
        return one, since, new_in(book, one.search, since, _MOST)[1]

    found = await notebooks.ask(datasette, request, news)
    if found is None:
        raise NotFound(f'There is no saved search "{name}"')
    one, since, articles = found
    return await shell.html(
        datasette, request, "saved.html", saved=one, since=since, articles=articles,
        typed=one.search.typed,
    )  # fmt: skip
