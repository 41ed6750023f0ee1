"""One search, four ways to look at what was found: articles, paragraphs, quotations, people.

Articles are met by the whole query anywhere in them. A paragraph or a quotation has to meet the
words by itself; what is asked of titles and dates holds for its article. People are those who say
the quotations found, or whose name was typed.

Every search counts all that it finds before it shows a page of it, so that page 100 costs what page
1 does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from db.query import Compiler, explain, read, suggest
from db.query.explain import EVERYTHING
from db.query.nodes import All
from db.search.asked import Answer, Asked
from db.search.evaluate import Evaluation
from db.search.matches import Finder
from db.search.people import people
from db.search.places import paragraphs, quotes
from db.search.results import (
    ArticleHit,
    Count,
    Facets,
    Filters,
    Hit,
    Results,
    Sort,
    Tab,
)
from db.search.survey import Survey, facets, timeline


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
        asked = Asked(conn, Compiler(conn), node, sort, filters, fold_copies, page, size)
        answer = _TABS[tab](asked)
        counted = Facets()
        bars: tuple[Count, ...] = ()
        undated = 0
        if with_facets and answer.total:
            counted = facets(conn, answer.found, answer.weights)
            bars, undated = timeline(answer.found, answer.weights)
        nothing = not answer.total and filters == Filters()
        suggestion = _suggestion(asked, tab, query.typed) if nothing else None
    reading = explain(query) if query.typed.strip() else EVERYTHING
    return Results(
        tab, tuple(answer.hits), answer.total, answer.found.articles, page, size, reading,
        sort, filters, counted, bars, undated, suggestion,
    )  # fmt: skip


def _suggestion(asked: Asked, tab: Tab, typed: str) -> str | None:
    """Another query that finds something."""
    other = suggest(asked.conn, typed)
    node = read(other).node
    if node is None:
        return None
    return other if _TABS[tab](replace(asked, node=node, size=1)).total else None


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


def _articles(asked: Asked) -> Answer:
    evaluation = Evaluation(asked.conn, asked.compiler)
    ids = evaluation.articles(asked.node)
    scores = evaluation.scores(ids)
    found = asked.survey(scores)
    finder = Finder(asked.conn, asked.compiler, asked.node)
    hits: list[Hit] = [
        article_hit(finder, article, scores[article], found) for article in found.shown[asked.slice]
    ]
    return Answer(hits, len(found.shown), found)


def article_hit(finder: Finder, article: int, score: float, found: Survey) -> ArticleHit:
    """An article with the places to show."""
    head = finder.head(article)
    matches = (*head.matches, *finder.places(article))
    fields = tuple(dict.fromkeys(match.field for match in matches))
    copies = len(found.copies.get(article, [article])) - 1
    return ArticleHit(
        article, head.title, head.byline, head.publisher, head.published, score, fields, matches,
        copies,
    )  # fmt: skip


_TABS = {
    "articles": _articles,
    "paragraphs": paragraphs,
    "quotes": quotes,
    "people": people,
}
