"""Articles a second with 1, 2 and 3 workers beside a local ingest, and what crosses the network.

    uv run python -m tests.bench.cluster [--articles 3000] [--workers 1 2 3] [--kills N] [--search]
    uv run python -m tests.bench.cluster --books

All on this machine: on one with fewer cores than workers, seconds on the wall tell little, and the
seconds of processors that scheduler, driver and workers used are printed beside them. Bytes are
those that the scheduler received and sent on its sockets (Linux), which is all that crosses the
network but for the files themselves. With --kills, that many workers are killed at random moments
(kill -9) and started again, and what is there at the end is held against the local archive. With
--search, the time of a search over the workers' shards beside that over the same files here. With
--books, what the machine that gives out work spends on an article, without workers.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db.archive import Archive
from db.check import check
from db.cluster.connect import connected
from db.cluster.keys import Keys
from db.cluster.ledger import NAME, Ledger
from db.cluster.remote import ClusterReader
from db.shards.folder import Folder, create_folder, name_shard, open_folder
from db.shards.reading import FolderReader
from db.shards.search import search
from ingest.cluster.drive import load_on_cluster
from ingest.cluster.plan import Limits, Unit, Work, standing_of
from ingest.cluster.routes import Routes
from ingest.cluster.work import Read, Stored
from ingest.load import Result, Tally
from ingest.read import walk
from tests.bench.ingest import write_corpus
from tests.cluster.machines import Machines, machines
from tests.cluster.test_ingest import stories

ASKED = ("harbour", "council plan", "the", "said:water", "ferry OR bridge")


def used(pid: int) -> float:
    """Seconds of processors that a process and all that it has started have used so far (Linux)."""
    seconds: dict[int, float] = {}
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])
                seconds[int(entry.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    own = {pid}
    while more := {child for child, parent in parents.items() if parent in own} - own:
        own |= more
    return sum(seconds.get(one, 0.0) for one in own)


def over_sockets(pid: int) -> int:
    """Bytes that the TCP sockets of a process have taken in and given out so far (ss, Linux)."""
    told = subprocess.run(["ss", "-tinpH"], capture_output=True, text=True, check=True).stdout
    total, ours = 0, False
    for line in told.splitlines():
        if not line.startswith((" ", "\t")):
            ours = f"pid={pid}," in line
        elif ours:
            for word in line.split():
                name, _, value = word.partition(":")
                if name in ("bytes_sent", "bytes_received"):
                    total += int(value)
    return total


def local(clips: Path, archive: Path, jobs: int) -> float:
    """Seconds on the wall of an ingest on this machine without a cluster."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "ingest", "ingest", str(clips), "--archive", str(archive)]
    subprocess.run([*command, "--jobs", str(jobs)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def ingest(running: Machines, folder: Folder, clips: Path, limits: Limits) -> Tally:
    """Have the workers take the clips in."""
    tally = Tally()
    with connected(running.address) as cluster:
        for result in load_on_cluster(
            cluster, folder, walk([str(clips)]), Work(str(folder.path)), limits=limits
        ):
            tally.add(result)
    return tally


def gather(running: Machines, folder: Folder, into: Path) -> Folder:
    """The shards of all workers in one folder."""
    made = create_folder(into, "worker")
    for shard in open_folder(folder.path).shards:
        for place in running.places:
            if (place / shard.path.name).is_file():
                (into / shard.path.name).symlink_to(place / shard.path.name)
        made, _ = name_shard(made, shard.path.name)
    return made


def books(parts: int = 20, articles: int = 10_000) -> None:
    """Print what the machine that gives out work spends on an article, apart from all else."""
    chance = random.Random(1)
    spent, sent = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        with Ledger(Path(folder)) as ledger:
            routes = Routes(ledger)
            for part in range(parts):
                names = [f"/data/clips/{part:04}/{at:07}.txt" for at in range(articles)]
                keys = tuple(
                    (Keys((chance.getrandbits(63), chance.getrandbits(63)), ()),) for _ in names
                )
                told = pickle.dumps(Read("tcp://10.0.0.1:12345", "part-a-b.read", keys))
                results = tuple((at, Result(name, ("added",))) for at, name in enumerate(names))
                kept = pickle.dumps(Stored(f"part-{part}.db", results))
                start = time.process_time()
                units = [Unit(name, 2800, 2800, 1) for name in names]
                for unit in units:
                    standing_of(unit, ledger.taken(unit.location), look_up=True)
                given = pickle.dumps(units), pickle.dumps(units)
                read, stored = pickle.loads(told), pickle.loads(kept)
                home = routes.home(None)
                away = routes.reserve(read, home)
                ledger.claim(
                    stored.file,
                    (unit.taken(1, whole=True) for unit in units),
                    routes.claimed(read, away, home),
                )
                routes.settle(home, stored.file)
                spent += time.process_time() - start
                sent += len(told) + len(kept) + sum(map(len, given))
        size = (Path(folder) / NAME).stat().st_size
    every = parts * articles
    print(
        f"giving out, by itself: {1e6 * spent / every:.0f} millionths of a second of processors,"
        f" {sent / every:.0f} bytes sent and {size / every:.0f} bytes of ledger an article"
    )


def killing(running: Machines, kills: int, chance: random.Random) -> Callable[[], int]:
    """Kill workers until told to stop; the function that does gives how many it were."""
    over = threading.Event()
    done: list[int] = []

    def run() -> None:
        with connected(running.address) as cluster:
            while len(done) < kills and not over.wait(chance.uniform(0.5, 4)):
                if len(cluster.workers()) == len(running.places):
                    number = chance.randrange(len(running.places))
                    running.kill(number)
                    done.append(number)
                    running.start(number)

    thread = threading.Thread(target=run)
    thread.start()

    def stop() -> int:
        over.set()
        thread.join()
        return len(done)

    return stop


def milliseconds(reader: FolderReader | ClusterReader, times: int = 15) -> list[float]:
    """The median time of each search in ASKED."""
    found = []
    for typed in ASKED:
        took = []
        for _ in range(times):
            start = time.perf_counter()
            with reader.held() as held:
                search(held, typed)
            took.append(1000 * (time.perf_counter() - start))
        found.append(statistics.median(took))
    return found


def main() -> None:
    """Read the options, run, print a line for each number of workers."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=3000)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2, 3])
    options.add_argument("--kills", type=int, default=0)
    options.add_argument("--part", type=int, default=1000, help="articles a part")
    options.add_argument("--search", action="store_true")
    options.add_argument("--books", action="store_true", help="only what giving out costs")
    args = options.parse_args()
    if args.books:
        books()
        return
    limits = Limits(files=args.part)
    with tempfile.TemporaryDirectory() as base_name:
        base = Path(base_name)
        clips = base / "clips"
        clips.mkdir()
        size = write_corpus(clips, args.articles)
        print(f"{args.articles} articles, {size / 1e6:.1f} MB, {os.cpu_count()} cores")
        alone = base / "alone.db"
        seconds = local(clips, alone, 2)
        rate = args.articles / seconds
        print(f"without a cluster, --jobs 2: {rate:.0f} articles a second")
        for workers in args.workers:
            with machines(base / f"with-{workers}", workers) as running:
                running.wait()
                folder = create_folder(base / f"news-{workers}", "worker")
                before = over_sockets(running.scheduler)
                worked = [used(pid) for pid in running.pids]
                own, kept = time.process_time(), used(running.scheduler)
                start = time.perf_counter()
                stop = killing(running, args.kills, random.Random(workers))
                tally = ingest(running, folder, clips, limits)
                kills = stop()
                seconds = time.perf_counter() - start
                print(f"{workers} workers: {tally}")
                print(
                    f"  {args.articles / seconds:.0f} articles a second,"
                    f" {args.articles / seconds / rate:.2f} times that without"
                )
                if not kills:
                    crossed = over_sockets(running.scheduler) - before
                    spent = [used(pid) - was for pid, was in zip(running.pids, worked, strict=True)]
                    print(
                        f"  milliseconds of processors an article: workers"
                        f" {1000 * sum(spent) / args.articles:.2f}, driver"
                        f" {1000 * (time.process_time() - own) / args.articles:.3f}, scheduler"
                        f" {1000 * (used(running.scheduler) - kept) / args.articles:.3f}"
                    )
                    print(f"  {crossed / args.articles:.0f} bytes an article over the scheduler")
                shards = [
                    place / shard.path.name
                    for shard in open_folder(folder.path).shards
                    for place in running.places
                    if (place / shard.path.name).is_file()
                ]
                if args.kills:
                    wrong = 0
                    for shard in shards:
                        with Archive.open(shard) as archive:
                            wrong += bool(check(archive))
                    same = stories(shards) == stories([alone])
                    print(
                        f"  {kills} kills; {wrong} of {len(shards)} shards not whole; the stories"
                        f" are {'those' if same else 'NOT those'} of the local archive"
                    )
                else:
                    held = sum(shard.stat().st_size for shard in shards)
                    print(f"  {len(shards)} shards, {held / args.articles:.0f} bytes an article")
                if args.search and workers == max(args.workers):
                    beside = FolderReader(gather(running, folder, base / "beside").path)
                    here = milliseconds(beside)
                    beside.close()
                    with connected(running.address) as cluster:
                        far = ClusterReader(folder.path, cluster)
                        before = over_sockets(running.scheduler)
                        there = milliseconds(far)
                        crossed = over_sockets(running.scheduler) - before
                        far.close()
                    for typed, near, away in zip(ASKED, here, there, strict=True):
                        print(f"  {typed}: {away:.0f} ms, {near:.0f} ms with the files here")
                    print(f"  {crossed / (15 * len(ASKED)):.0f} bytes a search over the scheduler")


if __name__ == "__main__":
    main()
