"""The jobs that are given out, and the tasks that they are on a worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from db.cluster.connect import Cluster
from ingest.cluster import work as tasks
from ingest.cluster.plan import Limits, Part, Work
from ingest.cluster.routes import Guest, Home
from ingest.cluster.work import Read
from ingest.errors import ReaderFailed
from ingest.read import printable
from ingest.readings import Reading, name_of


@dataclass(eq=False, slots=True)
class Job:
    """Something that a worker does: it is read, then stored; guests are added."""

    kind: Literal["cut", "read", "store", "fail", "add"]
    part: Part
    home: Home
    token: str = ""
    read: Read | None = None
    away: dict[int, Home] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    tries: int = 0
    stuck: float = 0.0  # since when no worker has the shard

    @property
    def needs_token(self) -> bool:
        """Whether a file may be made in it that nobody has a name for yet."""
        return self.kind in ("read", "fail")


def submit(cluster: Cluster, job: Job, work: Work, limits: Limits, worker: str | None) -> int:
    """Give a job out, to one worker or to any; the number of its task."""
    give, part = cluster.submit, job.part
    if job.kind == "cut":
        return give(tasks.cut, part.units[0], work, limits.cut)
    if job.kind == "read":
        return give(tasks.read_part, part, work, job.token, worker=worker)
    if job.kind == "store":
        assert job.read is not None
        return give(
            tasks.store_part, part, work, job.token, job.read.file, {*job.away}, worker=worker
        )
    if job.kind == "fail":
        return give(tasks.store_failure, part, work, job.token, killing(part), worker=worker)
    readings = tuple(guest.reading for guest in job.guests)
    return give(tasks.add, job.home.file, work, readings, worker=worker)


def killing(part: Part) -> Reading:
    """What is stored of a file that took several workers with it."""
    name = name_of(part.units[0].source)
    shown = printable(name)
    error = ReaderFailed(
        shown, "each worker that reads it dies; please report it, with the file if you can"
    )
    return Reading(name, shown, error=error)
