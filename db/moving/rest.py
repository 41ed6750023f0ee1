"""What hangs on no article: failures, fetches, spellings; texts, bytes and places left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from db.moving.copying import Move
from db.moving.rows import keys_of
from db.moving.tables import NAMED

# Everything known by its content, corrections apart: see amending.py.
LEFT_OVER = ("texts", "raw_captures", "sources", "people", "spellings", "failures", "fetches")
_AT_ONCE = 2_000

# The later word of the two counts.
_LATER = {"failures": "failed", "fetches": "fetched"}


def missing(moves: Sequence[Move], name: str) -> Iterator[list[int]]:
    """The numbers of their rows that none of our archives holds, some at a time.

    `moves` are the same archive on its way into several of ours.
    """
    table = NAMED[name]
    last = 0
    while True:
        theirs = {
            row: tuple(key)
            for row, *key in moves[0].other.execute(
                f"SELECT id, {', '.join(table.key)} FROM {name} WHERE id > ? ORDER BY id LIMIT ?",
                [last, _AT_ONCE],
            )
        }
        if not theirs:
            return
        last = max(theirs)
        # A person without a full name is nobody without his article.
        wanted = {key: row for row, key in theirs.items() if None not in key}
        for move in moves:
            first = {key[0] for key in wanted}
            for key in keys_of(move.own, table, table.key[0], first).values():
                wanted.pop(key, None)
        if wanted:
            yield sorted(wanted.values())


def take(move: Move, name: str, ids: Iterable[int]) -> None:
    """Copy these rows."""
    move.shared(name, ids)


def freshen(move: Move) -> None:
    """Where both know a place: the later failure, the later fetch, the earlier first reading."""
    for name, when in _LATER.items():
        table = NAMED[name]
        columns = [c for c in move.columns(table) if c != "id"]
        settings = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in table.key)
        _upsert(
            move, name, columns,
            f"DO UPDATE SET {settings} WHERE excluded.{when} > {name}.{when}",
        )  # fmt: skip
    _upsert(
        move, "sources", ["location", "kind", "first_read"],
        "DO UPDATE SET first_read = excluded.first_read"
        " WHERE excluded.first_read < sources.first_read",
    )  # fmt: skip


def _upsert(move: Move, name: str, columns: list[str], otherwise: str) -> None:
    key = NAMED[name].key
    held = " AND ".join(
        f"{column} = ?{at}" for at, column in enumerate(columns, 1) if column in key
    )
    marks = ", ".join(f"?{at}" for at in range(1, len(columns) + 1))
    move.own.executemany(
        f"INSERT INTO {name} ({', '.join(columns)})"
        # What is not there yet is no matter of this archive, where there are several.
        f" SELECT {marks} WHERE EXISTS (SELECT 1 FROM {name} WHERE {held})"
        f" ON CONFLICT ({', '.join(key)}) {otherwise}",
        move.other.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY id"),
    )
