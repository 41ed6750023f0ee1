"""Paragraphs and quotations, one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import numpy as np

from db.query.compile import Sql, Unit
from db.search.asked import Answer, Asked
from db.search.matches import Finder
from db.search.numbers import Floats, Ints, columns, selected
from db.search.results import Hit, PlaceHit
from db.search.survey import Survey

# Up to here paragraphs and quotations are ranked one by one with FTS5's bm25. Beyond it that takes
# longer than anybody waits and says little: the articles with the most of them come first.
RANKED = 20_000


def paragraphs(asked: Asked) -> Answer:
    """Paragraphs that meet the query each by itself."""
    return _places(asked, "paragraphs", ())


def quotes(asked: Asked) -> Answer:
    """Quotations that meet it, their speakers' names among their words."""
    return _places(asked, "quotes", asked.by_person)


def _places(asked: Asked, unit: Unit, further: tuple[Sql, ...]) -> Answer:
    articles, counts = counts_in(asked, unit, further)
    found = asked.survey(articles, scores_of(counts))
    weights = counts[np.searchsorted(articles, found.found)]
    total = int(weights[found.is_shown].sum())
    if asked.sort == "relevance" and counts.sum() <= RANKED:
        places = _ranked(asked, unit, further, found)[asked.slice]
    else:
        places = _in_order(asked, unit, further, found, weights)
    hits: list[Hit] = [*place_hits(asked, unit, places, found)]
    return Answer(hits, total, len(found.found), lambda: found, weights)


def scores_of(counts: Ints) -> Floats:
    """How well articles answer that have so many places each."""
    scores: Floats = counts / (counts + 1.2)
    return scores


def counts_in(asked: Asked, unit: Unit, further: tuple[Sql, ...]) -> tuple[Ints, Ints]:
    """The articles of what was found, in order, and how many are in each."""
    row = unit[0]

    def made() -> tuple[tuple[Ints, Ints], int]:
        if unit == "paragraphs" and not further and asked.compiler.is_lead_alone(asked.node, unit):
            match = asked.compiler.lead(asked.node, unit)
            sql = "SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH ?"
            of = asked.reader.articles_of(selected(asked.conn, sql, [match]))
            articles, counts = np.unique(of, return_counts=True)
            articles = articles.astype(np.int64)
        else:
            select = f"{row}.article_id AS article, count(*) AS held"
            rows = asked.compiler.rows(asked.node, unit, select, *further)
            grouped = f"{rows.text} GROUP BY {row}.article_id"
            articles, counts = columns(asked.conn, grouped, ("article", "held"), rows.values)
        return (articles, counts), articles.nbytes + counts.nbytes

    return asked.reader.memory.kept((unit, asked.node, asked.filters.person), made)


def _ranked(
    asked: Asked, unit: Unit, further: tuple[Sql, ...], found: Survey
) -> list[tuple[int, float]]:
    """(row number, score), best first; where no words are asked for, newest first."""
    newest = found.columns.newest[found.at[found.is_shown]].tolist()
    place = dict(zip(found.shown.tolist(), newest, strict=True))
    lead = asked.compiler.lead(asked.node, unit)
    score = f"-bm25({unit}_fts)" if lead else "0.0"
    select = f"{unit[0]}.id, {unit[0]}.article_id, {score}"
    sql = asked.compiler.rows(asked.node, unit, select, *further)
    rows = [row for row in asked.conn.execute(sql.text, sql.values) if row[1] in place]
    rows.sort(key=lambda row: (-row[2], place[row[1]], row[0]))
    return [(row[0], row[2]) for row in rows]


def _in_order(
    asked: Asked, unit: Unit, further: tuple[Sql, ...], found: Survey, weights: Ints
) -> list[tuple[int, float]]:
    """The page's row numbers, article after article; only its own articles are looked at."""
    finder = Finder(asked.conn, asked.compiler, asked.node)
    # Each article has one at least.
    articles = found.first(asked.slice.stop)
    counts = weights[np.searchsorted(found.found, articles)].tolist()
    skip, places = asked.slice.start, []
    for article, count in zip(articles.tolist(), counts, strict=True):
        if skip >= count:
            skip -= count
            continue
        here = finder.here(unit, asked.node, article)
        sql = asked.compiler.rows(asked.node, unit, f"{unit[0]}.id", *further, here)
        ids = [r[0] for r in asked.conn.execute(f"{sql.text} ORDER BY {unit[0]}.id", sql.values)]
        places += [(place, 0.0) for place in ids[skip:]]
        skip = 0
        if len(places) >= asked.size:
            break
    return places[: asked.size]


def place_hits(
    asked: Asked, unit: Unit, places: Iterable[tuple[int, float]], found: Survey
) -> list[PlaceHit]:
    """Paragraphs or quotations, each a row number and its score, as they are shown."""
    finder = Finder(asked.conn, asked.compiler, asked.node)
    return [_place(asked.conn, finder, unit, *place, found) for place in places]


def _place(
    conn: sqlite3.Connection, finder: Finder, unit: Unit, place: int, score: float, found: Survey
) -> PlaceHit:
    article_id, title, publisher, published, kind = conn.execute(
        f"SELECT a.id, a.title, a.publisher, a.published, t.kind FROM {unit} AS t"
        " JOIN articles AS a ON a.id = t.article_id WHERE t.id = ?",
        [place],
    ).fetchone()
    match = finder.paragraph(place) if unit == "paragraphs" else finder.quote(place)
    copies = found.copies_of(article_id)
    return PlaceHit(article_id, match, title, publisher, published, kind, score, copies)
