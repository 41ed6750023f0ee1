"""One search, four ways to look at what was found: articles, paragraphs, quotations, people.

Articles are met by the whole query anywhere in them. A paragraph or a quotation has to meet the
words by itself; what is asked of titles and dates holds for its article. People are those who say
the quotations found, or whose name was typed.

Every search counts all that it finds before it shows a page of it, so that page 100 costs what page
1 does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from db.query import Compiler, Node, explain, read, suggest
from db.query.compile import Sql, Unit
from db.query.nodes import All
from db.search.evaluate import Evaluation
from db.search.matches import Finder
from db.search.results import (
    ArticleHit,
    Count,
    Facets,
    Filters,
    Hit,
    PersonHit,
    PlaceHit,
    Results,
    Sort,
    Tab,
)
from db.search.survey import Survey, facets, newest_first, survey, timeline

# Up to here paragraphs and quotations are ranked one by one with FTS5's bm25. Beyond it that takes
# longer than anybody waits and says little: the articles with the most of them come first.
RANKED = 20_000


@dataclass(frozen=True, slots=True)
class _Asked:
    conn: sqlite3.Connection
    compiler: Compiler
    node: Node
    sort: Sort
    filters: Filters
    fold_copies: bool
    page: int
    size: int

    @property
    def slice(self) -> slice:
        """The hits of the page."""
        return slice((self.page - 1) * self.size, self.page * self.size)

    def survey(self, scores: Mapping[int, float]) -> Survey:
        """The articles of a result, narrowed and in order."""
        return survey(
            self.conn, scores, filters=self.filters, sort=self.sort, fold_copies=self.fold_copies
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    hits: list[Hit]
    total: int
    found: Survey
    weights: dict[int, int] | None = None


def search(
    conn: sqlite3.Connection,
    typed: str | None,
    tab: Tab = "articles",
    *,
    sort: Sort = "relevance",
    filters: Filters | None = None,
    page: int = 1,
    size: int = 10,
    with_facets: bool = True,
    fold_copies: bool = True,
) -> Results:
    """A page of what was found for `typed`. Never raises for what a person typed.

    Args:
        conn: an archive, which may be open for reading only; temporary tables are made in memory.
        typed: the query; with nothing in it, `filters` alone give everything that they let through.
        tab: what the hits are.
        sort: for people, "relevance" is most quotations first.
        filters: what facets were chosen.
        page: from 1; beyond the last one there are no hits.
        size: hits a page.
        with_facets: count facets and timeline too.
        fold_copies: show whole copies of a story once.
    """
    query = read(typed)
    filters = filters or Filters()
    page, size = max(page, 1), max(size, 1)
    node = query.node or (All(()) if filters != Filters() else None)
    if node is None:
        return Results(tab, (), 0, 0, page, size, explain(query), sort, filters)
    with _one_moment(conn):
        asked = _Asked(conn, Compiler(conn), node, sort, filters, fold_copies, page, size)
        answer = _TABS[tab](asked)
        counted = Facets()
        bars: tuple[Count, ...] = ()
        undated = 0
        if with_facets and answer.total:
            counted = facets(conn, answer.found, answer.weights)
            bars, undated = timeline(answer.found, answer.weights)
        nothing = not answer.total and filters == Filters()
        suggestion = suggest(conn, query.typed) if nothing else None
    return Results(
        tab, tuple(answer.hits), answer.total, answer.found.articles, page, size, explain(query),
        sort, filters, counted, bars, undated, suggestion,
    )  # fmt: skip


@contextmanager
def _one_moment(conn: sqlite3.Connection) -> Iterator[None]:
    """See the archive as it is now for several statements, whatever an ingest adds meanwhile."""
    if conn.in_transaction:
        yield
        return
    conn.execute("BEGIN")
    try:
        yield
    finally:
        if conn.in_transaction:
            conn.execute("COMMIT")


def _articles(asked: _Asked) -> _Answer:
    evaluation = Evaluation(asked.conn, asked.compiler)
    ids = evaluation.articles(asked.node)
    scores = evaluation.scores(ids)
    found = asked.survey(scores)
    finder = Finder(asked.conn, asked.compiler, asked.node)
    hits: list[Hit] = [
        _article(finder, article, scores[article], found) for article in found.shown[asked.slice]
    ]
    return _Answer(hits, len(found.shown), found)


def _article(finder: Finder, article: int, score: float, found: Survey) -> ArticleHit:
    head = finder.head(article)
    matches = (*head.matches, *finder.places(article))
    fields = tuple(dict.fromkeys(match.field for match in matches))
    copies = len(found.copies.get(article, [article])) - 1
    return ArticleHit(
        article, head.title, head.byline, head.publisher, head.published, score, fields, matches,
        copies,
    )  # fmt: skip


def _by_person(asked: _Asked) -> tuple[Sql, ...]:
    person = asked.filters.person
    return () if person is None else (Sql("q.person_id = ?", (person,)),)


def _paragraphs(asked: _Asked) -> _Answer:
    return _places(asked, "paragraphs", ())


def _quotes(asked: _Asked) -> _Answer:
    return _places(asked, "quotes", _by_person(asked))


def _places(asked: _Asked, unit: Unit, further: tuple[Sql, ...]) -> _Answer:
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
    hits: list[Hit] = [_place(asked.conn, finder, unit, *place, found) for place in places]
    return _Answer(hits, total, found, counts)


def _ranked(
    asked: _Asked, unit: Unit, further: tuple[Sql, ...], found: Survey
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
    asked: _Asked, unit: Unit, further: tuple[Sql, ...], found: Survey, counts: dict[int, int]
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


def _place(
    conn: sqlite3.Connection, finder: Finder, unit: Unit, place: int, score: float, found: Survey
) -> PlaceHit:
    article_id, title, publisher, published, kind = conn.execute(
        f"SELECT a.id, a.title, a.publisher, a.published, t.kind FROM {unit} AS t"
        " JOIN articles AS a ON a.id = t.article_id WHERE t.id = ?",
        [place],
    ).fetchone()
    match = finder.paragraph(place) if unit == "paragraphs" else finder.quote(place)
    copies = len(found.copies.get(article_id, [article_id])) - 1
    return PlaceHit(article_id, match, title, publisher, published, kind, score, copies)


def _people(asked: _Asked) -> _Answer:
    further = (*_by_person(asked), Sql("q.person_id IS NOT NULL"))
    sql = asked.compiler.rows(asked.node, "quotes", "q.person_id, q.article_id, count(*)", *further)
    rows = asked.conn.execute(f"{sql.text} GROUP BY q.person_id, q.article_id", sql.values)
    said = rows.fetchall()
    found = asked.survey(dict.fromkeys((article for _, article, _ in said), 0.0))
    dates = {article: found.columns.published[article] or None for article in found.shown}
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
    return _Answer(shown, len(hits), found)


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


_TABS = {
    "articles": _articles,
    "paragraphs": _paragraphs,
    "quotes": _quotes,
    "people": _people,
}
