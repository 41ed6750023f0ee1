"""Date, publisher and copies of many articles at once.

A word that half of the articles have asks for these of all of them, for order, facets and timeline.
Reading them out of the table takes longer than finding the word, so a connection keeps them until
something is written (`db.search.memory`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from db.search.numbers import NONE, Ints, numbers_of

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
    return _every(conn) if articles is None else _some(conn, articles)


def _every(conn: sqlite3.Connection) -> Columns:
    """Of all articles, by date and by publisher out of the indexes: no row of the table is read."""
    dates = conn.execute(
        "SELECT published, count(*) FROM articles GROUP BY published ORDER BY published"
    ).fetchall()
    (text,) = conn.execute(
        "SELECT group_concat(id) FROM (SELECT id FROM articles ORDER BY published, id)"
    ).fetchone()
    in_order = numbers_of(text)
    # What has no date comes first.
    moments = [date or "" for date, _ in dates]
    if "" in moments[1:]:
        return _some(conn, np.sort(in_order))
    moment = np.repeat(np.arange(len(dates)), [held for _, held in dates])
    # The place in time of each article, in order of number.
    place = np.argsort(in_order, kind="stable")
    articles, moment = in_order[place], moment[place]
    undated = dates[0][1] if moments[:1] == [""] else 0
    number = len(articles)
    publishers: list[str | None] = []
    publisher = np.zeros(number, np.int64)
    for name, held in conn.execute(
        "SELECT publisher, group_concat(id) FROM articles GROUP BY publisher"
    ):
        publisher[np.searchsorted(articles, numbers_of(held))] = len(publishers)
        publishers.append(name)
    stories = dict(conn.execute("SELECT id, story FROM articles WHERE story IS NOT NULL"))
    day, days = _codes([value[:10] for value in moments])
    return Columns(
        articles, np.array(moments, object)[moment].tolist(),
        number - 1 - place, np.where(place < undated, number - undated + place, place - undated),
        moment + (not undated), day[moment], days, publisher, publishers,
        _copied(conn, articles, stories, all_of_them=True),
    )  # fmt: skip


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
        day[moment], days, publisher, names, _copied(conn, articles, of_story),
    )  # fmt: skip


def _copied(
    conn: sqlite3.Connection, articles: Ints, stories: dict[int, int], *, all_of_them: bool = False
) -> Ints:
    """`Columns.copies` of articles, of which some belong to a story."""
    if not stories:
        return NONE
    copies = np.zeros(len(articles), np.int64)
    roots = _copies(conn, None if all_of_them else sorted(set(stories.values())))
    for at, article in zip(np.searchsorted(articles, list(stories)).tolist(), stories, strict=True):
        copies[at] = roots.get(article, 0)
    return copies


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


def _copies(conn: sqlite3.Connection, stories: list[int] | None) -> dict[int, int]:
    """Article -> the lowest article of those that are whole copies of each other.

    A story also takes in articles that share a part only; those have more to say and stay.
    """
    sql = "SELECT article_id, other_id FROM copies WHERE kind = 'near'"
    pairs: Iterable[tuple[int, int]]
    if stories is None:
        pairs = conn.execute(sql)
    else:
        pairs = conn.execute(
            f"{sql} AND article_id IN"
            " (SELECT id FROM articles WHERE story IN (SELECT value FROM json_each(?)))",
            [json.dumps(stories)],
        )
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        while parent.setdefault(item, item) != item:
            item = parent[item] = parent[parent[item]]
        return item

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {item: root(item) for item in list(parent)}
