"""Copies and stories of articles that were moved: kept among theirs, found anew across the two.

Every function here works inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from db.copies import Copy, candidates, compare
from db.moving.copying import Move
from db.moving.rows import Numbers, listed
from db.sketches import runs_of, sketch
from db.stories import group, put_together

_PAIRS = """
SELECT article_id, other_id, kind, shared FROM copies
WHERE article_id IN (SELECT value FROM json_each(?1))
UNION
SELECT article_id, other_id, kind, shared FROM copies
WHERE other_id IN (SELECT value FROM json_each(?1))
ORDER BY article_id, other_id
"""
_STORIES = """
SELECT id, story FROM articles WHERE story IN (
    SELECT story FROM articles WHERE id IN (SELECT value FROM json_each(?)))
ORDER BY id
"""


def keep(move: Move, new: Numbers) -> None:
    """Keep what the other archive found of the articles `new` (their number -> ours)."""
    ids = listed(new)
    pairs = move.other.execute(_PAIRS, [ids]).fetchall()
    stories = move.other.execute(_STORIES, [ids]).fetchall()
    if not pairs and not stories:
        return
    wanted = {row for pair in pairs for row in pair[:2]} | {row for row, _ in stories}
    homes = move.homes(wanted, alike=True)
    rows = [
        (homes[one], homes[other], kind, shared)
        for one, other, kind, shared in pairs
        if one in homes and other in homes
    ]
    held = _pairs(move.own, {row[0] for row in rows} | {row[1] for row in rows})
    move.own.executemany(
        "INSERT INTO copies (article_id, other_id, kind, shared) VALUES (?, ?, ?, ?)",
        [row for row in rows if frozenset(row[:2]) not in held],
    )
    members: dict[int, list[int]] = defaultdict(list)
    for row, story in stories:
        if row in homes:
            members[story].append(homes[row])
    for together in members.values():
        if len(together) > 1:
            put_together(move.own, together)


def across(move: Move, new: Iterable[int]) -> None:
    """Find the copies that our articles `new`, just copied, have among those from elsewhere."""
    conn = move.own
    for article_id in new:
        others = candidates(conn, article_id, sketch(runs_of(conn, article_id)))
        if not others:
            continue
        theirs = conn.execute(
            "SELECT own FROM moved WHERE source = ? AND alike"
            " AND own IN (SELECT value FROM json_each(?))",
            [move.source, listed(others)],
        )
        # What is a copy among theirs they have found already.
        for (row,) in theirs.fetchall():
            others.pop(row, None)
        found = _copies(conn, article_id, others)
        if not found:
            continue
        held = _pairs(conn, [article_id])
        conn.executemany(
            "INSERT INTO copies (article_id, other_id, kind, shared) VALUES (?, ?, ?, ?)",
            [
                (article_id, copy.article_id, copy.kind, copy.shared)
                for copy in found
                if frozenset((article_id, copy.article_id)) not in held
            ],
        )
        put_together(conn, [article_id, *(copy.article_id for copy in found)])


def anew(conn: sqlite3.Connection, article_id: int) -> None:
    """Find all copies of an article of ours, which has left its story as its words changed."""
    others = candidates(conn, article_id, sketch(runs_of(conn, article_id)))
    group(conn, article_id, _copies(conn, article_id, others))


def _copies(conn: sqlite3.Connection, article_id: int, others: dict[int, bool]) -> list[Copy]:
    if not others:
        return []
    own = runs_of(conn, article_id)
    found = (compare(conn, own, other, whole=whole) for other, whole in others.items())
    return [copy for copy in found if copy is not None]


def _pairs(conn: sqlite3.Connection, ids: Iterable[int]) -> set[frozenset[int]]:
    return {frozenset(row[:2]) for row in conn.execute(_PAIRS, [listed(ids)])}
