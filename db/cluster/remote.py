"""A folder whose shards lie with the workers of a scheduler, to read as `db.shards.reading` does.

A question goes to the shards' workers at the same time, and what they find stays there: only hits,
counts and the rows of a page come back. A worker that is gone, or that says nothing for too long,
is a missing shard; the rest answers.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import cast

from db.cluster.connect import Cluster
from db.cluster.errors import ClusterError, WorkerDied
from db.cluster.far import NOWHERE, Connection, RemotePart
from db.cluster.sessions import Asked, answer
from db.errors import ArchiveError
from db.shards.folder import Folder, Missing, open_folder
from db.shards.held import Held, Part

# Seconds between two looks at which worker has which shard.
_LOOK = 1.0
# Seconds after which a worker that says nothing is taken for gone, though the scheduler has it.
_BUSY = 20.0
# Seconds that a worker has for one thing, where the question itself has no limit.
_LONGEST = 30.0
# Things that are asked of workers at the same time.
_AT_ONCE = 64


class ClusterReader:
    """A folder whose shards lie with workers, to read. It follows what happens to them."""

    def __init__(self, path: str | Path, cluster: Cluster) -> None:
        """Raises ArchiveError where the manifest cannot be read, ClusterError."""
        self.path = Path(path).resolve()
        self._cluster = cluster
        self._folder = open_folder(self.path)
        self._heard: dict[str, tuple[float, tuple[str, ...]]] = {}
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
        told = {address: seen.files for address, seen in self._cluster.look(self.path).items()}
        now = time.monotonic()
        self._heard |= {address: (now, files) for address, files in told.items()}
        there = self._cluster.workers()
        # One that is there and says nothing for a while is busy.
        self._heard = {
            address: one
            for address, one in self._heard.items()
            if address in there and now - one[0] < _BUSY
        }
        holders: dict[str, list[str]] = {}
        for address, (_, files) in self._heard.items():
            for file in files:
                holders.setdefault(file, []).append(address)
        self._holders = holders

    @property
    def folder(self) -> Folder:
        """The folder as its manifest is now."""
        return self._folder

    def missing(self) -> list[Missing]:
        """The shards that no worker has now."""
        return [
            Missing(shard, NOWHERE)
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
        missing = [Missing(shard, NOWHERE) for shard in shards if shard.number not in parts]
        try:
            yield Held(parts, shards, missing, self._threads, None, until)
        finally:
            for worker in workers:
                self._threads.submit(self._end, worker, session)

    def _end(self, worker: str, session: str) -> None:
        with suppress(WorkerDied, ClusterError):
            self._cluster.ask(worker, answer, Asked(session, "", "", "end"), seconds=5)
