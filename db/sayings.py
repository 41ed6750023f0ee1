"""One quotation: its words, who says them, how sure that is, and where else they were printed."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

# So many words in a row are seldom the same by chance.
_RUN = 6
_MOST_WORDS = 60
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A paragraph of another article that has the same words; `exact` where it has all of them."""

    exact: bool
    article_id: int
    paragraph: int
    text: str
    title: str | None
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class SayingPage:
    """A quotation with its article. `row` holds the columns of `quotes` and the article's."""

    row: dict[str, Any]
    elsewhere: tuple[Elsewhere, ...]


def saying_page(conn: sqlite3.Connection, article_id: int, position: int) -> SayingPage | None:
    """The quotation of an article by its number there; None where there is none."""
    cursor = conn.execute(
        "SELECT q.*, p.text AS context, p.position AS paragraph, a.title, a.publisher,"
        " a.published, a.url FROM quotes AS q JOIN paragraphs AS p ON p.id = q.paragraph_id"
        " JOIN articles AS a ON a.id = q.article_id WHERE q.article_id = ? AND q.position = ?",
        [article_id, position],
    )
    found = cursor.fetchone()
    if found is None:
        return None
    row = {column[0]: value for column, value in zip(cursor.description, found, strict=True)}
    return SayingPage(row, elsewhere(conn, row["text"], article_id))


def elsewhere(conn: sqlite3.Connection, words: str, article_id: int) -> tuple[Elsewhere, ...]:
    """Where the words stand in other articles than that one, those that have all of them first."""
    told = _WORD.findall(words.replace("’", "'"))[:_MOST_WORDS]
    if len(told) < 3:
        return ()
    found = _paragraphs(conn, _phrase(told), article_id, True)
    if len(told) > _RUN:
        runs = {_phrase(told[:_RUN]), _phrase(told[-_RUN:])}
        seen = {(one.article_id, one.paragraph) for one in found}
        near = _paragraphs(conn, " OR ".join(sorted(runs)), article_id, False)
        found += [one for one in near if (one.article_id, one.paragraph) not in seen]
    return tuple(found)


def _phrase(words: list[str]) -> str:
    return '"' + " ".join(words) + '"'


def _paragraphs(
    conn: sqlite3.Connection, match: str, article_id: int, exact: bool
) -> list[Elsewhere]:
    rows = conn.execute(
        "SELECT p.article_id, p.position, p.text, a.title, a.publisher, a.published"
        " FROM paragraphs_fts JOIN paragraphs AS p ON p.id = paragraphs_fts.rowid"
        " JOIN articles AS a ON a.id = p.article_id"
        " WHERE paragraphs_fts MATCH ? AND p.article_id <> ?"
        " ORDER BY a.published IS NULL, a.published, p.id LIMIT 50",
        [match, article_id],
    )
    return [Elsewhere(exact, *row) for row in rows]
