"""Searching an archive: what was typed in, ranked hits out."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from db.query import to_match
from db.schema import TOKENIZE

Kind = Literal["article", "paragraph", "quote"]
Scope = Literal["everything", "articles", "paragraphs", "quotes"]

# Around a matched word in a snippet: characters that no text holds, so that whoever shows it can
# put his own marks there after escaping the rest.
START, END = "\x02", "\x03"

# How much a word counts by where it stands. A word of the headline says what the article is about;
# a quotation is what people look for before the paragraph that holds it.
TITLE_FACTOR, QUOTE_FACTOR = 3.0, 1.2
_BM25_ARTICLES = "bm25(articles_fts, 10.0, 4.0, 1.0)"
_BM25_QUOTES = "bm25(quotes_fts, 4.0, 1.0)"
_SNIPPET_TOKENS = 24


@dataclass(frozen=True, slots=True)
class Hit:
    """Where the words were found.

    `position` counts the article's paragraphs or quotes from 1 (None for a title). `snippet` has
    START and END around each matched word. `revision` is None for the current one.
    """

    kind: Kind
    article_id: int
    title: str | None
    published: str | None
    publisher: str | None
    position: int | None
    speaker: str | None
    snippet: str
    score: float
    revision: int | None = None


_ARTICLES = f"""
SELECT 'article' AS kind, rowid AS id, {TITLE_FACTOR} * {_BM25_ARTICLES} AS score
FROM articles_fts WHERE articles_fts MATCH :match"""
_PARAGRAPHS = """
SELECT 'paragraph' AS kind, rowid AS id, bm25(paragraphs_fts) AS score
FROM paragraphs_fts WHERE paragraphs_fts MATCH :match"""
_QUOTES = f"""
SELECT 'quote' AS kind, rowid AS id, {QUOTE_FACTOR} * {_BM25_QUOTES} AS score
FROM quotes_fts WHERE quotes_fts MATCH :match"""
# A paragraph that matches through a quotation in it is shown as that quotation, once.
_NOT_QUOTED = """
AND rowid NOT IN (SELECT quotes.paragraph_id FROM quotes_fts
    JOIN quotes ON quotes.id = quotes_fts.rowid WHERE quotes_fts MATCH :match)"""

_RANKED: dict[Scope, str] = {
    "everything": f"{_ARTICLES} UNION ALL {_PARAGRAPHS}{_NOT_QUOTED} UNION ALL {_QUOTES}",
    "articles": _ARTICLES,
    "paragraphs": _PARAGRAPHS,
    "quotes": _QUOTES,
}

_ARTICLE_COLUMNS = "articles.id, articles.title, articles.published, articles.publisher"
_SHOWN = {
    "article": f"SELECT {_ARTICLE_COLUMNS}, NULL, NULL, {{snippet}}"
    " FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid",
    "paragraph": f"SELECT {_ARTICLE_COLUMNS}, paragraphs.position, NULL, {{snippet}}"
    " FROM paragraphs_fts JOIN paragraphs ON paragraphs.id = paragraphs_fts.rowid"
    " JOIN articles ON articles.id = paragraphs.article_id",
    "quote": f"SELECT {_ARTICLE_COLUMNS}, quotes.position, quotes.speaker, {{snippet}}"
    " FROM quotes_fts JOIN quotes ON quotes.id = quotes_fts.rowid"
    " JOIN articles ON articles.id = quotes.article_id",
}


def search(
    conn: sqlite3.Connection,
    typed: str,
    *,
    scope: Scope = "everything",
    limit: int = 20,
    offset: int = 0,
) -> list[Hit]:
    """The best hits for what was typed, best first. Never raises for what a person typed."""
    match = to_match(typed)
    if not match:
        return []
    ranked = conn.execute(
        f"{_RANKED[scope]} ORDER BY score, kind, id LIMIT :limit OFFSET :offset",
        {"match": match, "limit": limit, "offset": offset},
    ).fetchall()
    return [_hit(conn, match, *row) for row in ranked]


def count(conn: sqlite3.Connection, typed: str, *, scope: Scope = "everything") -> int:
    """How many hits there are in all."""
    match = to_match(typed)
    if not match:
        return 0
    sql = f"SELECT count(*) FROM ({_RANKED[scope]})"
    return int(conn.execute(sql, {"match": match}).fetchone()[0])


def _hit(conn: sqlite3.Connection, match: str, kind: Kind, row: int, score: float) -> Hit:
    index = f"{kind}s_fts"
    # A quote is found by its speaker too, but what is shown are his words.
    column = 0 if kind == "quote" else -1
    snippet = f"snippet({index}, {column}, char(2), char(3), '…', {_SNIPPET_TOKENS})"
    sql = f"{_SHOWN[kind].format(snippet=snippet)} WHERE {index} MATCH ? AND {index}.rowid = ?"
    article_id, title, published, publisher, position, speaker, shown = conn.execute(
        sql, [match, row]
    ).fetchone()
    return Hit(kind, article_id, title, published, publisher, position, speaker, shown, score)


def search_superseded(conn: sqlite3.Connection, typed: str, *, limit: int = 20) -> list[Hit]:
    """Hits in paragraphs of superseded revisions, which are in no stored index.

    Their index is made for this one search, in memory: they are few beside the current ones.
    """
    match = to_match(typed)
    if not match:
        return []
    conn.execute("PRAGMA temp_store = MEMORY")
    conn.execute("DROP TABLE IF EXISTS temp.superseded_fts")
    conn.execute(
        "CREATE VIRTUAL TABLE temp.superseded_fts USING fts5("
        f"text, article_id UNINDEXED, revision UNINDEXED, position UNINDEXED,"
        f" tokenize='{TOKENIZE}')"
    )
    conn.execute(
        "INSERT INTO temp.superseded_fts (text, article_id, revision, position)"
        " SELECT text, article_id, revision, position FROM superseded_paragraphs"
    )
    rows = conn.execute(
        "SELECT articles.id, json_extract(reading, '$.title'),"
        " json_extract(reading, '$.published'), json_extract(reading, '$.publisher'), position,"
        f" NULL, snippet(superseded_fts, 0, char(2), char(3), '…', {_SNIPPET_TOKENS}),"
        " bm25(superseded_fts) AS score, superseded_fts.revision"
        " FROM superseded_fts JOIN articles ON articles.id = superseded_fts.article_id"
        " JOIN revisions ON revisions.article_id = articles.id"
        " AND revisions.number = superseded_fts.revision"
        " WHERE superseded_fts MATCH ? ORDER BY score LIMIT ?",
        [match, limit],
    ).fetchall()
    return [Hit("paragraph", *row) for row in rows]


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
    return row[0][row[1] : row[2]] if row else None


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
