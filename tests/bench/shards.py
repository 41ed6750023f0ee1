"""What a search over a folder of shards takes, beside the same over one file.

    uv run python -m tests.bench.shards [--articles 20000] [--shards 4] [--rounds 5]

The baseline, in the same run: one archive with as many articles as the shards have together, made
by tests.bench.search. Both processor time, of all threads, and time on the clock are given as
ratios: with as many cores as shards, and nothing else running, the clock's is the one that counts.
Medians of the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from db.shards.folder import add_shard, create_folder
from db.shards.reading import FolderReader, held_at
from db.shards.search import search
from tests.bench.search import WORDS, fill, vocabulary

WAYS: list[dict[str, object]] = [
    {}, {"page": 50}, {"sort": "newest"}, {"with_facets": False}, {"tab": "paragraphs"},
    {"tab": "quotes"}, {"tab": "people"},
]  # fmt: skip


def medians(rounds: int, work: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of `work` on the processor and on the clock, done once unmeasured before."""
    work()
    times = []
    for _ in range(rounds):
        own, clock = time.process_time(), time.perf_counter()
        work()
        times.append((time.process_time() - own, time.perf_counter() - clock))
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def run(place: Path, articles: int, shards: int, rounds: int) -> None:
    """Make both archives and print the figures."""
    fill(place / "one.db", articles)
    folder = create_folder(place / "many", "size", most=articles // shards)
    for number in range(shards):
        fill(folder.path / f"{number}.tmp", articles // shards)
        folder, shard = add_shard(folder, f"{number:04}")
        shard.path.unlink()
        (folder.path / f"{number}.tmp").rename(shard.path)
    words = vocabulary()
    reader = FolderReader(folder.path)
    print(f"{articles} articles; {shards} shards beside one file: processor (clock)")
    print("word       one ms | articles, page 50, newest, no facets, paragraphs, quotes, people")

    def over_shards(word: str, way: dict[str, object]) -> object:
        with reader.held() as held:
            return search(held, word, **way)  # type: ignore[arg-type]

    with held_at(place / "one.db") as one:
        for name, rank in WORDS.items():
            word, figures, first = words[rank], [], 0.0
            for way in WAYS:
                base = medians(rounds, lambda word=word, way=way: search(one, word, **way))
                many = medians(rounds, lambda word=word, way=way: over_shards(word, way))
                figures.append(f"{many[0] / base[0]:.2f} ({many[1] / base[1]:.2f})")
                first = first or base[0] * 1e3
            print(f"{name:10} {first:6.1f} | " + "  ".join(figures))
    reader.close()


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--shards", type=int, default=4)
    options.add_argument("--rounds", type=int, default=5)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), args.articles, args.shards, args.rounds)


if __name__ == "__main__":
    main()
