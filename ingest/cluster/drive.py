"""Gives out what is to be read, and takes what was made of it into the folder, exactly once.

A shard counts from the moment that the folder's manifest names it; it is named when its worker has
told that all of it is on its disk. What is lost before is read again, by another worker. The ledger
is written after the manifest: where it lacks a shard, the shard is asked (`books.learn`).
"""

from __future__ import annotations

import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from time import monotonic
from typing import Literal

from db.archive import Outcome
from db.cluster.compact import compact
from db.cluster.connect import PATIENCE, Cluster, Done
from db.cluster.errors import ClusterError, WorkerDied
from db.cluster.ledger import Ledger
from db.errors import ArchiveError
from db.shards.folder import Folder, name_shard
from ingest.cluster.books import learn, sweep, wait_for_workers
from ingest.cluster.crew import Crew
from ingest.cluster.intake import Known, plan, plan_cut
from ingest.cluster.jobs import Job, killing, submit
from ingest.cluster.plan import Limits, Part, Unit, Work, unit_of
from ingest.cluster.routes import Guest, Home, Routes
from ingest.cluster.work import Read, Stored
from ingest.errors import IngestError, ShardAway
from ingest.load import Result
from ingest.read import printable
from ingest.readings import name_of

# Parts given out for each thread of a worker: the one it reads, and the next.
_AHEAD = 2
_TRIES = 3
_WAIT = 1.0  # seconds


def load_on_cluster(
    cluster: Cluster,
    folder: Folder,
    sources: Iterable[str],
    work: Work,
    *,
    limits: Limits | None = None,
    moved: Callable[[], object] = lambda: None,
    patience: float = PATIENCE,
) -> Iterator[Result]:
    """Have the workers read `sources` into shards of `folder`; what becomes of each, as it happens.

    As with `ingest.load.load`, whoever stops in between loses nothing, and the next run goes on.
    Results come in no order, without their articles unless `work` wants them. `moved` is called for
    each source that is through; `patience` is for how many seconds a worker is waited for.

    Raises:
        ClusterError: there is no scheduler or no worker, or one that has another version.
        ArchiveError: a shard or the folder cannot be written, or another ingest is running.
    """
    with Ledger(folder.path) as ledger:
        threads = wait_for_workers(cluster, patience)
        learn(cluster, folder, ledger)
        sweep(cluster, folder, ledger)
        units = [unit_of(source) for source in dict.fromkeys(sources)]
        shared = (limits or Limits()).shared(units, threads)
        drive = _Drive(cluster, folder, ledger, work, shared, moved, patience)
        try:
            yield from drive.run(units)
        finally:
            cluster.cancel()
        compact(cluster, folder, ledger)
        sweep(cluster, folder, ledger)


class _Drive:
    def __init__(
        self,
        cluster: Cluster,
        folder: Folder,
        ledger: Ledger,
        work: Work,
        limits: Limits,
        moved: Callable[[], object],
        patience: float,
    ) -> None:
        self._cluster = cluster
        self._folder = folder
        self._ledger = ledger
        self._work = work
        self._limits = limits
        self._moved = moved
        self._patience = patience
        self._routes = Routes(ledger)
        self._jobs: dict[int, Job] = {}
        self._ready: deque[Job] = deque()
        self._stuck: list[Job] = []
        self._out: deque[Result] = deque()
        self._crew = Crew(cluster, folder.path, patience)
        self._read = 0

    def run(self, units: Sequence[Unit]) -> Iterator[Result]:
        """Give out, take in, until nothing is left."""
        todo = plan(units, self._ledger, self._limits, look_up=self._work.look_up)
        jobs = self._jobs_of(todo)
        more = True
        while True:
            self._look()
            while len(self._jobs) < _AHEAD * max(self._crew.threads, 1):
                job = self._ready.popleft() if self._ready else next(jobs, None)
                if job is None:
                    more = False
                    break
                self._start(job)
            yield from self._told()
            if not (more or self._jobs or self._ready or self._stuck):
                return
            for done in self._cluster.done(_WAIT):
                self._finish(done)
                yield from self._told()

    def _told(self) -> Iterator[Result]:
        while self._out:
            yield self._out.popleft()

    def _jobs_of(self, plan: Iterable[Part | Known | Unit]) -> Iterator[Job]:
        """What is to be done, as jobs; what is known is told."""
        for item in plan:
            match item:
                case Known(unit, articles):
                    self._unchanged(unit, articles)
                case Part():
                    yield Job("read", item, self._routes.home(item.target))
                case Unit():
                    yield Job("cut", Part((item,)), Home())

    def _unchanged(self, unit: Unit, articles: int) -> None:
        self._through(unit)
        unchanged: Outcome = "unchanged"
        if articles:
            self._tell(Result(printable(name_of(unit.source)), (unchanged,) * articles))

    def _tell(self, result: Result) -> None:
        self._out.append(replace(result, read=self._read))

    def _through(self, unit: Unit) -> None:
        self._read += unit.size
        if unit.start == 0:
            self._moved()

    def _look(self) -> None:
        """What was given to a worker that is gone is done again."""
        if not self._crew.look(anew=bool(self._stuck)):
            return
        for done in self._cluster.lost(self._crew.workers):
            self._finish(done)
        stuck, self._stuck = self._stuck, []
        for job in stuck:
            self._start(job)

    # What is given out.

    def _start(self, job: Job) -> None:
        worker = job.read.worker if job.kind == "store" and job.read else None
        file = job.home.file if job.kind == "add" else job.part.target
        if file is not None and worker is None and (worker := self._crew.holder(file)) is None:
            self._no_holder(job, file)
            return
        if job.needs_token:
            job.token = secrets.token_hex(6)
            self._ledger.attempt(job.token)
        number = submit(self._cluster, job, self._work, self._limits, worker)
        self._jobs[number] = job

    def _no_holder(self, job: Job, file: str) -> None:
        job.stuck = job.stuck or monotonic()
        if monotonic() - job.stuck < self._patience:
            self._stuck.append(job)
            return
        why = (
            f"it is in {file}, which no worker has; start the worker on its machine, and give the"
            " same command again"
        )
        for guest in job.guests:
            name = guest.reading.member
            self._arrive(guest, file, Result(name, error=ShardAway(name, why)))
        for unit in () if job.guests else job.part.units:
            name = printable(name_of(unit.source))
            self._through(unit)
            self._tell(Result(name, error=ShardAway(name, why)))

    # What comes back.

    def _finish(self, done: Done) -> None:
        job = self._jobs.pop(done.number)
        match done.error, done.value:
            case WorkerDied(several=several), _:
                self._again(job, several)
            case IngestError(), _:  # of a web archive that cannot be cut: reading it will say why
                self._ready.append(Job("read", job.part, job.home))
            case ArchiveError() as error, _:
                raise error
            case BaseException() as error, _:
                what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
                raise ClusterError(
                    self._cluster.address,
                    f"a worker cannot go on ({what}); what was taken in is stored",
                ) from error
            case _, Read() as read:
                job.read = read
                job.away = self._routes.reserve(read, job.home)
                job.kind = "store"
                self._start(job)
            case _, Stored() as stored:
                self._store(job, stored)
            case _, [Unit(), *_] as units:
                todo = plan_cut(units, self._ledger, self._limits, look_up=self._work.look_up)
                self._ready.extend(self._jobs_of(todo))
            case _, results:
                assert job.home.file is not None
                for guest, result in zip(job.guests, results, strict=True):
                    self._arrive(guest, job.home.file, result)

    def _store(self, job: Job, stored: Stored) -> None:
        """Take a shard into the folder, and note what it holds; send on what belongs elsewhere."""
        units = job.part.units
        if stored.file is not None and stored.file != job.part.target:
            name_shard(self._folder, stored.file)
            if job.read is not None:
                self._crew.has(job.read.worker, stored.file)
        guests = Counter(number for number, _ in stored.away)
        articles: Counter[int] = Counter()
        failed: set[int] = set()
        for number, result in stored.results:
            articles[number] += len(result.outcomes)
            if result.failed:
                failed.add(number)
        if stored.file is not None:
            taken = (
                unit.taken(articles[at], whole=at not in failed and not guests[at])
                for at, unit in enumerate(units)
            )
            keys = self._routes.claimed(job.read, job.away, job.home) if job.read else ()
            self._ledger.claim(stored.file, taken, keys)
            self._send(job.home, self._routes.settle(job.home, stored.file))
        for _, result in stored.results:
            self._tell(result)
        for at, unit in enumerate(units):
            self._through(unit)
            if guests[at]:
                self._routes.depart(
                    unit, guests[at], stored.file, articles=articles[at], whole=at not in failed
                )
        homes = [job.away[at] for at in sorted(job.away)]
        for home, (number, reading) in zip(homes, stored.away, strict=True):
            self._routes.wait(home, Guest(reading, units[number]))
        for home in dict.fromkeys(homes):
            if home.file is not None:
                self._send(home, self._routes.settle(home, home.file))

    def _send(self, home: Home, guests: Sequence[Guest]) -> None:
        if guests:
            self._ready.append(Job("add", Part(()), home, guests=tuple(guests)))

    def _arrive(self, guest: Guest, file: str | None, result: Result) -> None:
        self._tell(result)
        if note := self._routes.arrive(guest, file, result):
            self._ledger.claim(note[0], [note[1]], ())

    def _again(self, job: Job, several: bool) -> None:
        """A worker is gone in the middle of a job: another one does it."""
        job.tries += 1
        if job.kind == "cut" and job.tries > _TRIES:
            self._ready.append(Job("read", job.part, job.home))
        elif job.kind == "fail" and job.tries > _TRIES:
            reading = killing(job.part)
            self._tell(Result(reading.member, error=reading.error))
        elif job.kind == "read" and several:
            # Something in it may be what kills them: it is looked for by halves.
            halves = job.part.halves()
            kind: Literal["read", "fail"] = "fail" if len(halves) == 1 else "read"
            for guest in self._routes.release(job.home) if job.home.file is None else ():
                name = guest.reading.member
                why = "where it belongs could not be stored; give the same command again"
                self._arrive(guest, None, Result(name, error=ShardAway(name, why)))
            for half in halves:
                self._ready.append(Job(kind, half, self._routes.home(half.target)))
        else:
            job.kind = "read" if job.kind == "store" else job.kind
            self._ready.append(job)
