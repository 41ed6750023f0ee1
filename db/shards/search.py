"""One search over all shards: one ranking, right totals, copies of a story shown once.

Each shard finds what it has, in a thread of its own (SQLite works outside of Python's lock). What
depends on the others is settled in between: how rare the words are, what is a copy of what, which
hits are on the page. A shard is asked for no more hits than the page and those before it have.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, islice

import numpy as np

from db.query import explain, read, suggestions
from db.query.explain import EVERYTHING
from db.query.nodes import All, Node
from db.search import SupersededHits, search_superseded
from db.search import search as search_one
from db.search.places import RANKED
from db.search.results import Count, Facets, Filters, Hit, PersonHit, Results, Sort, Tab
from db.shards.facets import facets_of
from db.shards.finding import Key, Wish
from db.shards.held import Held, Part
from db.shards.links import Roots
from db.shards.looks import Look
from db.shards.persons import OneEach, wherever
from db.shards.ranks import together

# (shard, row, score) of a hit.
_Found = tuple[int, int, float]


def search(
    held: Held,
    typed: str | None,
    tab: Tab = "articles",
    *,
    sort: Sort = "relevance",
    filters: Filters | None = None,
    page: int = 1,
    size: int = 10,
    with_facets: bool = True,
    fold_copies: bool = True,
) -> Results:
    """A page of what was found for `typed`, as `db.search.search`, over all shards as one.

    Articles and people have their numbers over all shards, in `filters.person` too.
    """
    if held.only is not None:
        return search_one(
            held.only, typed, tab, sort=sort, filters=filters, page=page, size=size,
            with_facets=with_facets, fold_copies=fold_copies,
        )  # fmt: skip
    query = read(typed)
    filters = filters or Filters()
    page, size = max(page, 1), max(size, 1)
    node = query.node or (All(()) if filters != Filters() else None)
    if node is None:
        return Results(tab, (), 0, 0, page, size, explain(query), sort, filters)
    reading = explain(query) if query.typed.strip() else EVERYTHING
    while True:
        asked = _Asked(held, node, tab, sort, filters, fold_copies)
        hits = asked.page(page, size)
        facets = Facets()
        bars: tuple[Count, ...] = ()
        undated = 0
        if with_facets and asked.total:
            facets, bars, undated = facets_of(held, asked.looks, asked.wish)
        suggestion = None
        if not asked.total and filters == Filters():
            suggestion = _suggestion(held, query.typed, tab)
        # What a shard that broke in between had part in is not right for the others alone.
        if set(asked.looks) <= set(held.numbers):
            break
    return Results(
        tab, tuple(hits), asked.total, asked.articles, page, size, reading, sort, filters,
        facets, bars, undated, suggestion,
    )  # fmt: skip


def superseded_of(held: Held, typed: str, page: int, size: int) -> SupersededHits:
    """A page of the hits in superseded revisions, of those in all shards the best first."""

    def found_in(part: Part) -> SupersededHits:
        found = search_superseded(part.conn, typed, limit=page * size)
        own = [replace(hit, article_id=part.up(hit.article_id)) for hit in found.hits]
        return found._replace(hits=own)

    parts = held.each(found_in).values()
    hits = sorted((hit for part in parts for hit in part.hits), key=lambda hit: -hit.score)
    return SupersededHits(hits[(page - 1) * size :][:size], sum(part.total for part in parts))


def _suggestion(held: Held, typed: str, tab: Tab) -> str | None:
    """Another query that finds something."""
    conns = list(held.each(lambda part: part.conn).values())
    for other in suggestions(conns, typed):
        node = read(other).node
        if node and _Asked(held, node, tab, "relevance", Filters(), True).total:
            return other
    return None


class _Asked:
    """What all shards find for a query."""

    def __init__(
        self, held: Held, node: Node, tab: Tab, sort: Sort, filters: Filters, fold_copies: bool
    ) -> None:
        self.held = held
        self.tab = tab
        self.sort = sort
        people = wherever(held, filters.person) if filters.person is not None else {}
        self.wish = Wish(node, tab, sort, filters, people, fold_copies)
        self.looks: dict[int, Look] = {}
        began = held.each(self._begun)
        sizes = [sum(column) for column in zip(*began.values(), strict=True)]
        held.each(lambda part: self.looks[part.number].settle(sizes), list(began))
        self.looks = {number: self.looks[number] for number in held.numbers}
        self.places = sizes[0] if tab in ("paragraphs", "quotes") and sizes else 0
        if fold_copies and held.links is not None:
            self._fold(held.links.roots())
        self.people = self._people() if tab == "people" else []
        self.total = len(self.people) if tab == "people" else sum(
            look.total for look in self.looks.values()
        )  # fmt: skip
        self.articles = sum(look.articles for look in self.looks.values())

    def _begun(self, part: Part) -> list[int]:
        self.looks[part.number] = look = part.look(self.wish)
        return look.begin()

    def _fold(self, linked: Roots) -> None:
        """Show copies that lie in several shards once: the one that comes first."""
        shown_in = {
            number: look.shown_among(*linked[number])
            for number, look in self.looks.items()
            if number in linked
        }
        if len(shown_in) < 2:
            return
        every, times = np.unique(
            np.concatenate([roots for _, roots in shown_in.values()]), return_counts=True
        )
        several = every[times > 1]
        groups: dict[int, list[tuple[Key, Look, int]]] = {}
        for number, (articles, roots) in shown_in.items():
            look, own = self.looks[number], np.isin(roots, several)
            one_each = zip(look.keys(articles[own]), articles[own].tolist(), strict=True)
            for root, (key, article) in zip(roots[own].tolist(), one_each, strict=True):
                groups.setdefault(root, []).append((key, look, article))
        hidden: dict[int, set[int]] = {}
        pick = min if self.sort == "oldest" else max
        for group in groups.values():
            _, look, shown = pick(group, key=lambda one: one[0])
            for _, other, article in group:
                if (other, article) != (look, shown):
                    hidden.setdefault(other.part.number, set()).add(article)
                    look.stands_for(shown, other.copies_of(article))
        for number, hide in hidden.items():
            self.looks[number].hide(hide)

    # -- the page

    def page(self, page: int, size: int) -> list[Hit]:
        """The hits of a page."""
        start, stop = (page - 1) * size, page * size
        if self.tab == "people":
            return list(self.people[start:stop])
        if self.tab == "articles":
            places = [(n, row, 0.0) for _, n, row in islice(self._in_order(stop), start, stop)]
            return self._hits(places)
        if self.sort == "relevance" and self.places <= RANKED:
            return self._hits(self._ranked(start, stop))
        return self._hits(self._one_by_one(start, stop))

    def _in_order(self, stop: int) -> Iterable[tuple[Key, int, int]]:
        """The articles of all shards in order; enough of them for `stop` hits."""
        lists = self.held.each(lambda part: self.looks[part.number].first(stop), list(self.looks))
        return heapq.merge(*lists.values(), reverse=self.sort != "oldest")

    def _ranked(self, start: int, stop: int) -> list[_Found]:
        own = self.held.each(lambda part: self.looks[part.number].rarity(), list(self.looks))
        all_ = together(own.values())
        lists = self.held.each(
            lambda part: self.looks[part.number].ranked(own[part.number], all_, stop), list(own)
        )
        merged = heapq.merge(*lists.values(), reverse=True)
        return [(n, row, float(key[0])) for key, n, row in islice(merged, start, stop)]

    def _one_by_one(self, start: int, stop: int) -> list[_Found]:
        """Article after article; only those of the page are looked at."""
        wanted: list[tuple[int, int]] = []
        skip, have = start, 0
        for _, number, article in self._in_order(stop):
            weight = self.looks[number].weight(article)
            if not wanted and skip >= weight:
                skip -= weight
                continue
            wanted.append((number, article))
            have += weight
            if have - skip >= stop - start:
                break
        found: list[_Found] = []
        for number, run in groupby(wanted, key=lambda one: one[0]):
            articles = [article for _, article in run]
            rows = self.held.at(number, lambda _, n=number, a=articles: self.looks[n].places_in(a))  # type: ignore[misc]
            found += [(number, row, 0.0) for row in rows or ()]
        return found[skip : skip + stop - start]

    def _hits(self, places: list[_Found]) -> list[Hit]:
        """Each shard shows its own; they are put in order again."""
        own: dict[int, list[tuple[int, float]]] = {}
        for number, row, score in places:
            own.setdefault(number, []).append((row, score))
        shown = self.held.each(
            lambda part: iter(self.looks[part.number].hits(own[part.number])), list(own)
        )
        return [next(shown[number]) for number, _, _ in places if number in shown]

    # -- people

    def _people(self) -> list[PersonHit]:
        gathered: OneEach[tuple[int, list[str]]] = OneEach()
        told = self.held.each(lambda part: self.looks[part.number].spoken(), list(self.looks))
        for rows in told.values():
            for person, quotes, dates in rows:
                gathered.add(person, (quotes, dates))
        hits = [_person(person.person, person.name, person.kind, said) for person, said in gathered]
        hits.sort(key=lambda hit: (-hit.quotes, hit.person_id))
        if self.sort == "newest":
            hits.sort(key=lambda hit: hit.last or "", reverse=True)
        elif self.sort == "oldest":
            hits.sort(key=lambda hit: hit.first or "~")
        return hits


def _person(number: int, name: str, kind: str, said: Iterable[tuple[int, list[str]]]) -> PersonHit:
    parts = list(said)
    every = [date for _, dates in parts for date in dates]
    dated = [date for date in every if date]
    return PersonHit(
        number, name, kind, sum(quotes for quotes, _ in parts), len(every),
        min(dated, default=None), max(dated, default=None),
    )  # fmt: skip
