"""Memory and speed while a large WARC goes in: made here, of pages of our own.

    uv run python -m tests.bench.warc [--megabytes 2000] [--gzip] [--limit 500]

Most of it is what a crawl is made of, pictures and scripts; every hundredth record is a page. Exits
with 1 where more than `--limit` megabytes were in use at once, all processes together.
"""

from __future__ import annotations

import argparse
import gzip
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.corpus import Corpus
from tests.containers import record


def page(text: str) -> str:
    """A text of the corpus as a page."""
    title, *parts = [part for part in text.split("\n\n") if part.strip()]
    body = "".join(f"<p>{part}</p>" for part in parts)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def make(path: Path, size: int, *, pack: bool, every: int) -> tuple[int, int]:
    """Write a WARC of at least `size` bytes. Returns how many records and pages it has."""
    texts = Corpus().articles(10**9)
    chance = random.Random(5)
    written = records = pages = 0
    with path.open("wb") as out:
        while written < size:
            address = f"https://courier.example/{records}"
            if records % every == 0:
                one = record(address, page(next(texts)))
                pages += 1
            else:
                data = chance.randbytes(chance.randint(2_000, 60_000))
                one = record(f"{address}.jpg", data, content_type="image/jpeg")
            written += out.write(gzip.compress(one, 1) if pack else one)
            records += 1
    return records, pages


def memory_of(session: int) -> int:
    """Bytes that the processes of a session hold at the moment, what they share counted once each.

    Resident pages of each, added up (Linux): more than is really in use, never less.
    """
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            total += int(fields[21]) * 4096
    return total


def main() -> None:
    """Read the options, make the file, ingest it, print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--megabytes", type=int, default=2000)
    options.add_argument("--every", type=int, default=100, help="one record in so many is a page")
    options.add_argument("--gzip", action="store_true")
    options.add_argument("--limit", type=int, default=500)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("crawl.warc.gz" if args.gzip else "crawl.warc")
        size = args.megabytes * 1_000_000
        records, pages = make(path, size, pack=args.gzip, every=args.every)
        command = [sys.executable, "-m", "ingest", "ingest", str(path), "--archive"]
        start = time.perf_counter()
        running = subprocess.Popen(
            [*command, f"{folder}/a.db"],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        peak = 0
        assert running.stdout is not None
        last = ""
        for line in running.stdout:  # a line a page: often enough
            peak = max(peak, memory_of(running.pid))
            last = line
        running.wait()
        seconds = time.perf_counter() - start
        print(last.strip())
        print(f"{path.stat().st_size / 1e6:.0f} MB, {records} records, {pages} pages")
        print(f"{records / seconds:.0f} records and {pages / seconds:.1f} pages a second")
        print(f"peak memory of all processes: {peak / 1e6:.0f} MB")
    sys.exit(peak > args.limit * 1_000_000)


if __name__ == "__main__":
    main()
