"""What is told of every article and paragraph at once, out of the indexes of their tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from db.search.numbers import NONE, Ints, columns, numbers_of

_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Facts:
    """Date, publisher and copies of all articles, in order of their number.

    `moment` is a place in `moments`, which are in order; "", first of them, is no date. `publisher`
    is one in `publishers`. `copies` has the lowest number of those that are whole copies of each
    other, 0 where there are none; it is empty where no two articles are.
    """

    articles: Ints
    moment: Ints
    moments: list[str]
    publisher: Ints
    publishers: list[str | None]
    copies: Ints


def facts_of(conn: sqlite3.Connection) -> Facts | None:
    """Of all articles, by date and by publisher out of the indexes: no row of the table is read.

    None where an article has "" for its date and another has none.
    """
    dates = conn.execute(
        "SELECT published, count(*) FROM articles GROUP BY published ORDER BY published"
    ).fetchall()
    # What has no date comes first.
    moments = [date or "" for date, _ in dates]
    if "" in moments[1:]:
        return None
    (text,) = conn.execute(
        "SELECT group_concat(id) FROM (SELECT id FROM articles ORDER BY published, id)"
    ).fetchone()
    in_order = numbers_of(text)
    place = np.argsort(in_order, kind="stable")
    moment = np.repeat(np.arange(len(dates)), [held for _, held in dates])
    articles = in_order[place]
    publishers: list[str | None] = []
    publisher = np.zeros(len(articles), np.int64)
    for name, held in conn.execute(
        "SELECT publisher, group_concat(id) FROM articles GROUP BY publisher"
    ):
        publisher[np.searchsorted(articles, numbers_of(held))] = len(publishers)
        publishers.append(name)
    copies = copies_of_all(conn, articles)
    return Facts(articles, moment[place], moments, publisher, publishers, copies)


def copies_of_all(conn: sqlite3.Connection, articles: Ints) -> Ints:
    """`Facts.copies` of all articles."""
    stories = dict(conn.execute("SELECT id, story FROM articles WHERE story IS NOT NULL"))
    return copies_among(conn, articles, stories, all_of_them=True)


def copies_among(
    conn: sqlite3.Connection, articles: Ints, stories: dict[int, int], *, all_of_them: bool = False
) -> Ints:
    """`Facts.copies` of articles, of which some belong to a story."""
    if not stories:
        return NONE
    copies = np.zeros(len(articles), np.int64)
    roots = _copies(conn, None if all_of_them else sorted(set(stories.values())))
    for at, article in zip(np.searchsorted(articles, list(stories)).tolist(), stories, strict=True):
        copies[at] = roots.get(article, 0)
    return copies


def _copies(conn: sqlite3.Connection, stories: list[int] | None) -> dict[int, int]:
    """Article -> the lowest article of those that are whole copies of each other.

    A story also takes in articles that share a part only; those have more to say and stay.
    """
    sql = "SELECT article_id, other_id FROM copies WHERE kind = 'near'"
    pairs: Iterable[tuple[int, int]]
    if stories is None:
        pairs = conn.execute(sql)
    else:
        pairs = conn.execute(
            f"{sql} AND article_id IN"
            " (SELECT id FROM articles WHERE story IN (SELECT value FROM json_each(?)))",
            [json.dumps(stories)],
        )
    parent: dict[int, int] = {}

    def root(item: int) -> int:
        while parent.setdefault(item, item) != item:
            item = parent[item] = parent[parent[item]]
        return item

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {item: root(item) for item in list(parent)}


def articles_of_all(conn: sqlite3.Connection) -> Ints:
    """The article of each paragraph, by the paragraph's number; 0 where there is none."""
    last, upto = conn.execute("SELECT max(id), max(article_id) FROM paragraphs").fetchone()
    found = np.zeros((last or 0) + 1, np.int32)
    # Out of an index that has all of it, so many articles at a time: texts of a few megabytes.
    for first in range(0, (upto or 0) + 1, _AT_ONCE):
        rows, articles = conn.execute(
            "SELECT group_concat(id), group_concat(article_id) FROM paragraphs"
            " WHERE article_id BETWEEN ? AND ?",
            [first, first + _AT_ONCE - 1],
        ).fetchone()
        found[numbers_of(rows)] = numbers_of(articles)
    return found


def said_in(
    conn: sqlite3.Connection, within: str = "1", values: Sequence[Any] = ()
) -> tuple[Ints, Ints]:
    """Articles, in order, with whom each of them quotes, once for each; `within` is a condition."""
    sql = (
        "SELECT DISTINCT article_id, person_id FROM quotes"
        f" WHERE person_id IS NOT NULL AND kind <> 'other' AND {within}"
    )
    article, person = columns(conn, sql, ("article_id", "person_id"), values)
    return article, person
