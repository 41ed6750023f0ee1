"""How fast articles go in, beside the least that could be done with the same paragraphs.

    uv run python -m tests.bench.ingest [--articles 20000] [--keep FOLDER]

The baseline, in the same run: one executemany of the paragraphs into a bare table with an FTS5
index kept in step by triggers, one transaction, no reading, no recognising, no quotes.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from db.archive import Archive
from db.check import check
from db.schema import TOKENIZE
from ingest.load import Tally, load
from ingest.pipeline import articles_of
from ingest.read import read_capture, walk
from tests.bench.corpus import Corpus


def timed(work: Callable[[], object]) -> float:
    """Seconds on the wall that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def write_corpus(folder: Path, number: int) -> int:
    """Write the corpus as files, a thousand a folder. Returns its size in bytes."""
    size = 0
    for serial, text in enumerate(Corpus().articles(number)):
        place = folder / f"{serial // 1000:04}"
        place.mkdir(exist_ok=True)
        size += (place / f"{serial:07}.txt").write_bytes(text.encode())
    return size


def bare_insert(path: Path, paragraphs: list[str]) -> None:
    """The baseline: paragraphs and their index, nothing else."""
    conn = sqlite3.connect(path)
    conn.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        "CREATE TABLE p (id INTEGER PRIMARY KEY, text TEXT);"
        f"CREATE VIRTUAL TABLE f USING fts5(text, content='p', tokenize='{TOKENIZE}');"
        "CREATE TRIGGER p_ai AFTER INSERT ON p BEGIN"
        " INSERT INTO f (rowid, text) VALUES (new.rowid, new.text); END;"
    )
    with conn:
        conn.executemany("INSERT INTO p (text) VALUES (?)", [(text,) for text in paragraphs])
    conn.close()


def run(number: int, folder: Path) -> None:
    """Make the corpus, ingest it, print the figures."""
    clips = folder / "clips"
    clips.mkdir()
    size = write_corpus(clips, number)
    sources = list(walk([str(clips)]))
    tally = Tally()
    with Archive.open(folder / "archive.db") as archive:

        def ingest() -> None:
            for result in load(archive, sources):
                tally.add(result)

        def again() -> None:
            for _ in load(archive, sources):
                pass

        seconds = timed(ingest)
        seconds_again = timed(again)
        paragraphs = [row[0] for row in archive.db.execute("SELECT text FROM paragraphs")]
        quotes = archive.db["quotes"].count
        checking = timed(lambda: print("check:", check(archive) or "whole"))
    archive_size = (folder / "archive.db").stat().st_size
    recognising = timed(lambda: [articles_of(read_capture(source)) for source in sources])
    bare = timed(lambda: bare_insert(folder / "bare.db", paragraphs))
    print(f"{number} articles, {len(paragraphs)} paragraphs, {quotes} quotes, {size / 1e6:.1f} MB")
    print(f"ingest: {tally}")
    print(f"  {number / seconds:.0f} articles a second, {size / 1e6 / seconds:.2f} MB a second")
    print(f"  of that, reading and recognising alone: {recognising / seconds:.0%}")
    print(f"  again, unchanged: {number / seconds_again:.0f} articles a second")
    print(f"  check: {number / checking:.0f} articles a second")
    print(f"archive size over text size: {archive_size / size:.2f}")
    print(f"ingest over a bare executemany with FTS5: {seconds / bare:.1f} times ({bare:.1f} s)")
    print(f"storing alone over the same: {(seconds - recognising) / bare:.1f} times")


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=20_000)
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
