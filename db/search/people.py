"""The people who say what was found."""

from __future__ import annotations

import sqlite3

import numpy as np

from db.query.compile import Sql
from db.search.asked import Answer, Asked
from db.search.results import Hit, PersonHit


def people(asked: Asked) -> Answer:
    """Who says the quotations that meet it, most quoted first."""
    said = said_in(asked)
    ids = np.unique(np.array([article for _, article, _ in said], np.int64))
    found = asked.survey(ids, np.zeros(len(ids)))
    at, published = found.at[found.is_shown].tolist(), found.columns.published
    dates = {
        article: published[place] or None
        for article, place in zip(found.shown.tolist(), at, strict=True)
    }
    people: dict[int, list[tuple[int, str | None]]] = {}
    for person, article, count in said:
        if article in dates:
            people.setdefault(person, []).append((count, dates[article]))
    hits = [_person(person, places) for person, places in people.items()]
    hits.sort(key=lambda hit: (-hit.quotes, hit.person_id))
    if asked.sort == "newest":
        hits.sort(key=lambda hit: hit.last or "", reverse=True)
    elif asked.sort == "oldest":
        hits.sort(key=lambda hit: hit.first or "~")
    shown: list[Hit] = [_named(asked.conn, hit) for hit in hits[asked.slice]]
    return Answer(shown, len(hits), len(found.found), lambda: found)


def said_in(asked: Asked) -> list[tuple[int, int, int]]:
    """Who says what meets it: people.id, an article, and how many quotations there."""
    further = (*asked.by_person, Sql("q.person_id IS NOT NULL"))
    sql = asked.compiler.rows(asked.node, "quotes", "q.person_id, q.article_id, count(*)", *further)
    rows = asked.conn.execute(f"{sql.text} GROUP BY q.person_id, q.article_id", sql.values)
    return rows.fetchall()


def _person(person: int, places: list[tuple[int, str | None]]) -> PersonHit:
    dates = [date for _, date in places if date]
    quotes = sum(count for count, _ in places)
    return PersonHit(
        person, "", "", quotes, len(places), min(dates, default=None), max(dates, default=None)
    )


def _named(conn: sqlite3.Connection, hit: PersonHit) -> PersonHit:
    name, kind = conn.execute(
        "SELECT name, kind FROM people WHERE id = ?", [hit.person_id]
    ).fetchone()
    return PersonHit(hit.person_id, name, kind, hit.quotes, hit.articles, hit.first, hit.last)
