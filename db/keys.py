"""Keys made of content: how what a person writes finds its article or quotation again.

Row numbers do not outlive a rebuilt archive, and words do not outlive a revision. A key therefore
holds several marks of an article: its words, its address, the bytes that it came in. Any revision
that the archive ever held has the words, so a key made before a revision still finds it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from db.digests import having_in
from ingest.addresses import same_address_key
from ingest.fingerprint import fold

# The title as it was read, whatever a correction put in its place. For queries over `articles`.
TITLE_AS_READ = (
    "coalesce((SELECT json_extract(as_read.said, '$[0]') FROM as_read"
    " WHERE as_read.place = 'articles' AND as_read.row_id = articles.id), articles.title)"
)
# SQLite counts no further.
MOST = 2**63 - 1
# A quotation that a better reading cut otherwise is known by so many words in a row.
_ENOUGH_WORDS = 5


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """What an article is known by.

    `words` is the fingerprint of a revision, `address` what all its addresses share (None without
    one), `bytes` the SHA-256 of the capture that it was read from, `title` what it was called.
    """

    words: str
    address: str | None
    bytes: str
    title: str | None


@dataclass(frozen=True, slots=True)
class QuoteKey:
    """A quotation by its words; `occurrence` counts those of the same words in it, from 1."""

    article: ArticleKey
    text: str
    occurrence: int = 1


def article_key(conn: sqlite3.Connection, article_id: int) -> ArticleKey | None:
    """What the article is known by now; None where the archive has no such article."""
    if article_id > MOST:
        return None
    row = conn.execute(
        f"SELECT revisions.fingerprint, articles.url, {TITLE_AS_READ},"
        " (SELECT sha256 FROM captures WHERE article_id = articles.id"
        "  AND captures.revision = articles.revision ORDER BY captures.id LIMIT 1)"
        " FROM articles JOIN revisions ON revisions.article_id = articles.id"
        " AND revisions.number = articles.revision WHERE articles.id = ?",
        [article_id],
    ).fetchone()
    if row is None:
        return None
    words, url, title, digest = row
    return ArticleKey(words, same_address_key(url) if url else None, digest or "", title)


def find_article(conn: sqlite3.Connection, key: ArticleKey) -> int | None:
    """The number of the article that has the key's words, or its address, or its bytes.

    Of several with the words, the one that has the rest too is meant.
    """
    bytes_ = having_in(conn, "b")
    of_words = f"SELECT article_id FROM revisions WHERE {having_in(conn, 'w')}"
    of_address = "SELECT article_id FROM addresses WHERE key = ?"
    of_bytes = f"SELECT article_id FROM captures WHERE {bytes_}"
    for sql, value in ((of_words, key.words), (of_address, key.address)):
        found = _numbers(conn, sql, value)
        if len(found) > 1:
            for other, mark in ((of_address, key.address), (of_bytes, key.bytes)):
                found = found & _numbers(conn, other, mark) or found
        if found:
            return min(found)
    rows = conn.execute(
        f"SELECT DISTINCT articles.id, {TITLE_AS_READ} FROM captures"
        f" JOIN articles ON articles.id = captures.article_id WHERE {bytes_}",
        [key.bytes],
    ).fetchall()
    if len(rows) > 1:
        # One file may hold several articles.
        titled = fold(key.title or "")
        rows = [row for row in rows if titled and fold(row[1] or "") == titled]
    return int(rows[0][0]) if len(rows) == 1 else None


def _numbers(conn: sqlite3.Connection, sql: str, value: str | None) -> set[int]:
    return {row[0] for row in conn.execute(sql, [value])}


def quote_key(conn: sqlite3.Connection, article_id: int, position: int) -> QuoteKey | None:
    """What the article's quotation at `position` (from 1) is known by; None without one."""
    article = article_key(conn, article_id)
    said = _said(conn, article_id)
    at = next((at for at, row in enumerate(said) if row[1] == position), None)
    if article is None or at is None:
        return None
    same = fold(said[at][2])
    earlier = sum(fold(text) == same for _, _, text in said[:at])
    return QuoteKey(article, said[at][2], earlier + 1)


def find_quote(
    conn: sqlite3.Connection, article_id: int, text: str, occurrence: int = 1
) -> int | None:
    """The row of the article's quotation that has these words.

    Layout, case and marks do not count. Where no quotation has just these words, the only one that
    holds them, or is held by them, is meant.
    """
    wanted = fold(text)
    said = [(row, fold(words)) for row, _, words in _said(conn, article_id)]
    same = [row for row, words in said if words == wanted]
    if same:
        return same[occurrence - 1] if occurrence <= len(same) else None
    near = [row for row, words in said if _holds(wanted, words) or _holds(words, wanted)]
    return near[0] if len(near) == 1 else None


def _said(conn: sqlite3.Connection, article_id: int) -> list[tuple[int, int, str]]:
    return conn.execute(
        "SELECT id, position, text FROM quotes WHERE article_id = ? ORDER BY position",
        [article_id],
    ).fetchall()


def _holds(whole: str, part: str) -> bool:
    return len(part.split()) >= _ENOUGH_WORDS and f" {part} " in f" {whole} "
