"""What can go wrong with a cluster."""

from __future__ import annotations

from db.errors import ArchiveError


class ClusterError(ArchiveError):
    """The scheduler or its workers cannot be worked with; the message says what to do."""


class WorkerDied(Exception):
    """A worker ended, or cannot be reached, before it gave what it was asked for.

    With `several`, so did all the workers that the task was given to in its place.
    """

    def __init__(self, message: str, *, several: bool = False) -> None:
        super().__init__(message)
        self.several = several
