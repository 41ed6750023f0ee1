"""Archives, one or the shards of a folder, taken into an archive. Into a folder: see sharding.py.

Nothing that is there is changed but by what is added; the other archive is only read. Each group of
articles is one transaction, and what is there already is recognised: whatever ends in between, the
same call again goes on where it stopped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.archive import Archive
from db.moving import amending, rest
from db.moving.amending import Amended
from db.moving.copying import Move
from db.moving.known import Recogniser
from db.moving.other import opened
from db.moving.proving import Proof, prove
from db.moving.taking import Tally, groups, take
from db.shards.folder import available, is_folder, open_folder

# Told how many articles are done, and how many there are.
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one archive that was taken in, and whether all of it was found again."""

    path: Path
    tally: Tally
    amended: Amended
    proof: Proof


@dataclass(slots=True)
class Steps:
    """Counts the articles of all archives that are taken in."""

    tell: Progress | None
    all: int
    done: int = 0

    def step(self, number: int) -> None:
        """So many more are done."""
        self.done += number
        if self.tell:
            self.tell(self.done, self.all)


def shards_of(path: Path) -> tuple[list[Path], list[str]]:
    """The archives at a path, several where it is a folder; the shards that cannot be read."""
    if not is_folder(path):
        return [path], []
    there, missing = available(open_folder(path))
    return [one.path for one in there], [f"{m.shard.path}: {m.reason}" for m in missing]


def merge(
    others: Sequence[Path], archive: Archive, *, tell: Progress | None = None, apart: bool = True
) -> Iterator[Report]:
    """Take other archives into one. What each gave is told as it is done.

    `apart` says that the same article may be in several of them. Without it, as for the shards of
    one archive, two articles of theirs stay two wherever they are.

    Raises ArchiveError: one of them cannot be read, or ours cannot be written.
    """
    conn = archive.db.conn
    conn.execute("DROP TABLE IF EXISTS temp.moved")
    fresh = is_empty(conn)
    for number, path in enumerate(others, 1):
        with opened(path, archive.path) as other:
            move = Move(other, conn, number)
            with archive.taking():
                amended = amending.take(move)
            first = fresh and number == 1
            recogniser = (
                None if first or (fresh and not apart) else Recogniser(move, across=not apart)
            )
            steps = Steps(tell, count(other))
            tally = Tally()
            for ids in groups(other):
                with archive.taking():
                    tally += take(move, ids, recogniser, alone=first)
                steps.step(len(ids))
            take_rest([(archive, move)])
            yield Report(path, tally, amended, prove([move], [None]))
    archive.tidy()


def is_empty(conn: sqlite3.Connection) -> bool:
    """Whether an archive has no articles."""
    return conn.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None


def count(conn: sqlite3.Connection) -> int:
    """How many articles an archive has."""
    return int(conn.execute("SELECT count(*) FROM articles").fetchone()[0])


def take_rest(targets: Sequence[tuple[Archive, Move]]) -> None:
    """Take what hangs on no article into the last of several archives, where none has it."""
    for archive, move in targets:
        with archive.taking():
            rest.freshen(move)
    moves = [move for _, move in targets]
    archive, move = targets[-1]
    for name in rest.LEFT_OVER:
        for ids in rest.missing(moves, name):
            with archive.taking():
                rest.take(move, name, ids)
