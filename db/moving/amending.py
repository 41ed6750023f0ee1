"""Corrections by hand, from one archive to another. Where two contradict each other, ours hold.

Both are kept: theirs as one that was undone, so that a person can make it again. Every function
here works inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from db import overlay
from db.clock import now
from db.correct import speaking
from db.corrections import Correction, everywhere, listed, now_called, of_words, same, standing
from db.keys import find_article, find_quote
from db.moving.copying import Move
from db.moving.rows import Row, numbered, put
from db.moving.tables import NAMED
from ingest.fingerprint import fold

# Picks the corrections to take, all of them where there is none.
Wanted = Callable[[Correction], bool]


@dataclass(frozen=True, slots=True)
class Amended:
    """Corrections that came new, and those among all that contradict one of ours."""

    new: int = 0
    contradict: int = 0


def take(move: Move, wanted: Wanted | None = None) -> Amended:
    """Take over corrections with what has become of them, and apply the new ones that stand.

    `move.corrections` has then our number for each of theirs that stands in both archives.
    """
    conn = move.own
    theirs = listed(move.other, undone=True)
    if not theirs:
        return Amended()
    known = _known(conn)
    new = contradict = 0
    table = NAMED["corrections"]
    columns = move.columns(table)
    rows: dict[int, Row] = {
        row[columns.index("id")]: row
        for row in move.other.execute(f"SELECT {', '.join(columns)} FROM corrections ORDER BY id")
    }
    for correction in theirs:
        if wanted is not None and not wanted(correction):
            continue
        held_one = _held(conn, correction, known)
        if held_one is not None:
            contradict += (held_one.undone is None) != (correction.undone is None)
            if held_one.undone is None and correction.undone is None:
                move.corrections[correction.id] = held_one.id
            continue
        against = correction.undone is None and contradicts(
            conn, correction, apart={*move.corrections.values()}
        )
        contradict += against
        number = numbered(conn, table, [correction.id])
        undone = now() if against else correction.undone
        put(conn, table, columns, [rows[correction.id]], {table.name: number}, undone=undone)
        taken = replace(correction, id=number[correction.id], undone=undone)
        known.setdefault(same(taken), []).append(taken)
        new += 1
        if undone is None:
            move.corrections[correction.id] = taken.id
            for article_id in _concerned(conn, taken):
                overlay.add(conn, article_id, taken)
    return Amended(new, contradict)


def held(ours: Iterable[sqlite3.Connection], theirs: sqlite3.Connection) -> list[bool]:
    """Of each of their corrections, oldest first, whether some archive of ours has it."""
    wanted = listed(theirs, undone=True)
    if not wanted:
        return []
    known = [(conn, _known(conn)) for conn in ours]
    return [any(_held(conn, one, rows) is not None for conn, rows in known) for one in wanted]


def _known(conn: sqlite3.Connection) -> dict[tuple[object, ...], list[Correction]]:
    known: dict[tuple[object, ...], list[Correction]] = {}
    for one in listed(conn, undone=True):
        known.setdefault(same(one), []).append(one)
    return known


def _held(
    conn: sqlite3.Connection,
    correction: Correction,
    known: dict[tuple[object, ...], list[Correction]],
) -> Correction | None:
    """Our own record of the same correction."""
    alike = known.get(same(correction), [])
    key = correction.article
    if key is None:
        return alike[0] if alike else None
    for one in alike:
        if one.article and one.article.words == key.words:
            return one
    article_id = find_article(conn, key) if alike else None
    if article_id is None:
        return None
    # It may have been read anew since, in one of the two archives.
    return next(
        (h for h in alike if h.article and find_article(conn, h.article) == article_id), None
    )


def contradicts(
    conn: sqlite3.Connection, correction: Correction, *, apart: Collection[int] = ()
) -> bool:
    """Whether one of ours that stands says something else of the very same thing.

    `apart` are those of ours that are theirs too: what they changed their mind on is no
    contradiction.
    """
    key = correction.article
    if key is None:
        return _contradicts_everywhere(conn, correction, apart)
    article_id = find_article(conn, key)
    if article_id is None:
        # It waits for its article, and so may one of ours.
        ours = of_words(conn, key.words)
    else:
        ours = [
            one
            for one in standing(conn, article_id)
            if one.article and find_article(conn, one.article) == article_id
        ]
    return any(
        one.value != correction.value
        and one.id not in apart
        and _same_thing(conn, article_id, one, correction)
        for one in ours
    )


def _contradicts_everywhere(
    conn: sqlite3.Connection, correction: Correction, apart: Collection[int]
) -> bool:
    merges = everywhere(conn)
    subject, value = fold(correction.subject or ""), correction.value or ""
    held = merges.get(subject)
    if held is not None and held.id not in apart:
        return fold(now_called(conn, held.value or "")) != fold(now_called(conn, value))
    # Ours says it the other way round.
    return fold(now_called(conn, value)) == subject


def _same_thing(
    conn: sqlite3.Connection, article_id: int | None, one: Correction, other: Correction
) -> bool:
    people = ("merge", "split")
    same_words = fold(one.subject or "") == fold(other.subject or "")
    if one.kind in people and other.kind in people:
        return same_words
    if one.kind != other.kind:
        return False
    if one.kind != "speaker":
        return True
    if article_id is None:
        return same_words and one.occurrence == other.occurrence
    rows = {
        find_quote(conn, article_id, which.subject or "", which.occurrence or 1)
        for which in (one, other)
    }
    return len(rows) == 1 and None not in rows


def _concerned(conn: sqlite3.Connection, correction: Correction) -> Sequence[int]:
    if correction.article is None:
        return speaking(conn, correction.subject or "")
    found = find_article(conn, correction.article)
    return [found] if found is not None else []


def lay(move: Move, homes: Iterable[tuple[int, int]]) -> None:
    """Let copied articles (their number, ours) show the corrections that stand here, no others.

    What stands there, in the same order, is laid already.
    """
    conn = move.own
    if not (_any(conn) or _any(move.other)):
        return
    for article, own in homes:
        theirs = standing(move.other, article)
        ours = standing(conn, own)
        if [move.corrections.get(one.id) for one in theirs] != [one.id for one in ours] or any(
            one.article and find_article(conn, one.article) != own for one in ours
        ):
            overlay.relay(conn, own)
        else:
            overlay.take_from_others(conn, own, ours)


def _any(conn: sqlite3.Connection) -> bool:
    return conn.execute("SELECT 1 FROM corrections LIMIT 1").fetchone() is not None
