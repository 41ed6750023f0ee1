"""What tests.bench.broken brings faults about with, and what it holds against a command."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from db.archive import Archive
from db.check import check
from ingest.cli import cli
from ingest.load import load
from ingest.read import walk

TOP = Path(__file__).parents[2]
# What no person should ever read, and no line of ours says.
NEVER = ("locked", "Traceback", "disk image", "SELECT ")
# Where there is no need of others to read, they only take time to start.
ALONE = ("--jobs", "1")
CLIPS = 60
ARTICLES = 66
# Files of them that are in before the trouble comes.
SOME = 20


class CannotTry(Exception):
    """This machine, or this user of it, cannot bring the fault about."""


def onrecord(*words: object) -> subprocess.Popen[str]:
    """The command line in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "ingest", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=TOP,
    )  # fmt: skip


def says(*words: object, path: Path, fails: bool | None) -> Iterator[str]:
    """What is wrong with how a command ends, as `plain` tells it, in this process."""
    done = CliRunner().invoke(cli, [str(word) for word in words])
    err = done.stderr
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        err += "".join(traceback.format_exception(done.exception))
    yield from _plain(done.exit_code, done.stdout, err, path, fails)


def plain(process: subprocess.Popen[str], path: Path, *, fails: bool | None) -> Iterator[str]:
    """What is wrong with how a command ended: one plain line that names `path`, or none.

    `fails` says how it should end; None takes either for right.
    """
    out, err = process.communicate()
    yield from _plain(process.returncode, out, err, path, fails)


def _plain(code: int, out: str, err: str, path: Path, fails: bool | None) -> Iterator[str]:
    for word in NEVER:
        if word in out + err:
            yield f'says "{word}": {(out + err)[-300:]}'
    failed = code != 0
    if fails is not None and failed != fails:
        yield f"ends with {code}: {(out + err)[-300:]}"
    if failed:
        lines = [line for line in err.splitlines() if line.startswith(("Error: ", "onrecord: "))]
        if not lines or not any(str(path.name) in line for line in lines):
            yield f"no plain line names {path.name}: {err[-300:]}"


def whole(path: Path, articles: int | None = ARTICLES) -> Iterator[str]:
    """What is wrong with an archive that should hold every clip, each once."""
    with Archive.open(path, create=False) as archive:
        yield from check(archive)
        rows = archive.db.execute(
            "SELECT location, count(DISTINCT article_id) FROM captures"
            " JOIN sources ON sources.id = source_id GROUP BY location"
        ).fetchall()
        held = archive.db["articles"].count
    for place, count in rows:
        if count != (2 if int(Path(place).stem) % 10 == 0 else 1):
            yield f"{place}: {count} articles"
    if articles is not None and held != articles:
        yield f"{held} articles, not {articles}"


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of that size. Raises CannotTry where none can be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        raise CannotTry("a small disk wants root, and leave to mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def room_left(disk: Path, kilobytes: int) -> None:
    """Make a small disk so small that only this much more goes on it."""
    of = os.statvfs(disk)
    size = (of.f_blocks - of.f_bfree) * of.f_frsize // 1024 + kilobytes
    subprocess.run(["mount", "-o", f"remount,size={size}k", str(disk)], check=True)


@contextmanager
def unwritable(*paths: Path) -> Iterator[None]:
    """The paths may be read only. As root, who needs no leave to write, by mounts of their own."""
    if os.geteuid():
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield
        for path in paths:
            path.chmod(0o755)
        return
    mounted: list[Path] = []
    try:
        for path in paths:
            if subprocess.run(["mount", "--bind", path, path], capture_output=True).returncode:
                raise CannotTry("to take root's leave to write wants leave to mount")
            mounted.append(path)
            subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True)
        yield
    finally:
        for path in reversed(mounted):
            subprocess.run(["umount", "-l", path], check=True)


@contextmanager
def clock_in(year: int) -> Iterator[None]:
    """The archive's clock stands in June of another year."""
    with patch("db.clock.time", return_value=datetime(year, 6, 1, tzinfo=UTC).timestamp()):
        yield


def said(*words: object) -> str:
    return CliRunner().invoke(cli, [str(word) for word in words]).output


def load_all(clips: Path, path: Path, first: int | None = None) -> None:
    """Take all of them in, or the first files, by this process."""
    with Archive.open(path) as archive:
        for _ in load(archive, list(walk([str(clips)]))[:first]):
            pass
