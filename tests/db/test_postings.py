"""Rows read out of FTS5's own record of them are those that FTS5 finds."""

import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.schema import TOKENIZE
from db.search import doclists, leaves, search
from db.search.postings import index_of, rows_with
from tests.making import article

# "a" shares its beginning with others; some are longer than any number that takes one byte.
WORDS = ["a", "ab", "abc", "b" * 200, "b" * 200 + "c", "the", "theme", "0", "é", "zz"]


def made(tokenize=TOKENIZE, more=""):
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.execute("CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, text TEXT)")
    conn.execute(
        "CREATE VIRTUAL TABLE paragraphs_fts USING fts5(text, content='paragraphs',"
        f" content_rowid='id', tokenize='{tokenize}'{more})"
    )
    return conn


def put(conn, row, text):
    old = conn.execute("SELECT text FROM paragraphs WHERE id = ?", [row]).fetchone()
    if old:
        conn.execute(
            "INSERT INTO paragraphs_fts (paragraphs_fts, rowid, text) VALUES ('delete', ?, ?)",
            [row, *old],
        )
        conn.execute("DELETE FROM paragraphs WHERE id = ?", [row])
    if text is not None:
        conn.execute("INSERT INTO paragraphs VALUES (?, ?)", [row, text])
        conn.execute("INSERT INTO paragraphs_fts (rowid, text) VALUES (?, ?)", [row, text])


def told(conn, name, value=None):
    conn.execute("INSERT INTO paragraphs_fts (paragraphs_fts, rank) VALUES (?, ?)", [name, value])


def agrees(conn):
    for word in WORDS:
        if not word.isascii():
            continue
        found = conn.execute(
            "SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH ?", [f'"{word}"']
        )
        read = rows_with(conn, index_of(conn, "paragraphs"), word, least=0)
        assert read is not None
        assert read.tolist() == sorted(row[0] for row in found), word


TEXTS = st.lists(st.sampled_from(WORDS), max_size=200).map(" ".join)
ROWS = st.one_of(st.integers(1, 30), st.integers(1, 400), st.integers(1, 2**40))
WRITES = st.lists(st.tuples(ROWS, st.none() | TEXTS), min_size=1, max_size=12)
STEPS = st.lists(
    st.one_of(WRITES, st.sampled_from(["optimize", "merge", "automerge", "usual"])),
    min_size=1, max_size=14,
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.sampled_from([32, 64, 200, 4050]), STEPS, st.integers(1, 5))
def test_as_fts5_finds_them(page, steps, leaps):
    conn = made()
    told(conn, "pgsz", page)
    for step in steps:
        match step:
            case "optimize":
                told(conn, "optimize")
            case "merge":
                told(conn, "merge", 3)
            case "automerge":
                told(conn, "automerge", 2)
            case "usual":
                told(conn, "automerge", 4)
            case writes:
                conn.execute("BEGIN")
                for row, text in writes:
                    put(conn, row, text)
                conn.execute("COMMIT")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doclists, "_MOST_LEAPS", leaps)
        agrees(conn)
    conn.close()


@pytest.mark.parametrize("page", [32, 4050])
def test_long_lists_over_many_pages_and_segments(page):
    conn = made()
    told(conn, "pgsz", page)
    told(conn, "automerge", 0)
    for start in range(0, 3_000, 500):
        conn.execute("BEGIN")
        for row in range(start + 1, start + 501):
            put(conn, row * 3, f"the {'ab ' * (row % 90)}" if row % 7 else "theme")
        for row in range(max(start - 20, 1), start + 1, 3):
            put(conn, row * 3, None)
        conn.execute("COMMIT")
    agrees(conn)
    assert len(rows_with(conn, index_of(conn, "paragraphs"), "the", least=0)) > 2_000
    told(conn, "optimize")
    agrees(conn)


def test_short_lists_are_left_to_fts5():
    conn = made()
    put(conn, 1, "the")
    assert rows_with(conn, index_of(conn, "paragraphs"), "the", least=0).tolist() == [1]
    assert rows_with(conn, index_of(conn, "paragraphs"), "the") is None


def test_only_an_index_of_our_kind_is_read():
    assert index_of(made(), "paragraphs")
    assert not index_of(made("porter unicode61"), "paragraphs")
    assert not index_of(made(more=", detail=column"), "paragraphs")
    assert not index_of(sqlite3.connect(":memory:"), "paragraphs")
    other = made()
    other.execute("UPDATE paragraphs_fts_config SET v = 5 WHERE k = 'version'")
    assert not index_of(other, "paragraphs")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_is_damaged_is_left_to_fts5(data):
    conn = made()
    told(conn, "pgsz", 64)
    for row in range(1, 80):
        put(conn, row, "the " * (row % 5 + 1) + "theme")
    told(conn, "optimize")
    pages = conn.execute("SELECT id, block FROM paragraphs_fts_data WHERE id > 1").fetchall()
    at, block = data.draw(st.sampled_from(pages))
    cut = data.draw(st.integers(0, len(block)))
    byte = data.draw(st.binary(max_size=3))
    conn.execute(
        "UPDATE paragraphs_fts_data SET block = ? WHERE id = ?",
        [block[:cut] + byte + block[cut + len(byte) :], at],
    )
    index = index_of(conn, "paragraphs")
    found = index and rows_with(conn, index, "the", least=0)
    assert found is None or found.dtype == np.int64


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """An archive, and how often its index was read as it lies."""
    read = []

    def noted(conn, index, word):
        found = rows_with(conn, index, word, least=0)
        read.append(found)
        return found

    monkeypatch.setattr("db.search.memory.rows_with", noted)
    with Archive.open(tmp_path / "news.db") as archive:
        for number in range(30):
            text = f"The ferry waits{' for her' * number}."
            text = text if number % 3 else f"Ferry {number}, the ferry: “fog {number}”."
            archive.add(f"/{number}.txt", [article("Fog and ice", text, "Nothing else.")])
        yield archive.db.conn, read


@pytest.mark.parametrize("many", [0, 50_000])
def test_a_search_finds_the_same(shelf, monkeypatch, many):
    conn, read = shelf
    monkeypatch.setattr(leaves, "_MOST_ROWS", many)
    for typed in ("ferry", "Fog", "the -fog", "nothing OR ice", "para:(the ferry)"):
        found = search(conn, typed, size=30, fold_copies=False)
        monkeypatch.setattr("db.search.memory.index_of", lambda *_: None)
        conn.execute("UPDATE articles SET title = title")  # nothing is remembered after a write
        assert found == search(conn, typed, size=30, fold_copies=False)
        monkeypatch.setattr("db.search.memory.index_of", index_of)
        conn.execute("UPDATE articles SET title = title")
    assert [len(rows) for rows in read[:2]] == [30, 10]


def test_what_is_not_yet_committed_is_found_and_taken_back(shelf):
    conn, read = shelf
    conn.execute("BEGIN")
    conn.execute("UPDATE paragraphs SET text = 'Snow.' WHERE text LIKE '%the ferry: “fog%'")
    assert search(conn, "snow", fold_copies=False).total == 10
    assert search(conn, "ferry", fold_copies=False).total == 20
    assert not read
    conn.execute("ROLLBACK")
    assert search(conn, "ferry", fold_copies=False).total == 30
    assert read
