"""Rows on their way from one archive to another. No table has a name here: see tables.py."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.digests import having
from db.moving.tables import Table

Row = tuple[Any, ...]
# Old number -> new number.
Numbers = dict[int, int]


def put(
    conn: sqlite3.Connection,
    table: Table,
    columns: Sequence[str],
    rows: list[Row],
    maps: Mapping[str, Numbers],
    **fixed: object,
) -> None:
    """Insert rows, their numbers and references as `maps` says, the columns `fixed` as given."""
    if not rows:
        return
    where = {"id": table.name, **table.refs}
    moved = [(at, maps[where[c]]) for at, c in enumerate(columns) if c in where]
    same = [(at, fixed[c]) for at, c in enumerate(columns) if c in fixed]
    new = []
    for row in rows:
        values = list(row)
        for at, numbers in moved:
            if values[at] is not None:
                values[at] = numbers[values[at]]
        for at, value in same:
            values[at] = value
        new.append(values)
    marks = ", ".join("?" * len(columns))
    conn.executemany(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", new)


def numbered(conn: sqlite3.Connection, table: Table, rows: Iterable[int]) -> Numbers:
    """New numbers for rows of a table, after those that it has, in the same order."""
    (last,) = conn.execute(f"SELECT coalesce(max(id), 0) FROM {table.name}").fetchone()
    return {row: number for number, row in enumerate(rows, last + 1)}


def keys_of(
    conn: sqlite3.Connection, table: Table, column: str, values: Iterable[object]
) -> dict[int, Row]:
    """The rows of a table that have one of `values` in a column: number -> key."""
    where = f"{column} IN (SELECT value FROM json_each(?1))"
    if table.digest is not None and column == table.key[0]:
        where = having(table.digest, many=True)
    rows = conn.execute(
        f"SELECT id, {', '.join(table.key)} FROM {table.name} WHERE {where} ORDER BY id",
        [listed(values)],
    )
    return {row: tuple(key) for row, *key in rows}


def listed(values: Iterable[object]) -> str:
    """Values as SQL takes many of them at once: `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(values))
