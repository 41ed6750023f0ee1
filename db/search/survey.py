"""The articles of a result as a whole: in which order, from where, from when, which are copies."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from db.search.columns import Columns, columns_of
from db.search.results import Count, Facets, Filters, Sort

Value = TypeVar("Value")

MOST_PUBLISHERS = 50
MOST_PEOPLE = 20
# Days for up to two months, months for up to six years: bars that still fit side by side.
_MOST_DAYS = 62
_MOST_MONTHS = 72


@dataclass(frozen=True, slots=True)
class Survey:
    """The articles to show, in order, each for all of its copies.

    `copies` has those that stand for others: article shown -> every article of it, itself too.
    `articles` counts all of them.
    """

    shown: list[int]
    copies: dict[int, list[int]]
    articles: int
    columns: Columns


def survey(
    conn: sqlite3.Connection,
    scores: Mapping[int, float],
    *,
    filters: Filters,
    sort: Sort,
    fold_copies: bool,
) -> Survey:
    """Narrow, order and group the articles in `scores`."""
    columns = columns_of(conn, scores)
    found = _narrowed(conn, list(scores), filters, columns)
    in_order = oldest_first if sort == "oldest" else newest_first
    found = in_order(found, columns)
    if sort == "relevance":
        found.sort(key=scores.__getitem__, reverse=True)
    copies: dict[int, list[int]] = {}
    shown = found
    if fold_copies and columns.story and not columns.story.keys().isdisjoint(scores):
        shown, copies = _folded(conn, found, columns)
    return Survey(shown, copies, len(found), columns)


def newest_first(articles: Iterable[int], columns: Columns) -> list[int]:
    """In order of date, what has none last."""
    found = sorted(articles, reverse=True)
    found.sort(key=columns.published.__getitem__, reverse=True)
    return found


def oldest_first(articles: Iterable[int], columns: Columns) -> list[int]:
    """In order of date, what has none last."""
    found = sorted(articles)
    found.sort(key=columns.published.__getitem__)
    undated = bisect(found, "", key=columns.published.__getitem__)
    return found[undated:] + found[:undated]


def _narrowed(
    conn: sqlite3.Connection, found: list[int], filters: Filters, columns: Columns
) -> list[int]:
    if filters.year is not None:
        found = [article for article in found if columns.day[article][:4] == filters.year]
    if filters.publisher is not None:
        found = [a for a in found if columns.publisher[a] == filters.publisher]
    if filters.person is not None:
        said = conn.execute(
            "SELECT article_id FROM quotes WHERE person_id = ? AND kind <> 'other'",
            [filters.person],
        )
        among = {row[0] for row in said}
        found = [article for article in found if article in among]
    return found


def _folded(
    conn: sqlite3.Connection, found: list[int], columns: Columns
) -> tuple[list[int], dict[int, list[int]]]:
    story_of = _copies(conn, {columns.story[a] for a in found if a in columns.story})
    shown: list[int] = []
    together: dict[int, list[int]] = {}
    for article in found:
        story = story_of.get(article)
        if story is None:
            shown.append(article)
        elif story in together:
            together[story].append(article)
        else:
            together[story] = [article]
            shown.append(article)
    return shown, {group[0]: group for group in together.values() if len(group) > 1}


def _copies(conn: sqlite3.Connection, stories: set[int]) -> dict[int, int]:
    """Article -> the lowest article of those that are whole copies of each other.

    A story also takes in articles that share a part only; those have more to say and stay.
    """
    if not stories:
        return {}
    pairs = conn.execute(
        "SELECT article_id, other_id FROM copies WHERE kind = 'near' AND article_id IN"
        " (SELECT id FROM articles WHERE story IN (SELECT value FROM json_each(?)))",
        [json.dumps(sorted(stories))],
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


@dataclass(slots=True)
class Tally:
    """How many hits there are of each year, publisher and day, copies in one value once.

    `people` has (people.id, name, articles), most first.
    """

    years: Counter[str]
    publishers: Counter[str | None]
    days: Counter[str]
    people: list[tuple[int, str, int]]

    def facets(self) -> Facets:
        """The most frequent values."""
        publishers = sorted(self.publishers.items(), key=lambda x: (-x[1], x[0] or ""))
        return Facets(
            tuple(Count(y, y, n) for y, n in sorted(self.years.items(), reverse=True) if y),
            tuple(Count(name, name, n) for name, n in publishers if name)[:MOST_PUBLISHERS],
            tuple(Count(*row) for row in self.people[:MOST_PEOPLE]),
        )


def facets(conn: sqlite3.Connection, found: Survey, weights: Mapping[int, int] | None) -> Facets:
    """How many hits there are of each year, publisher and speaker.

    `weights` gives the hits in each article; None counts articles. Copies in one value count once.
    """
    return tally(conn, found, weights, MOST_PEOPLE).facets()


def tally(
    conn: sqlite3.Connection, found: Survey, weights: Mapping[int, int] | None, people: int
) -> Tally:
    """What the facets are made of, with so many people."""
    columns = found.columns
    days = _counted(found, columns.day, weights)
    years: Counter[str] = Counter()
    for day, number in days.items():
        years[day[:4]] += number
    publishers = _counted(found, columns.publisher, weights)
    for article, together in found.copies.items():
        weight = 1 if weights is None else weights[article]
        own = columns.day[article][:4], columns.publisher[article]
        for year in {columns.day[a][:4] for a in together} - {own[0]}:
            years[year] += weight
        for publisher in {columns.publisher[a] for a in together} - {own[1]}:
            publishers[publisher] += weight
    return Tally(years, publishers, days, speakers(conn, found.shown, people) if people else [])


def _counted(
    found: Survey, column: Mapping[int, Value], weights: Mapping[int, int] | None
) -> Counter[Value]:
    if weights is None:
        return Counter(map(column.__getitem__, found.shown))
    counts: Counter[Value] = Counter()
    for article in found.shown:
        counts[column[article]] += weights[article]
    return counts


def speakers(conn: sqlite3.Connection, shown: list[int], most: int) -> list[tuple[int, str, int]]:
    """Who is quoted in most of these articles: (people.id, name, articles)."""
    return conn.execute(
        "SELECT people.id, people.name, counted.n FROM ("
        " SELECT person_id, count(DISTINCT article_id) AS n FROM quotes"
        " WHERE article_id IN (SELECT value FROM json_each(?))"
        " AND person_id IS NOT NULL AND kind <> 'other' GROUP BY person_id"
        " ORDER BY n DESC, person_id LIMIT ?) AS counted"
        " JOIN people ON people.id = counted.person_id ORDER BY counted.n DESC, people.name",
        [json.dumps(shown), most],
    ).fetchall()


def timeline(found: Survey, weights: Mapping[int, int] | None) -> tuple[tuple[Count, ...], int]:
    """Bars from the first date to the last, empty ones too, and how many hits have no such date."""
    return bars_of(_counted(found, found.columns.day, weights))


def bars_of(days: Mapping[str, int]) -> tuple[tuple[Count, ...], int]:
    """The timeline of so many hits a day, a month or a year; those of "" have no date."""
    counts = Counter(days)
    undated = counts.pop("", 0)
    if not counts:
        return (), undated
    first, last = _first_day(min(counts)), _first_day(max(counts))
    length = 10 if (last - first).days < _MOST_DAYS else 7 if _months(first, last) else 4
    bars: Counter[str] = Counter()
    for day, count in counts.items():
        if len(day) < length:
            undated += count
        else:
            bars[day[:length]] += count
    if not bars:
        # Only years, or months, are known: those are what there is to show.
        length = max(map(len, counts))
        return timeline_of(counts, length), undated - sum(counts.values())
    return timeline_of(bars, length), undated


def timeline_of(bars: Mapping[str, int], length: int) -> tuple[Count, ...]:
    """`bars` in order, those between them that are empty filled in."""
    known = sorted(key for key in bars if len(key) == length)
    labels = _between(known[0], known[-1], length)
    return tuple(Count(label, label, bars.get(label, 0)) for label in labels)


def _first_day(value: str) -> date:
    parts = [int(part) for part in value.split("-")]
    return date(*[*parts, 1, 1][:3])


def _months(first: date, last: date) -> bool:
    return (last.year - first.year) * 12 + last.month - first.month < _MOST_MONTHS


def _between(first: str, last: str, length: int) -> list[str]:
    if length == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    if length == 7:
        one, other = (int(value[:4]) * 12 + int(value[5:]) - 1 for value in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(one, other + 1)]
    start, end = _first_day(first).toordinal(), _first_day(last).toordinal()
    return [date.fromordinal(day).isoformat() for day in range(start, end + 1)]
