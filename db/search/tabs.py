"""One search, four ways to look at what was found: articles, paragraphs, quotations, people.

Articles are met by the whole query anywhere in them. A paragraph or a quotation has to meet the
words by itself; what is asked of titles and dates holds for its article. People are those who say
the quotations found, or whose name was typed.

Every search counts all that it finds before it shows a page of it, and a connection remembers what
was found until something is written: page 100, a facet or another order costs less than page 1 did.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from db.query import explain, read, suggestions
from db.query.explain import EVERYTHING
from db.query.nodes import All
from db.search.asked import Answer, Asked
from db.search.counted import Counted, counted_ahead
from db.search.evaluate import Evaluation
from db.search.facets import facets, timeline
from db.search.heads import article_hits
from db.search.lists import listing
from db.search.memory import reading
from db.search.people import people
from db.search.places import paragraphs, quotes
from db.search.ranking import listed, ranking
from db.search.results import (
    Count,
    Facets,
    Filters,
    Results,
    Sort,
    Tab,
)
from db.search.survey import Survey


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
    with reading(conn) as reader:
        asked = Asked(reader, node, sort, filters, fold_copies, page, size)
        answer = _TABS[tab](asked)
        counted = Facets()
        bars: tuple[Count, ...] = ()
        undated = 0
        if with_facets and answer.total:
            counted, (bars, undated) = _counted(asked, tab, answer)
        nothing = not answer.total and filters == Filters()
        suggestion = _suggestion(asked, tab, query.typed) if nothing else None
    explained = explain(query) if query.typed.strip() else EVERYTHING
    return Results(
        tab, tuple(answer.hits), answer.total, answer.articles, page, size, explained,
        sort, filters, counted, bars, undated, suggestion,
    )  # fmt: skip


def _counted(asked: Asked, tab: Tab, answer: Answer) -> Counted:
    def made() -> Counted:
        if tab == "articles" and (ahead := counted_ahead(asked)) is not None:
            return ahead
        found = answer.survey()
        return facets(asked.reader, found, answer.weights), timeline(found, answer.weights)

    return asked.reader.memory.noted(("facets", tab, *asked.scope), made)


def _suggestion(asked: Asked, tab: Tab, typed: str) -> str | None:
    """Another query that finds something."""
    for other in suggestions([asked.conn], typed):
        node = read(other).node
        if node is not None and _TABS[tab](replace(asked, node=node, size=1)).total:
            return other
    return None


def _articles(asked: Asked) -> Answer:
    made: list[Survey] = []

    def whole() -> Survey:
        if not made:
            evaluation = Evaluation(asked.reader)
            ids = evaluation.articles(asked.node)
            made.append(asked.survey(ids, evaluation.scores(ids)))
        return made[0]

    ahead = listing(asked)
    if ahead is not None and (first := ahead.page(asked.slice)) is not None:
        return Answer(article_hits(asked, *first), ahead.total, ahead.articles, whole)
    best = asked.reader.memory.noted(("articles", *asked.scope), lambda: ranking(whole()))
    page = best.page(asked.slice)
    if page is None:
        page = listed(whole(), asked.slice)
    return Answer(article_hits(asked, page), best.total, best.articles, whole)


_TABS = {
    "articles": _articles,
    "paragraphs": paragraphs,
    "quotes": quotes,
    "people": people,
}
