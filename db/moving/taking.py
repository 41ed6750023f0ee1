"""A group of articles taken into an archive, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from db import overlay
from db.corrections import standing
from db.moving import amending, stories
from db.moving.copying import Move
from db.moving.joining import add_captures, join
from db.moving.known import CAPTURES, Recogniser
from db.moving.rows import Numbers, listed
from db.moving.same import History, history, marks, versions

# So many articles, or so many characters of them, are one transaction.
TOGETHER, LONG = 250, 8_000_000

_ADDRESSES = """
SELECT article_id, url FROM addresses WHERE article_id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of articles: new here, known here, known and joined with their revisions.

    `captures` counts those that known articles were given, `revisions` those that came new with
    joined ones, `otherwise` the revisions whose bytes both have read, each in its own way: ours
    hold.
    """

    new: int = 0
    known: int = 0
    joined: int = 0
    captures: int = 0
    revisions: int = 0
    otherwise: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.new + other.new, self.known + other.known, self.joined + other.joined,
            self.captures + other.captures, self.revisions + other.revisions,
            self.otherwise + other.otherwise,
        )  # fmt: skip


def groups(conn: sqlite3.Connection, ids: Iterable[int] | None = None) -> Iterator[list[int]]:
    """The articles of an archive, or these of them, in groups for one transaction each."""
    if ids is None:
        ids = (row[0] for row in conn.execute("SELECT id FROM articles ORDER BY id"))
    group: list[int] = []
    length = 0
    for article in ids:
        group.append(article)
        (size,) = conn.execute(
            "SELECT end - start FROM articles WHERE id = ?", [article]
        ).fetchone()
        length += size
        if len(group) == TOGETHER or length > LONG:
            yield group
            group, length = [], 0
    if group:
        yield group


def take(
    move: Move, ids: Sequence[int], recogniser: Recogniser | None, *, alone: bool = False
) -> Tally:
    """Take these articles in, inside the transaction that has begun.

    Without a recogniser all of them are new. `alone` says that our archive has articles of theirs
    only, so that no copies are to be found but theirs.
    """
    homes = recogniser.find(ids) if recogniser else {}
    changed = _changed(move, homes)
    merged = {
        article: history(versions(move.own, homes[article]), versions(move.other, article))
        for article in changed
    }
    joined = [article for article in changed if merged[article].has_news]
    new = [article for article in ids if article not in homes]
    copied = move.copy(sorted([*new, *joined]))
    fresh = {article: copied[article] for article in new}
    alike = {article for article in homes if _is_alike(move, article, homes, merged)}
    move.note({**fresh, **homes}, alike={*new, *alike})
    captures = 0
    for article in changed:
        own = homes[article]
        if article in joined:
            join(move.own, own, copied[article], merged[article])
            overlay.lay(move.own, own)
            if merged[article].theirs_is_current:
                stories.anew(move.own, own)
        else:
            before = move.own.total_changes
            captures += add_captures(move, article, own, merged[article])
            if move.own.total_changes > before and standing(move.own, own):
                overlay.relay(move.own, own)
    if new:
        stories.keep(move, fresh)
        if not alone:
            stories.across(move, fresh.values())
        amending.lay(move, fresh.items())
    return Tally(
        len(new), len(homes) - len(joined), len(joined), captures,
        sum(not ours for article in joined for ours, _ in merged[article].order),
        sum(one.otherwise for one in merged.values()),
    )  # fmt: skip


def _changed(move: Move, homes: Numbers) -> list[int]:
    """Those that may have something that ours have not: a revision, a capture, an address."""
    if not homes:
        return []
    theirs = _held(move.other, homes)
    ours = _held(move.own, homes.values())
    return [article for article, own in homes.items() if not theirs[article] <= ours[own]]


def _held(conn: sqlite3.Connection, ids: Iterable[int]) -> dict[int, set[object]]:
    ids = list(ids)
    found: dict[int, set[object]] = {article: set() for article in ids}
    for article, versions_ in marks(conn, ids).items():
        found[article].update(version.mark for version in versions_)
    for sql in (CAPTURES, _ADDRESSES):
        for article, *values in conn.execute(sql, [listed(ids)]):
            found[article].add(tuple(values))
    return found


def _is_alike(move: Move, article: int, homes: Numbers, merged: dict[int, History]) -> bool:
    """Whether our article has, or will have, the words that theirs has now."""
    if article in merged and merged[article].has_news:
        return merged[article].theirs_is_current
    sql = (
        "SELECT fingerprint FROM revisions JOIN articles ON articles.id = article_id"
        " AND number = revision WHERE articles.id = ?"
    )
    theirs = move.other.execute(sql, [article]).fetchone()
    return bool(theirs == move.own.execute(sql, [homes[article]]).fetchone())
