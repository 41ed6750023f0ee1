"""How many hits there are of each year, publisher and speaker, and when they were published."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from db.search.facts import said_in
from db.search.memory import Reader
from db.search.numbers import Ints
from db.search.results import Count, Facets
from db.search.survey import Survey

MOST_PUBLISHERS = 50
MOST_PEOPLE = 20
# Days for up to two months, months for up to six years: bars that still fit side by side.
_MOST_DAYS = 62
_MOST_MONTHS = 72


@dataclass(frozen=True, slots=True)
class Tally:
    """How many hits there are of each year and publisher; those of several shards can be added."""

    years: Counter[str] = field(default_factory=Counter)
    publishers: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count those of another shard too."""
        self.years.update(other.years)
        self.publishers.update(other.publishers)

    def facets(self, people: tuple[Count, ...]) -> Facets:
        """The most frequent values, with these people."""
        by_name = sorted(self.publishers.items(), key=lambda pair: (-pair[1], pair[0]))
        return Facets(
            tuple(Count(year, year, n) for year, n in sorted(self.years.items(), reverse=True)),
            tuple(Count(name, name, n) for name, n in by_name[:MOST_PUBLISHERS]),
            people,
        )


def tally(found: Survey, weights: Ints | None) -> Tally:
    """How many hits there are of each year and publisher.

    `weights` gives the hits in each article found; None counts articles. Copies in one value count
    once.
    """
    year_of, names = found.columns.cut(4)
    years = _by_value(found, year_of[found.columns.day], len(names), weights)
    publishers = _by_value(found, found.columns.publisher, len(found.columns.publishers), weights)
    return Tally(_named(names, years), _named(found.columns.publishers, publishers))


def facets(reader: Reader, found: Survey, weights: Ints | None) -> Facets:
    """How many hits there are of each year, publisher and speaker, as `tally` counts them."""
    people = named_people(reader.conn, first_people(reader, found.shown))
    return tally(found, weights).facets(people)


def _named(names: Iterable[str | None], counts: Ints) -> Counter[str]:
    named = zip(names, counts.tolist(), strict=True)
    return Counter({name: number for name, number in named if name and number})


def _by_value(found: Survey, values: Ints, most: int, weights: Ints | None) -> Ints:
    """The hits of each value; those of a story are counted at each value that it has."""
    own = values[found.at]
    apart = found.is_shown if not len(found.copies) else found.copies == 0
    counts = _sums(own[apart], most, None if weights is None else weights[apart])
    members = np.flatnonzero(found.copies)
    if len(members):
        pairs = np.unique(found.copies[members] * most + own[members])
        each: Ints | None = None
        if weights is not None:
            shown = members[found.is_shown[members]]
            order = shown[np.argsort(found.copies[shown])]
            each = weights[order][np.searchsorted(found.copies[order], pairs // most)]
        counts += _sums(pairs % most, most, each)
    return counts


def _sums(values: Ints, most: int, weights: Ints | None) -> Ints:
    return np.bincount(values, weights, most).astype(np.int64)


def first_people(reader: Reader, shown: Ints) -> dict[int, int]:
    """Who is quoted in the most of these articles, and in how many."""
    people, numbers = people_in(reader, shown)
    first = np.lexsort((people, -numbers))[:MOST_PEOPLE]
    return dict(zip(people[first].tolist(), numbers[first].tolist(), strict=True))


def named_people(conn: sqlite3.Connection, number_of: Mapping[int, int]) -> tuple[Count, ...]:
    """People by their numbers, most frequent first."""
    names = conn.execute(
        "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(number_of))],
    )
    counts = [Count(one, name, number_of[one]) for one, name in names]
    return tuple(sorted(counts, key=lambda count: (-count.count, count.label)))


def people_in(reader: Reader, articles: Ints) -> tuple[Ints, Ints]:
    """Who is quoted in these articles, in order of number, and in how many of them."""
    numbers = np.bincount(_said_in(reader, articles))
    some = np.flatnonzero(numbers)
    return some, numbers[some]


def _said_in(reader: Reader, articles: Ints) -> Ints:
    """Who is quoted in these articles, once for each article."""
    if reader.is_few("people", len(articles)):
        within = "article_id IN (SELECT value FROM json_each(?))"
        return said_in(reader.conn, within, [json.dumps(articles.tolist())])[1]
    article, person = reader.said
    if len(articles) > len(article) // 8:
        wanted = np.zeros(int(max(article.max(initial=0), articles[-1])) + 1, np.bool_)
        wanted[articles] = True
        return person[wanted[article]]
    first, last = (article.searchsorted(articles, side) for side in ("left", "right"))
    held = last - first
    at = np.repeat(first - np.cumsum(held) + held, held) + np.arange(held.sum())
    found: Ints = person[at]
    return found


def timeline(found: Survey, weights: Ints | None) -> tuple[tuple[Count, ...], int]:
    """Bars from the first date to the last, empty ones too, and how many hits have no such date."""
    numbers = _by_day(found, weights)
    labels = found.columns.days
    known = [labels[at] for at in np.flatnonzero(numbers) if labels[at]]
    undated = int(numbers.sum())
    if not known:
        return (), undated
    length = _length(known)
    cut, labels = found.columns.cut(length)
    sums = _sums(cut, len(labels), numbers)
    bars = {label: number for label, number in zip(labels, sums.tolist(), strict=True) if number}
    return timeline_of({k: n for k, n in bars.items() if k}, length), bars.get("", 0)


def days_of(found: Survey, weights: Ints | None) -> Counter[str]:
    """How many hits there are of each day, month or year, however finely a date is known."""
    numbers = _by_day(found, weights)
    some = np.flatnonzero(numbers)
    labels = found.columns.days
    return Counter(
        {labels[at]: n for at, n in zip(some.tolist(), numbers[some].tolist(), strict=True)}
    )


def bars_of(days: Mapping[str, int]) -> tuple[tuple[Count, ...], int]:
    """The timeline of so many hits a day, a month or a year; those of "" have no date."""
    known = [day for day in days if day]
    undated = sum(days.values())
    if not known:
        return (), undated
    length = _length(known)
    bars = Counter[str]()
    for day in known:
        if len(day) >= length:
            bars[day[:length]] += days[day]
    return timeline_of(bars, length), undated - bars.total()


def _length(known: list[str]) -> int:
    """As many characters of a date as there is a bar for."""
    first, last = _first_day(min(known)), _first_day(max(known))
    length = 10 if (last - first).days < _MOST_DAYS else 7 if _months(first, last) else 4
    # Where only years, or months, are known, those are what there is to show.
    return min(length, max(map(len, known)))


def _by_day(found: Survey, weights: Ints | None) -> Ints:
    days = found.columns.day[found.at[found.is_shown]]
    own = None if weights is None else weights[found.is_shown]
    return _sums(days, len(found.columns.days), own)


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
