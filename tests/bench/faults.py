"""Reader and writer at once, each killed -9 again and again; then one fault after the other.

    uv run python -m tests.bench.faults [--minutes 10] [--seed 1] [--no-single]

`onrecord ingest` takes in clips that are added to and revised all the time. Two readers of the
library and two of the served site read what it says is stored: each paragraph of an article in its
place, each quotation within them, what a search finds, its highlights, that totals never fall while
clips are only added to. The single faults are those of tests.bench.broken. Prints what was killed
and checked, and each wrong answer; ends with 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from db.archive import Archive
from db.check import check
from db.site.serve import serve
from ingest.cli import cli
from tests.bench.broken import FAULTS
from tests.bench.clips import Clips
from tests.bench.reader import read
from tests.bench.trouble import NEVER, CannotTry, onrecord, plain

# Seconds that each lives, more or less; some are killed before they have begun.
LASTS = {"writer": 10.0, "server": 25.0, "library": 8.0, "site": 12.0}


class Trial:
    """The processes of one trial, what they were last seen to do, and what was wrong."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.path = folder / "news.db"
        self.clips = Clips(folder)
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.running: dict[str, tuple[int, float]] = {}

    def run(self, seconds: float) -> None:
        """Start whatever does not run, kill whatever has run long enough, until time is up."""
        Archive.open(self.path).close()
        self.clips.add(200)
        roles = ["writer", "server", "library-1", "library-2", "site-1", "site-2"]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for role in roles:
                if role not in self.running:
                    self._start(role)
                process, until = self.running[role]
                _, status = os.waitpid(process, os.WNOHANG)
                if status or not _runs(process):
                    self._ended(role, status)
                elif time.monotonic() > until:
                    self._kill(role)
            time.sleep(0.02)
        for role in [*self.running]:
            self._kill(role)
        self._last_words()

    def _kill(self, role: str) -> None:
        process, _ = self.running[role]
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        self._ended(role, status)

    def _start(self, role: str) -> None:
        kind = role.split("-")[0]
        if kind == "writer" and self.counts["writer: started"]:
            self.clips.change(self.chance)
        self.counts[f"{kind}: started"] += 1
        seed = self.chance.random()
        # A child has everything imported, so that it is at work, not starting, when it is killed.
        process = os.fork()
        if process == 0:
            _be(kind, self.folder / role, self.path, self.clips, seed)
        lasts = LASTS[kind] * self.chance.uniform(0.02, 2)
        self.running[role] = (process, time.monotonic() + lasts)

    def _ended(self, role: str, status: int) -> None:
        del self.running[role]
        kind = role.split("-")[0]
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        self.counts[f"{kind}: killed"] += killed
        out = (self.folder / f"{role}.out").read_text(encoding="utf-8", errors="replace")
        err = (self.folder / f"{role}.err").read_text(encoding="utf-8", errors="replace")
        if any(word in out + err for word in NEVER):
            self.wrong.append(f"{role} says: {(out + err)[-600:]}")
        elif not killed and status:
            self.wrong.append(f"{role} ends with {status}: {err[-300:]}")
        if kind == "writer":
            self.counts["writer: clips told as stored"] += self.clips.stored(out)
        for line in out.splitlines():
            word, _, rest = line.partition(" ")
            if word == "WRONG":
                self.wrong.append(f"{role}: {rest}")
            elif word == "checked" and rest.isdigit():
                self.counts[f"{kind}: answers checked"] += int(rest)

    def _last_words(self) -> None:
        """An ingest that nobody disturbs: everything is there, once, and the archive is whole."""
        for _ in range(2):
            for line in plain(
                onrecord("ingest", self.clips.folder, "--archive", self.path),
                self.path,
                fails=False,
            ):
                self.wrong.append(line)
        with Archive.open(self.path) as archive:
            self.wrong += check(archive)
            held = archive.db["articles"].count
            self.counts["in the end: articles"] = held
            self.counts["in the end: revisions"] = archive.db["revisions"].count
        if held != self.clips.number:
            self.wrong.append(f"{held} articles of {self.clips.number} clips")


def _runs(process: int) -> bool:
    """Whether a child that was not waited for is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _be(kind: str, name: Path, archive: Path, clips: Clips, seed: float) -> None:
    """What a child does until it is killed, with what it says in files; does not return."""
    code = 1
    try:
        for stream, end in ((1, "out"), (2, "err")):
            file = os.open(f"{name}.{end}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, stream)
        if kind == "writer":
            jobs = random.Random(seed).choice(("1", "1", "2"))
            cli(["ingest", str(clips.folder), "--archive", str(archive), "--jobs", jobs],
                standalone_mode=False)  # fmt: skip
        elif kind == "server":
            serve(archive, port=0)
        else:
            read(kind, name.parent, clips, random.Random(seed))
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def main() -> None:
    """Read the options, run, print the counts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--no-single", action="store_true", help="without the single faults")
    args = options.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), random.Random(args.seed))
        trial.run(args.minutes * 60)
        for what, count in sorted(trial.counts.items()):
            print(f"{count:9,} {what}")
        print(f"{len(trial.wrong):9,} wrong", *trial.wrong[:20], sep="\n  ", flush=True)
        wrong += len(trial.wrong)
    for name, fault in {} if args.no_single else FAULTS.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = list(fault(Path(folder)))
                told = "nothing wrong" if not found else f"{len(found)} wrong"
            except CannotTry as reason:
                found, told = [], f"not tried: {reason}"
            print(f"{name:24} {told}", *found, sep="\n  ", flush=True)
            wrong += len(found)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
