"""Indexes whose pieces are merged find the same, quicker."""

import sqlite3

import pytest
from click.testing import CliRunner

from db import tidy as tidying
from db.archive import Archive
from db.check import check
from db.search import search
from db.search.postings import index_of
from db.tidy import tidy
from ingest.cli import cli
from tests.making import article

TABLES = "articles", "paragraphs", "quotes"


@pytest.fixture(autouse=True)
def _little_is_much(monkeypatch):
    monkeypatch.setattr(tidying, "LEAST_PAGES", 1)
    monkeypatch.setattr(tidying, "STEP", 2)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "a.db") as opened:
        for table in TABLES:
            opened.db.execute(f"insert into {table}_fts ({table}_fts, rank) values ('pgsz', 64)")
        for number in range(7):
            add(opened, number)
        yield opened


def add(archive, number):
    paragraphs = [f"Ferry {number} waits for {word}." for word in ("fog", "ice", "hail")]
    archive.add(f"/{number}.txt", [article(f"Note {number}", *paragraphs)])


def pieces(conn):
    return [len(index_of(conn, table).segments) for table in TABLES]


def found(conn):
    return [search(conn, typed, "paragraphs", size=50) for typed in ("ferry", "fog", "7", "waits")]


def test_pieces_are_merged(archive):
    conn = archive.db.conn
    before, scattered = found(conn), pieces(conn)
    assert scattered[1] > 1
    tidy(conn)
    assert pieces(conn)[:2] == [1, 1]
    after = found(conn)
    assert [one.total for one in after] == [one.total for one in before]
    assert [{hit.match for hit in one.hits} for one in after] == [
        {hit.match for hit in one.hits} for one in before
    ]
    assert check(archive) == []


def test_little_that_is_new_is_left_alone(archive):
    conn = archive.db.conn
    for number in range(10, 40):
        add(archive, number)
    tidy(conn)
    add(archive, 50)
    before = pieces(conn)
    tidy(conn)
    assert pieces(conn) == before
    assert before[1] == 2


@pytest.mark.parametrize("steps", range(1, 12))
def test_broken_off_it_goes_on_the_next_time(archive, monkeypatch, steps):
    conn = archive.db.conn
    before = found(conn)
    left = iter([True] * steps)
    merged = tidying._merged
    monkeypatch.setattr(tidying, "_merged", lambda *args: merged(*args) and next(left, False))
    tidy(conn)
    assert [one.total for one in found(conn)] == [one.total for one in before]
    monkeypatch.setattr(tidying, "_merged", merged)
    tidy(conn)
    assert pieces(conn)[:2] == [1, 1]
    assert [one.total for one in found(conn)] == [one.total for one in before]


def test_a_merge_that_was_broken_off_is_finished_though_little_is_left(archive, monkeypatch):
    conn = archive.db.conn
    size = -2
    while not index_of(conn, "paragraphs").unfinished:
        assert tidying._merged(conn, "paragraphs", size)
        size = 2
    assert pieces(conn)[1] > 1
    monkeypatch.setattr(tidying, "MOST_BESIDE", 1)
    tidy(conn)
    assert pieces(conn)[1] == 1


def test_where_another_writes_it_ends(archive, tmp_path):
    conn = archive.db.conn
    before = pieces(conn)
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    conn.execute("PRAGMA busy_timeout = 0")
    tidy(conn)
    other.execute("ROLLBACK")
    other.close()
    assert pieces(conn) == before


def test_an_ingest_leaves_its_indexes_in_one_piece(tmp_path):
    clips = tmp_path / "clips"
    clips.mkdir()
    for number in range(40):
        text = f"Ferry {number}\n\nThe ferry {number} waited in the fog for an hour and a half.\n"
        (clips / f"{number}.txt").write_text(text)
    made = CliRunner().invoke(cli, ["ingest", "--archive", str(tmp_path / "b.db"), str(clips)])
    assert made.exit_code == 0, made.output
    with Archive.open(tmp_path / "b.db") as archive:
        assert pieces(archive.db.conn)[1] == 1
