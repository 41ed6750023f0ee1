"""Everything of theirs found again in ours, by its content.

The rows of each article are compared as they stand, row numbers left out, which is surer than any
digest of them. Where they differ, as they may in an article that both had, each revision, capture,
address and quotation is looked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.moving import amending
from db.moving.copying import Move
from db.moving.rest import LEFT_OVER, missing
from db.moving.rows import Row, listed
from db.moving.same import history, versions
from db.moving.tables import ARTICLES, NAMED, PARTS, Table, columns_of
from db.moving.taking import groups
from db.sketches import KEPT_IN

# What a column of row numbers stands for.
_MEANT = {
    "text_id": "(SELECT sha256 FROM texts WHERE texts.id = text_id)",
    "source_id": "(SELECT location FROM sources WHERE sources.id = source_id)",
    "paragraph_id": "(SELECT position FROM paragraphs AS p WHERE p.id = {}.paragraph_id)",
    "person_id": "(SELECT coalesce(full_name, name) FROM people WHERE people.id = person_id)",
}
# Corrections lie over rows that stand here otherwise; sketches are made of the paragraphs.
_LEFT_OUT = {"corrected_articles", "as_read", "quote_pieces", *KEPT_IN}
_PIECES = (
    "(SELECT json_group_array(json_array(start, end)) FROM (SELECT start, end FROM quote_pieces"
    " WHERE quote_id = quotes.id ORDER BY position))"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """How much of theirs was found again, by kind; what was not, a line each."""

    found: dict[str, int]
    problems: tuple[str, ...] = ()


def prove(moves: Sequence[Move], plans: Sequence[Iterable[int] | None]) -> Proof:
    """Look for everything of another archive in those of ours that it was moved into.

    `plans` are the articles that went into each, None for all.
    """
    found: dict[str, int] = defaultdict(int)
    problems: list[str] = []
    for move, plan in zip(moves, plans, strict=True):
        for ids in groups(move.other, plan):
            problems += _articles(move, ids, found)
    for name in LEFT_OVER:
        lost = sum(len(ids) for ids in missing(moves, name))
        (held,) = (
            moves[0]
            .other.execute(f"SELECT count(*) FROM {name} WHERE {NAMED[name].key[0]} IS NOT NULL")
            .fetchone()
        )
        found[name] = held - lost
        if lost:
            problems.append(f"{name}: {lost} of {held} are not there")
    held = amending.held([move.own for move in moves], moves[0].other)
    found["corrections"] = sum(held)
    if not all(held):
        problems.append(f"corrections: {held.count(False)} of {len(held)} are not there")
    return Proof(dict(found), tuple(problems))


def _articles(move: Move, ids: list[int], found: dict[str, int]) -> Iterator[str]:
    homes = move.homes(ids)
    theirs = _rows(move.other, ids)
    ours = _rows(move.own, homes.values())
    for article in ids:
        own = homes.get(article)
        if own is None or own not in ours:
            yield f"article {article} is not there"
            continue
        for name, rows in theirs[article].items():
            found[name] += len(rows)
        if theirs[article] != ours[own]:
            for line in _looked_for(move, article, own):
                yield f"article {article}, {own} here: {line}"


def _rows(conn: sqlite3.Connection, ids: Iterable[int]) -> dict[int, dict[str, list[Row]]]:
    """Of each article, by table, its rows by their content, in their order."""
    wanted = listed(ids)
    found: dict[int, dict[str, list[Row]]] = {}
    for table in (ARTICLES, *PARTS):
        if table.name in _LEFT_OUT:
            continue
        for article, *values in conn.execute(_sql(conn, table), [wanted]):
            found.setdefault(article, {}).setdefault(table.name, []).append(tuple(values))
    return found


def _sql(conn: sqlite3.Connection, table: Table) -> str:
    key = "id" if table is ARTICLES else "article_id"
    # A story goes by a row number.
    left_out = {"id", "article_id", "story"}
    columns = [c for c in columns_of(conn, table.name) if c not in left_out]
    meant = [_MEANT.get(c, c).format(table.name) if c in table.refs else c for c in columns]
    if table.name == "quotes":
        meant.append(_PIECES)
    return (
        f"SELECT {key}, {', '.join(meant)} FROM {table.name}"
        f" WHERE {key} IN (SELECT value FROM json_each(?))"
        " ORDER BY id"
    )


def _looked_for(move: Move, article: int, own: int) -> Iterator[str]:
    theirs, ours = versions(move.other, article), versions(move.own, own)
    merged = history(ours, theirs)
    lost = [number for is_ours, number in merged.order if not is_ours]
    for number in lost:
        yield f"revision {number} is not there"
    for what, sql in (("capture", _CAPTURES), ("address", _ADDRESSES)):
        gone = set(move.other.execute(sql, [article])) - set(move.own.execute(sql, [own]))
        for row in sorted(map(str, gone)):
            yield f"the {what} {row} is not there"
    marks = {version.mark: version.number for version in ours}
    for version in theirs:
        if version.mark in marks:
            said = set(_said(move.other, article, version.number))
            gone = said - set(_said(move.own, own, marks[version.mark]))
            if gone:
                yield f"{len(gone)} quotations of revision {version.number} are not there"


_CAPTURES = (
    "SELECT location, captures.sha256, texts.sha256 FROM captures"
    " JOIN sources ON sources.id = source_id JOIN texts ON texts.id = text_id"
    " WHERE article_id = ?"
)
_ADDRESSES = "SELECT url FROM addresses WHERE article_id = ?"


def _said(conn: sqlite3.Connection, article: int, number: int) -> list[tuple[str, int, int]]:
    (reading,) = conn.execute(
        "SELECT reading FROM revisions WHERE article_id = ? AND number = ?", [article, number]
    ).fetchone()
    if reading is None:
        return conn.execute(
            "SELECT text, start, end FROM quotes WHERE article_id = ?", [article]
        ).fetchall()
    return [(q["text"], q["start"], q["end"]) for q in json.loads(reading)["quotes"]]
