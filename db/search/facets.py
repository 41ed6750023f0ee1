"""How many hits there are of each year, publisher and speaker, and when they were published."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date

import numpy as np

from db.search import columns
from db.search.memory import Reader
from db.search.numbers import Ints, from_rows
from db.search.results import Count, Facets
from db.search.survey import Survey

MOST_PUBLISHERS = 50
MOST_PEOPLE = 20
# Days for up to two months, months for up to six years: bars that still fit side by side.
_MOST_DAYS = 62
_MOST_MONTHS = 72


def facets(reader: Reader, found: Survey, weights: Ints | None) -> Facets:
    """How many hits there are of each year, publisher and speaker.

    `weights` gives the hits in each article found; None counts articles. Copies in one value count
    once.
    """
    days = [day[:4] for day in found.columns.days]
    names = list(dict.fromkeys(days))
    year_of = np.array([names.index(day) for day in days], np.int64)[found.columns.day]
    years = _by_value(found, year_of, len(names), weights)
    publishers = _by_value(found, found.columns.publisher, len(found.columns.publishers), weights)
    by_year = sorted(zip(names, years.tolist(), strict=True), reverse=True)
    by_name = [
        (name, number)
        for name, number in zip(found.columns.publishers, publishers.tolist(), strict=True)
        if name and number
    ]
    by_name.sort(key=lambda pair: (-pair[1], pair[0]))
    return Facets(
        tuple(Count(year, year, number) for year, number in by_year if year and number),
        tuple(Count(name, name, number) for name, number in by_name[:MOST_PUBLISHERS]),
        _people(reader, found.shown),
    )


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


def _people(reader: Reader, shown: Ints) -> tuple[Count, ...]:
    if len(shown) < columns.MANY and "people" not in reader.memory:
        rows = reader.conn.execute(
            "SELECT person_id, count(DISTINCT article_id) AS n FROM quotes"
            " WHERE article_id IN (SELECT value FROM json_each(?))"
            " AND person_id IS NOT NULL AND kind <> 'other' GROUP BY person_id"
            " ORDER BY n DESC, person_id LIMIT ?",
            [json.dumps(shown.tolist()), MOST_PEOPLE],
        )
        counted = [(row[0], row[1]) for row in rows]
    else:
        counted = _most_quoted(reader, shown)
    named = dict(
        reader.conn.execute(
            "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps([person for person, _ in counted])],
        )
    )
    counts = [Count(person, named[person], number) for person, number in counted]
    return tuple(sorted(counts, key=lambda count: (-count.count, count.label)))


def _most_quoted(reader: Reader, shown: Ints) -> list[tuple[int, int]]:
    person, article = reader.memory.once("people", lambda: _said_in(reader))
    if not len(person):
        return []
    wanted = np.zeros(int(max(article.max(), shown.max(initial=0))) + 1, np.bool_)
    wanted[shown] = True
    numbers = np.bincount(person[wanted[article]])
    some = np.flatnonzero(numbers)
    order = some[np.lexsort((some, -numbers[some]))][:MOST_PEOPLE]
    return [(int(one), int(numbers[one])) for one in order]


def _said_in(reader: Reader) -> tuple[Ints, Ints]:
    """Each person with each article that quotes him or her, once."""
    rows = reader.conn.execute(
        "SELECT DISTINCT person_id, article_id FROM quotes"
        " WHERE person_id IS NOT NULL AND kind <> 'other'"
    )
    pairs = from_rows(rows, 2).astype(np.int32)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def timeline(found: Survey, weights: Ints | None) -> tuple[tuple[Count, ...], int]:
    """Bars from the first date to the last, empty ones too, and how many hits have no such date."""
    days = found.columns.days
    numbers = _sums(
        found.columns.day[found.at[found.is_shown]], len(days),
        None if weights is None else weights[found.is_shown],
    )  # fmt: skip
    counts = Counter({days[at]: int(numbers[at]) for at in np.flatnonzero(numbers)})
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
