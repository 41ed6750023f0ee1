"""What was worked out ahead of searches, at the end of a long ingest (`db.ahead`), and read here.

The facts of all articles and the article of each paragraph hold after a write too: triggers note
which articles changed, and only those and new ones are read out of their tables.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import replace
from typing import NamedTuple, TypeVar

import numpy as np

from db.search.facts import Facts, copies_of_all, said_in
from db.search.numbers import NONE, Ints, numbers_of, places_in

Value = TypeVar("Value")

# Where more articles than this part of all are others than then, all are read anew.
_MOST_CHANGED = 1 / 8
# What comes of reading what is not as it was written; to do without it is only slower.
_DAMAGED = (KeyError, TypeError, ValueError, zlib.error)


class State(NamedTuple):
    """What still holds of it: `number` articles there were, the last of them `articles`.

    Up to `paragraphs` each paragraph is of the article that it was of; `copies` and `lists` say
    whether those are as they were.
    """

    number: int
    articles: int
    paragraphs: int
    copies: bool
    lists: bool


def state_of(conn: sqlite3.Connection) -> State | None:
    """What holds; None where nothing was worked out."""
    # An older archive, open for reading only, has no such table yet.
    if conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'ahead'").fetchone() is None:
        return None
    row = conn.execute("SELECT number, articles, paragraphs, copies, lists FROM ahead").fetchone()
    return State(*row[:3], *map(bool, row[3:])) if row else None


def changed(conn: sqlite3.Connection, state: State) -> int:
    """How many articles are others than then, or new."""
    return int(
        conn.execute(
            "SELECT (SELECT count(*) FROM ahead_changed)"
            " + (SELECT count(*) FROM articles WHERE id > ?)",
            [state.articles],
        ).fetchone()[0]
    )


def facts_ahead(conn: sqlite3.Connection, state: State) -> Facts | None:
    """The facts of all articles as they are now; None where it is as quick to read them anew."""
    new = changed(conn, state)
    if new > state.number * _MOST_CHANGED:
        return None
    facts = _stored(conn, state.number)
    if facts is not None and new:
        facts = _brought_up(conn, state, facts)
    if facts is None or state.copies:
        return facts
    return replace(facts, copies=copies_of_all(conn, facts.articles))


def _stored(conn: sqlite3.Connection, number: int) -> Facts | None:
    """The facts of all articles as they were then, so many."""
    kept = dict(conn.execute("SELECT name, value FROM ahead_columns"))
    try:
        facts = Facts(
            np.cumsum(unpacked(kept["articles"])),
            unpacked(kept["moment"]), json.loads(zlib.decompress(kept["moments"])),
            unpacked(kept["publisher"]), json.loads(zlib.decompress(kept["publishers"])),
            unpacked(kept["copies"]),
        )  # fmt: skip
    except _DAMAGED:
        return None
    sizes = {len(facts.articles), len(facts.moment), len(facts.publisher)}
    return facts if sizes == {number} and len(facts.copies) in (0, number) else None


def _brought_up(conn: sqlite3.Connection, state: State, facts: Facts) -> Facts | None:
    """With what was added and changed since; who is a copy of whom is as it was."""
    other = [row[0] for row in conn.execute("SELECT article_id FROM ahead_changed")]
    stay = ~np.isin(facts.articles, np.array(other, np.int64))
    rows = conn.execute(
        "SELECT id, published, publisher FROM articles"
        " WHERE id > ? OR id IN (SELECT article_id FROM ahead_changed)",
        [state.articles],
    ).fetchall()
    # An empty date is none, but not where they are counted.
    if any(date == "" for _, date, _ in rows):
        return None
    new = np.array([row[0] for row in rows], np.int64)
    articles = np.append(facts.articles[stay], new)
    copies = facts.copies
    if len(copies):
        at, there = places_in(facts.articles, new)
        copies = np.append(copies[stay], np.where(there, copies[at], 0))
    place = np.argsort(articles, kind="stable")
    moment, moments = _joined(
        facts.moment[stay], facts.moments, [date or "" for _, date, _ in rows]
    )
    order = sorted(range(len(moments)), key=moments.__getitem__)
    rank = np.empty(len(moments), np.int64)
    rank[order] = np.arange(len(moments))
    publisher, publishers = _joined(
        facts.publisher[stay], facts.publishers, [name for _, _, name in rows]
    )
    return Facts(
        articles[place], rank[moment][place], [moments[at] for at in order],
        publisher[place], publishers, copies[place] if len(copies) else NONE,
    )  # fmt: skip


def _joined(codes: Ints, values: list[Value], more: list[Value]) -> tuple[Ints, list[Value]]:
    """Codes with those of more values behind, and the values of which there are any."""
    known = {value: at for at, value in enumerate(values)}
    codes = np.append(codes, np.array([known.setdefault(v, len(known)) for v in more], np.int64))
    there = np.bincount(codes, minlength=len(known)) > 0
    place = np.cumsum(there) - 1
    return place[codes], [value for value, is_there in zip(known, there, strict=True) if is_there]


def articles_ahead(conn: sqlite3.Connection, state: State) -> Ints | None:
    """The article of each paragraph by its number, as it is now; 0 for those there never were."""
    (last,) = conn.execute("SELECT coalesce(max(id), 0) FROM paragraphs").fetchone()
    if last > state.paragraphs * (1 + _MOST_CHANGED):
        return None
    value = conn.execute("SELECT value FROM ahead_columns WHERE name = 'paragraphs'").fetchone()
    try:
        kept = np.cumsum(unpacked(value[0]), dtype=np.int32)[: state.paragraphs + 1]
    except _DAMAGED:
        return None
    if len(kept) != state.paragraphs + 1:
        return None
    if last <= state.paragraphs:
        return kept
    rows, articles = map(
        numbers_of,
        conn.execute(
            "SELECT group_concat(id), group_concat(article_id) FROM paragraphs WHERE id > ?",
            [state.paragraphs],
        ).fetchone(),
    )
    known = np.zeros(last + 1, np.int32)
    known[: len(kept)] = kept
    known[rows] = articles
    return known


def said_ahead(conn: sqlite3.Connection, state: State) -> tuple[Ints, Ints] | None:
    """Articles with whom they quote, as it is now and `db.search.facts.said_in` has it."""
    other = [row[0] for row in conn.execute("SELECT article_id FROM ahead_quoted")]
    if changed(conn, state) + len(other) > state.number * _MOST_CHANGED:
        return None
    kept = dict(
        conn.execute("SELECT name, value FROM ahead_columns WHERE name IN ('quoting', 'quoted')")
    )
    try:
        article, person = np.cumsum(unpacked(kept["quoting"])), unpacked(kept["quoted"])
    except _DAMAGED:
        return None
    if len(article) != len(person):
        return None
    if other:
        stay = ~np.isin(article, np.array(other, np.int64))
        article, person = article[stay], person[stay]
    new, saying = said_in(
        conn,
        "article_id IN (SELECT article_id FROM ahead_quoted"
        " UNION ALL SELECT id FROM articles WHERE id > ?)",
        [state.articles],
    )
    if not len(new):
        return article, person
    article, person = np.append(article, new), np.append(person, saying)
    order = np.argsort(article, kind="stable")
    return article[order], person[order]


def packed(numbers: Ints) -> bytes:
    """Whole numbers in as few bytes as will do."""
    for kind in (np.int8, np.int16, np.int32):
        limits = np.iinfo(kind)
        if not len(numbers) or limits.min <= numbers.min() <= numbers.max() <= limits.max:
            numbers = numbers.astype(kind)
            break
    return numbers.dtype.char.encode() + zlib.compress(numbers.tobytes())


def unpacked(value: bytes) -> Ints:
    """What `packed` made."""
    numbers = np.frombuffer(zlib.decompress(value[1:]), value[:1].decode())
    return numbers.astype(np.int64) if len(numbers) else NONE
