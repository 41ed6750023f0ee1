"""Making corrections and undoing them.

The archive runs each function in one transaction: `archive.correct(correct.title, 12, "Rain")`. It
raises CannotCorrect where there is nothing like that to correct.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from db.clock import now
from db.corrections import (
    Correction,
    CorrectionKind,
    articles_of,
    everywhere,
    get,
    listed,
    now_called,
    record,
    same,
    time_of_next,
)
from db.errors import CannotCorrect
from db.keys import ArticleKey, article_key, find_article, quote_key
from db.overlay import add, relay
from db.rows import readable
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
    when = time_of_next(conn)
    made = _made("speaker", key, quote.text, quote.occurrence, name, before, by, when)
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
    if article_id is None:
        return merge_everywhere([conn], name, into, new=new, by=by)[0]
    _somebody([conn], into, new=new)
    return _called(conn, "merge", name, into, article_id, by)


def merge_everywhere(
    conns: Sequence[sqlite3.Connection],
    name: str,
    into: str,
    *,
    new: bool = False,
    by: str | None = None,
) -> list[Correction]:
    """Say that whoever is called `name` is `into`, in all articles of several archives as one.

    Returns what each of them keeps of it, in their order.
    """
    _somebody(conns, into, new=new)
    name, value = readable(name), readable(into)
    for conn in conns:
        value = _end_of_merges(conn, name, value)
    _told_apart(name, value)
    articles = [speaking(conn, name) for conn in conns]
    if not any(articles):
        raise CannotCorrect(f'nobody is quoted as "{name}" in the archive')
    when = max(time_of_next(conn) for conn in conns)
    made = _made("merge", None, name, None, value, None, by, when)
    return [_put(conn, made, found) for conn, found in zip(conns, articles, strict=True)]


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


def undo_everywhere(conns: Iterable[sqlite3.Connection], correction: Correction) -> None:
    """Take a correction back in all of these archives that keep it for articles to come."""
    for conn in conns:
        for known in for_all(conn):
            if same(known) == same(correction):
                undo(conn, known.id)


def take(conn: sqlite3.Connection, corrections: Iterable[Correction]) -> int:
    """Take in corrections that another archive made; those that are known are left out.

    Whatever finds its article now is applied, the rest waits for it. Returns how many were new.
    """
    return take_everywhere([conn], corrections)


def take_everywhere(conns: Sequence[sqlite3.Connection], corrections: Iterable[Correction]) -> int:
    """As `take`, for several archives as one.

    What is said of an article goes to the archive that has it; where none has it, all wait for it.
    """
    known = {same(one) for conn in conns for one in listed(conn, undone=True)}
    number = 0
    for correction in corrections:
        if correction.undone or same(correction) in known:
            continue
        known.add(same(correction))
        key = correction.article
        found = [find_article(conn, key) if key else None for conn in conns]
        for conn, article in zip(conns, found, strict=True):
            if article is not None:
                _put(conn, correction, [article])
            elif key is None:
                _put(conn, correction, speaking(conn, correction.subject or ""))
            elif not any(found):
                _put(conn, correction, [])
        number += 1
    return number


def for_all(conn: sqlite3.Connection) -> list[Correction]:
    """The corrections that stand for every article, or for one that is not here."""
    return [one for one in listed(conn) if one.article is None or not articles_of(conn, one.id)]


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
    when: str,
) -> Correction:
    return Correction(0, kind, key, subject, occurrence, value, before, when, by or None)


def _put(conn: sqlite3.Connection, correction: Correction, articles: Iterable[int]) -> Correction:
    stored = record(conn, correction)
    for article_id in articles:
        add(conn, article_id, stored)
    return stored


def _of_article(
    conn: sqlite3.Connection, kind: CorrectionKind, article_id: int, value: str | None,
    by: str | None,
) -> Correction:  # fmt: skip
    key = _key(conn, article_id)
    (before,) = conn.execute(f"SELECT {kind} FROM articles WHERE id = ?", [article_id]).fetchone()
    _worth(value or "", before or "")
    made = _made(kind, key, None, None, value, before, by, time_of_next(conn))
    return _put(conn, made, [article_id])


def _called(
    conn: sqlite3.Connection,
    kind: CorrectionKind,
    name: str,
    other: str,
    article_id: int,
    by: str | None,
) -> Correction:
    name, other = readable(name), readable(other)
    value = _end_of_merges(conn, name, other) if kind == "merge" else other
    _told_apart(name, value)
    key = _key(conn, article_id)
    if article_id not in speaking(conn, name):
        raise CannotCorrect(f'nobody is quoted as "{name}" in article {article_id}')
    made = _made(kind, key, name, None, value, None, by, time_of_next(conn))
    return _put(conn, made, [article_id])


def _somebody(conns: Iterable[sqlite3.Connection], name: str, *, new: bool) -> None:
    sql = "SELECT name FROM people"
    if not (new or any(fold(name) in _spellings(conn, sql) for conn in conns)):
        raise CannotCorrect(
            f'nobody is quoted as "{name}"; give a name that is, or say that it is new (--new)'
        )


def _end_of_merges(conn: sqlite3.Connection, name: str, into: str) -> str:
    """What `into` is called by now, which must not be `name` itself."""
    value = now_called(conn, into)
    if fold(value) == fold(name) != fold(into):
        made = everywhere(conn)[fold(into)]
        raise CannotCorrect(
            f"{made}; to turn it round undo that first, by the number that"
            " onrecord corrections shows"
        )
    return value


def _told_apart(name: str, value: str) -> None:
    if not fold(value) or fold(name) == fold(value):
        raise CannotCorrect(
            f'"{value}" is the same name; tell the two apart, as in "{name} (the younger)"'
        )


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
