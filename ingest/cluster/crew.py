"""Which workers are there, and which shards lie with each."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from db.cluster.connect import Cluster
from db.cluster.errors import ClusterError

_LOOK = 1.0  # seconds between two looks


class Crew:
    """The workers, as they come and go. `patience` is for how many seconds nobody may be there."""

    def __init__(self, cluster: Cluster, folder: Path, patience: float) -> None:
        self._cluster = cluster
        self._folder = folder
        self._patience = patience
        self._looked, self._seen = 0.0, monotonic()
        self._holders: dict[str, list[str]] = {}
        self.workers: dict[str, int] = {}

    @property
    def threads(self) -> int:
        """How many parts they can read at the same time."""
        return sum(self.workers.values())

    def look(self, *, anew: bool = False) -> bool:
        """Look at who is there, if it is time to. With `anew`, at what they have as well.

        Raises ClusterError where nobody is, for too long.
        """
        now = monotonic()
        if now - self._looked < _LOOK:
            return False
        self._looked = now
        workers = self._cluster.workers()
        if workers:
            self._seen = now
        elif now - self._seen > self._patience:
            raise ClusterError(
                self._cluster.address,
                "all workers are gone; what was taken in is stored, start them again, and the same"
                " command goes on",
            )
        if anew or workers.keys() != self.workers.keys():
            self.workers = workers
            self._holders = {}
            for address, seen in self._cluster.look(self._folder).items():
                for file in seen.files:
                    self.has(address, file)
        return True

    def has(self, worker: str, file: str) -> None:
        """Note that a worker has a shard."""
        self._holders.setdefault(file, []).append(worker)

    def holder(self, file: str) -> str | None:
        """The worker that writes into a shard, None where no worker has it.

        Always the same one: two machines must not write into one file on a disk that they share.
        """
        return min((w for w in self._holders.get(file, ()) if w in self.workers), default=None)
