"""`/search`: what was found, as articles, paragraphs, quotations or people, narrowed by facets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, get_args
from urllib.parse import quote, quote_plus, urlencode

from markupsafe import Markup, escape

from db.search import Count, Filters, Results, Sort, Tab
from db.shards.search import search
from db.site import foreign, plots, shell

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

TABS: tuple[Tab, ...] = get_args(Tab)
SORTS: tuple[Sort, ...] = get_args(Sort)
# What the address may hold, in this order, and what stands for "as usual".
_USUAL = {
    "q": "", "tab": "articles", "sort": "relevance", "year": "", "publisher": "", "speaker": "",
    "copies": "", "archive": "", "page": "1",
}  # fmt: skip


def _encoded(name: str, value: str) -> str:
    """A parameter as it stands in an address; "" where it is as usual."""
    return "" if value == _USUAL[name] else f"{name}={quote_plus(value)}"


class Choice(NamedTuple):
    """A value of a facet: where it leads, what it is called, in plain and on the page, its hits."""

    address: str
    label: str
    shown: Markup
    hits: str


@dataclass(frozen=True)
class Wish:
    """What an address asks for; whatever it holds that makes no sense is left out."""

    values: dict[str, str]

    @classmethod
    def of(cls, request: Request) -> Wish:
        """Read the parameters of a request."""
        args = request.args
        return cls.from_values({name: args.get(name) or "" for name in _USUAL})

    @classmethod
    def from_values(cls, given: Mapping[str, str]) -> Wish:
        """Read parameters; those that are missing are as usual."""
        values = {name: (given.get(name) or usual) for name, usual in _USUAL.items()}
        if values["tab"] not in TABS:
            values["tab"] = "articles"
        if values["sort"] not in SORTS:
            values["sort"] = "relevance"
        if not (values["speaker"].isascii() and values["speaker"].isdigit()):
            values["speaker"] = ""
        values["page"] = str(shell.page_number(values["page"]))
        return cls(values)

    def address(self, **changed: object) -> str:
        """The parameters of an address that asks for the same but for `changed`.

        Whatever changes what is found leads to the first page of it.
        """
        given = {"page": "1", **{name: str(value) for name, value in changed.items()}}
        own = self._encoded
        parts = [_encoded(n, given[n]) if n in given else own[n] for n in _USUAL]
        return "?" + "&".join(filter(None, parts))

    def choices(self, name: str, counts: Sequence[Count]) -> list[Choice]:
        """The values of a facet, each with where it leads; "" leads nowhere, it is chosen."""
        kept = [(n, part) for n, part in self._encoded.items() if n != "page"]
        at = [n for n, _ in kept].index(name)
        before = "?" + "".join(f"{part}&" for _, part in kept[:at] if part)
        after = "".join(f"&{part}" for _, part in kept[at + 1 :] if part)
        chosen = self.values[name]
        return [
            Choice(
                "" if str(count.value) == chosen
                else f"{before}{_encoded(name, str(count.value))}{after}",
                count.label, foreign.inline(count.label), f"{count.count:,}",
            )
            for count in counts
        ]  # fmt: skip

    @cached_property
    def _encoded(self) -> dict[str, str]:
        return {name: _encoded(name, value) for name, value in self.values.items()}

    def page_of(self) -> str:
        """The address of a page of the same list, its number left to be put behind."""
        kept = {n: v for n, v in self.values.items() if v != _USUAL[n] and n != "page"}
        return "?" + urlencode({**kept, "page": ""})

    def scope(self) -> str:
        """All but the words and the page, to be kept with a saved search."""
        return self.address(q="", page="1").removeprefix("?")

    @property
    def filters(self) -> Filters:
        """The facets that were chosen."""
        speaker = self.values["speaker"]
        return Filters(
            self.values["year"] or None,
            self.values["publisher"] or None,
            min(int(speaker), shell.MOST) if speaker else None,
        )


async def find(datasette: Datasette, request: Request, wish: Wish, size: int) -> Results:
    """The results that a wish asks for."""
    values = wish.values
    return await shell.ask(
        datasette,
        request,
        lambda held: search(
            held, values["q"], values["tab"],  # type: ignore[arg-type]
            sort=values["sort"],  # type: ignore[arg-type]
            filters=wish.filters, page=int(values["page"]), size=size,
            fold_copies=values["copies"] != "all",
        ),
        remembering=True,
    )  # fmt: skip


async def results(datasette: Datasette, request: Request) -> Response:
    """The page of results."""
    wish = Wish.of(request)
    found = await find(datasette, request, wish, 20)
    bars = [(bar.label, bar.count) for bar in found.timeline]
    typed = wish.values["q"]
    return await shell.html(
        datasette, request, "results.html", wish=wish, found=found, tabs=TABS, sorts=SORTS,
        bars=bars, plot=plots.over_time(bars), typed=typed,
        opened=_opener(datasette.urls.path("/article/"), typed),
    )  # fmt: skip


def _opener(articles: str, typed: str) -> Callable[..., Markup]:
    """What gives the address of a place in an article that was found, escaped."""
    asked = f"?q={quote(typed, safe='/')}" if typed else ""

    def opened(article: int, anchor: str = "") -> Markup:
        return Markup(escape(f"{articles}{article}{asked}{'#' if anchor else ''}{anchor}"))

    return opened
