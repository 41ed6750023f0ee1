"""Copies of a story that lie in several shards: `shards.copies` in the folder.

They are found by the fingerprints of `db.sketches` and compared as in `db.copies`. The file is made
of what the shards hold: without it, copies in other shards are shown as articles of their own, and
the next taking in, or `link`, makes it anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from threading import Lock

import numpy as np

from db.copies import SOME, Copy, CopyKind, compare
from db.opening import BUSY_SECONDS
from db.search.numbers import Ints, columns
from db.shards.ids import ROWS, joined, parted
from db.sketches import MOST_SHARING, having, runs_of, sketch

FILE = "shards.copies"

# Shard -> articles, in order, and the number, over all shards, that each shares with its copies.
Roots = Mapping[int, tuple[Ints, Ints]]
# The connections to all shards, by number.
Conns = Mapping[int, sqlite3.Connection]

_TABLES = (
    "CREATE TABLE IF NOT EXISTS pairs (one INTEGER NOT NULL, other INTEGER NOT NULL,"
    " kind TEXT NOT NULL, shared REAL NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS pairs_other ON pairs (other)",
    # Whole copies of each other of which not all are in one shard; all of them.
    "CREATE TABLE IF NOT EXISTS groups (article INTEGER PRIMARY KEY, root INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS groups_root ON groups (root)",
    # The last row of revisions of each shard that was looked at.
    "CREATE TABLE IF NOT EXISTS compared (shard INTEGER PRIMARY KEY, revision INTEGER NOT NULL)",
)
_CHANGED = (
    "SELECT article_id, max(id) FROM revisions WHERE id > ? GROUP BY article_id ORDER BY article_id"
)


def link(path: Path, conns: Conns, *, anew: bool = False) -> int:
    """Find the copies of what came into any shard since the last time; how many articles that was.

    `anew` looks at all of them. One process at a time may do this (`folder.locked`). Raises
    sqlite3.Error where the file cannot be written.
    """
    try:
        return _linked(path, conns, anew)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
    # It is made of what the shards hold, so it can be thrown away, unless a shard is damaged.
    for file in path.glob(f"{FILE}*"):
        file.unlink()
    return _linked(path, conns, anew)


def _linked(path: Path, conns: Conns, anew: bool) -> int:
    with closing(sqlite3.connect(path / FILE, timeout=BUSY_SECONDS, isolation_level=None)) as book:
        book.execute("PRAGMA journal_mode = WAL")
        book.execute("PRAGMA synchronous = NORMAL")
        for statement in _TABLES:
            book.execute(statement)
        if anew:
            book.execute("DELETE FROM compared")
        done = dict(book.execute("SELECT shard, revision FROM compared"))
        count = 0
        for number, conn in conns.items():
            rows = conn.execute(_CHANGED, [done.get(number, 0)]).fetchall()
            if not rows:
                continue
            book.execute("BEGIN IMMEDIATE")
            try:
                for article, _ in rows:
                    _link(book, conns, number, article)
                book.execute(
                    "INSERT OR REPLACE INTO compared (shard, revision) VALUES (?, ?)",
                    [number, max(revision for _, revision in rows)],
                )
                book.execute("COMMIT")
            except BaseException:
                book.execute("ROLLBACK")
                raise
            count += len(rows)
        return count


def _link(book: sqlite3.Connection, conns: Conns, number: int, article: int) -> None:
    own = joined(number, article)
    (root,) = book.execute("SELECT max(root) FROM groups WHERE article = ?", [own]).fetchone()
    before = [row[0] for row in book.execute("SELECT article FROM groups WHERE root = ?", [root])]
    book.execute("DELETE FROM pairs WHERE one = ? OR other = ?", [own, own])
    for other, copy in _copies(conns, number, article):
        book.execute(
            "INSERT INTO pairs (one, other, kind, shared) VALUES (?, ?, ?, ?)",
            [own, joined(other, copy.article_id), copy.kind, copy.shared],
        )
    book.execute("DELETE FROM groups WHERE root = ?", [root])
    seen: set[int] = set()
    for one in (own, *before):
        if one not in seen:
            group = _group(book, conns, one)
            seen |= group
            if len({parted(member)[0] for member in group}) > 1:
                book.executemany(
                    "INSERT OR REPLACE INTO groups (article, root) VALUES (?, ?)",
                    [(member, min(group)) for member in group],
                )


def _copies(conns: Conns, number: int, article: int) -> Iterator[tuple[int, Copy]]:
    """The copies of an article in the other shards, each with its shard's number."""
    found = runs_of(conns[number], article)
    sharing: Counter[tuple[int, int]] = Counter()
    few: set[tuple[int, int]] = set()
    for value in sketch(found):
        others = {
            shard: having(conn, value, article if shard == number else 0)
            for shard, conn in conns.items()
        }
        many = sum(map(len, others.values())) > MOST_SHARING
        for shard, rows in others.items():
            have = [(shard, row) for row in rows[: SOME if many else None]]
            sharing.update(have)
            few.update(() if many else have)
    best = sorted(sharing, key=lambda one: (-sharing[one], one))[:MOST_SHARING]
    for shard, other in best:
        if shard != number:
            whole = (shard, other) not in few
            if (copy := compare(conns[shard], found, other, whole=whole)) is not None:
                yield shard, copy


def _group(book: sqlite3.Connection, conns: Conns, article: int) -> set[int]:
    """All articles that are whole copies of this one, and their whole copies, in all shards."""
    group, open_ = {article}, [article]
    while open_:
        one = open_.pop()
        number, local = parted(one)
        beside = [
            *book.execute(
                "SELECT other FROM pairs WHERE one = ?1 AND kind = 'near'"
                " UNION SELECT one FROM pairs WHERE other = ?1 AND kind = 'near'",
                [one],
            )
        ]
        if number in conns:
            beside += [
                (joined(number, row[0]),)
                for row in conns[number].execute(
                    "SELECT other_id FROM copies WHERE article_id = ?1 AND kind = 'near'"
                    " UNION SELECT article_id FROM copies WHERE other_id = ?1 AND kind = 'near'",
                    [local],
                )
            ]
        for (other,) in beside:
            if other not in group:
                group.add(other)
                open_.append(other)
    return group


class Links:
    """The copies across shards, to read. They may be asked for from several threads."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.DatabaseError where there are none yet, or the file is damaged."""
        self._conn = sqlite3.connect(
            f"{(path / FILE).resolve().as_uri()}?mode=ro", uri=True, timeout=5,
            check_same_thread=False, isolation_level=None,
        )  # fmt: skip
        self._conn.execute("SELECT 1 FROM groups JOIN pairs LIMIT 1")
        self._lock = Lock()
        self._roots: tuple[int, Roots] | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

    def roots(self) -> Roots:
        """Which articles are whole copies of each other, not all of them in one shard."""
        with self._lock:
            (state,) = self._conn.execute("PRAGMA data_version").fetchone()
            if self._roots is None or self._roots[0] != state:
                sql = "SELECT article, root FROM groups"
                articles, roots = columns(self._conn, sql, ("article", "root"))
                shards, own = np.divmod(articles, ROWS)
                made = {
                    int(shard): (own[shards == shard], roots[shards == shard])
                    for shard in np.unique(shards)
                }
                self._roots = state, made
            return self._roots[1]

    def beside(self, articles: Iterable[int]) -> list[tuple[int, int, CopyKind, float]]:
        """The copies in other shards of any of these articles: (article, copy, kind, shared)."""
        asked = json.dumps(list(articles))
        with self._lock:
            return self._conn.execute(
                "SELECT one, other, kind, shared FROM pairs"
                " WHERE one IN (SELECT value FROM json_each(?1))"
                " UNION SELECT other, one, kind, shared FROM pairs"
                " WHERE other IN (SELECT value FROM json_each(?1)) ORDER BY 1, 2",
                [asked],
            ).fetchall()
