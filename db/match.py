"""Which article of the archive a new reading belongs to, and what has changed.

An article is known by its address, by its words (wherever they come from), or by the file that it
was read from. Address and file follow an article whose words change; words follow it elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from db.digests import having
from db.keys import TITLE_AS_READ
from ingest.addresses import same_address_key
from ingest.article import Article
from ingest.fingerprint import fold


@dataclass(frozen=True, slots=True)
class Known:
    """A revision that the archive holds. `current` says whether it is its article's newest."""

    article_id: int
    revision: int
    fingerprint: str
    title: str | None
    current: bool


_KNOWN = f"""
SELECT revisions.article_id, revisions.number, revisions.fingerprint, {TITLE_AS_READ},
       revisions.number = articles.revision
FROM revisions JOIN articles ON articles.id = revisions.article_id
"""


def _known(row: tuple[int, int, str, str | None, int]) -> Known:
    return Known(row[0], row[1], row[2], row[3], bool(row[4]))


def already_read(
    conn: sqlite3.Connection, location: str, sha256: str, *, is_file: bool
) -> list[int]:
    """The articles that these very bytes gave when this place was last read; empty if never.

    Only the latest reading of a file counts: a file that was changed and changed back is news.
    Standard input is no place, so there any earlier reading counts.
    """
    rows = conn.execute(
        "SELECT captures.article_id, captures.sha256 FROM captures"
        " JOIN sources ON sources.id = captures.source_id"
        " WHERE sources.location = ? ORDER BY captures.id DESC",
        [location],
    )
    found: list[int] = []
    for article_id, digest in rows:
        if digest == sha256:
            found.append(article_id)
        elif is_file:
            break
    return found


def last_read_from(conn: sqlite3.Connection, location: str) -> list[Known]:
    """The current revisions of the articles that were ever read from this file."""
    rows = conn.execute(
        _KNOWN + "WHERE revisions.number = articles.revision AND articles.id IN ("
        " SELECT article_id FROM captures JOIN sources ON sources.id = captures.source_id"
        " WHERE sources.location = ?) ORDER BY articles.id",
        [location],
    )
    return [_known(row) for row in rows]


def find(
    conn: sqlite3.Connection, article: Article, digest: str, here: list[Known], *, alone: bool
) -> Known | None:
    """The known revision that `article` repeats or continues, None for a new article.

    `digest` is the article's fingerprint.
    `here` are the articles known from the same file and not yet claimed by another article of it;
    `alone` says that the file holds this one article and held one before.
    """
    found = ways(conn, article, digest, here, alone=alone)
    return next((known for known in found if known is not None), None)


def ways(
    conn: sqlite3.Connection, article: Article, digest: str, here: list[Known], *, alone: bool
) -> Iterator[Known | None]:
    """What each way to know an article finds, the surest way first; as many as there are ways."""
    yield _current_with_address(conn, article.url) if article.url else None
    yield next((known for known in here if known.fingerprint == digest), None)
    yield _with_words(conn, digest, here)
    titled = fold(article.title or "")
    yield next((known for known in here if titled and titled == fold(known.title or "")), None)
    yield here[0] if alone and here else None


def _current_with_address(conn: sqlite3.Connection, url: str) -> Known | None:
    row = conn.execute(
        _KNOWN + "WHERE revisions.number = articles.revision AND articles.id = ("
        " SELECT min(article_id) FROM addresses WHERE key = ?)",
        [same_address_key(url)],
    ).fetchone()
    return _known(row) if row else None


def _with_words(conn: sqlite3.Connection, digest: str, here: list[Known]) -> Known | None:
    # An older revision of an article known from this same file is no copy but a change back.
    own = {known.article_id for known in here}
    rows = conn.execute(f"{_KNOWN} WHERE {having('w')} ORDER BY revisions.id DESC", [digest])
    for row in rows:
        if row[4] or row[0] not in own:
            return _known(row)
    return None
