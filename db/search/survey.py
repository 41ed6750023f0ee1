"""The articles of a result as a whole: in which order, which are copies of each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from db.search.columns import Columns
from db.search.memory import Reader
from db.search.numbers import NONE, Flags, Floats, Ints, common, in_order, selected
from db.search.results import Filters, Sort


@dataclass(frozen=True, slots=True)
class Survey:
    """The articles found, in order of number, each with its score, and which of them to show.

    Of articles that are whole copies of each other the first one in the order of the list is shown.
    `copies` is the number that an article shares with its copies, 0 where it has none; it is empty
    where no two of those found are copies. `at` are their places in `columns`.
    """

    found: Ints
    scores: Floats
    is_shown: Flags
    copies: Ints
    at: Ints
    columns: Columns
    sort: Sort
    total: int

    @property
    def size(self) -> int:
        """Bytes that it takes, without the columns."""
        arrays = (self.found, self.scores, self.is_shown, self.copies, self.at)
        return sum(array.nbytes for array in arrays)

    @property
    def shown(self) -> Ints:
        """The articles shown, in order of number."""
        return self.found[self.is_shown]

    def keeping(self, keep: Flags) -> Survey:
        """Only some of the articles found; nothing is shown in the place of the others."""
        copies = self.copies[keep] if len(self.copies) else NONE
        is_shown = self.is_shown[keep]
        return replace(
            self, found=self.found[keep], scores=self.scores[keep], is_shown=is_shown,
            copies=copies, at=self.at[keep], total=int(is_shown.sum()),
        )  # fmt: skip

    def first(self, stop: int | None = None) -> Ints:
        """The articles shown, in the order of the list, as many as `stop`."""
        return self.found[self.first_places(stop)]

    def first_places(self, stop: int | None = None) -> Ints:
        """Where in `found` the first articles shown are."""
        every = self.total == len(self.found)
        places = np.arange(self.total) if every else np.flatnonzero(self.is_shown)
        return self._in_order(places, self.total if stop is None else stop)

    def _in_order(self, places: Ints, stop: int) -> Ints:
        if 0 < stop < len(places) // 4:
            # Only what can be among the first ones is put in order.
            if self.sort == "relevance":
                places = self._best(places, stop)
            else:
                places = self._least(places, stop)
        ranks = self._ranks(places)
        if self.sort == "relevance":
            order = np.lexsort((ranks, -self.scores[places]))
        else:
            order = np.argsort(ranks)
        return places[order[:stop]]

    def _best(self, places: Ints, stop: int) -> Ints:
        """The `stop` best of these places, of equal ones the newest, in no order."""
        own = self.scores if len(places) == len(self.found) else self.scores[places]
        # Most articles have a word once: where the others are enough, those need not be looked at.
        above = np.flatnonzero(own > own.min())
        if stop <= len(above) < len(own) // 2:
            places, own = places[above], own[above]
        if stop == len(own):
            return places
        least = np.partition(own, len(own) - stop)[len(own) - stop]
        best, equal = places[own > least], places[own == least]
        if stop - len(best) < len(equal):
            equal = self._least(equal, stop - len(best))
        return np.concatenate((best, equal))

    def _least(self, places: Ints, number: int) -> Ints:
        ranks = self._ranks(places)
        least: Ints = places[ranks <= np.partition(ranks, number - 1)[number - 1]]
        return least

    def _ranks(self, places: Ints) -> Ints:
        ranks = self.columns.oldest if self.sort == "oldest" else self.columns.newest
        return ranks[self.at[places]]

    def copies_of(self, article: int) -> int:
        """How many others that were found are whole copies of an article."""
        if not len(self.copies):
            return 0
        own = self.copies[np.searchsorted(self.found, article)]
        return int((self.copies == own).sum()) - 1 if own else 0


def survey(
    reader: Reader, found: Ints, scores: Floats, *, filters: Filters, sort: Sort, fold_copies: bool
) -> Survey:
    """Narrow and group the articles `found`, which are in order of number."""
    columns = reader.columns(found)
    keep = _kept(reader, found, filters, columns)
    if keep is not None:
        found, scores = found[keep], scores[keep]
    at = columns.at(found)
    every = np.ones(len(found), np.bool_)
    whole = Survey(found, scores, every, NONE, at, columns, sort, len(found))
    copies = columns.copies[at] if fold_copies and len(columns.copies) else NONE
    members = np.flatnonzero(copies)
    if not len(members):
        return whole
    members = whole._in_order(members, len(members))
    _, firsts = np.unique(copies[members], return_index=True)
    is_shown = copies == 0
    is_shown[members[firsts]] = True
    return Survey(found, scores, is_shown, copies, at, columns, sort, int(is_shown.sum()))


def _kept(reader: Reader, found: Ints, filters: Filters, columns: Columns) -> Flags | None:
    keep: Flags | None = None
    if filters.year is not None:
        years = np.array([day[:4] == filters.year for day in columns.days], np.bool_)
        keep = years[columns.day[columns.at(found)]]
    if filters.publisher is not None:
        names = np.array([name == filters.publisher for name in columns.publishers], np.bool_)
        these = names[columns.publisher[columns.at(found)]]
        keep = these if keep is None else keep & these
    if filters.person is not None:
        said = selected(
            reader.conn,
            "SELECT article_id FROM quotes WHERE person_id = ? AND kind <> 'other'",
            [filters.person],
        )
        these = np.isin(found, common(in_order(said), found))
        keep = these if keep is None else keep & these
    return keep
