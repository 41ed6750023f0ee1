"""The single faults of tests.bench.faults: a full disk, a folder that may only be read, and so on.

Each is a function that is given an empty folder and yields a line for whatever is wrong: something
lost, doubled or half there, no plain line where one is due, a traceback, a word of SQLite's locks.
Those that need another user or a file system of their own want root, and raise CannotTry without.
tests/db/test_faults.py has all of them tried.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

from db.archive import Archive
from db.check import check
from db.notebook import notebook_path
from tests.bench.kills import write_clips
from tests.bench.site import served
from tests.bench.trouble import (
    ALONE,
    ARTICLES,
    CLIPS,
    NEVER,
    SOME,
    CannotTry,
    clock_in,
    load_all,
    onrecord,
    plain,
    room_left,
    said,
    says,
    small_disk,
    unwritable,
    whole,
)


def _clips(folder: Path, number: int = CLIPS) -> Path:
    clips = folder / "clips"
    clips.mkdir(parents=True)
    write_clips(clips, number)
    return clips


def _filled(folder: Path, kept: Path | None = None) -> tuple[Path, Path]:
    clips, path = _clips(folder), (kept or folder) / "news.db"
    path.parent.mkdir(exist_ok=True)
    load_all(clips, path)
    return clips, path


def _found(path: Path) -> int:
    with Archive.open(path, create=False) as archive:
        return int(archive.db.execute("SELECT count(*) FROM articles").fetchone()[0])


def full_disk(folder: Path) -> Iterator[str]:
    """The disk is full in the middle of an ingest; then there is room again."""
    clips = _clips(folder)
    with small_disk(folder / "disk", "64m") as disk:
        path = disk / "news.db"
        load_all(clips, path, SOME)
        room_left(disk, 200)
        yield from says("ingest", clips, *ALONE, "--archive", path, path=path, fails=True)
        before = _found(path)
        if not SOME <= before < ARTICLES:
            yield f"the disk held {before} articles: the trial is no trial"
        yield from says("search", "harbour", "--archive", path, path=path, fails=None)
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        yield from says("search", "harbour", "--archive", path, path=path, fails=False)
        if _found(path) < before:
            yield f"{before - _found(path)} articles were lost"
        yield from says("ingest", clips, *ALONE, "--archive", path, path=path, fails=False)
        yield from whole(path)


def full_disk_while_read(folder: Path) -> Iterator[str]:
    """The same while the archive is served: every page is answered, and nothing of it is wrong."""
    clips = _clips(folder)
    with small_disk(folder / "disk", "64m") as disk:
        path = disk / "news.db"
        load_all(clips, path, SOME)
        room_left(disk, 200)
        process, address = served(path)
        try:
            writer = onrecord("ingest", clips, "--archive", path)
            last = 0
            with httpx.Client(base_url=address, timeout=60) as client:
                while writer.poll() is None:
                    reply = client.get("/search.json?q=the")
                    total = reply.json().get("total", 0) if reply.status_code == 200 else 0
                    if reply.status_code != 200 or total < last:
                        yield f"{reply.status_code}, {total} after {last}: {reply.text[:200]}"
                    last = total
                yield from plain(writer, path, fails=True)
                if not client.get("/search.json?q=the").json()["total"]:
                    yield "nothing is found once the disk is full"
        finally:
            process.terminate()
            process.wait()


def full_disk_for_backup(folder: Path) -> Iterator[str]:
    """There is no room for the copy: nothing is left that looks like one."""
    _, path = _filled(folder)
    with small_disk(folder / "disk", "300k") as disk:
        copy = disk / "copy.db"
        yield from says("backup", copy, "--archive", path, path=copy, fails=True)
        if left := list(disk.iterdir()):
            yield f"leaves {left}"
    yield from whole(path)


def read_only_folder(folder: Path) -> Iterator[str]:
    """The folder may not be written: the archive in it is read, and said that it is not served."""
    clips, path = _filled(folder / "new", folder / "kept")
    with unwritable(path.parent):
        yield from _only_read(clips, path)
        notes = notebook_path(path)
        yield from says("note", "1", "A note", "--archive", path, path=notes, fails=True)
        yield from says("serve", "--port", 0, "--archive", path, path=path, fails=True)
    yield from whole(path)


def read_only_file(folder: Path) -> Iterator[str]:
    """The folder may be written, the archive may not."""
    clips, path = _filled(folder / "new", folder / "kept")
    with unwritable(path):
        yield from _only_read(clips, path)
        process, address = served(path)
        try:
            found = httpx.get(f"{address}/search.json?q=the").json()["total"]
            if found < ARTICLES // 2:
                yield f"the site finds {found}"
        finally:
            process.terminate()
            process.wait()
    yield from whole(path)


def _only_read(clips: Path, path: Path) -> Iterator[str]:
    copy = clips.parent / "copy.db"
    for command in (["search", "harbour"], ["show", "1"], ["cite", "1"], ["backup", str(copy)]):
        yield from says(*command, "--archive", path, path=path, fails=False)
    yield from whole(copy)
    with (clips / "00001.txt").open("a") as file:
        file.write("\n\nMore words.\n")
    for command in (["ingest", str(clips), *ALONE], ["correct", "title", "1", "A title"], ["check"],
                    ["reread"], ["restore", str(copy), "--replace"]):  # fmt: skip
        yield from says(*command, "--archive", path, path=path, fails=True)


def three_writers(folder: Path) -> Iterator[str]:
    """Three ingests of the same clips at once: all end well, and each article is there once."""
    clips, path = _clips(folder), folder / "news.db"
    writers = [onrecord("ingest", clips, "--archive", path) for _ in range(3)]
    for writer in writers:
        yield from plain(writer, path, fails=False)
    yield from whole(path)


def wrong_clock(folder: Path) -> Iterator[str]:
    """The clock jumps between revisions, ten years on and twenty back: their numbers decide."""
    clips, path = _clips(folder, 10), folder / "news.db"
    file = clips / "00001.txt"
    text = file.read_text(encoding="utf-8")
    years = (2024, 2034, 2004, 2044, 2023)
    for number, year in enumerate(years, 1):
        file.write_text(f"{text}\n\nThe turn of number {number} came.\n", encoding="utf-8")
        with clock_in(year):
            for _ in range(2):  # once more: nothing changes
                yield from says("ingest", file, *ALONE, "--archive", path, path=path, fails=False)
        if f"turn of number {number} came" not in said("show", 1, "--archive", path):
            yield f"shows another revision than number {number}"
    for number in range(1, len(years) + 1):
        shown = said("show", 1, "--revision", number, "--archive", path)
        if f"turn of number {number} came" not in shown:
            yield f"revision {number} is another"
    changed = said("diff", 1, "--archive", path)
    if changed.count("turn of number") != 2 or "number 5" not in changed:
        yield f"compares other revisions: {changed}"
    with Archive.open(path) as archive:
        yield from check(archive)
        recorded = [row["recorded"][:4] for row in archive.db["revisions"].rows]
    if recorded != [str(year) for year in years]:
        yield f"the clock did not jump: {recorded}"


def copied_while_written(folder: Path) -> Iterator[str]:
    """Plain copies of the file while it is written, with what lies beside it and without."""
    clips, path = _clips(folder, 200), folder / "news.db"
    chance = random.Random(3)
    writer = onrecord("ingest", clips, "--archive", path, "--jobs", 1)
    copies: list[Path] = []
    while writer.poll() is None and len(copies) < 12:
        time.sleep(chance.uniform(0.02, 0.3))
        copy = folder / "copies" / f"{len(copies)}" / "news.db"
        copy.parent.mkdir(parents=True)
        for end in ("", "-wal", "-shm") if len(copies) % 2 else ("",):
            if (beside := Path(f"{path}{end}")).exists():
                shutil.copy(beside, f"{copy}{end}")
        copies.append(copy)
    yield from plain(writer, path, fails=False)
    if not copies:
        yield "the ingest was too quick: the trial is no trial"
    for copy in copies:
        for command in (["check"], ["search", "harbour"], ["show", "1"]):
            yield from says(*command, "--archive", copy, path=copy, fails=None)


def backup_while_written(folder: Path) -> Iterator[str]:
    """Backups while an ingest runs and is killed, the last of them put back."""
    clips, path = _clips(folder, 200), folder / "news.db"
    writer = onrecord("ingest", clips, "--archive", path, "--jobs", 1)
    while not path.exists():
        time.sleep(0.01)
    held = -1
    for number in range(4):
        if number == 2:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
        copy = folder / f"copy-{number}.db"
        yield from says("backup", copy, "--archive", path, path=copy, fails=False)
        yield from whole(copy, None)
        if _found(copy) < held:
            yield f"backup {number} holds less than the one before"
        held = _found(copy)
    yield from says("restore", copy, "--replace", "--archive", path, path=path, fails=False)
    yield from whole(path, held)
    yield from says("ingest", clips, *ALONE, "--archive", path, path=path, fails=False)
    yield from whole(path, 220)


# Bytes of a log that holds more than the empty tables.
_WITH_ARTICLES = 1_500_000
# Fewer bytes has a file into which nothing of its log was copied: a page.
_COPIED = 100_000


def _killed(folder: Path) -> tuple[Path, Path]:
    """The clips, and an archive whose writer was killed, so that its log lies beside it.

    Not while the log was copied into the file, which it does at its end: it is needed then.
    """
    clips, path = _clips(folder), folder / "news.db"
    log = Path(f"{path}-wal")
    for _ in range(50):
        for file in folder.glob(f"{path.name}*"):
            file.unlink()
        writer = onrecord("ingest", clips, "--archive", path, "--jobs", 1)
        while writer.poll() is None and not (log.exists() and log.stat().st_size > _WITH_ARTICLES):
            time.sleep(0.005)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        if log.exists() and log.stat().st_size and path.stat().st_size < _COPIED:
            return clips, path
    raise CannotTry("the ingest was too quick to be killed")


def log_deleted(folder: Path) -> Iterator[str]:
    """Somebody deletes the log of a killed ingest: what is in the file alone is whole."""
    clips, path = _killed(folder)
    os.unlink(f"{path}-wal")
    yield from says("check", "--archive", path, path=path, fails=None)
    yield from says("ingest", clips, *ALONE, "--archive", path, path=path, fails=False)
    yield from whole(path)


def index_of_log_deleted(folder: Path) -> Iterator[str]:
    """Somebody deletes the index of the log: it is made anew."""
    clips, path = _killed(folder)
    conn = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    held = conn.execute("SELECT count(*) FROM articles").fetchone()[0]
    conn.close()
    Path(f"{path}-shm").unlink(missing_ok=True)
    if _found(path) != held:
        yield f"{_found(path)} articles, not {held}"
    yield from says("ingest", clips, *ALONE, "--archive", path, path=path, fails=False)
    yield from whole(path)


def restored_while_served(folder: Path) -> Iterator[str]:
    """A backup is put in the place of an archive that is served, damaged, or neither."""
    _, path = _filled(folder)
    copy = folder / "copy.db"
    yield from says("backup", copy, "--archive", path, path=copy, fails=False)
    put_back = ("restore", copy, "--replace", "--archive", path)
    process, address = served(path)
    try:
        httpx.get(f"{address}/search?q=the").raise_for_status()
        yield from says(*put_back, path=path, fails=True)
        httpx.get(f"{address}/search?q=the").raise_for_status()
    finally:
        process.terminate()
        process.wait()
    with path.open("r+b") as file:
        file.truncate(300_001)
    yield from says("check", "--archive", path, path=path, fails=True)
    yield from says(*put_back, path=path, fails=False)
    yield from whole(path)
    yield from says(*put_back, path=path, fails=False)
    yield from whole(path)
    if len(list(folder.glob("news*"))) != 3:
        yield f"leaves {[file.name for file in folder.glob('news*')]}"


def damaged(folder: Path) -> Iterator[str]:
    """Some of the file's pages are overwritten, or its end is cut off: no command breaks down."""
    clips, path = _filled(folder)
    chance = random.Random(5)
    for number in range(4):
        copy = folder / f"copy-{number}.db"
        data = bytearray(path.read_bytes())
        if number % 3 == 2:
            del data[chance.randrange(4096, len(data)) :]
        else:
            for _ in range(40):
                start = chance.randrange(1, len(data) // 4096) * 4096
                data[start : start + 4096] = chance.randbytes(4096)
        copy.write_bytes(data)
        target = folder / f"saved-{number}.db"
        yield from says("check", "--archive", copy, path=copy, fails=True)
        yield from says("backup", target, "--archive", copy, path=copy, fails=True)
        if list(folder.glob(f"{target.name}*")):
            yield "a backup of what is damaged is left"
        for command in (
            ["search", "the"], ["search", "the", "--quotes"], ["show", "9"], ["cite", "7"],
            ["ingest", str(clips), *ALONE], ["correct", "title", "7", "A"],
        ):  # fmt: skip
            yield from says(*command, "--archive", copy, path=copy, fails=None)


def moved_while_served(folder: Path) -> Iterator[str]:
    """The archive is moved away while it is served: what is known is answered, or a plain line."""
    _, path = _filled(folder)
    process, address = served(path)
    try:
        with httpx.Client(base_url=address, timeout=60) as client:
            paths = ["/", "/search?q=the", "/search.json?q=the", "/article/1", "/speakers",
                     "/news", "/news/articles", "/news/articles.json", "/help"]  # fmt: skip
            shutil.move(path, folder / "elsewhere.db")
            for number in range(30):
                reply = client.get(paths[number % len(paths)])
                if reply.status_code not in (200, 503) or any(w in reply.text for w in NEVER[:3]):
                    yield f"{paths[number % len(paths)]}: {reply.status_code}, {reply.text[:300]}"
            shutil.move(folder / "elsewhere.db", path)
            for link in paths:
                if client.get(link).status_code != 200:
                    yield f"{link}: not answered when it is back"
    finally:
        process.terminate()
        process.wait()
    yield from whole(path)


FAULTS: dict[str, Callable[[Path], Iterator[str]]] = {
    name.__name__.replace("_", " "): name
    for name in (
        full_disk, full_disk_while_read, full_disk_for_backup, read_only_folder, read_only_file,
        three_writers, wrong_clock, copied_while_written, backup_while_written, log_deleted,
        index_of_log_deleted, restored_while_served, damaged, moved_while_served,
    )
}  # fmt: skip
