"""Searching an archive: what was typed in, a page of ranked and counted hits out.

results.py     the records that come back
tabs.py        search(): articles, paragraphs, quotes, people
evaluate.py    which articles meet a query, and their score      leaves.py  those of one word
survey.py      order, copies          facets.py   counts by year, publisher, speaker, day
ranking.py     the first articles     heads.py    what a page shows of them
memory.py      what a connection remembers       columns.py  dates, publishers, copies of articles
matches.py     the places to show     excerpt.py  highlighted segments
wanted.py      what of a query a text can show
marks.py       single words marked    numbers.py  row numbers as arrays
postings.py    common words read out of the index as it lies      doclists.py  its lists of rows
facts.py       what is told of every article    ahead.py    the same, worked out before
lists.py       first pages of common words, worked out before (db.ahead)
superseded.py  searching older revisions
"""

from __future__ import annotations

import sqlite3

from db.search.results import (
    ArticleHit,
    Count,
    Facets,
    Filters,
    Hit,
    Match,
    PersonHit,
    PlaceHit,
    Results,
    Segment,
    Segments,
    Sort,
    Tab,
)
from db.search.superseded import SupersededHit, SupersededHits, search_superseded
from db.search.tabs import search
from db.texts import unpacked

__all__ = [
    "ArticleHit", "Count", "Facets", "Filters", "Hit", "Match", "PersonHit", "PlaceHit", "Results",
    "Segment", "Segments", "Sort", "SupersededHit", "SupersededHits", "Tab", "counts",
    "most_quoted", "revision_text", "search", "search_superseded",
]  # fmt: skip


def revision_text(
    conn: sqlite3.Connection, article_id: int, number: int | None = None
) -> str | None:
    """The article's part of the text it was read from; None where there is no such revision.

    `number` counts revisions from 1; None means the current one.
    """
    row = conn.execute(
        "SELECT texts.content, revisions.start, revisions.end FROM revisions"
        " JOIN articles ON articles.id = revisions.article_id"
        " JOIN texts ON texts.id = revisions.text_id"
        " WHERE articles.id = ? AND revisions.number = coalesce(?, articles.revision)",
        [article_id, number],
    ).fetchone()
    return unpacked(row[0])[row[1] : row[2]] if row else None


def counts(conn: sqlite3.Connection) -> dict[str, int]:
    """How many articles, paragraphs and quotes the archive holds."""
    return {
        table: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("articles", "paragraphs", "quotes")
    }


def most_quoted(conn: sqlite3.Connection, limit: int = 10) -> list[tuple[str, int]]:
    """The speakers with the most quotes, and how many each has."""
    return conn.execute(
        "SELECT name, quotes FROM speakers ORDER BY quotes DESC, name LIMIT ?", [limit]
    ).fetchall()
