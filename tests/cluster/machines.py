"""A scheduler and workers on this machine, each worker with a folder of its own, as on its disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.cluster.connect import connected


class Machines:
    """Worker processes by number; each has the shards' folder at `places[number]`."""

    def __init__(self, base: Path, workers: int, *, threads: int = 1) -> None:
        self.base = base
        self.places = [base / f"machine-{number}" for number in range(workers)]
        self._threads = threads
        self._told = base / "scheduler.json"
        self._scheduler = self._run("scheduler", "scheduler", "--port", "0")
        self._workers: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def address(self) -> str:
        """That of the scheduler, once it has started."""
        while not self._told.is_file() or not self._told.read_text():
            time.sleep(0.05)
        return str(json.loads(self._told.read_text())["address"])

    def _run(self, log: str, what: str, *words: str, **more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1"]
        with (self.base / f"{log}.log").open("ab") as out:
            return subprocess.Popen(
                [*command, "--no-dashboard", "--scheduler-file", str(self._told), *words],
                stdout=out,
                stderr=out,
                env={**os.environ, **more},
            )

    def start(self, number: int) -> None:
        """Start a worker, or start it again."""
        assert self.address
        words = ["--no-nanny", "--nthreads", str(self._threads), "--memory-limit", "0"]
        self._workers[number] = self._run(
            f"worker-{number}", "worker", *words,
            "--local-directory", str(self.base / f"dask-{number}"),
            ONRECORD_SHARDS=str(self.places[number]),
        )  # fmt: skip

    def wait(self) -> None:
        """Wait until the scheduler knows all workers that were started."""
        with connected(self.address) as cluster:
            while len(cluster.workers()) < len(self._workers):
                time.sleep(0.1)

    @property
    def scheduler(self) -> int:
        """The scheduler's process."""
        return self._scheduler.pid

    @property
    def pids(self) -> list[int]:
        """The workers' processes."""
        return [worker.pid for worker in self._workers.values()]

    def kill(self, number: int) -> None:
        """Kill a worker, as a power cut would."""
        self._workers[number].send_signal(signal.SIGKILL)
        self._workers.pop(number).wait()

    def kill_scheduler(self) -> None:
        """Kill the scheduler."""
        self._scheduler.kill()
        self._scheduler.wait()

    def stop(self) -> None:
        """End all of them."""
        for number in list(self._workers):
            self.kill(number)
        self.kill_scheduler()


@contextmanager
def machines(base: Path, workers: int = 3, *, threads: int = 1) -> Iterator[Machines]:
    """A scheduler and so many workers, started together and ended at the end."""
    base.mkdir(parents=True, exist_ok=True)
    made = Machines(base, workers, threads=threads)
    try:
        for number in range(workers):
            made.start(number)
        yield made
    finally:
        made.stop()
