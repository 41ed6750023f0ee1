"""Small shards that lie with one worker are put together, so that there are few to search.

As with sorted files in a log-structured tree, small ones are put together with small ones (P. E.
O'Neil and others, "The log-structured merge-tree", 1996): an article is copied a few times at most,
however often little comes in. The folder's manifest changes once the new file is whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from db.archive import Archive
from db.cluster.connect import Cluster
from db.cluster.errors import ClusterError, WorkerDied
from db.cluster.here import own_name, place_here, put_in_place
from db.cluster.ledger import Ledger
from db.errors import ArchiveBusy
from db.moving.merging import merge
from db.shards.folder import Folder, open_folder, replace_shards

# Articles that a shard has at most by being put together.
FULL = 500_000


def groups(sizes: Mapping[str, int], full: int = FULL) -> list[list[str]]:
    """Which of these files, with their numbers of articles, are worth being put together."""
    found: list[list[str]] = []
    group: list[str] = []
    total = 0
    for file in sorted(sizes, key=lambda one: (sizes[one], one)):
        if total + sizes[file] > full:
            found.append(group)
            group, total = [], 0
        group.append(file)
        total += sizes[file]
    found.append(group)
    return [kept for group in found if len(kept := _worth(group, sizes)) > 1]


def _worth(group: Sequence[str], sizes: Mapping[str, int]) -> list[str]:
    """A group, the smallest first, without those that are most of it: copying them gains little."""
    kept = list(group)
    while kept and 2 * sizes[kept[-1]] > sum(sizes[file] for file in kept):
        kept.pop()
    return kept


def put_together(folder: str, files: Sequence[str], token: str) -> str:
    """Copy these files, which lie here, into one; its name. Raises ArchiveError."""
    place = place_here(folder)
    made = own_name(token, ".partial")
    with Archive.open(place / made) as archive:
        for report in merge([place / file for file in files], archive, apart=False):
            for problem in report.proof.problems:
                raise ArchiveBusy(report.path, f"could not be put together ({problem})")
    whole = Path(made).with_suffix(".db").name
    put_in_place(place / made, place / whole)
    return whole


def compact(cluster: Cluster, folder: Folder, ledger: Ledger, full: int = FULL) -> None:
    """Put small shards together, each worker its own. A worker that is gone leaves its as they are.

    Raises ClusterError, ArchiveError.
    """
    sizes = ledger.articles()
    named = {shard.path.name for shard in open_folder(folder.path).shards}
    left = {file: size for file, size in sizes.items() if file in named}
    jobs: dict[int, list[str]] = {}
    for address, seen in sorted(cluster.look(folder.path).items()):
        own = {file: left.pop(file) for file in seen.files if file in left}
        for files in groups(own, full):
            token = secrets.token_hex(6)
            ledger.attempt(token)
            number = cluster.submit(put_together, str(folder.path), files, token, worker=address)
            jobs[number] = files
    while jobs:
        for done in (*cluster.done(1.0), *cluster.lost(cluster.workers())):
            files = jobs.pop(done.number)
            if isinstance(done.error, WorkerDied):
                continue
            if done.error is not None:
                raise ClusterError(cluster.address, f"a worker cannot go on ({done.error})")
            replace_shards(folder, files, done.value)
            ledger.put_together(files, done.value)
