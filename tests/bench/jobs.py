"""How much faster many processes read than one, on a folder of pages.

    uv run python -m tests.bench.jobs FOLDER [--jobs 1 2] [--times 3] [--repeat 3]

Files ending in .gz are unpacked first. Where other programs run on the machine, seconds on the wall
tell little; the seconds of processors that each process used say what cores of its own would give:
the work shared out evenly, or what the busiest process has to do alone.
"""

from __future__ import annotations

import argparse
import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def unpack(folder: Path, into: Path, repeat: int) -> int:
    """The files of `folder`, unpacked, each `repeat` times, all different. Returns how many."""
    into.mkdir()
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    for path in paths:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        for turn in range(repeat):
            name = path.name.removesuffix(".gz")
            (into / f"{turn}-{name}").write_bytes(data + b"\n" * turn)
    return len(paths) * repeat


def used_by(session: int) -> dict[int, float]:
    """Seconds of processors that each process of a session has used so far (Linux)."""
    used = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            used[int(entry.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def ingest(pages: Path, archive: Path, jobs: int) -> tuple[float, list[float]]:
    """Seconds on the wall, and those of each process, that an ingest takes, start included."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "ingest", "ingest", str(pages), "--archive", str(archive)]
    running = subprocess.Popen(
        [*command, "--jobs", str(jobs)], stdout=subprocess.DEVNULL, start_new_session=True
    )
    used: dict[int, float] = {}
    while running.poll() is None:
        used |= used_by(running.pid)
        time.sleep(0.05)
    seconds = time.perf_counter() - start
    with sqlite3.connect(archive) as conn:  # an ingest that broke at once would look fast
        (stored,) = conn.execute("SELECT count(*) FROM captures").fetchone()
    conn.close()
    if not stored:
        raise SystemExit("nothing was stored")
    return seconds, sorted(used.values(), reverse=True)


def main() -> None:
    """Read the options, run, print a line for each number of processes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options.add_argument("--times", type=int, default=3, help="runs of each; the fastest counts")
    options.add_argument("--repeat", type=int, default=1, help="how often each page is there")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        count = unpack(args.folder, pages, args.repeat)
        best: dict[int, tuple[float, list[float]]] = {}
        for turn in range(args.times):
            for jobs in args.jobs:
                took = ingest(pages, Path(folder) / f"{jobs}-{turn}.db", jobs)
                best[jobs] = min(best.get(jobs, took), took)
    base, base_alone = 0.0, 0.0
    for jobs, (wall, used) in best.items():
        alone = max(sum(used) / jobs, used[0])
        base, base_alone = base or wall, base_alone or alone
        each = ", ".join(f"{seconds:.1f}" for seconds in used)
        print(
            f"{jobs} reading: {count / wall:.1f} pages a second in {wall:.1f} s,"
            f" {base / wall:.2f} times the first; processors {sum(used):.1f} s ({each}),"
            f" so with {jobs} free cores {base_alone / alone:.2f} times"
        )


if __name__ == "__main__":
    main()
