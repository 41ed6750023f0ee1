"""One speaker: everything that he or she said, was called, and whom else the papers quoted."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from db.overview import by_period
from db.search.memory import Reader, reading
from db.search.numbers import Ints, numbers_of

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
    with reading(conn) as reader:
        ids, articles = _quotes_of(reader, person_id)
        columns = reader.columns(np.unique(articles))
    at = columns.at(articles)
    when = columns.moment[at]
    newest = np.lexsort((ids, -when, when == 0))
    shown = np.lexsort((ids, when, when == 0)) if oldest_first else newest
    start = (max(page, 1) - 1) * PAGE
    every, first = np.unique(articles[newest], return_index=True)
    recent = articles[newest][np.sort(first)[:_RECENT]].tolist()
    days = Counter[str]()
    for day, number in enumerate(np.bincount(columns.day[at]).tolist()):
        if number and columns.days[day]:
            days[columns.days[day][:7]] += number
    return SpeakerPage(
        person_id, person[0], person[1], len(ids), len(every),
        _said(conn, ids[shown[start : start + PAGE]].tolist()),
        tuple(
            name for (name,) in conn.execute(
                "SELECT name FROM other_names WHERE person_id = ? GROUP BY name"
                " ORDER BY count(*) DESC, name LIMIT 30",
                [person_id],
            )
        ),
        tuple(conn.execute(
            "SELECT d.text, count(*), min(a.published), max(a.published) FROM descriptions AS d"
            " JOIN articles AS a ON a.id = d.article_id WHERE d.person_id = ?"
            " GROUP BY lower(d.text) ORDER BY min(a.published) IS NULL, min(a.published), d.text"
            " LIMIT 50",
            [person_id],
        ).fetchall()),
        _beside(conn, person_id, recent),
        by_period(days),
    )  # fmt: skip


def _quotes_of(reader: Reader, person_id: int) -> tuple[Ints, Ints]:
    """The numbers of somebody's quotations, and the article of each."""
    found = reader.conn.execute(
        "SELECT group_concat(id), group_concat(article_id) FROM quotes"
        " WHERE person_id = ? AND kind <> 'other'",
        [person_id],
    ).fetchone()
    return numbers_of(found[0]), numbers_of(found[1])


def _said(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[Said, ...]:
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


def _beside(
    conn: sqlite3.Connection, person_id: int, articles: Sequence[int]
) -> tuple[tuple[int, str, int], ...]:
    rows = conn.execute(
        "SELECT p.id, p.name, count(DISTINCT q.article_id) AS n FROM quotes AS q"
        " JOIN people AS p ON p.id = q.person_id"
        f" WHERE q.article_id IN ({', '.join('?' * len(articles))}) AND q.kind <> 'other'"
        " AND p.id <> ? GROUP BY p.id ORDER BY n DESC, p.name LIMIT 12",
        [*articles, person_id],
    )
    return tuple(rows.fetchall())


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
