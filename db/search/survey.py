"""The articles of a result as a whole: in which order, from where, from when, which are copies."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from db.search.results import Count, Facets, Filters, Sort

MOST_PUBLISHERS = 50
MOST_PEOPLE = 20
# Days for up to two months, months for up to six years: bars that still fit side by side.
_MOST_DAYS = 62
_MOST_MONTHS = 72


class Row(NamedTuple):
    """What the survey needs of an article. `story` groups copies; `score`: higher is better."""

    id: int
    published: str | None
    publisher: str | None
    story: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Survey:
    """The articles to show, in order, each for all of its copies, and what there is to count."""

    shown: list[Row]
    # Article shown -> every article that it stands for, itself included.
    copies: dict[int, list[Row]]
    articles: int


def survey(
    conn: sqlite3.Connection,
    scores: Mapping[int, float],
    *,
    filters: Filters,
    sort: Sort,
    fold_copies: bool,
) -> Survey:
    """Narrow, order and group the articles in `scores`."""
    rows = ordered(_narrowed(conn, _rows(conn, scores), filters), sort)
    shown: list[Row] = []
    copies: dict[int, list[Row]] = {}
    first: dict[int, int] = {}
    story_of = _copies(conn, rows) if fold_copies else {}
    for row in rows:
        story = story_of.get(row.id)
        if story is not None and story in first:
            copies.setdefault(first[story], []).append(row)
            continue
        if story is not None:
            first[story] = row.id
            copies[row.id] = [row]
        shown.append(row)
    return Survey(shown, copies, len(rows))


def _rows(conn: sqlite3.Connection, scores: Mapping[int, float]) -> list[Row]:
    columns = "SELECT id, published, publisher, story FROM articles"
    (every,) = conn.execute("SELECT count(*) FROM articles").fetchone()
    if len(scores) * 3 > every:
        found = conn.execute(columns)
        return [Row(a, day, by, of, scores[a]) for a, day, by, of in found if a in scores]
    found = conn.execute(
        f"{columns} WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(scores))]
    )
    return [Row(a, day, by, of, scores[a]) for a, day, by, of in found]


def _narrowed(conn: sqlite3.Connection, rows: list[Row], filters: Filters) -> list[Row]:
    if filters.year is not None:
        rows = [row for row in rows if (row.published or "")[:4] == filters.year]
    if filters.publisher is not None:
        rows = [row for row in rows if row.publisher == filters.publisher]
    if filters.person is not None:
        said = conn.execute(
            "SELECT article_id FROM quotes WHERE person_id = ? AND kind <> 'other'",
            [filters.person],
        )
        among = {row[0] for row in said}
        rows = [row for row in rows if row.id in among]
    return rows


def ordered(rows: list[Row], sort: Sort) -> list[Row]:
    """Best, newest or oldest first; what has no date comes last, like scores go newest first."""
    rows = sorted(rows, key=lambda row: row.id, reverse=sort != "oldest")
    if sort == "oldest":
        return sorted(rows, key=lambda row: row.published or "~")
    rows.sort(key=lambda row: row.published or "", reverse=True)
    if sort == "relevance":
        rows.sort(key=lambda row: row.score, reverse=True)
    return rows


def _copies(conn: sqlite3.Connection, rows: Iterable[Row]) -> dict[int, int]:
    """Article -> the lowest article of those that are whole copies of each other.

    A story also takes in articles that share a part only; those have more to say and stay.
    """
    stories = {row.story for row in rows if row.story is not None}
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


def facets(conn: sqlite3.Connection, found: Survey, weights: Mapping[int, int] | None) -> Facets:
    """How many hits there are of each year, publisher and speaker.

    `weights` gives the hits in each article; None counts articles. Copies in one value count once.
    """
    years: Counter[str] = Counter()
    publishers: Counter[str] = Counter()
    for row in found.shown:
        weight = 1 if weights is None else weights[row.id]
        together = found.copies.get(row.id)
        if together is None:
            if row.published:
                years[row.published[:4]] += weight
            if row.publisher:
                publishers[row.publisher] += weight
            continue
        for year in {r.published[:4] for r in together if r.published}:
            years[year] += weight
        for publisher in {r.publisher for r in together if r.publisher}:
            publishers[publisher] += weight
    return Facets(
        tuple(Count(year, year, n) for year, n in sorted(years.items(), reverse=True)),
        tuple(
            Count(name, name, n)
            for name, n in sorted(publishers.items(), key=lambda x: (-x[1], x[0]))[:MOST_PUBLISHERS]
        ),
        _people(conn, [row.id for row in found.shown]),
    )


def _people(conn: sqlite3.Connection, shown: list[int]) -> tuple[Count, ...]:
    rows = conn.execute(
        "SELECT people.id, people.name, counted.n FROM ("
        " SELECT person_id, count(DISTINCT article_id) AS n FROM quotes"
        " WHERE article_id IN (SELECT value FROM json_each(?))"
        " AND person_id IS NOT NULL AND kind <> 'other' GROUP BY person_id"
        " ORDER BY n DESC, person_id LIMIT ?) AS counted"
        " JOIN people ON people.id = counted.person_id ORDER BY counted.n DESC, people.name",
        [json.dumps(shown), MOST_PEOPLE],
    )
    return tuple(Count(*row) for row in rows)


def timeline(
    shown: Iterable[Row], weights: Mapping[int, int] | None
) -> tuple[tuple[Count, ...], int]:
    """Bars from the first date to the last, empty ones too, and how many hits have no such date."""
    counts: Counter[str] = Counter()
    undated = 0
    for row in shown:
        weight = 1 if weights is None else weights[row.id]
        if row.published:
            counts[row.published[:10]] += weight
        else:
            undated += weight
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
