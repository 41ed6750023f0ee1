"""One speaker: everything that he or she said, was called, and whom else the papers quoted."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from db.overview import by_period

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
        person_id, person[0], person[1], len(order.rows), order.articles,
        said_in(conn, [row[1] for row in order.rows[start : start + PAGE]]),
        tuple(name for name, _ in other_names(conn, person_id, 30)),
        tuple(row[1:] for row in called(conn, person_id, 50)),
        tuple(beside(conn, person_id, order.recent, 12)),
        order.over_time,
    )  # fmt: skip


# Date, number and article of a quotation.
Quoted = tuple[str | None, int, int]


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody's quotations in order, in how many articles, the latest of these, and when."""

    rows: list[Quoted]
    articles: int
    recent: list[int]
    over_time: tuple[tuple[str, int], ...]


def quoted(conn: sqlite3.Connection, person_id: int) -> list[Quoted]:
    """All quotations of somebody.

    One pass over them gives their order, their counts and the plot: the dates are in their
    articles, and to look those up is what takes time.
    """
    return conn.execute(
        "SELECT a.published, q.id, q.article_id FROM quotes AS q"
        " JOIN articles AS a ON a.id = q.article_id WHERE q.person_id = ? AND q.kind <> 'other'",
        [person_id],
    ).fetchall()


def in_order(rows: Sequence[Quoted], *, oldest_first: bool) -> Order:
    """Quotations in order of date, what has none last."""
    dated = sorted((row for row in rows if row[0]), key=lambda row: row[:2])
    undated = sorted((row for row in rows if not row[0]), key=lambda row: row[1])
    newest = sorted(dated, key=lambda row: row[0] or "", reverse=True)
    return Order(
        [*(dated if oldest_first else newest), *undated],
        len({row[2] for row in rows}),
        list(dict.fromkeys(row[2] for row in [*newest, *undated]))[:_RECENT],
        by_period(row[0] or "" for row in dated),
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
