"""A folder of shards open for reading, for one command or for as long as a server runs."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Protocol

from db.archive import Archive
from db.errors import ArchiveError, NoArchive
from db.search.memory import only_reads
from db.shards.folder import MANIFEST, Folder, Missing, Shard, available, is_folder, open_folder
from db.shards.held import Held, Part
from db.shards.links import FILE, Links

# Questions that are answered at the same time; others wait.
_AT_ONCE = 4
_CACHE_KIB = 32_768

# What tells one state of a file from another: its place on the disk, size and time.
_State = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Open:
    conn: sqlite3.Connection
    file: tuple[int, int]


class Reader(Protocol):
    """What is served: the shards of a folder, wherever they lie."""

    path: Path

    @property
    def folder(self) -> Folder:
        """The folder as its manifest is now."""

    def missing(self) -> list[Missing]:
        """The shards that cannot be read now, and why."""

    def held(self, seconds: float | None = None) -> AbstractContextManager[Held]:
        """The shards that can be read. What takes longer than `seconds` is stopped."""


class FolderReader:
    """A folder of shards to read. It follows what happens to the folder while it is open."""

    def __init__(self, path: str | Path) -> None:
        """Raises ArchiveError where the folder's manifest cannot be read."""
        self.path = Path(path)
        self._folder = open_folder(self.path)
        self._manifest = _state(self.path / MANIFEST)
        self._threads = ThreadPoolExecutor(max(_AT_ONCE, os.cpu_count() or 1))
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._lock = Lock()
        self._idle: dict[int, list[_Open]] = {}
        self._faults: dict[int, tuple[_State | None, str]] = {}
        self._sound: dict[int, _State] = {}
        self._links: Links | None = None
        self._bring_up_to_date()

    def close(self) -> None:
        """Let go of the files."""
        self._threads.shutdown()
        with self._lock:
            for opened in self._idle.values():
                for one in opened:
                    one.conn.close()
            self._idle.clear()
            if self._links is not None:
                self._links.close()

    def _bring_up_to_date(self) -> None:
        """An older shard is brought up to date, as one by itself is; what cannot be is left."""
        there, _ = available(self._folder)
        for shard in there:
            with suppress(ArchiveError):
                Archive.open(shard.path, create=False).close()

    @property
    def folder(self) -> Folder:
        """The folder as its manifest is now; as it was, while that cannot be read."""
        now = _state(self.path / MANIFEST)
        if now is not None and now != self._manifest:
            with suppress(ArchiveError):
                self._folder = open_folder(self.path)
            self._manifest = now
        return self._folder

    def missing(self) -> list[Missing]:
        """The shards that cannot be read now, and why."""
        return [
            Missing(shard, reason)
            for shard in self.folder.shards
            if (reason := self._fault(shard)) is not None
        ]

    def _fault(self, shard: Shard) -> str | None:
        state = _state(shard.path)
        known = self._faults.get(shard.number)
        if known is not None and known[0] == state:
            return known[1]
        if state is not None and self._sound.get(shard.number) == state:
            return None
        _, missing = available(Folder(self.path, self._folder.by, (shard,)))
        with self._lock:
            if missing:
                self._faults[shard.number] = (state, missing[0].reason)
                return missing[0].reason
            self._faults.pop(shard.number, None)
            if state is not None:
                self._sound[shard.number] = state
        return None

    @contextmanager
    def held(self, seconds: float | None = None) -> Iterator[Held]:
        """The shards that can be read, as they are at this moment.

        What takes longer than so many `seconds` is stopped with an OperationalError.
        """
        with self._turns:
            deadline = None if seconds is None else time.monotonic() + seconds
            leased: dict[int, _Open] = {}
            missing: list[Missing] = []
            shards = self.folder.shards
            try:
                for shard in shards:
                    reason = self._fault(shard)
                    if reason is None:
                        try:
                            leased[shard.number] = self._lease(shard, deadline)
                            continue
                        except sqlite3.DatabaseError as error:
                            reason = f"cannot be opened ({error})"
                    missing.append(Missing(shard, reason))
                parts = {number: Part(number, one.conn) for number, one in leased.items()}
                held = Held(parts, shards, missing, self._threads, self._linked(), deadline)
                yield held
                self._note(held)
            finally:
                for number, one in leased.items():
                    self._give_back(number, one)

    def _linked(self) -> Links | None:
        with self._lock:
            if self._links is None and (self.path / FILE).is_file():
                with suppress(sqlite3.DatabaseError):
                    self._links = Links(self.path)
            return self._links

    def _lease(self, shard: Shard, deadline: float | None) -> _Open:
        file = os.stat(shard.path)
        own = (file.st_dev, file.st_ino)
        with self._lock:
            idle = self._idle.setdefault(shard.number, [])
            # A file that was put in another's place is opened anew.
            kept = [one for one in idle if one.file == own]
            gone = [one for one in idle if one.file != own]
            one = kept.pop() if kept else None
            self._idle[shard.number] = kept
        for old in gone:
            old.conn.close()
        if one is None:
            place = f"{shard.path.resolve().as_uri()}?mode=ro"
            conn = sqlite3.connect(
                place, uri=True, timeout=5, isolation_level=None, check_same_thread=False
            )
            only_reads(conn)
            conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            conn.execute("PRAGMA temp_store = MEMORY")
            one = _Open(conn, own)
        if deadline is not None:
            one.conn.set_progress_handler(lambda: time.monotonic() >= deadline, 1_000)
        try:
            # All statements see the shard as it is now, whatever an ingest adds meanwhile.
            one.conn.execute("BEGIN")
        except sqlite3.DatabaseError:
            one.conn.close()
            raise
        return one

    def _give_back(self, number: int, one: _Open) -> None:
        one.conn.set_progress_handler(None, 0)
        try:
            if one.conn.in_transaction:
                one.conn.execute("ROLLBACK")
        except sqlite3.DatabaseError:
            one.conn.close()
            return
        with self._lock:
            self._idle.setdefault(number, []).append(one)

    def _note(self, held: Held) -> None:
        """Keep in mind which shards were found to be damaged, until their files are others."""
        for one in held.missing:
            known = self._faults.get(one.shard.number)
            state = _state(one.shard.path)
            if known is None or known[0] != state:
                with self._lock:
                    self._faults[one.shard.number] = (state, one.reason)
                    self._sound.pop(one.shard.number, None)


@contextmanager
def held_at(path: Path) -> Iterator[Held]:
    """The archive at `path` for one command, be it a file or a folder. Raises ArchiveError."""
    if is_folder(path):
        reader = FolderReader(path)
        try:
            with reader.held() as held:
                yield held
        finally:
            reader.close()
        return
    if path.is_dir():
        raise NoArchive(path, f"is no folder of archives: there is no {MANIFEST} in it")
    with Archive.open(path, create=False) as archive:
        yield Held.of(archive.db.conn)


def _state(path: Path) -> _State | None:
    try:
        file = path.stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns
