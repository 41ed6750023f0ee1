"""The first articles of a result with all that a page of it tells of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from db.search.numbers import Floats, Ints
from db.search.survey import Survey

# Ten pages of results: few go further, and those wait a little longer.
FIRST = 200


class Listed(NamedTuple):
    """An article in its place of a list, with the number of its copies that are not shown."""

    article: int
    score: float
    copies: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """`total` articles are shown, `articles` found with their copies; these are the first ones."""

    total: int
    articles: int
    first: Ints
    scores: Floats
    copies: Ints

    def page(self, wanted: slice) -> list[Listed] | None:
        """A stretch of the list; None where it is not among the first ones."""
        if wanted.stop > len(self.first) < self.total:
            return None
        return _listed(self.first[wanted], self.scores[wanted], self.copies[wanted])


def ranking(found: Survey, stop: int | None = None) -> Ranking:
    """The first ones of what was found, FIRST of them unless told otherwise."""
    first, scores, copies = _of(found, found.first_places(stop or FIRST))
    return Ranking(found.total, len(found.found), first, scores, copies)


def listed(found: Survey, wanted: slice) -> list[Listed]:
    """A stretch of the list of what was found."""
    return _listed(*_of(found, found.first_places(wanted.stop)[wanted]))


def listing(found: Survey, articles: Ints) -> list[Listed]:
    """These articles, in this order, as they stand in the list."""
    return _listed(*_of(found, np.searchsorted(found.found, articles)))


def _of(found: Survey, at: Ints) -> tuple[Ints, Floats, Ints]:
    copies = np.zeros(len(at), np.int64)
    if len(found.copies):
        stories, sizes = np.unique(found.copies, return_counts=True)
        own = found.copies[at]
        copies = np.where(own > 0, sizes[np.searchsorted(stories, own)] - 1, 0)
    return found.found[at], found.scores[at], copies


def _listed(articles: Ints, scores: Floats, copies: Ints) -> list[Listed]:
    return list(map(Listed, articles.tolist(), scores.tolist(), copies.tolist()))
