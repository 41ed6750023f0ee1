"""What has to agree before work is given out: manifest, ledger, and the files on the machines."""

from __future__ import annotations

from time import monotonic

from db.cluster import here
from db.cluster.connect import PATIENCE, Cluster
from db.cluster.errors import ClusterError, WorkerDied
from db.cluster.ledger import Ledger, Taken
from db.shards.folder import Folder, open_folder


def wait_for_workers(cluster: Cluster, patience: float = PATIENCE) -> int:
    """How many threads the workers have, as soon as there is one. Raises ClusterError."""
    until = monotonic() + patience
    while not (workers := cluster.workers()):
        if monotonic() > until:
            raise ClusterError(
                cluster.address,
                f"the scheduler has no worker; start some with: dask worker {cluster.address}",
            )
        list(cluster.done(0.5))
    return sum(workers.values())


def learn(cluster: Cluster, folder: Folder, ledger: Ledger) -> None:
    """Have the ledger know the shards of the folder: new ones are asked, others forgotten.

    Raises ClusterError where a new one lies with no worker: nobody could tell what is in it.
    """
    named = [shard.path.name for shard in open_folder(folder.path).shards]
    known = ledger.files()
    for file in known.difference(named):
        ledger.forget(file)
    unknown = [file for file in named if file not in known]
    holders = {
        file: address
        for address, seen in (cluster.look(folder.path).items() if unknown else ())
        for file in seen.files
    }
    for file in unknown:
        if file not in holders:
            raise ClusterError(
                folder.path / file,
                "no worker has this shard, so that nobody knows what is in it; start the worker on"
                " its machine",
            )
        number = cluster.submit(here.contents, str(folder.path), file, worker=holders[file])
        held: here.Contents = _result(cluster, number)
        taken = (Taken(place, 0, None, None, None, 0, False) for place in held.locations)
        ledger.claim(file, taken, held.keys)


def _result(cluster: Cluster, number: int) -> here.Contents:
    while True:
        for done in (*cluster.done(1.0), *cluster.lost(cluster.workers())):
            if done.number == number:
                if isinstance(done.error, WorkerDied):
                    raise ClusterError(cluster.address, f"a worker is gone ({done.error})")
                if done.error is not None:
                    raise done.error
                found: here.Contents = done.value
                return found


def sweep(cluster: Cluster, folder: Folder, ledger: Ledger) -> None:
    """Remove what parts left that were given out and do not count: nothing else, ever."""
    tokens = ledger.attempts()
    # With a shard stay its notebook and what SQLite keeps beside it: files of the same beginning.
    named = {shard.path.stem for shard in open_folder(folder.path).shards}
    left = {
        name
        for seen in cluster.look(folder.path).values()
        for name in seen.files
        if (made := here.OWN.match(name)) and made[1] in tokens and made[0] not in named
    }
    if left:
        cluster.everywhere(here.remove, str(folder.path), sorted(left))
