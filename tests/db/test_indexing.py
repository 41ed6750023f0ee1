"""Full-text indexes that are filled for many rows at once, and what a killed writer leaves."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys

import pytest

from db.archive import Archive
from db.check import check
from db.indexing import index_steps, is_put_off
from db.search import search
from tests.making import article

WORDS = ["Frost.", "Hail.", "Thaw."]


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "a.db") as opened:
        yield opened


def found(archive, word):
    return search(archive.db.conn, word, "paragraphs").total


def test_what_is_added_is_found_at_once(archive):
    for number, words in enumerate(WORDS):
        archive.add(f"/{number}.txt", [article("News", words)])
        assert found(archive, words) == 1


def test_rows_that_others_write_are_indexed_too(archive):
    archive.add("/a.txt", [article("News", "Frost.")])
    archive.db.execute("update paragraphs set text = 'Hail.'")
    assert (found(archive, "frost"), found(archive, "hail")) == (0, 1)
    archive.db.execute("delete from paragraphs")
    assert found(archive, "hail") == 0


def test_indexing_later_leaves_it_to_be_asked_for(tmp_path):
    with Archive.open(tmp_path / "a.db", index_later=True) as archive:
        with archive.together():
            for number, words in enumerate(WORDS):
                archive.add(f"/{number}.txt", [article("News", words)])
        assert found(archive, "frost") == 0
        archive.index_all()
        assert found(archive, "frost") == 1
        assert check(archive) == []


def test_a_revision_of_what_is_not_yet_indexed(tmp_path):
    with Archive.open(tmp_path / "a.db") as archive:
        archive.add("/a.txt", [article("News", "Frost.")])
    with Archive.open(tmp_path / "a.db", index_later=True) as archive:
        archive.add("/b.txt", [article("Sport", "Hail.")])
        archive.add("/b.txt", [article("Sport", "Thaw.")])
        archive.add("/a.txt", [article("News", "Sleet.")])
        archive.index_all()
        assert [found(archive, w) for w in ("frost", "hail", "thaw", "sleet")] == [0, 0, 1, 1]
        assert check(archive) == []


@pytest.mark.parametrize("ends", ["close", "kill"])
def test_the_next_to_open_makes_up_for_it(tmp_path, ends):
    path = tmp_path / "a.db"
    script = (
        "import os, signal; from db.archive import Archive; from tests.making import article\n"
        f"archive = Archive.open({str(path)!r}, index_later=True)\n"
        "archive.add('/a.txt', [article('News', 'Frost.')])\n"
        f"os.kill(os.getpid(), signal.SIGKILL) if {ends == 'kill'} else archive.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == (-signal.SIGKILL if ends == "kill" else 0)
    with sqlite3.connect(path) as conn:
        assert is_put_off(conn)
    with Archive.open(path) as archive:
        assert found(archive, "frost") == 1
        assert check(archive) == []
        assert not is_put_off(archive.db.conn)


def test_indexing_goes_in_steps_that_can_be_stopped_between(tmp_path, monkeypatch):
    monkeypatch.setattr("db.indexing.STEP", 2)
    with Archive.open(tmp_path / "a.db", index_later=True) as archive:
        for number in range(5):
            archive.add(f"/{number}.txt", [article("News", f"Frost {number}.")])
        next(index_steps(archive.db.conn))
        assert is_put_off(archive.db.conn)
        # What is added between the steps is put off as well.
        archive.add("/6.txt", [article("News", "Frost 6.")])
    with Archive.open(tmp_path / "a.db") as archive:
        assert found(archive, "frost") == 6
        assert check(archive) == []


@pytest.mark.parametrize("many", [0, 2, 100])
def test_in_bulk_more_is_gathered_and_no_more_afterwards(tmp_path, monkeypatch, many):
    monkeypatch.setattr("db.indexing._MANY", many)
    with Archive.open(tmp_path / "a.db", index_later=True) as archive:
        for number in range(5):
            archive.add(f"/{number}.txt", [article("News", f"Frost {number}.")])
        archive.index_all()
        assert found(archive, "frost") == 5
        size = archive.db.execute("SELECT v FROM paragraphs_fts_config WHERE k = 'hashsize'")
        assert size.fetchall() == ([] if many == 100 else [(1 << 20,)])
        archive.add("/6.txt", [article("News", "Frost 6.")])
        archive.index_all()
        assert found(archive, "frost") == 6
        assert check(archive) == []
