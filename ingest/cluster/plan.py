"""What is to be read, parted into the work of one task each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db.cluster.ledger import Taken
from ingest.pipeline import Given
from ingest.pool import TIMEOUT
from ingest.read import MAX_BYTES, warc
from ingest.read.place import HEAD_BYTES, Columns
from ingest.readings import Source, Stretch, location, name_of

# What a worker reads before it says what it found: enough that a shard is worth a file, little
# enough that a worker that dies has not worked long for nothing.
PART_BYTES = 64_000_000
PART_FILES = 10_000
# Web archives are cut so far apart, always: a file that is given again has the same stretches.
CUT_BYTES = 16_000_000
# A part for each thread, several times over, so that all of them end at about the same time.
ROUNDS = 4
LEAST_BYTES, LEAST_FILES = 1_000_000, 16


@dataclass(frozen=True, slots=True)
class Work:
    """What holds for all that is read: how, and into which folder.

    With `look_up`, what the target shard has from the same bytes is not recognised again;
    `with_articles` has the articles sent back to be printed, which costs more than all else.
    """

    folder: str
    given: Given | None = None
    max_bytes: int = MAX_BYTES
    columns: Columns = ()
    keep_raw: bool = True
    timeout: float = TIMEOUT
    look_up: bool = True
    with_articles: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A file, or a stretch of one: what is read by one worker. `size` is in bytes.

    `file_size` and `changed` (nanoseconds) are those of the whole file, None where there is none.
    """

    source: Source
    size: int
    file_size: int | None = None
    changed: int | None = None

    @property
    def start(self) -> int:
        """Where in its file it begins."""
        return self.source.cut.start if isinstance(self.source, Stretch) else 0

    @property
    def end(self) -> int | None:
        """Where in its file it ends; None for a whole file."""
        return self.source.cut.end if isinstance(self.source, Stretch) else None

    @property
    def location(self) -> str:
        """Where its file is, as the archive has it."""
        return location(name_of(self.source))

    def taken(self, articles: int, *, whole: bool) -> Taken:
        """What the ledger notes once it is in a shard."""
        return Taken(
            self.location, self.start, self.end, self.file_size, self.changed, articles, whole
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Units that one worker reads into one shard: `target`, or one that is made for them."""

    units: tuple[Unit, ...]
    target: str | None = None

    def halves(self) -> list[Part]:
        """Two smaller parts; itself where it cannot be parted."""
        middle = len(self.units) // 2
        if not middle:
            return [self]
        return [Part(self.units[:middle], self.target), Part(self.units[middle:], self.target)]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a part holds at most, in bytes and files; how far apart web archives are cut."""

    size: int = PART_BYTES
    files: int = PART_FILES
    cut: int = CUT_BYTES

    def shared(self, units: Sequence[Unit], threads: int) -> Limits:
        """Limits under which each of `threads` has some parts of the units."""
        size = max(sum(unit.size for unit in units) // (ROUNDS * threads), LEAST_BYTES)
        files = max(len(units) // (ROUNDS * threads), LEAST_FILES)
        return replace(self, size=min(size, self.size), files=min(files, self.files))


def unit_of(source: str) -> Unit:
    """A whole file. Where it cannot be looked at, reading it will say why."""
    source = os.path.abspath(source)  # workers are in folders of their own
    try:
        found = os.stat(source)
    except (OSError, ValueError):
        return Unit(source, 0)
    return Unit(source, found.st_size, found.st_size, found.st_mtime_ns)


def is_to_be_cut(unit: Unit, limits: Limits) -> bool:
    """Whether it is a web archive that is worth being cut."""
    if unit.size <= limits.cut or not isinstance(unit.source, str):
        return False
    try:
        with Path(unit.source).open("rb") as file:
            return warc.matches(file.read(HEAD_BYTES), unit.source)
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands: `known` articles that need no reading, or None where it is to be read.

    What was in before is read into its shard, `target`, again.
    """

    known: int | None = None
    target: str | None = None


def standing_of(unit: Unit, rows: Sequence[tuple[Taken, str]], *, look_up: bool) -> Standing:
    """How a unit stands by what the ledger has of its file."""

    def same(one: Taken) -> bool:
        return (one.size, one.changed) == (unit.file_size, unit.changed) and one.whole and look_up

    if unit.end is None and rows and rows[0][0].end is not None:
        # It was cut: either all of its stretches are in, or it is cut again to see which.
        there = [one for one, _ in rows if same(one)]
        if len(there) == len(rows) and _cover(there, unit.size):
            return Standing(sum(one.articles for one in there))
        return Standing()
    for one, file in rows:
        if (one.start, one.end) == (unit.start, unit.end):
            return Standing(one.articles) if same(one) else Standing(target=file)
    return Standing()


def _cover(rows: Sequence[Taken], size: int) -> bool:
    starts = [one.start for one in rows]
    return starts == [0, *(one.end for one in rows[:-1])] and rows[-1].end == size
