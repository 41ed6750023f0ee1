"""Many processes read, this one takes what they give: in order, and whatever becomes of them.

A process that dies, or says nothing for too long, costs the file that it was reading; another
takes its place. What was read ahead is bounded: a process whose readings nobody takes waits.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from ingest.errors import ReaderFailed
from ingest.read import printable
from ingest.readings import Job, Reading, Source, name_of
from ingest.worker import READY, work

TIMEOUT = 60.0
# Files given out to one process: the one that it reads, and the next, so that it never waits.
_AHEAD = 2
# Files in work for each process, those that are done but not yet their turn among them.
_OPEN = 8
# Readings held of a file that is not yet its turn.
_HELD = 16
# What a process may take to start, on a machine that is busy with other things.
_START = 60.0


@dataclass(slots=True)
class _Task:
    """A source in work, and what it has given so far."""

    source: Source
    found: deque[Reading] = field(default_factory=deque)
    done: bool = False


@dataclass(slots=True)
class _Worker:
    """A process, and what was given out to it; the first of its tasks is the one it reads."""

    process: BaseProcess
    pipe: Connection
    tasks: deque[_Task] = field(default_factory=deque)
    heard: float = field(default_factory=time.monotonic)
    ready: bool = False


def read_with_many(
    sources: Iterable[Source], job: Job, jobs: int, timeout: float = TIMEOUT
) -> Iterator[Reading]:
    """The readings of `sources`, in their order, read by `jobs` processes.

    `timeout` is how many seconds a file, or a record of one that holds many, may take.
    """
    pool = _Pool(job, jobs, timeout)
    try:
        yield from pool.run(iter(sources))
    finally:
        pool.stop()


@contextlib.contextmanager
def one_reader(job: Job, timeout: float = TIMEOUT) -> Iterator[Callable[[Source], list[Reading]]]:
    """A function that has one source read in a process of its own, the same for all of them."""
    with one_by_one(job, timeout) as read:
        yield lambda source: list(read(source))


@contextlib.contextmanager
def one_by_one(
    job: Job, timeout: float = TIMEOUT
) -> Iterator[Callable[[Source], Iterator[Reading]]]:
    """As `one_reader`, but what a source gives comes as it is read."""
    pool = _Pool(job, 1, timeout)
    try:
        yield lambda source: pool.run(iter([source]))
    finally:
        pool.stop()


class _Pool:
    def __init__(self, job: Job, jobs: int, timeout: float) -> None:
        methods = multiprocessing.get_all_start_methods()
        # A fork of this process would share its SQLite connection; the server's forks do not.
        method = "forkserver" if "forkserver" in methods else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        self._context.set_forkserver_preload(["ingest.preload"])
        self._job = job
        self._timeout = timeout
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._line: deque[_Task] = deque()

    def run(self, sources: Iterator[Source]) -> Iterator[Reading]:
        """Give out, take in, and yield the readings of the first in line."""
        more = True
        while True:
            while more and len(self._line) < _OPEN * self._jobs and self._free():
                source = next(sources, None)
                if source is None:
                    more = False
                else:
                    self._give(_Task(source))
            if not self._line:
                return
            first = self._line[0]
            while first.found:
                yield first.found.popleft()
            if first.done:
                self._line.popleft()
                continue
            self._take_in()

    def _free(self) -> bool:
        if len(self._workers) < self._jobs:
            return True
        return any(len(worker.tasks) < _AHEAD for worker in self._workers)

    def _give(self, task: _Task) -> None:
        """To a process that has nothing to do, a new one where there may be more, or the least."""
        self._line.append(task)
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if least is None or (least.tasks and len(self._workers) < self._jobs):
            least = self._start()
        self._hand(least, task)

    def _hand(self, worker: _Worker, task: _Task) -> None:
        if not worker.tasks:
            worker.heard = time.monotonic()
        worker.tasks.append(task)
        # One that has died is found out in `_take_in`, which gives its tasks to another.
        with contextlib.suppress(OSError):
            worker.pipe.send(task.source)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._job), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _take_in(self) -> None:
        """Wait until some process says something, dies, or is silent for too long."""
        first = self._line[0]
        listened = {
            worker.pipe: worker
            for worker in self._workers
            if worker.tasks and (worker.tasks[0] is first or len(worker.tasks[0].found) < _HELD)
        }
        ready = wait(list(listened), timeout=min(self._timeout / 4, 1.0))
        for pipe in ready:
            self._hear(listened[pipe])  # type: ignore[index]
        now = time.monotonic()
        for worker in list(listened.values()):
            silent = now - worker.heard > self._timeout + (0 if worker.ready else _START)
            if worker in self._workers and silent and not worker.pipe.poll():
                self._replace(worker, f"it takes over {self._timeout:g} seconds to read")

    def _hear(self, worker: _Worker) -> None:
        try:
            reading = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self._replace(worker, "its reader died" + _how(worker.process.exitcode))
            return
        worker.heard = time.monotonic()
        if reading is READY:
            worker.ready = True
        elif reading is None:
            worker.tasks.popleft().done = True
        else:
            worker.tasks[0].found.append(reading)

    def _replace(self, worker: _Worker, reason: str) -> None:
        """End a process: the file that it was reading fails, the next goes to another."""
        self._workers.remove(worker)
        _end(worker)
        if not worker.tasks:
            return
        task = worker.tasks.popleft()
        name = name_of(task.source)
        shown = printable(name)
        error = ReaderFailed(shown, f"{reason}; split it, or give a --timeout that is longer")
        if "died" in reason:
            error = ReaderFailed(shown, f"{reason}; please report it, with the file if you can")
        task.found.append(Reading(name, shown, error=error))
        task.done = True
        if worker.tasks:
            new = self._start()
            for task in worker.tasks:
                self._hand(new, task)

    def stop(self) -> None:
        """End all processes, whatever they are doing."""
        for worker in self._workers:
            if not worker.tasks:
                worker.pipe.close()  # it ends by itself
            else:
                worker.process.kill()
        for worker in self._workers:
            _end(worker)


def _how(code: int | None) -> str:
    return f" (signal {-code})" if code is not None and code < 0 else ""


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    worker.process.close()
