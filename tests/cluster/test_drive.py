"""What is done when workers die again and again: without workers, in this process."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.archive import Archive
from db.cluster.connect import Done
from db.cluster.errors import WorkerDied
from db.cluster.here import look
from db.shards.folder import create_folder, open_folder
from ingest.cluster import work as tasks
from ingest.cluster.drive import load_on_cluster
from ingest.cluster.plan import Limits, Work
from ingest.readings import readings
from tests.bench.kills import write_clips


class Here:
    """A cluster of this process. `dies` says of a task whether it takes its workers with it."""

    address = "here"

    def __init__(self, dies):
        self.dies = dies
        self.line = deque()
        self.number = 0

    def workers(self):
        return {"me": 1}

    def look(self, folder):
        return {"me": look(str(folder))}

    def everywhere(self, work, *args):
        return {"me": work(*args)}

    def submit(self, work, *args, worker=None):
        self.number += 1
        self.line.append((self.number, work, args))
        return self.number

    def done(self, seconds):
        if self.line:
            number, work, args = self.line.popleft()
            died = self.dies(work, *args)
            if died is not None:
                yield Done(number, error=died)
            else:
                yield Done(number, work(*args))

    def lost(self, workers):
        return ()

    def cancel(self):
        self.line.clear()


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that takes clips in on such a cluster: the results, and the shards."""

    @contextmanager
    def reader(job, timeout):
        yield lambda source: readings(source, job)

    monkeypatch.setattr(tasks, "_reader", reader)
    monkeypatch.setattr(tasks, "address_here", lambda: "me")
    (tmp_path / "clips").mkdir()
    clips = write_clips(tmp_path / "clips", 20)
    folder = create_folder(tmp_path / "news", "worker")

    def take_in(dies=lambda work, *args: None):
        found = list(
            load_on_cluster(
                Here(dies), folder, clips, Work(str(folder.path)), limits=Limits(files=8)
            )
        )
        return found, [shard.path for shard in open_folder(folder.path).shards]

    return take_in


def articles_in(shards):
    titles = []
    for shard in shards:
        with Archive.open(shard) as archive:
            titles += [row["title"] for row in archive.db["articles"].rows]
    return titles


def test_a_file_that_kills_workers_fails_alone(run):
    def dies(work, part, *args):
        if work is tasks.read_part and any("00013" in str(unit.source) for unit in part.units):
            return WorkerDied("again and again", several=True)
        return None

    found, shards = run(dies)
    (error,) = [result.error for result in found if result.error is not None]
    assert "00013.txt: each worker that reads it dies" in str(error)
    assert len(set(articles_in(shards))) == 21
    failures = []
    for shard in shards:
        with Archive.open(shard) as archive:
            failures += [Path(row["location"]).name for row in archive.db["failures"].rows]
    assert failures == ["00013.txt"]
    # Once it no longer does, it is read, and nothing else is.
    found, shards = run()
    assert sorted(outcome for result in found for outcome in result.outcomes) == [
        "added", *["unchanged"] * 21,
    ]  # fmt: skip
    assert len(set(articles_in(shards))) == len(articles_in(shards)) == 22


@pytest.mark.parametrize("task", [tasks.read_part, tasks.store_part])
def test_what_was_lost_with_a_worker_is_done_again(run, task):
    died = []

    def dies(work, *args):
        if work is task and len(died) < 3:
            died.append(args)
            return WorkerDied("once")
        return None

    found, shards = run(dies)
    assert [outcome for result in found for outcome in result.outcomes] == ["added"] * 22
    assert len(set(articles_in(shards))) == len(articles_in(shards)) == 22
    # Nothing is left of what was read in vain.
    assert not list(shards[0].parent.glob("*.read"))


def test_a_worker_that_stored_and_was_not_heard_is_not_counted(run):
    """It is dead to the others, but its file is whole."""
    died = []

    def dies(work, *args):
        if work is tasks.store_part and not died:
            died.append(work(*args))  # it does its work, and nobody hears of it
            return WorkerDied("taken for dead")
        return None

    found, shards = run(dies)
    assert [outcome for result in found for outcome in result.outcomes] == ["added"] * 22
    assert died[0].file not in {shard.name for shard in shards}
    assert not (shards[0].parent / died[0].file).exists()
    assert len(articles_in(shards)) == 22
