"""The tasks of a cluster: what runs on a worker. None of them is told of what others do.

A part is read into a file of its own first (`read_part`), so that its articles can be looked up
among those of all shards, and stored after that (`store_part`). Whatever a worker makes has a name
that nothing else has, and counts only once the folder's manifest names it: one that is killed, or
that is taken for dead and goes on, leaves files that nobody asks for.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
from collections.abc import Callable, Iterator, Set
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from db.archive import Archive
from db.cluster.connect import address_here
from db.cluster.here import own_name, place_here, put_in_place
from db.cluster.keys import Keys, keys_of
from ingest.cluster.plan import Part, Unit, Work
from ingest.load import Result, store_all
from ingest.pool import one_by_one
from ingest.read import place_of
from ingest.read.cuts import cuts_of
from ingest.readings import Job, Reading, Source, Stretch

# The process that reads for this thread of the worker.
_kept = threading.local()


@dataclass(frozen=True, slots=True)
class Read:
    """A part that was read: in which file which worker keeps it, and what it is known by.

    `keys` has an entry for each reading.
    """

    worker: str
    file: str
    keys: tuple[tuple[Keys, ...], ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A part that was stored, in `file`; None where nothing of it was to be.

    `results` and `away`, the readings that belong elsewhere, have the number of their unit.
    """

    file: str | None
    results: tuple[tuple[int, Result], ...]
    away: tuple[tuple[int, Reading], ...] = ()


def cut(unit: Unit, work: Work, size: int) -> list[Unit]:
    """The stretches of a web archive. Raises IngestError."""
    assert isinstance(unit.source, str)
    place = place_of(unit.source, max_bytes=work.max_bytes)
    return [
        replace(unit, source=Stretch(unit.source, one), size=one.end - one.start)
        for one in cuts_of(place, size)
    ]


def read_part(part: Part, work: Work, token: str) -> Read:
    """Read the units of a part into a file on this machine."""
    folder = place_here(work.folder)
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / part.target if part.target and work.look_up else None
    job = Job(work.given, work.max_bytes, known, work.columns)
    file = own_name(token, ".read")
    keys: list[tuple[Keys, ...]] = []
    with (folder / file).open("wb") as out, _reader(job, work.timeout) as read:
        for number, unit in enumerate(part.units):
            for reading in read(unit.source):
                pickle.dump((number, reading), out)
                keys.append(tuple(map(keys_of, reading.articles)))
    return Read(address_here(), file, tuple(keys))


@contextmanager
def _reader(job: Job, timeout: float) -> Iterator[Callable[[Source], Iterator[Reading]]]:
    """A process that reads, kept for the next part: it takes a second to be of use."""
    # A worker that dask's nanny looks after may have no children of its own otherwise.
    multiprocessing.current_process().daemon = False
    if job.archive is not None:
        with one_by_one(job, timeout) as read:
            yield read
        return
    if getattr(_kept, "wanted", None) != (job, timeout):
        if hasattr(_kept, "stack"):
            _kept.stack.close()
        _kept.stack = ExitStack()
        _kept.wanted = (job, timeout)
        _kept.read = _kept.stack.enter_context(one_by_one(job, timeout))
    try:
        yield _kept.read
    except BaseException:
        _kept.wanted = None  # it may be in the middle of something
        raise


def store_part(part: Part, work: Work, token: str, file: str, away: Set[int]) -> Stored:
    """Store what was read but for the readings `away`, counted from 0, which are given back.

    What is new goes into a shard of its own, which is there whole or not at all.
    """
    folder = place_here(work.folder)
    others: list[tuple[int, Reading]] = []
    numbers: list[int] = []

    def ours() -> Iterator[Reading]:
        for at, (number, reading) in enumerate(_read_back(folder / file)):
            if at in away:
                others.append((number, reading))
            else:
                numbers.append(number)
                yield reading

    stored = _store(folder, part.target, work, token, ours())
    (folder / file).unlink(missing_ok=True)
    results = tuple(zip(numbers, stored.results, strict=True))
    return Stored(stored.file, results, tuple(others))


def store_failure(part: Part, work: Work, token: str, reading: Reading) -> Stored:
    """Store that the one unit of a part cannot be read."""
    folder = place_here(work.folder)
    folder.mkdir(parents=True, exist_ok=True)
    stored = _store(folder, part.target, work, token, iter([reading]))
    return Stored(stored.file, tuple((0, result) for result in stored.results))


def add(file: str, work: Work, readings: tuple[Reading, ...]) -> tuple[Result, ...]:
    """Store readings in a shard that lies here. Done twice it changes nothing more."""
    path = place_here(work.folder) / file
    with Archive.open(path, create=False, keep_raw=work.keep_raw) as archive:
        found = store_all(archive, readings, corrected=bool(work.given or work.columns))
        return tuple(_slim(result, work) for result in found)


@dataclass(slots=True)
class _Made:
    file: str | None
    results: list[Result]


def _store(
    folder: Path, target: str | None, work: Work, token: str, readings: Iterator[Reading]
) -> _Made:
    partial = target or own_name(token, ".partial")
    path = folder / partial
    first = next(readings, None)
    if first is None:
        return _Made(target, [])
    with Archive.open(path, create=target is None, keep_raw=work.keep_raw) as archive:
        found = store_all(
            archive, _and_rest(first, readings), corrected=bool(work.given or work.columns)
        )
        results = [_slim(result, work) for result in found]
    if target is not None:
        return _Made(target, results)
    whole = Path(partial).with_suffix(".db").name
    put_in_place(path, folder / whole)
    return _Made(whole, results)


def _and_rest(first: Reading, rest: Iterator[Reading]) -> Iterator[Reading]:
    yield first
    yield from rest


def _slim(result: Result, work: Work) -> Result:
    """A result as it goes over the network."""
    return result if work.with_articles else replace(result, articles=())


def _read_back(file: Path) -> Iterator[tuple[int, Reading]]:
    with file.open("rb") as read, suppress(EOFError):
        while True:
            yield pickle.load(read)
