"""One shard's side of a search over several: what it finds, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from db.query import Node
from db.query.compile import Sql, Unit
from db.search.asked import Asked
from db.search.evaluate import Evaluation
from db.search.memory import reader_within
from db.search.numbers import NONE, Floats, Ints, places_in
from db.search.people import said_in
from db.search.places import counts_in, scores_of
from db.search.results import Filters, Sort, Tab
from db.search.survey import Survey
from db.shards.held import Part

_SIDES: tuple[Literal["left"], Literal["right"]] = "left", "right"

# What a list is in order of: by score, date and number, or by date and number.
Key = tuple[float | str | int, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of every shard. `people` has the person that was chosen: shard -> people.id."""

    node: Node
    tab: Tab
    sort: Sort
    filters: Filters
    people: Mapping[int, int]
    fold_copies: bool


@dataclass(slots=True)
class Copied:
    """An article shown for copies in other shards: those copies' days and publishers."""

    days: list[str] = field(default_factory=list)
    publishers: list[str | None] = field(default_factory=list)


class Finding:
    """What one shard finds. The methods are called in their order, `begin` and `settle` first."""

    def __init__(self, part: Part, wish: Wish) -> None:
        self.part = part
        self.wish = wish
        filters = wish.filters
        if filters.person is not None:
            # 0 is nobody.
            filters = replace(filters, person=wish.people.get(part.number, 0))
        reader = reader_within(part.conn)
        self.asked = Asked(reader, wish.node, wish.sort, filters, wish.fold_copies, 1, 1)
        # Of all articles found, copies too.
        self.articles = 0
        self.found: Survey
        self.elsewhere: dict[int, Copied] = {}
        # The hits in each article found; None where these are the articles.
        self.weights: Ints | None = None
        self._said: list[tuple[int, int, int]] = []
        self._evaluation: Evaluation | None = None
        self._ids: Ints = NONE
        self._counts: Ints | None = None
        self._sizes: tuple[int, ...] = ()
        self._hidden: tuple[int, ...] = ()
        self._groups: tuple[Ints, Ints] | None = None

    @property
    def unit(self) -> Unit:
        """The table whose rows are the hits, where these are no articles."""
        return "paragraphs" if self.wish.tab == "paragraphs" else "quotes"

    # -- what is found

    def begin(self) -> list[int]:
        """Find it. Returns what all shards together have to know: how rare the words are here."""
        if self.wish.tab == "articles":
            self._evaluation = Evaluation(self.asked.reader, shard=True)
            self._ids = self._evaluation.articles(self.wish.node)
            return self._evaluation.sizes()
        if self.wish.tab == "people":
            self._said = said_in(self.asked)
            self._ids = np.unique(np.array([article for _, article, _ in self._said], np.int64))
            return []
        self._ids, self._counts = counts_in(self.asked, self.unit, self._further)
        return [int(self._counts.sum())]

    @property
    def _further(self) -> tuple[Sql, ...]:
        return self.asked.by_person if self.unit == "quotes" else ()

    def settle(self, sizes: Sequence[int]) -> None:
        """Score, narrow and order it; `sizes` are the sums of what `begin` gave."""
        self._sizes = tuple(sizes)

        def made() -> tuple[Survey, int]:
            found = self.asked.survey(self._ids, self._scores())
            return found, found.size

        self.found = self.asked.reader.memory.kept(self._name("survey"), made)
        self.articles = len(self.found.found)
        if self._counts is not None:
            self.weights = self._counts[np.searchsorted(self._ids, self.found.found)]

    def _scores(self) -> Floats:
        if self._evaluation is not None:
            return self._evaluation.scores(self._ids, self._sizes)
        return np.zeros(len(self._ids)) if self._counts is None else scores_of(self._counts)

    def _name(self, of: str) -> tuple[object, ...]:
        """All that decides what is found here, as a name for what is remembered of it."""
        return of, self.wish.tab, self.asked.scope, self._sizes, self._hidden

    # -- copies in other shards

    def shown_among(self, articles: Ints, roots: Ints) -> tuple[Ints, Ints]:
        """Those of these articles that are shown, with what each shares with its copies."""
        at, there = places_in(self.found.found, articles)
        shown = np.flatnonzero(there)
        shown = shown[self.found.is_shown[at[shown]]]
        return articles[shown], roots[shown]

    def copies_of(self, article: int) -> Copied:
        """Days and publishers of an article shown and of its copies in this shard."""
        found, columns = self.found, self.found.columns
        places = found.at[self._together(article)]
        return Copied(
            [columns.days[day] for day in columns.day[places].tolist()],
            [columns.publishers[one] for one in columns.publisher[places].tolist()],
        )

    def _together(self, article: int) -> Ints:
        """The places, among those found, of an article and its copies."""
        found = self.found
        at = int(np.searchsorted(found.found, article))
        if not len(found.copies) or not found.copies[at]:
            return np.array([at])
        if self._groups is None:
            members = np.flatnonzero(found.copies)
            members = members[np.argsort(found.copies[members], kind="stable")]
            self._groups = members, found.copies[members]
        members, copies = self._groups
        first, last = (np.searchsorted(copies, found.copies[at], side) for side in _SIDES)
        return members[first:last]

    def stands_for(self, article: int, copies: Copied) -> None:
        """Note that an article is shown for copies in another shard."""
        known = self.elsewhere.setdefault(article, Copied())
        known.days += copies.days
        known.publishers += copies.publishers

    def hide(self, articles: Collection[int]) -> None:
        """Show these and their copies no longer: an article of another shard stands for them."""
        found = self.found
        keep = np.ones(len(found.found), np.bool_)
        for article in articles:
            keep[self._together(article)] = False
        self.found, self._groups = found.keeping(keep), None
        if self.weights is not None:
            self.weights = self.weights[keep]
        self._hidden = tuple(sorted(articles))

    # -- in order

    def keys(self, articles: Ints) -> list[Key]:
        """What places articles in the list: largest first, but by "oldest" smallest first."""
        at = np.searchsorted(self.found.found, articles)
        published = [self.found.columns.published[place] for place in self.found.at[at].tolist()]
        numbers = (articles + self.part.up(0)).tolist()
        if self.wish.sort == "relevance":
            return list(zip(self.found.scores[at].tolist(), published, numbers, strict=True))
        if self.wish.sort == "oldest":
            published = [date or "~" for date in published]
        return list(zip(published, numbers, strict=True))

    def first(self, stop: int) -> list[tuple[Key, int, int]]:
        """The first articles shown, as many as `stop`: (key, shard, article)."""
        number, articles = self.part.number, self.found.first(stop)
        keys = self.keys(articles)
        return [(key, number, one) for key, one in zip(keys, articles.tolist(), strict=True)]

    @property
    def total(self) -> int:
        """How many hits the articles shown have."""
        if self.weights is None:
            return self.found.total
        return int(self.weights[self.found.is_shown].sum())

    def weight(self, article: int) -> int:
        """How many hits an article has."""
        if self.weights is None:
            return 1
        return int(self.weights[np.searchsorted(self.found.found, article)])
