"""A move that is killed at any moment goes on where it stopped: in the end all is there once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db import correct
from db.archive import Archive
from db.backup import backup
from db.check import check
from db.moving import taking
from db.moving.merging import merge, shards_of
from db.moving.sharding import into_folder
from tests.contents import contents
from tests.making import article
from tests.stocked import STORY, day, fill, said

NUMBER = 120


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch):
    monkeypatch.setattr(taking, "TOGETHER", 5)


def bulk(number: int, words: str = ""):
    """One of many articles: every seventh has copies, each has a speaker."""
    if number % 7 == 0:
        copy = article(f"Boats {number} {words}", *STORY)
        return replace(copy, published=day(f"20{number % 20:02}-01-01"))
    made = said(f"News {number}", f"So {number} it is {words},", f"Ada Brandt{number % 9}")
    return replace(made, published=day(f"20{number % 20:02}-02-01"))


@pytest.fixture
def theirs(tmp_path):
    path = tmp_path / "theirs.db"
    with Archive.open(path) as archive:
        fill(archive)
        for number in range(NUMBER):
            archive.add(f"/many/{number}.txt", [bulk(number)])
            if number % 5 == 0:
                archive.add(f"/many/{number}.txt", [bulk(number, "again")])
        archive.correct(correct.merge, "Ada Brandt3", "Ida Brandt", new=True)
    return path


@pytest.fixture
def ours(tmp_path):
    """Some of theirs are known here: as they are there, in other words, from elsewhere."""
    path = tmp_path / "ours.db"
    with Archive.open(path) as archive:
        for number in range(0, NUMBER, 3):
            archive.add(f"/many/{number}.txt", [bulk(number)])
        for number in range(0, NUMBER, 9):
            archive.add(f"/many/{number}.txt", [bulk(number, "otherwise")])
        for number in range(1, NUMBER, 8):
            archive.add(f"/mine/{number}.txt", [bulk(number)])
        archive.correct(correct.merge, "Ada Brandt5", "Eda Brandt", new=True)
    return path


def killed(work: Callable[[], object], seconds: float) -> bool:
    """Do the work in a child process, killed after `seconds`. True where it did not get through."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def pauses(number: int, longest: float) -> Iterator[float]:
    """How long to wait for each kill; the first comes so soon that it always hits."""
    yield 0.01
    for _ in range(number - 1):
        yield random.uniform(0.01, longest)


def whole(paths: list[Path]) -> bool:
    for path in paths:
        with Archive.open(path) as archive:
            if check(archive):
                return False
    return True


def told(*paths: Path) -> object:
    conns = [sqlite3.connect(path) for path in paths]
    found = contents(*conns)
    for conn in conns:
        conn.close()
    return found


def merged(other: Path, path: Path) -> None:
    with Archive.open(path) as archive:
        for report in merge([other], archive):
            assert report.proof.problems == ()


@pytest.mark.parametrize("into_new", [False, True])
def test_a_killed_merge_goes_on(theirs, ours, tmp_path, into_new):
    straight = tmp_path / "straight.db"
    if into_new:
        ours = tmp_path / "new.db"
    else:
        backup(ours, straight)
    merged(theirs, straight)
    for pause in pauses(12, 0.4):
        if not killed(lambda: merged(theirs, ours), pause):
            break
        assert not ours.exists() or whole([ours])
    merged(theirs, ours)
    assert whole([ours])
    assert told(ours) == told(straight)


@pytest.mark.parametrize(("by", "most"), [("year", None), ("size", 20)])
def test_a_killed_split_goes_on(theirs, tmp_path, by, most):
    folder, straight = tmp_path / "shards", tmp_path / "straight"
    into_folder(theirs, straight, by, most=most)
    for pause in pauses(12, 0.6):
        if not killed(lambda: into_folder(theirs, folder, by, most=most), pause):
            break
        if (folder / "shards.json").exists():
            assert whole(shards_of(folder)[0])
    assert into_folder(theirs, folder, by, most=most).proof.problems == ()
    paths = sorted(shards_of(folder)[0])
    assert whole(paths)
    others = [straight / path.name for path in paths]
    assert told(*paths) == told(*others)
    assert sorted(shards_of(straight)[0]) == others
    for path, other in zip(paths, others, strict=True):
        assert told(path)["articles"] == told(other)["articles"]


def test_a_killed_join_goes_on(theirs, tmp_path):
    into_folder(theirs, tmp_path / "shards", "year")
    paths, _ = shards_of(tmp_path / "shards")

    def joined() -> None:
        with Archive.open(tmp_path / "one.db") as archive:
            for report in merge(paths, archive, apart=False):
                assert report.proof.problems == ()

    for pause in pauses(8, 0.4):
        if not killed(joined, pause):
            break
        assert not (tmp_path / "one.db").exists() or whole([tmp_path / "one.db"])
    joined()
    assert whole([tmp_path / "one.db"])
    assert told(tmp_path / "one.db") == told(theirs)
