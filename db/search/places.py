"""Paragraphs and quotations, one by one."""

from __future__ import annotations

import sqlite3

from db.query.compile import Sql, Unit
from db.search.asked import Answer, Asked
from db.search.matches import Finder
from db.search.results import Hit, PlaceHit
from db.search.survey import Survey, newest_first

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
    row = unit[0]
    sql = asked.compiler.rows(asked.node, unit, f"{row}.article_id, count(*)", *further)
    counts = dict(asked.conn.execute(f"{sql.text} GROUP BY {row}.article_id", sql.values))
    found = asked.survey({article: n / (n + 1.2) for article, n in counts.items()})
    total = sum(map(counts.__getitem__, found.shown))
    if asked.sort == "relevance" and sum(counts.values()) <= RANKED:
        places = _ranked(asked, unit, further, found)[asked.slice]
    else:
        places = _in_order(asked, unit, further, found, counts)
    finder = Finder(asked.conn, asked.compiler, asked.node)
    hits: list[Hit] = [place_hit(asked.conn, finder, unit, *place, found) for place in places]
    return Answer(hits, total, found, counts)


def _ranked(
    asked: Asked, unit: Unit, further: tuple[Sql, ...], found: Survey
) -> list[tuple[int, float]]:
    """(row number, score), best first; where no words are asked for, newest first."""
    place = {a: at for at, a in enumerate(newest_first(found.shown, found.columns))}
    lead = asked.compiler.lead(asked.node, unit)
    score = f"-bm25({unit}_fts)" if lead else "0.0"
    select = f"{unit[0]}.id, {unit[0]}.article_id, {score}"
    sql = asked.compiler.rows(asked.node, unit, select, *further)
    rows = [row for row in asked.conn.execute(sql.text, sql.values) if row[1] in place]
    rows.sort(key=lambda row: (-row[2], place[row[1]], row[0]))
    return [(row[0], row[2]) for row in rows]


def _in_order(
    asked: Asked, unit: Unit, further: tuple[Sql, ...], found: Survey, counts: dict[int, int]
) -> list[tuple[int, float]]:
    """The page's row numbers, article after article; only its own articles are looked at."""
    finder = Finder(asked.conn, asked.compiler, asked.node)
    skip, places = asked.slice.start, []
    for article in found.shown:
        if skip >= counts[article]:
            skip -= counts[article]
            continue
        here = finder.here(unit, asked.node, article)
        sql = asked.compiler.rows(asked.node, unit, f"{unit[0]}.id", *further, here)
        ids = [r[0] for r in asked.conn.execute(f"{sql.text} ORDER BY {unit[0]}.id", sql.values)]
        places += [(place, 0.0) for place in ids[skip:]]
        skip = 0
        if len(places) >= asked.size:
            break
    return places[: asked.size]


def place_hit(
    conn: sqlite3.Connection, finder: Finder, unit: Unit, place: int, score: float, found: Survey
) -> PlaceHit:
    """A paragraph or a quotation with its article."""
    article_id, title, publisher, published, kind = conn.execute(
        f"SELECT a.id, a.title, a.publisher, a.published, t.kind FROM {unit} AS t"
        " JOIN articles AS a ON a.id = t.article_id WHERE t.id = ?",
        [place],
    ).fetchone()
    match = finder.paragraph(place) if unit == "paragraphs" else finder.quote(place)
    copies = len(found.copies.get(article_id, [article_id])) - 1
    return PlaceHit(article_id, match, title, publisher, published, kind, score, copies)
