"""Making corrections and undoing them.

The archive runs each function in one transaction: `archive.correct(correct.title, 12, "Rain")`. It
raises CannotCorrect where there is nothing like that to correct.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.corrections import (
    Correction,
    CorrectionKind,
    articles_of,
    everywhere,
    get,
    listed,
    now_called,
    record,
)
from db.errors import CannotCorrect
from db.keys import ArticleKey, article_key, find_article, quote_key
from db.overlay import put, relay
from db.rows import readable
from db.store import now
from ingest.article import Moment
from ingest.fingerprint import fold


def title(
    conn: sqlite3.Connection, article_id: int, title: str | None, *, by: str | None = None
) -> Correction:
    """Call the article `title`."""
    return _of_article(conn, "title", article_id, readable(title or "") or None, by)


def published(
    conn: sqlite3.Connection, article_id: int, when: Moment | None, *, by: str | None = None
) -> Correction:
    """Say when the article appeared; None where nobody knows."""
    return _of_article(conn, "published", article_id, when.value if when else None, by)


def speaker(
    conn: sqlite3.Connection,
    article_id: int,
    position: int,
    name: str | None,
    *,
    by: str | None = None,
) -> Correction:
    """Say who speaks in the article's quotation at `position` (from 1); None for nobody."""
    key = _key(conn, article_id)
    quote = quote_key(conn, article_id, position)
    if quote is None:
        (number,) = conn.execute(
            "SELECT count(*) FROM quotes WHERE article_id = ?", [article_id]
        ).fetchone()
        raise CannotCorrect(
            f"article {article_id} has no quotation {position}; it has {number}, counted from 1"
        )
    (before,) = conn.execute(
        "SELECT speaker FROM quotes WHERE article_id = ? AND position = ?", [article_id, position]
    ).fetchone()
    name = now_called(conn, readable(name)) if name else None
    _worth(name or "", before or "")
    made = _made("speaker", key, quote.text, quote.occurrence, name, before, by)
    return _put(conn, made, [article_id])


def merge(
    conn: sqlite3.Connection,
    name: str,
    into: str,
    *,
    article_id: int | None = None,
    new: bool = False,
    by: str | None = None,
) -> Correction:
    """Say that whoever is called `name` is `into`, in one article or (None) everywhere.

    `into` is somebody who is quoted by that name, unless `new`. The article may call somebody
    without a name, as "the minister".
    """
    if not new and fold(into) not in _spellings(conn, "SELECT name FROM people"):
        raise CannotCorrect(
            f'nobody is quoted as "{into}"; give a name that is, or say that it is new (--new)'
        )
    return _called(conn, "merge", name, into, article_id, by)


def split(
    conn: sqlite3.Connection, name: str, article_id: int, other: str, *, by: str | None = None
) -> Correction:
    """Say that whoever the article calls `name` is not the one of that name, but `other`."""
    return _called(conn, "split", name, other, article_id, by)


def undo(conn: sqlite3.Connection, correction_id: int) -> Correction:
    """Take a correction back: what it changed is as if it had never been made."""
    known = get(conn, correction_id)
    if known is None:
        raise CannotCorrect(f"there is no correction {correction_id}; see: onrecord corrections")
    if known.undone:
        raise CannotCorrect(f"correction {correction_id} was undone on {known.undone[:10]}")
    articles = articles_of(conn, correction_id)
    conn.execute("UPDATE corrections SET undone = ? WHERE id = ?", [now(), correction_id])
    for article_id in articles:
        relay(conn, article_id)
    undone = get(conn, correction_id)
    assert undone is not None
    return undone


def take(conn: sqlite3.Connection, corrections: Iterable[Correction]) -> int:
    """Take in corrections that another archive made; those that are known are left out.

    Whatever finds its article now is applied, the rest waits for it. Returns how many were new.
    """
    known = {_same(correction) for correction in listed(conn, undone=True)}
    number = 0
    for correction in corrections:
        if correction.undone or _same(correction) in known:
            continue
        known.add(_same(correction))
        key = correction.article
        found = find_article(conn, key) if key else None
        articles = [found] if found else []
        _put(conn, correction, articles if key else speaking(conn, correction.subject or ""))
        number += 1
    return number


def _same(correction: Correction) -> tuple[object, ...]:
    # The marks of an article change as it is read anew; when a correction was made does not.
    return correction.kind, correction.subject, correction.value, correction.made


def _key(conn: sqlite3.Connection, article_id: int) -> ArticleKey:
    key = article_key(conn, article_id)
    if key is None:
        raise CannotCorrect(f"there is no article {article_id}; onrecord search shows the numbers")
    return key


def _worth(value: str, before: str) -> None:
    if value == before:
        raise CannotCorrect(f'it says "{value}" already' if value else "it says nothing already")


def _made(
    kind: CorrectionKind,
    key: ArticleKey | None,
    subject: str | None,
    occurrence: int | None,
    value: str | None,
    before: str | None,
    by: str | None,
) -> Correction:
    return Correction(0, kind, key, subject, occurrence, value, before, now(), by or None)


def _put(conn: sqlite3.Connection, correction: Correction, articles: Iterable[int]) -> Correction:
    stored = record(conn, correction)
    for article_id in articles:
        put(conn, article_id, stored)
    return stored


def _of_article(
    conn: sqlite3.Connection, kind: CorrectionKind, article_id: int, value: str | None,
    by: str | None,
) -> Correction:  # fmt: skip
    key = _key(conn, article_id)
    (before,) = conn.execute(f"SELECT {kind} FROM articles WHERE id = ?", [article_id]).fetchone()
    _worth(value or "", before or "")
    return _put(conn, _made(kind, key, None, None, value, before, by), [article_id])


def _called(
    conn: sqlite3.Connection,
    kind: CorrectionKind,
    name: str,
    other: str,
    article_id: int | None,
    by: str | None,
) -> Correction:
    name, other = readable(name), readable(other)
    value = now_called(conn, other) if kind == "merge" else other
    if fold(value) == fold(name) != fold(other):
        made = everywhere(conn)[fold(other)]
        raise CannotCorrect(
            f"{made}, by correction {made.id}; to turn it round: onrecord undo {made.id}"
        )
    if not fold(value) or fold(name) == fold(value):
        raise CannotCorrect(
            f'"{value}" is the same name; tell the two apart, as in "{name} (the younger)"'
        )
    key = None if article_id is None else _key(conn, article_id)
    articles = speaking(conn, name)
    where = "in the archive"
    if article_id is not None:
        articles = [found for found in articles if found == article_id]
        where = f"in article {article_id}"
    if not articles:
        raise CannotCorrect(f'nobody is quoted as "{name}" {where}')
    return _put(conn, _made(kind, key, name, None, value, None, by), articles)


def _spellings(conn: sqlite3.Connection, sql: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for (name,) in conn.execute(sql):
        found.setdefault(fold(name), []).append(name)
    return found


def speaking(conn: sqlite3.Connection, name: str) -> list[int]:
    """The articles in which somebody is quoted by this name, however it is spelt."""
    spellings = _spellings(conn, "SELECT DISTINCT speaker FROM quotes WHERE speaker IS NOT NULL")
    same = spellings.get(fold(name), [])
    rows = conn.execute(
        "SELECT DISTINCT article_id FROM quotes WHERE speaker IN"
        f" ({', '.join('?' * len(same))}) ORDER BY article_id",
        same,
    )
    return [row[0] for row in rows]
