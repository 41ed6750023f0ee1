"""Files into an archive: what fails is recorded, the rest goes on. Only this process writes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from db.archive import Outcome
from db.notebook import notebook_path
from db.shards.opening import Writable
from ingest.article import Article
from ingest.errors import IngestError
from ingest.pipeline import Given
from ingest.pool import TIMEOUT, read_with_many
from ingest.read import MAX_BYTES, STDIN
from ingest.read.place import Columns
from ingest.readings import Job, Known, Reading, location, readings, within

# So little is read before the first process of a pool has started.
FEW = 4
FEW_BYTES = 2_000_000
# A transaction writes pages all over a large archive, and leaves a piece of the index that is
# merged with others later. So what is read in half a second is stored in one, and the longer it has
# taken so far the more, up to two seconds: so long nobody minds to wait until he is told. It has to
# fit into memory, too: so many bytes, of what was read.
TOGETHER, LONG = 2_048, 64_000_000
SHORTEST, LONGEST, SHARE = 0.5, 2.0, 0.1


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one capture: its articles with their outcomes, or the error.

    One that was read before, byte for byte, is not recognised again: it has outcomes only. `read`
    counts the bytes of its file that were read by then.
    """

    source: str
    outcomes: tuple[Outcome, ...] = ()
    articles: tuple[Article, ...] = ()
    error: IngestError | None = None
    read: int = 0

    @property
    def failed(self) -> bool:
        """Whether there is a fault in it."""
        return self.error is not None and self.error.fails


@dataclass(slots=True)
class Tally:
    """The closing counts: of articles, and of files that failed."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one file's result."""
        self.counts.update(result.outcomes)
        self.counts["failed"] += result.failed

    def __str__(self) -> str:
        words = [f"{self.counts[w]} {w}" for w in ("added", "unchanged", "revised", "failed")]
        copies = self.counts["copy"]
        if copies:
            words.insert(3, f"{copies} {'copy' if copies == 1 else 'copies'}")
        return ", ".join(words)


def load(
    archive: Writable,
    sources: Iterable[str],
    *,
    given: Given | None = None,
    columns: Columns = (),
    max_bytes: int = MAX_BYTES,
    recognise_all: bool = False,
    jobs: int = 1,
    timeout: float = TIMEOUT,
    kept_as: Callable[[str], str] | None = None,
) -> Iterator[Result]:
    """Read each of `sources` into the archive and say what became of it, as it happens.

    What is told is stored, a capture whole or not at all, so whoever stops in between loses
    nothing and the next run goes on. With `recognise_all`, results have their articles even where
    the archive has these very bytes. With `jobs` over 1, so many processes read, and this one
    writes; a file that takes longer than `timeout` seconds, or ends its process, then fails alone.

    `kept_as` gives the location to remember in place of where a file lies.
    """
    look_up = not given and not recognise_all
    job = Job(given or None, max_bytes, archive.path if look_up else None, columns)
    if jobs > 1:
        found = read_with_many(sources, job, jobs, timeout)
    else:
        known = _known_in(archive) if look_up else None
        found = (reading for source in sources for reading in readings(source, job, known))
    yield from store_all(archive, found, kept_as or str, corrected=bool(given or columns))


def preview(
    sources: Iterable[str],
    *,
    given: Given | None = None,
    columns: Columns = (),
    max_bytes: int = MAX_BYTES,
    jobs: int = 1,
    timeout: float = TIMEOUT,
) -> Iterator[Result]:
    """Read each of `sources` as `load` would, and store nothing."""
    job = Job(given or None, max_bytes, columns=columns)
    if jobs > 1:
        found = read_with_many(sources, job, jobs, timeout)
    else:
        found = (reading for source in sources for reading in readings(source, job))
    for reading in found:
        yield Result(reading.member, articles=reading.articles, error=reading.error)


def jobs_for(sources: Sequence[str], wanted: int | None) -> int:
    """How many processes are worth starting: one for a few small files, else one a core."""
    if STDIN in sources:
        return 1
    if wanted is not None:
        return wanted
    few = len(sources) <= FEW and sum(map(_size, sources)) <= FEW_BYTES
    return 1 if few else max(_cores(), 2)


def _cores() -> int:
    """The cores that this process may use. One is too few: a reader that hangs needs a watcher."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(source: str) -> int:
    try:
        return os.path.getsize(source)
    except OSError:
        return 0


def _known_in(archive: Writable) -> Known:
    return lambda place, digest: archive.has_read(place, digest)


def store_all(
    archive: Writable,
    found: Iterable[Reading],
    kept_as: Callable[[str], str] = str,
    *,
    corrected: bool,
) -> Iterator[Result]:
    """Store what is found. Once a source is at its end, what no longer fails in it is resolved."""
    source: str | None = None
    failing: set[str] = set()
    # Where the indexes are built afterwards nobody looks on.
    for group in groups(found, LONGEST if archive.index_later else SHORTEST):
        results: list[Result] = []
        stopped: KeyboardInterrupt | None = None
        with archive.together():
            try:
                for reading in group:
                    if source is not None and source != reading.source:
                        archive.resolve(kept_as(location(source)), failing)
                        failing.clear()
                    source = reading.source
                    if reading.failed:
                        failing.add(kept_as(within(source, reading.member)))
                    result = store(archive, reading, kept_as, corrected=corrected)
                    results.append(replace(result, read=reading.read))
            except KeyboardInterrupt as stop:
                stopped = stop  # what is whole by now is stored, and said
        yield from results
        if stopped is not None:
            raise stopped
    if source is not None:
        archive.resolve(kept_as(location(source)), failing)


def groups(found: Iterable[Reading], wait: float) -> Iterator[list[Reading]]:
    """What is found, in groups to be stored together: `wait` seconds at first, later more."""
    group: list[Reading] = []
    size = 0
    start = began = monotonic()
    try:
        for reading in found:
            now = monotonic()
            began = began if group else now
            group.append(reading)
            size += reading.articles[0].capture.size if reading.articles else 0
            longest = max(wait, min(SHARE * (began - start), LONGEST))
            if len(group) == TOGETHER or size > LONG or now - began > longest:
                yield group
                group, size = [], 0
    except KeyboardInterrupt:
        if group:
            yield group
        raise
    if group:
        yield group


def store(
    archive: Writable,
    reading: Reading,
    kept_as: Callable[[str], str] = str,
    *,
    corrected: bool,
) -> Result:
    """Put one reading into the archive, or why there is none."""
    place = kept_as(within(reading.source, reading.member))
    if reading.unchanged:
        unchanged: Outcome = "unchanged"
        return Result(reading.member, (unchanged,) * reading.unchanged)
    if reading.error is not None:
        if reading.failed:
            archive.fail(place, reading.error.kind, reading.error.message)
        return Result(reading.member, error=reading.error)
    outcomes = archive.add(place, reading.articles, corrected=corrected)
    return Result(reading.member, tuple(outcomes), reading.articles)


def is_part_of(archive: Path, source: str) -> bool:
    """Whether `source` is the archive, its notebook, or what SQLite keeps beside them.

    Of an archive that is a folder, everything in it is.
    """
    own = (location(str(archive)), location(str(notebook_path(archive))))
    kept = location(source)
    if archive.is_dir() and kept.startswith(f"{own[0]}{os.sep}"):
        return True
    return any(kept == f"{file}{end}" for file in own for end in ("", "-wal", "-shm", "-journal"))
