"""One speaker: everything that he or she said, was called, and whom else the papers quoted."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from db.overview import by_months
from db.search.memory import reading
from db.search.numbers import NONE, Ints, numbers_of

PAGE = 50
# In so many of somebody's latest articles it is counted who else is quoted.
_RECENT = 500


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation in a list, with what is needed to read on."""

    id: int
    article_id: int
    position: int
    kind: str
    text: str
    cue: str | None
    description: str | None
    confidence: float
    paragraph: int
    title: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """A page of somebody's quotations and what is known of the person.

    `called` has (description, times, first date, last date), `beside` (people.id, name, articles).
    """

    id: int
    name: str
    kind: str
    total: int
    articles: int
    said: tuple[Said, ...]
    other_names: tuple[str, ...]
    called: tuple[tuple[str, int, str | None, str | None], ...]
    beside: tuple[tuple[int, str, int], ...]
    over_time: tuple[tuple[str, int], ...]


def speaker_page(
    conn: sqlite3.Connection, person_id: int, *, page: int = 1, oldest_first: bool = False
) -> SpeakerPage | None:
    """Somebody's quotations in date order, PAGE at a time; None where there is no such person."""
    person = conn.execute("SELECT name, kind FROM people WHERE id = ?", [person_id]).fetchone()
    if person is None:
        return None
    order = in_order(quoted(conn, person_id), oldest_first=oldest_first)
    start = (max(page, 1) - 1) * PAGE
    return SpeakerPage(
        person_id, person[0], person[1], len(order.quotes), order.articles,
        said_in(conn, order.quotes[start : start + PAGE].tolist()),
        tuple(name for name, _ in other_names(conn, person_id, 30)),
        tuple(row[1:] for row in called(conn, person_id, 50)),
        tuple(beside(conn, person_id, order.recent, 12)),
        order.over_time,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody's quotations: number, article, and date as a place in `dates`, where 0 is none."""

    quotes: Ints
    articles: Ints
    when: Ints
    dates: list[str]


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody's quotations in order, in how many articles, the latest of these, and when."""

    quotes: Ints
    articles: int
    recent: list[int]
    over_time: tuple[tuple[str, int], ...]


def quoted(conn: sqlite3.Connection, person_id: int) -> Quoted:
    """All quotations of somebody."""
    with reading(conn) as reader:
        found = reader.conn.execute(
            "SELECT group_concat(id), group_concat(article_id) FROM quotes"
            " WHERE person_id = ? AND kind <> 'other'",
            [person_id],
        ).fetchone()
        quotes, articles = map(numbers_of, found)
        columns = reader.columns(np.unique(articles))
    at = columns.at(articles)
    # 0 in front stands for no date, whether there is such an article or not.
    moments = np.append(0, columns.moment[at])
    _, first, when = np.unique(moments, return_index=True, return_inverse=True)
    dates = [columns.published[at[place - 1]] if place else "" for place in first.tolist()]
    return Quoted(quotes, articles, when[1:], dates)


def gathered(parts: Sequence[Quoted]) -> Quoted:
    """The quotations of all shards together, where their numbers are those over all shards."""
    dates = sorted({"", *(date for part in parts for date in part.dates)})
    place = {date: at for at, date in enumerate(dates)}
    when = [np.array([place[date] for date in part.dates])[part.when] for part in parts]
    return Quoted(
        np.concatenate([NONE, *(part.quotes for part in parts)]),
        np.concatenate([NONE, *(part.articles for part in parts)]),
        np.concatenate([NONE, *when]),
        dates,
    )


def in_order(found: Quoted, *, oldest_first: bool) -> Order:
    """Quotations in order of date, what has none last."""
    when, undated = found.when, found.when == 0
    newest = np.lexsort((found.quotes, -when, undated))
    shown = np.lexsort((found.quotes, when, undated)) if oldest_first else newest
    every, first = np.unique(found.articles[newest], return_index=True)
    months = Counter[str]()
    for date, number in zip(found.dates, np.bincount(when).tolist(), strict=False):
        if date and number:
            months[date[:7]] += number
    return Order(
        found.quotes[shown],
        len(every),
        found.articles[newest][np.sort(first)[:_RECENT]].tolist(),
        by_months(sorted(months.items())),
    )


def other_names(conn: sqlite3.Connection, person_id: int, limit: int) -> list[tuple[str, int]]:
    """What else the papers call somebody, and in how many articles; -1 for no limit."""
    return conn.execute(
        "SELECT name, count(*) AS n FROM other_names WHERE person_id = ? GROUP BY name"
        " ORDER BY n DESC, name LIMIT ?",
        [person_id, limit],
    ).fetchall()


def called(
    conn: sqlite3.Connection, person_id: int, limit: int
) -> list[tuple[str, str, int, str | None, str | None]]:
    """How somebody was described: (in small letters, as written, times, first and last date)."""
    return conn.execute(
        "SELECT lower(d.text), d.text, count(*), min(a.published), max(a.published)"
        " FROM descriptions AS d JOIN articles AS a ON a.id = d.article_id WHERE d.person_id = ?"
        " GROUP BY lower(d.text) ORDER BY min(a.published) IS NULL, min(a.published), d.text"
        " LIMIT ?",
        [person_id, limit],
    ).fetchall()


def said_in(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[Said, ...]:
    """These quotations, in the order given."""
    rows = conn.execute(
        "SELECT q.id, q.article_id, q.position, q.kind, q.text, q.cue, q.description,"
        " q.confidence, p.position, a.title, a.publisher, a.published"
        " FROM quotes AS q JOIN articles AS a ON a.id = q.article_id"
        " JOIN paragraphs AS p ON p.id = q.paragraph_id"
        f" WHERE q.id IN ({', '.join('?' * len(ids))})",
        ids,
    )
    said = {row[0]: Said(*row) for row in rows}
    return tuple(said[number] for number in ids)


def beside(
    conn: sqlite3.Connection, person_id: int, articles: Sequence[int], limit: int
) -> list[tuple[int, str, int]]:
    """Who else is quoted in these articles: (people.id, name, articles), most first."""
    return conn.execute(
        "SELECT p.id, p.name, count(DISTINCT q.article_id) AS n FROM quotes AS q"
        " JOIN people AS p ON p.id = q.person_id"
        f" WHERE q.article_id IN ({', '.join('?' * len(articles))}) AND q.kind <> 'other'"
        " AND p.id <> ? GROUP BY p.id ORDER BY n DESC, p.name LIMIT ?",
        [*articles, person_id, limit],
    ).fetchall()


def people_named(
    conn: sqlite3.Connection, typed: str, *, limit: int = 50
) -> tuple[tuple[int, str, int], ...]:
    """Speakers whose name or other name holds what was typed: (people.id, name, quotes)."""
    return tuple(
        conn.execute(
            "SELECT p.id, p.name, count(*) AS n FROM people AS p"
            " JOIN quotes AS q ON q.person_id = p.id AND q.kind <> 'other'"
            " WHERE instr(lower(p.name), lower(?)) > 0 OR p.id IN (SELECT person_id"
            " FROM other_names WHERE instr(lower(name), lower(?)) > 0)"
            " GROUP BY p.id ORDER BY n DESC, p.name LIMIT ?",
            [typed, typed, limit],
        ).fetchall()
    )
