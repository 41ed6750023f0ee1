"""A folder whose shards lie with the workers of a scheduler, to read as `db.shards.reading` does.

A question goes to the shards' workers at the same time, and what they find stays there: only hits,
counts and the rows of a page come back. A worker that is gone, or that says nothing for too long,
is a missing shard; the rest answers.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any, cast

from db.cluster.connect import Cluster
from db.cluster.errors import ClusterError, WorkerDied
from db.cluster.sessions import Asked, Rows, answer
from db.errors import ArchiveError
from db.search.results import ArticleHit, PlaceHit
from db.search.survey import Survey, Tally
from db.shards.folder import Folder, Missing, open_folder
from db.shards.held import Held, Part, Unreachable
from db.shards.looks import Copied, Key, Look, Wish
from db.shards.persons import Known
from db.shards.ranks import Rarity

_NOWHERE = "lies with no worker that is there; start the worker on its machine"
# Seconds between two looks at which worker has which shard.
_LOOK = 1.0
# Seconds that a worker has for one thing, where the question itself has no limit.
_LONGEST = 30.0
# Things that are asked of workers at the same time.
_AT_ONCE = 64


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
        """Have something done there. Raises Unreachable, and what SQLite raises."""
        left = self._until - time.monotonic()
        asked = Asked(self._session, str(self._folder), self._file, what, args, max(left, 0.01))
        try:
            return self._cluster.ask(self.worker, answer, asked, seconds=max(left, 0.01) + 0.5)
        except WorkerDied:
            raise Unreachable(_NOWHERE) from None

    def execute(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Rest:
        """As sqlite3.Connection.execute, for statements that read."""
        return Rest(self.ask("sql", sql, values))


class RemotePart(Part):
    """A shard that lies with a worker."""

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
        self._key = next(_numbers)
        self._total = 0
        self._weights: dict[int, int] = {}

    def _ask(self, what: str, *args: Any) -> Any:
        return self._conn.ask(what, self._key, *args)

    def begin(self) -> list[int]:
        sizes: list[int] = self._ask("begin", self.wish, self.part.number)
        return sizes

    def settle(self, sizes: Sequence[int]) -> None:
        self._total, articles = self._ask("settle", list(sizes))
        self.found = cast(Survey, SimpleNamespace(articles=articles))

    @property
    def total(self) -> int:
        return self._total

    def first(self, stop: int) -> list[tuple[Key, int, int]]:
        rows: list[tuple[Key, int, int]]
        rows, self._weights = self._ask("first", stop)
        return rows

    def weight(self, article: int) -> int:
        return self._weights[article]

    def rarity(self) -> Rarity:
        found: Rarity = self._ask("rarity")
        return found

    def ranked(self, own: Rarity, all_: Rarity, stop: int) -> list[tuple[Key, int, int]]:
        rows: list[tuple[Key, int, int]] = self._ask("ranked", own, all_, stop)
        return rows

    def places_in(self, articles: Iterable[int]) -> list[int]:
        rows: list[int] = self._ask("places_in", list(articles))
        return rows

    def article_hits(self, articles: Iterable[int]) -> list[ArticleHit]:
        hits: list[ArticleHit] = self._ask("article_hits", list(articles))
        return hits

    def place_hits(self, places: Iterable[tuple[int, float]]) -> list[PlaceHit]:
        hits: list[PlaceHit] = self._ask("place_hits", list(places))
        return hits

    def spoken(self) -> list[tuple[Known, int, list[str]]]:
        found: list[tuple[Known, int, list[str]]] = self._ask("spoken")
        return found

    def tally(self) -> tuple[Tally, list[tuple[Known, int]]]:
        found: tuple[Tally, list[tuple[Known, int]]] = self._ask("tally")
        return found

    def shown_among(self, articles: Collection[int]) -> list[int]:
        found: list[int] = self._ask("shown_among", set(articles))
        return found

    def copies_of(self, article: int) -> Copied:
        found: Copied = self._ask("copies_of", article)
        return found

    def stands_for(self, article: int, copies: Copied) -> None:
        self._ask("stands_for", article, copies)

    def hide(self, articles: Collection[int]) -> None:
        self._ask("hide", set(articles))

    def key(self, article: int) -> Key:
        found: Key = self._ask("key", article)
        return found


class ClusterReader:
    """A folder whose shards lie with workers, to read. It follows what happens to them."""

    def __init__(self, path: str | Path, cluster: Cluster) -> None:
        """Raises ArchiveError where the manifest cannot be read, ClusterError."""
        self.path = Path(path).resolve()
        self._cluster = cluster
        self._folder = open_folder(self.path)
        self._holders: dict[str, list[str]] = {}
        self._threads = ThreadPoolExecutor(_AT_ONCE, "onrecord")
        self._over = Event()
        self._look()
        self._looking = Thread(target=self._keep_looking, daemon=True)
        self._looking.start()

    def close(self) -> None:
        """Ask no more."""
        self._over.set()
        self._looking.join()
        self._threads.shutdown(cancel_futures=True)

    def _keep_looking(self) -> None:
        while not self._over.wait(_LOOK):
            try:
                self._look()
            except Exception:  # the scheduler is gone, and with it everybody
                self._holders = {}

    def _look(self) -> None:
        with suppress(ArchiveError):
            self._folder = open_folder(self.path)
        holders: dict[str, list[str]] = {}
        for address, seen in self._cluster.look(self.path).items():
            for file in seen.files:
                holders.setdefault(file, []).append(address)
        self._holders = holders

    @property
    def folder(self) -> Folder:
        """The folder as its manifest is now."""
        return self._folder

    def missing(self) -> list[Missing]:
        """The shards that no worker has now."""
        return [
            Missing(shard, _NOWHERE)
            for shard in self._folder.shards
            if not self._holders.get(shard.path.name)
        ]

    @contextmanager
    def held(self, seconds: float | None = None) -> Iterator[Held]:
        """The shards that workers have, as they are at this moment.

        What takes longer than so many `seconds` is stopped with an OperationalError.
        """
        session = secrets.token_hex(8)
        until = time.monotonic() + (_LONGEST if seconds is None else seconds)
        parts: dict[int, Part] = {}
        workers: set[str] = set()
        holders, shards = self._holders, self._folder.shards
        for shard in shards:
            file = shard.path.name
            if there := holders.get(file):
                worker = secrets.choice(there)
                conn = Connection(self._cluster, worker, session, (self.path, file), until)
                parts[shard.number] = RemotePart(shard.number, cast(sqlite3.Connection, conn))
                workers.add(worker)
        missing = [Missing(shard, _NOWHERE) for shard in shards if shard.number not in parts]
        try:
            yield Held(parts, shards, missing, self._threads, None, until)
        finally:
            for worker in workers:
                self._threads.submit(self._end, worker, session)

    def _end(self, worker: str, session: str) -> None:
        with suppress(WorkerDied, ClusterError):
            self._cluster.ask(worker, answer, Asked(session, "", "", "end"), seconds=5)
