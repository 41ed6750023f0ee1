"""Searching what revisions have replaced. It is in no stored index."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from db.query import Node, explain, read, to_match
from db.query.nodes import All, Any, Near, Term
from db.schema import TOKENIZE
from db.search.excerpt import segments
from db.search.results import Segments

_SNIPPET_TOKENS = 24


@dataclass(frozen=True, slots=True)
class SupersededHit:
    """A paragraph of a superseded revision; `position` counts its paragraphs from 1."""

    article_id: int
    title: str | None
    published: str | None
    publisher: str | None
    position: int
    snippet: Segments
    score: float
    revision: int


class SupersededHits(NamedTuple):
    """The best hits, and how many there are in all."""

    hits: list[SupersededHit]
    total: int


def search_superseded(conn: sqlite3.Connection, typed: str, *, limit: int = 20) -> SupersededHits:
    """Hits in paragraphs of superseded revisions, which are in no stored index.

    Their index is made for this one search, in memory: they are few beside the current ones.
    """
    match = to_match(typed)
    if not match:
        return SupersededHits([], 0)
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
        f" snippet(superseded_fts, 0, char(2), char(3), '…', {_SNIPPET_TOKENS}),"
        " bm25(superseded_fts) AS score, superseded_fts.revision"
        " FROM superseded_fts JOIN articles ON articles.id = superseded_fts.article_id"
        " JOIN revisions ON revisions.article_id = articles.id"
        " AND revisions.number = superseded_fts.revision"
        " WHERE superseded_fts MATCH ? ORDER BY score LIMIT ?",
        [match, limit],
    ).fetchall()
    (total,) = conn.execute(
        "SELECT count(*) FROM superseded_fts WHERE superseded_fts MATCH ?", [match]
    ).fetchone()
    hits = [
        SupersededHit(a, title, day, by, at, segments(marked), -score, number)
        for a, title, day, by, at, marked, score, number in rows
    ]
    return SupersededHits(hits, total)


def read_superseded(typed: str) -> str:
    """How a query is read here, as `explain` says it: in paragraphs, for its words alone."""
    query = read(typed)
    reading = explain(query)
    if query.node is None or _is_words(query.node):
        return reading
    return f"{reading} In superseded revisions only the words are looked for."


def _is_words(node: Node) -> bool:
    match node:
        case Term() | Near():
            return True
        case All(wanted, unwanted):
            return all(map(_is_words, wanted + unwanted))
        case Any(choices):
            return all(map(_is_words, choices))
        case _:
            return False
