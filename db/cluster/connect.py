"""The scheduler and its workers: the only module of `db` that imports dask.

Certificates and the like for tls:// addresses are those of dask's own configuration.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Container, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from db.cluster.errors import ClusterError, WorkerDied
from db.cluster.here import Seen, look

try:
    import distributed
    from distributed.comm import CommClosedError
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise ClusterError(
        "--scheduler", f"needs dask ({error}); get it with: pip install 'onrecord[cluster]'"
    ) from None

# Seconds that a scheduler may take to answer, and a worker to come or to come back.
CONNECT, PATIENCE = 10.0, 30.0
# Seconds in which a worker says what it has, however busy it is, if it is well.
ANSWER = 5.0
# Seconds after which it is asked whether a worker that says nothing is there at all.
_DOUBT = 1.0


class Done(NamedTuple):
    """A task that came to its end, by the number that `Cluster.submit` gave."""

    number: int
    value: Any = None
    error: BaseException | None = None


class Cluster:
    """The workers of a scheduler, as this program uses them. Made by `connected`."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self.address = address
        self._futures: dict[Any, int] = {}
        self._workers: dict[int, str | None] = {}
        self._next = 0

    def workers(self) -> dict[str, int]:
        """The addresses of the workers that are there now, with their threads. Raises."""
        try:
            found = self._client.sync(self._client.scheduler.identity, n_workers=-1)
        except (OSError, TimeoutError, CommClosedError):
            raise self._gone() from None
        return {address: one["nthreads"] for address, one in found["workers"].items()}

    def _gone(self) -> ClusterError:
        return ClusterError(
            self.address,
            "the scheduler is gone; what was taken in is stored, start it again with its workers,"
            " and the same command goes on",
        )

    def everywhere(self, work: Callable[..., Any], *args: Any) -> dict[str, Any]:
        """What `work(*args)` gives on each worker, beside its tasks.

        Who fails to, or takes longer than ANSWER, is left out.
        """

        async def one(address: str) -> Any:
            told = self._client.run(work, *args, workers=[address], on_error="return")
            return (await asyncio.wait_for(told, ANSWER)).get(address)

        async def all_() -> list[Any]:
            return await asyncio.gather(*map(one, workers), return_exceptions=True)

        workers = list(self.workers())
        found = zip(workers, self._client.sync(all_), strict=True)
        return {address: v for address, v in found if not isinstance(v, BaseException | None)}

    def ask(self, worker: str, work: Callable[..., Any], *args: Any, seconds: float) -> Any:
        """What `work(*args)` gives on one worker, at once, beside its tasks.

        Raises WorkerDied where it gives nothing within so many seconds, or else what `work` raises.
        """

        async def told() -> Any:
            run = self._client.run(work, *args, workers=[worker], on_error="return")
            task = asyncio.ensure_future(run)
            # dask would go on trying to reach one that is gone for half a minute.
            while not (await asyncio.wait({task}, timeout=_DOUBT))[0]:
                identity = await self._client.scheduler.identity(n_workers=-1)
                if worker not in identity["workers"]:
                    task.cancel()
                    raise WorkerDied(worker)
            return task.result()[worker]

        try:
            found = self._client.sync(told, callback_timeout=seconds)
        except Exception as error:
            raise WorkerDied(f"{worker}: {error}") from None
        if isinstance(found, OSError | TimeoutError):
            raise WorkerDied(f"{worker}: {found}")
        if isinstance(found, BaseException):
            raise found
        return found

    def look(self, folder: Path) -> dict[str, Seen]:
        """What each worker has of a folder. Raises ClusterError where one is of another version."""
        found = self.everywhere(look, str(folder))
        for address, seen in found.items():
            if seen.version != version("onrecord"):
                raise ClusterError(
                    address,
                    f"this worker has Onrecord {seen.version}, you have {version('onrecord')};"
                    " install the same",
                )
        return found

    def submit(self, work: Callable[..., Any], *args: Any, worker: str | None = None) -> int:
        """Have `work(*args)` done, by `worker` and nobody else where one is named; its number."""
        only = {} if worker is None else {"workers": [worker], "allow_other_workers": False}
        future = self._client.submit(work, *args, pure=False, **only)
        self._next += 1
        self._futures[future] = self._next
        self._workers[self._next] = worker
        return self._next

    def done(self, seconds: float) -> Iterator[Done]:
        """The tasks that are done, once one is or after `seconds`.

        A task whose worker is gone, where it was for nobody else, is done with the error
        WorkerDied; so is one that took several workers with it. Raises ClusterError.
        """
        if not self._futures:
            time.sleep(min(seconds, 0.2))
        with suppress(TimeoutError, CancelledError), self._client.as_current():
            distributed.wait([*self._futures], timeout=seconds, return_when="FIRST_COMPLETED")
        for future, number in [*self._futures.items()]:
            if not future.done():
                continue
            if future.status == "cancelled":
                raise self._gone()
            self._drop(future)
            try:
                yield Done(number, future.result(timeout=CONNECT))
            except KilledWorker as killed:
                yield Done(number, error=WorkerDied(str(killed), several=True))
            except (CommClosedError, TimeoutError) as error:
                yield Done(number, error=WorkerDied(str(error)))
            except Exception as error:
                yield Done(number, error=error)

    def lost(self, workers: Container[str]) -> Iterator[Done]:
        """The tasks for one worker alone that is not among `workers`: they are given up."""
        for future, number in [*self._futures.items()]:
            worker = self._workers[number]
            if worker is not None and worker not in workers and not future.done():
                self._drop(future)
                future.cancel()
                yield Done(number, error=WorkerDied(worker))

    def _drop(self, future: Any) -> None:
        del self._workers[self._futures.pop(future)]

    def cancel(self) -> None:
        """Give up all tasks that are not done. What a worker is in the middle of, it finishes."""
        with suppress(Exception):
            self._client.cancel(list(self._futures))
        self._futures.clear()


def address_here() -> str:
    """The address of the worker that runs this. Only within a task."""
    return str(distributed.get_worker().address)


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at an address. Raises ClusterError where nobody answers."""
    # What it has to tell, `Cluster` tells in a line.
    for name in ("distributed", "distributed.client", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        what = " ".join(str(error).split())[:120]
        raise ClusterError(
            address, f"no scheduler answers ({what}); start one with: dask scheduler"
        ) from None
    cluster = Cluster(client, address)
    try:
        yield cluster
    finally:
        cluster.cancel()
        with suppress(Exception):
            client.close(timeout=5)
