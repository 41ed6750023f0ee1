"""Who is who across shards: whoever has a full name is one person in all of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from db.shards.held import Held, Part
from db.shards.ids import parted

Of = TypeVar("Of")


def wherever(held: Held, person: int) -> dict[int, int]:
    """Where the person with that number over all shards is: shard -> people.id; {} for nobody."""
    number, local = parted(person)
    row = held.at(number, lambda part: _row(part.conn, local))
    if row is None:
        return {}
    (key,) = row
    if key is None or held.only is not None:
        return {number: local}
    found = held.each(lambda part: _with_key(part.conn, key))
    return {number: one for number, one in found.items() if one is not None}


def _row(conn: sqlite3.Connection, person: int) -> tuple[str | None] | None:
    row = conn.execute("SELECT full_name FROM people WHERE id = ?", [person]).fetchone()
    return (row[0],) if row else None


def _with_key(conn: sqlite3.Connection, key: str) -> int | None:
    row = conn.execute("SELECT id FROM people WHERE full_name = ?", [key]).fetchone()
    return int(row[0]) if row else None


@dataclass(frozen=True, slots=True)
class Known:
    """A person of one shard: the number over all shards, name, kind, and the key (None: local)."""

    person: int
    name: str
    kind: str
    key: str | None


def known(part: Part, people: Iterable[int]) -> dict[int, Known]:
    """What a shard knows of these people, by people.id."""
    rows = part.conn.execute(
        "SELECT id, name, kind, full_name FROM people WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(people))],
    )
    return {row[0]: Known(part.up(row[0]), row[1], row[2], row[3]) for row in rows}


def with_keys(part: Part, keys: Iterable[str]) -> dict[int, str]:
    """Those with these full names in a shard: people.id -> the name."""
    rows = part.conn.execute(
        "SELECT id, full_name FROM people WHERE full_name IN (SELECT value FROM json_each(?))",
        [json.dumps(list(keys))],
    )
    return dict(rows.fetchall())


class OneEach(Generic[Of]):
    """Gathers what shards say of people: one entry for each, whatever shards he or she is in.

    The number and the name are those of the first shard.
    """

    def __init__(self) -> None:
        self._found: dict[str | int, tuple[Known, list[Of]]] = {}

    def add(self, person: Known, told: Of) -> None:
        """Take in what one shard says."""
        key = person.person if person.key is None else person.key
        self._found.setdefault(key, (person, []))[1].append(told)

    def __iter__(self) -> Iterator[tuple[Known, list[Of]]]:
        return iter(self._found.values())


# Of a shard, whom it has most often, and how often the last of them; 0 where these are all.
First = tuple[list[tuple[Known, int]], int]


def most(
    held: Held,
    limit: int,
    first: Callable[[Part, int], First],
    of: Callable[[Part, list[str]], Mapping[str, int]],
) -> list[tuple[Known, int]]:
    """Whom all shards together have most often, by the `first` ones of each.

    `of` counts those with these keys in one shard. Whoever is among the first of no shard has at
    most what the last ones there have together: if that may be enough, more of each are asked for.
    (R. Fagin, A. Lotem, M. Naor, "Optimal aggregation algorithms for middleware", 2001.)
    """
    asked = limit * 4
    while True:
        found = held.each(lambda part, k=asked: first(part, k))  # type: ignore[misc]
        people: dict[str | int, Known] = {}
        totals: Counter[str | int] = Counter()
        for rows, _ in found.values():
            for person, count in rows:
                people.setdefault(person.key or person.person, person)
                if person.key is None:
                    totals[person.person] = count
        keys = [key for key in people if isinstance(key, str)]
        for counts in held.each(lambda part, k=keys: of(part, k), list(found)).values():  # type: ignore[misc]
            totals.update(counts)
        best = sorted(people, key=lambda key: (-totals[key], people[key].person))[:limit]
        unseen = sum(least for _, least in found.values())
        if not unseen or (len(best) == limit and totals[best[-1]] >= unseen):
            return [(people[key], totals[key]) for key in best]
        asked *= 8
