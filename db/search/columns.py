"""Date, publisher and copies of many articles at once.

A word that half of the articles have asks for these of all of them, for order, facets and timeline.
Reading them out of the table takes longer than finding the word, so a connection keeps them until
something is written (`db.search.memory`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from db.search.facts import Facts, copies_among, facts_of
from db.search.numbers import Ints, selected

Value = TypeVar("Value")

# Rows are looked up one by one until so many have been: then reading all of them is worth it.
MANY = 60_000


@dataclass(frozen=True, slots=True)
class Columns:
    """A place in each array for each article, in order of its number.

    `published` is "" where no date is known. `newest` and `oldest` are an article's place in that
    order, what has no date last; `moment` is its date's place among all dates, 0 where there is
    none. `day` is a place in `days` (the first ten characters of a date),
    `publisher` one in `publishers`. `copies` has the lowest number of those that are whole copies
    of each other, 0 where there are none; it is empty where no two articles are.
    """

    articles: Ints
    published: list[str]
    newest: Ints
    oldest: Ints
    moment: Ints
    day: Ints
    days: list[str]
    publisher: Ints
    publishers: list[str | None]
    copies: Ints
    _cut: dict[int, tuple[Ints, list[str]]] = field(default_factory=dict)

    def cut(self, length: int) -> tuple[Ints, list[str]]:
        """Each of `days` cut to a year, month or day, as a place in these, which are in order.

        What is not known as finely is "".
        """
        if length not in self._cut:
            cut = [day[:length] if len(day) >= length else "" for day in self.days]
            labels = sorted(set(cut))
            place = {label: at for at, label in enumerate(labels)}
            self._cut[length] = np.array([place[label] for label in cut], np.int64), labels
        return self._cut[length]

    def at(self, articles: Ints) -> Ints:
        """The places of articles, all of which are there."""
        first, last = (self.articles[0], self.articles[-1]) if len(self.articles) else (1, 0)
        if last - first + 1 == len(self.articles):
            return articles - first
        return np.searchsorted(self.articles, articles)


def columns_of(conn: sqlite3.Connection, articles: Ints | None = None) -> Columns:
    """The columns of these articles, or of all."""
    if articles is not None:
        return _some(conn, articles)
    facts = facts_of(conn)
    if facts is None:
        return _some(conn, selected(conn, "SELECT id FROM articles"))
    return columns_from(facts)


def columns_from(facts: Facts) -> Columns:
    """The columns of all articles."""
    moment, number = facts.moment, len(facts.articles)
    # The place in time of each article: of one date by their numbers.
    place = _places(np.argsort(_narrow(moment, len(facts.moments)), kind="stable"))
    is_dated = facts.moments[:1] != [""]
    undated = 0 if is_dated else int((moment == 0).sum())
    day, days = _codes([value[:10] for value in facts.moments])
    return Columns(
        facts.articles, np.array(facts.moments, object)[moment].tolist(),
        number - 1 - place, np.where(place < undated, number - undated + place, place - undated),
        moment + is_dated, day[moment], days, facts.publisher, facts.publishers, facts.copies,
    )  # fmt: skip


def _narrow(codes: Ints, number: int) -> np.ndarray[Any, Any]:
    """Codes below `number` as they are quickest put in order."""
    return codes.astype(np.uint16) if number <= 1 << 16 else codes


def _some(conn: sqlite3.Connection, wanted: Ints) -> Columns:
    rows: list[tuple[int, str, str | None, int]] = conn.execute(
        "SELECT id, coalesce(published, ''), publisher, coalesce(story, 0) FROM articles"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        [json.dumps(wanted.tolist())],
    ).fetchall()
    numbers, published, publishers, stories = zip(*rows, strict=True) if rows else ((),) * 4
    articles = np.array(numbers, np.int64)
    moment, moments = _codes(published)
    in_time = (_ranks(moments) + ("" not in moments))[moment]
    undated = in_time == 0
    day, days = _codes([value[:10] for value in moments])
    publisher, names = _codes(publishers)
    of_story = {number: one for number, one in zip(numbers, stories, strict=True) if one}
    return Columns(
        articles, list(published),
        _places(np.lexsort((-articles, -in_time, undated))),
        _places(np.lexsort((articles, in_time, undated))), in_time,
        day[moment], days, publisher, names, copies_among(conn, articles, of_story),
    )  # fmt: skip


def _codes(values: Sequence[Value]) -> tuple[Ints, list[Value]]:
    """Each value as a number, and the values by number."""
    known: dict[Value, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return np.array(codes, np.int64), list(known)


def _ranks(values: list[str]) -> Ints:
    """The place of each value in their order."""
    return _places(np.array(sorted(range(len(values)), key=values.__getitem__), np.int64))


def _places(order: Ints) -> Ints:
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places
