"""What an archive holds, at a glance: for its home page."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from db.search.memory import reading

# Fewer years than this are counted by the month.
_MANY_YEARS = 4


@dataclass(frozen=True, slots=True)
class Latest:
    """An article in a list."""

    id: int
    title: str | None
    publisher: str | None
    published: str | None
    quotes: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts, first and last date, latest articles, most quoted people, articles over time.

    `most_quoted` has (people.id, name, quotes), `over_time` (year or month, articles).
    """

    articles: int
    paragraphs: int
    quotes: int
    people: int
    undated: int
    failures: int
    first: str | None
    last: str | None
    latest: tuple[Latest, ...]
    most_quoted: tuple[tuple[int, str, int], ...]
    over_time: tuple[tuple[str, int], ...]


def overview(conn: sqlite3.Connection, *, latest: int = 10, people: int = 12) -> Overview:
    """Look the archive over; what was seen is remembered until something is written."""
    with reading(conn) as reader:
        seen: Overview = reader.memory.noted(
            ("overview", latest, people), lambda: _overview(conn, latest, people)
        )
    return seen


def _overview(conn: sqlite3.Connection, latest: int, people: int) -> Overview:
    first, last, undated = conn.execute(
        "SELECT min(published), max(published), count(*) - count(published) FROM articles"
    ).fetchone()
    return Overview(
        _count(conn, "articles"),
        _count(conn, "paragraphs"),
        _count(conn, "quotes") - _count(conn, "quotes WHERE kind = 'other'"),
        _count(conn, "people"),
        undated,
        _count(conn, "failures WHERE resolved IS NULL"),
        first,
        last,
        tuple(
            Latest(*row)
            for row in conn.execute(
                "SELECT id, title, publisher, published, (SELECT count(*) FROM quotes"
                " WHERE article_id = articles.id AND kind <> 'other')"
                " FROM articles ORDER BY published DESC, id DESC LIMIT ?",
                [latest],
            )
        ),
        most_quoted(conn, people),
        by_months(months(conn)),
    )


def months(conn: sqlite3.Connection) -> list[tuple[str, int]]:
    """How many articles appeared in each month, in order; in a year, where that is all we know."""
    return conn.execute(
        "SELECT substr(published, 1, 7) AS month, count(*) FROM articles"
        " WHERE published IS NOT NULL GROUP BY month ORDER BY month"
    ).fetchall()


def most_quoted(conn: sqlite3.Connection, limit: int) -> tuple[tuple[int, str, int], ...]:
    """Who is quoted most: (people.id, name, quotes)."""
    return tuple(
        conn.execute(
            "SELECT p.id, p.name, c.quotes FROM (SELECT person_id, count(*) AS quotes"
            " FROM quotes WHERE person_id IS NOT NULL AND kind <> 'other' GROUP BY person_id"
            " ORDER BY quotes DESC LIMIT ?) AS c JOIN people AS p ON p.id = c.person_id"
            " ORDER BY c.quotes DESC, p.name",
            [limit],
        ).fetchall()
    )


def by_months(months: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The counts of these months by year, or as they are where the years are few."""
    years: Counter[str] = Counter()
    for month, count in months:
        years[month[:4]] += count
    return tuple(years.items()) if len(years) >= _MANY_YEARS else tuple(months)


def _count(conn: sqlite3.Connection, rows: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])
