"""How fast archives are put together and taken apart, beside taking in anew and a plain copy.

    uv run python -m tests.bench.moving [--articles 5000] [--keep FOLDER]

The baselines, in the same run: `onrecord ingest` of the same articles, and SQLite's own backup of
the archive's file, which copies pages, knows nothing of articles and can put nothing together.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.archive import Archive
from db.check import check
from db.moving.merging import merge, shards_of
from db.moving.sharding import into_folder
from ingest.load import load
from ingest.read import walk
from tests.bench.ingest import write_corpus


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and of the processor that `work` takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def taken_in(path: Path, sources: list[str]) -> None:
    """Ingest with one process."""
    with Archive.open(path) as archive:
        for _ in load(archive, sources):
            pass


def merged(others: list[Path], path: Path, *, apart: bool = True) -> None:
    """Merge, everything found again included; the check that the command makes is not."""
    with Archive.open(path) as archive:
        for report in merge(others, archive, apart=apart):
            assert not report.proof.problems, report.proof.problems


def split(path: Path, folder: Path, by: str, most: int | None = None) -> None:
    """Split into a folder, everything found again included."""
    report = into_folder(path, folder, by, most=most)  # type: ignore[arg-type]
    assert not report.proof.problems, report.proof.problems


def plain_copy(path: Path, target: Path) -> None:
    """SQLite's backup."""
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def run(number: int, folder: Path) -> None:
    """Make the corpus, move it about, print the figures."""
    clips = folder / "clips"
    clips.mkdir()
    write_corpus(clips, number)
    sources = list(walk([str(clips)]))
    whole, half, other = (folder / f"{name}.db" for name in ("whole", "half", "other"))
    third = len(sources) // 3
    base, base_cpu = timed(lambda: taken_in(whole, sources))
    print(f"{number} articles; ingest anew: {number / base_cpu:.0f} a second of processor time")
    taken_in(half, sources[: 2 * third])
    taken_in(other, sources[third:])
    copy, copy_cpu = timed(lambda: plain_copy(whole, folder / "copy.db"))
    steps: dict[str, tuple[Callable[[], object], int]] = {
        "merge into a new archive": (lambda: merged([whole], folder / "new.db"), number),
        "the same again": (lambda: merged([whole], folder / "new.db"), number),
        "merge, half of it known": (lambda: merged([other], half), number - third),
        "split by size": (
            lambda: split(whole, folder / "sized", "size", max(number // 4, 1)), number
        ),
        "split by year": (lambda: split(whole, folder / "years", "year"), number),
        "join the years": (
            lambda: merged(shards_of(folder / "years")[0], folder / "one.db", apart=False), number
        ),
    }  # fmt: skip
    for name, (work, articles) in steps.items():
        wall, cpu = timed(work)
        print(
            f"{name}: {articles / cpu:.0f} a second of processor time ({wall:.1f} s in all);"
            f" {base_cpu / number / (cpu / articles):.1f} times ingest's speed,"
            f" {cpu / articles / (copy_cpu / number):.0f} times the time of a plain copy"
        )
    print(f"(ingest {base:.1f} s, a plain copy {copy:.2f} s on the wall)")
    print(f"{len(shards_of(folder / 'years')[0])} years")
    for path in (folder / "new.db", half, folder / "one.db"):
        with Archive.open(path) as archive:
            print(
                f"{path.name}: {archive.db['articles'].count} articles,", check(archive) or "whole"
            )


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=5_000)
    options.add_argument("--keep", type=Path, help="an empty folder to leave everything in")
    args = options.parse_args()
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        run(args.articles, args.keep)
    else:
        with tempfile.TemporaryDirectory() as folder:
            run(args.articles, Path(folder))


if __name__ == "__main__":
    main()
