"""A shard that lies with a worker, as far as reading needs it: its connection, and its looks."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Concatenate, cast

from db.cluster.connect import Cluster
from db.cluster.errors import WorkerDied
from db.cluster.sessions import Asked, Rows, answer
from db.search.facets import Tally
from db.search.numbers import Ints
from db.search.results import Hit
from db.shards.finding import Copied, Key, Wish
from db.shards.held import Answer, Of, Part, Unreachable
from db.shards.looks import Look
from db.shards.persons import First, Known
from db.shards.ranks import Rarity

NOWHERE = "lies with no worker that is there; start the worker on its machine"


class Rest:
    """What a statement gave, as a cursor has it."""

    def __init__(self, found: Rows) -> None:
        self._rows = iter(found.rows)
        self.description = [(column, *[None] * 6) for column in found.columns]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row."""
        return next(self._rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows that are left."""
        return list(self._rows)


class Connection:
    """A shard that lies with a worker, with what reading needs of an SQLite connection."""

    in_transaction = True  # all of a session is

    def __init__(
        self, cluster: Cluster, worker: str, session: str, place: tuple[Path, str], until: float
    ) -> None:
        self.worker = worker
        self._cluster = cluster
        self._session = session
        self._folder, self._file = place
        self._until = until

    def ask(self, what: str, *args: Any) -> Any:
        """Have something done there. Raises Unreachable, and what SQLite raises, late as well."""
        left = self._until - time.monotonic()
        if left > 0:
            asked = Asked(self._session, str(self._folder), self._file, what, args, left)
            try:
                return self._cluster.ask(self.worker, answer, asked, seconds=left + 0.5)
            except WorkerDied:
                if time.monotonic() < self._until:
                    raise Unreachable(NOWHERE) from None
        raise sqlite3.OperationalError("interrupted")  # as SQLite itself says it

    def execute(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Rest:
        """As sqlite3.Connection.execute, for statements that read."""
        return Rest(self.ask("sql", sql, values))


class RemotePart(Part):
    """A shard that lies with a worker."""

    def ask(
        self, question: Callable[Concatenate[sqlite3.Connection, Of], Answer],
        *args: Of.args, **named: Of.kwargs,
    ) -> Answer:  # fmt: skip
        """What a function of a module says of the shard, asked where the shard lies."""
        found: Answer = cast(Connection, self.conn).ask("call", question, args, named)
        return found

    def look(self, wish: Wish) -> Look:
        """What the shard finds, which stays with the worker."""
        return RemoteLook(self, wish)


_numbers = count()


class RemoteLook(Look):
    """As `Look`, done where the shard lies; the methods are called in the same order."""

    def __init__(self, part: RemotePart, wish: Wish) -> None:
        self.part = part
        self.wish = wish
        self._conn = cast(Connection, part.conn)
        self._number = next(_numbers)
        self._total = 0
        self._weight: dict[int, int] = {}
        self.articles = 0

    def _ask(self, what: str, *args: Any) -> Any:
        return self._conn.ask(what, self._number, *args)

    def begin(self) -> list[int]:
        sizes: list[int] = self._ask("begin", self.wish, self.part.number)
        return sizes

    def settle(self, sizes: Sequence[int]) -> None:
        self._total, self.articles = self._ask("settle", list(sizes))

    @property
    def total(self) -> int:
        return self._total

    def first(self, stop: int) -> list[tuple[Key, int, int]]:
        rows: list[tuple[Key, int, int]]
        rows, self._weight = self._ask("first", stop)
        return rows

    def weight(self, article: int) -> int:
        return self._weight[article]

    def rarity(self) -> Rarity:
        found: Rarity = self._ask("rarity")
        return found

    def ranked(self, own: Rarity, all_: Rarity, stop: int) -> list[tuple[Key, int, int]]:
        rows: list[tuple[Key, int, int]] = self._ask("ranked", own, all_, stop)
        return rows

    def places_in(self, articles: Iterable[int]) -> list[int]:
        rows: list[int] = self._ask("places_in", list(articles))
        return rows

    def hits(self, places: Sequence[tuple[int, float]]) -> list[Hit]:
        hits: list[Hit] = self._ask("hits", list(places))
        return hits

    def spoken(self) -> list[tuple[Known, int, list[str]]]:
        found: list[tuple[Known, int, list[str]]] = self._ask("spoken")
        return found

    def tally(self) -> tuple[Tally, Counter[str]]:
        found: tuple[Tally, Counter[str]] = self._ask("tally")
        return found

    def speakers(self, most: int) -> First:
        found: First = self._ask("speakers", most)
        return found

    def speakers_of(self, keys: list[str]) -> dict[str, int]:
        found: dict[str, int] = self._ask("speakers_of", keys)
        return found

    def shown_among(self, articles: Ints, roots: Ints) -> tuple[Ints, Ints]:
        found: tuple[Ints, Ints] = self._ask("shown_among", articles, roots)
        return found

    def copies_of(self, article: int) -> Copied:
        found: Copied = self._ask("copies_of", article)
        return found

    def stands_for(self, article: int, copies: Copied) -> None:
        self._ask("stands_for", article, copies)

    def hide(self, articles: Collection[int]) -> None:
        self._ask("hide", set(articles))

    def keys(self, articles: Ints) -> list[Key]:
        found: list[Key] = self._ask("keys", articles)
        return found
