"""What archives hold, without row numbers, so that two of them can be compared."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Any

from db.moving.tables import ARTICLES, COPIES, EVERY, NAMED, columns_of

Rows = dict[str, Counter[tuple[Any, ...]]]


def contents(*conns: sqlite3.Connection, shared: bool = True) -> Rows:
    """Every row of every table by its content: what it points to is named by what that holds.

    Several archives count as one. Without `shared`, only what articles have of their own.
    """
    found: Rows = {table.name: Counter() for table in EVERY if table.name != "new_sketches"}
    for conn in conns:
        for name, rows in _contents(conn).items():
            found[name] += rows
    if not shared:
        return {
            name: rows for name, rows in found.items() if not NAMED[name].key and name != "copies"
        }
    # What is known by its content counts once, wherever it is kept.
    return {name: Counter(set(rows)) if NAMED[name].key else rows for name, rows in found.items()}


def _contents(conn: sqlite3.Connection) -> Rows:
    names: dict[str, dict[int, object]] = {}
    columns = {table.name: columns_of(conn, table.name) for table in EVERY}

    def every(name: str) -> list[dict[str, Any]]:
        rows = conn.execute(f"SELECT {', '.join(columns[name])} FROM {name}")
        return [dict(zip(columns[name], row, strict=True)) for row in rows]

    for name, column in (("texts", "sha256"), ("sources", "location")):
        names[name] = {row["id"]: row[column] for row in every(name)}
    names["people"] = {row["id"]: (row["name"], row["full_name"]) for row in every("people")}
    names["corrections"] = {
        row["id"]: (row["kind"], row["subject"], row["value"], row["made"], row["words"])
        for row in every("corrections")
    }
    firsts = conn.execute(
        "SELECT article_id, fingerprint, sha256, revisions.start, recorded FROM revisions"
        " JOIN texts ON texts.id = text_id WHERE number = 1"
    )
    names["articles"] = {row: tuple(first) for row, *first in firsts}
    for name in ("paragraphs", "quotes"):
        names[name] = {
            row["id"]: (names["articles"][row["article_id"]], row["position"])
            for row in every(name)
        }
    for name in ("mentions", "descriptions", "other_names"):
        names[name] = {
            row["id"]: (names["articles"][row["article_id"]], row.get("start"), row.get("name"))
            for row in every(name)
        }
    stories: dict[int, set[object]] = {}
    for row in every("articles"):
        stories.setdefault(row["story"], set()).add(names["articles"][row["id"]])

    def told(table: str) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        refs = NAMED[table].refs

        def tell(row: dict[str, Any]) -> tuple[Any, ...]:
            values = []
            for column, value in row.items():
                if column == "id":
                    continue
                if column == "story":
                    value = value and frozenset(stories[value])
                elif column == "row_id":
                    value = names[row["place"]].get(value)
                elif column in refs and value is not None:
                    value = names[refs[column]][value]
                values.append(value)
            return tuple(values)

        return tell

    found: Rows = {}
    for table in EVERY:
        rows = every(table.name)
        if table is COPIES:
            found["copies"] = Counter(
                (
                    frozenset(names["articles"][row[c]] for c in ("article_id", "other_id")),
                    row["kind"],
                    round(row["shared"], 9),
                )
                for row in rows
            )
        else:
            found[table.name] = Counter(map(told(table.name), rows))
    assert found[ARTICLES.name].total() == len(names["articles"])
    # Those that wait are the same as those in their place.
    found["sketches"] += found.pop("new_sketches")
    return found
