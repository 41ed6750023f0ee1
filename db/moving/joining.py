"""An article that both archives have: one history, and the newer reading of the two.

`join` works on two articles of our archive, theirs having been copied into it. Every function here
works inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from db import overlay
from db.moving.copying import Move
from db.moving.rows import put
from db.moving.same import History
from db.moving.tables import ARTICLES, NAMED, columns_of
from db.people import drop_silent
from db.reading import reading
from db.sketches import forget_sketch, keep_sketch
from db.stories import leave_story
from ingest.article import BY_HAND

# What a colleague gave by hand for a copy does not stand above our reading of it.
BY_ANOTHER = f"{BY_HAND} in another archive"
# Revisions are numbered anew; their old numbers wait up here.
_ASIDE = 1_000_000
# What is shown of an article, and goes with the reading that is current.
_SHOWN = (
    "quotes", "paragraphs", "furniture", "mentions", "other_names", "descriptions", "facts",
)  # fmt: skip


def add_captures(move: Move, article: int, own: int, merged: History) -> int:
    """Add to our article the captures and addresses of theirs, whose revisions we have all.

    What both say of it, each place by its name, is kept too where they hold the same revision.
    Returns how many captures were new.
    """
    table = NAMED["captures"]
    columns = move.columns(table)
    maps = {
        "texts": move.texts_of([article]),
        "sources": move.sources_of([article]),
        "articles": {article: own},
    }
    move.raw_of([article])
    at = {name: columns.index(name) for name in columns}
    rows = []
    held = _captures(move.own, own)
    for row in move.other.execute(
        f"SELECT {', '.join(columns)} FROM captures WHERE article_id = ? ORDER BY id", [article]
    ):
        values = list(row)
        values[at["revision"]] = merged.same[values[at["revision"]]]
        key = (
            maps["sources"][values[at["source_id"]]], values[at["sha256"]],
            maps["texts"][values[at["text_id"]]], values[at["revision"]],
        )  # fmt: skip
        if key not in held:
            held.add(key)
            rows.append(tuple(values))
    (last,) = move.own.execute("SELECT coalesce(max(id), 0) FROM captures").fetchone()
    maps["captures"] = {row[at["id"]]: last + n for n, row in enumerate(rows, 1)}
    put(move.own, table, columns, rows, maps)
    move.own.executemany(
        "INSERT OR IGNORE INTO addresses (article_id, url, key) VALUES (?, ?, ?)",
        move.other.execute(
            "SELECT ?, url, key FROM addresses WHERE article_id = ? ORDER BY id", [own, article]
        ).fetchall(),
    )
    (now,) = move.other.execute("SELECT revision FROM articles WHERE id = ?", [article]).fetchone()
    (ours,) = move.own.execute("SELECT revision FROM articles WHERE id = ?", [own]).fetchone()
    if merged.same[now] == ours:
        _add_facts(
            move.own, own,
            move.other.execute(
                "SELECT field, value, origin, weight FROM facts WHERE article_id = ? ORDER BY id",
                [article],
            ).fetchall(),
        )  # fmt: skip
    return len(rows)


def _captures(conn: sqlite3.Connection, article_id: int) -> set[tuple[object, ...]]:
    return set(
        conn.execute(
            "SELECT source_id, sha256, text_id, revision FROM captures WHERE article_id = ?",
            [article_id],
        )
    )


def _add_facts(
    conn: sqlite3.Connection, own: int, facts: list[tuple[str, str, str, float]]
) -> None:
    held = set(conn.execute("SELECT field, value, origin FROM facts WHERE article_id = ?", [own]))
    new = []
    for field, value, origin, weight in facts:
        if (field, value, origin) in held:
            continue
        origin = BY_ANOTHER if origin == BY_HAND else origin
        if (field, value, origin) not in held:
            held.add((field, value, origin))
            new.append((own, field, value, origin, weight))
    conn.executemany(
        "INSERT INTO facts (article_id, field, value, origin, weight) VALUES (?, ?, ?, ?, ?)", new
    )


def join(conn: sqlite3.Connection, own: int, theirs: int, merged: History) -> None:
    """Make the article `theirs` a part of `own`, and one article of the two.

    Corrections are lifted off; whoever calls this lays them again.
    """
    named = overlay.lift(conn, own) | overlay.lift(conn, theirs)
    people = named | _people(conn, (own, theirs))
    numbers: dict[bool, dict[int, int]] = {True: {}, False: {}}
    for number, (ours, old) in enumerate(merged.order, 1):
        numbers[ours][old] = number
    for old, kept in merged.same.items():
        numbers[False][old] = numbers[True][kept]
    _keep_reading(conn, own, theirs, merged.theirs_is_current)
    _join_revisions(conn, own, theirs, numbers, merged.same)
    _join_captures(conn, own, theirs, numbers)
    conn.execute(
        "INSERT OR IGNORE INTO addresses (article_id, url, key)"
        " SELECT ?, url, key FROM addresses WHERE article_id = ? ORDER BY id",
        [own, theirs],
    )
    forget_sketch(conn, theirs)
    if merged.theirs_is_current:
        _show(conn, own, theirs)
    conn.execute("UPDATE articles SET revision = ? WHERE id = ?", [len(merged.order), own])
    conn.execute("DELETE FROM articles WHERE id = ?", [theirs])
    drop_silent(conn, people)


def _people(conn: sqlite3.Connection, articles: Collection[int]) -> set[int]:
    return {
        row[0]
        for article_id in articles
        for row in conn.execute(
            "SELECT person_id FROM quotes WHERE article_id = ? AND person_id IS NOT NULL",
            [article_id],
        )
    }


def _keep_reading(conn: sqlite3.Connection, own: int, theirs: int, theirs_is_current: bool) -> None:
    """Keep, with its revision, the reading of the two that will not be shown."""
    superseded = own if theirs_is_current else theirs
    conn.execute(
        "UPDATE revisions SET reading = ? WHERE article_id = ?"
        " AND number = (SELECT revision FROM articles WHERE id = ?)",
        [reading(conn, superseded), superseded, superseded],
    )


def _join_revisions(
    conn: sqlite3.Connection,
    own: int,
    theirs: int,
    numbers: dict[bool, dict[int, int]],
    same: Collection[int],
) -> None:
    conn.executemany(
        "DELETE FROM revisions WHERE article_id = ? AND number = ?", [(theirs, n) for n in same]
    )
    conn.execute("UPDATE revisions SET number = number + ? WHERE article_id = ?", [_ASIDE, own])
    conn.executemany(
        "UPDATE revisions SET article_id = ?, number = ? WHERE article_id = ? AND number = ?",
        [
            *((own, new, own, old + _ASIDE) for old, new in numbers[True].items()),
            *((own, new, theirs, old) for old, new in numbers[False].items() if old not in same),
        ],
    )


def _join_captures(
    conn: sqlite3.Connection, own: int, theirs: int, numbers: dict[bool, dict[int, int]]
) -> None:
    held: set[tuple[object, ...]] = set()
    for ours, article_id in ((True, own), (False, theirs)):
        for row, source, digest, text, revision in conn.execute(
            "SELECT id, source_id, sha256, text_id, revision FROM captures WHERE article_id = ?"
            " ORDER BY id",
            [article_id],
        ).fetchall():
            key = (source, digest, text, numbers[ours][revision])
            if not ours and key in held:
                conn.execute("DELETE FROM captures WHERE id = ?", [row])
                continue
            held.add(key)
            conn.execute(
                "UPDATE captures SET article_id = ?, revision = ? WHERE id = ?",
                [own, numbers[ours][revision], row],
            )


def _show(conn: sqlite3.Connection, own: int, theirs: int) -> None:
    """Put the reading of `theirs` in the place of that of `own`."""
    forget_sketch(conn, own)
    for table in _SHOWN:
        conn.execute(f"DELETE FROM {table} WHERE article_id = ?", [own])
    for table in _SHOWN:
        # Quotes keep their paragraphs' numbers, which move along.
        conn.execute(f"UPDATE {table} SET article_id = ? WHERE article_id = ?", [own, theirs])
    columns = [c for c in columns_of(conn, ARTICLES.name) if c not in ("id", "revision", "story")]
    values = conn.execute(
        f"SELECT {', '.join(columns)} FROM articles WHERE id = ?", [theirs]
    ).fetchone()
    settings = ", ".join(f"{column} = ?" for column in columns)
    conn.execute(f"UPDATE articles SET {settings} WHERE id = ?", [*values, own])
    keep_sketch(conn, own)
    leave_story(conn, own)
