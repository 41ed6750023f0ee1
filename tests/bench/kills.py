"""Kill -9 an ingest at random moments, many times: is anything lost, or half there?

uv run python -m tests.bench.kills [--kills 200]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from pathlib import Path

from db.archive import Archive
from db.check import check
from ingest.load import load
from ingest.read import walk
from tests.bench.corpus import Corpus


def write_clips(folder: Path, number: int) -> list[str]:
    """`number` single articles, and every tenth file with two in it."""
    pages = list(Corpus().articles(number + number // 10))
    for serial in range(number):
        text = pages[serial]
        if serial % 10 == 0:
            text += "\f" + pages[number + serial // 10]
        (folder / f"{serial:05}.txt").write_text(text, encoding="utf-8")
    return list(walk([str(folder)]))


def ingest_and_kill(path: Path, sources: list[str], seconds: float) -> bool:
    """Ingest in a child process, killed after `seconds`. True where it was killed in the middle."""
    child = os.fork()
    if child == 0:
        try:
            with Archive.open(path) as archive:
                for _ in load(archive, sources):
                    pass
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def trial(folder: Path, kills: int, chance: random.Random) -> dict[str, int]:
    """Kill until `kills` have hit, opening and checking after each. Returns what happened.

    Where an ingest got through before its kill, the archive is made anew.
    """
    clips = folder / "clips"
    clips.mkdir()
    sources = write_clips(clips, 300)
    found = {"kills": 0, "not whole": 0, "lost": 0, "half there": 0, "archives": 0}
    while found["kills"] < kills:
        found["archives"] += 1
        path = folder / f"{found['archives']}.db"
        stored: set[str] = set()
        while found["kills"] < kills:
            if not ingest_and_kill(path, sources, chance.uniform(0.002, 0.15)):
                break
            found["kills"] += 1
            with Archive.open(path) as archive:
                found["not whole"] += bool(check(archive))
                rows = archive.db.execute(
                    "SELECT location, count(DISTINCT article_id) FROM captures"
                    " JOIN sources ON sources.id = source_id GROUP BY location"
                ).fetchall()
            now = {location for location, _ in rows}
            found["lost"] += len(stored - now)
            found["half there"] += sum(
                count != (2 if int(Path(place).stem) % 10 == 0 else 1) for place, count in rows
            )
            stored = now
        with Archive.open(path) as archive:
            for _ in load(archive, sources):
                pass
            found["not whole"] += bool(check(archive))
            found["lost"] += 330 - archive.db["articles"].count
    return found


def main() -> None:
    """Read the options, run, print the counts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=9)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = trial(Path(folder), args.kills, random.Random(args.seed))
    print(", ".join(f"{count} {what}" for what, count in found.items()))


if __name__ == "__main__":
    main()
