"""Columns that are kept between searches follow what is written."""

import sqlite3
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.search import search
from db.search.columns import columns_of
from tests.making import article


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr("db.search.columns.MANY", 1)


def titles(conn, typed):
    return ["".join(text for text, _ in hit.title) for hit in search(conn, typed).hits]


def test_what_another_connection_adds_is_there(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Fog", "The ferry waits.")])
        reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        assert titles(reader, "ferry") == ["Fog"]
        archive.add("/b.txt", [article("Ice", "The ferry waits again.")])
        assert titles(reader, "ferry") == ["Ice", "Fog"]
        reader.close()


def test_what_the_same_connection_changes_is_there(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/a.txt", [article("Fog", "The ferry waits.")])
        archive.add("/b.txt", [article("Ice", "The ferry waits again.")])
        assert search(archive.db.conn, "ferry").undated == 2
        archive.db.execute(
            "update articles set published = '2024', published_precision = 'year' where id = 1"
        )
        assert search(archive.db.conn, "ferry").undated == 1
        assert titles(archive.db.conn, "ferry") == ["Fog", "Ice"]


def test_many_connections(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Fog", "The ferry waits.")])
    readers = [sqlite3.connect(path) for _ in range(7)]
    for reader in (*readers, *readers):
        assert titles(reader, "ferry") == ["Fog"]
    for reader in readers:
        reader.close()


DATES = st.sampled_from([None, "2023", "2023-05", "2023-05-17", "2023-05-17T08:00Z", "1999-01-01"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(DATES, st.sampled_from([None, "Quay Courier", "Echo", "Ærø"]), st.booleans()),
        max_size=12,
    ),
    st.sets(st.integers(1, 12)),
    st.booleans(),
)
def test_columns_of_all_are_those_of_each(rows, gone, empty):
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, published, publisher, story)")
    conn.execute("CREATE TABLE copies (article_id, other_id, kind)")
    for number, (date, publisher, is_copy) in enumerate(rows, 1):
        date = "" if empty and date is None and number % 2 else date
        conn.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?)",
            [number, date, publisher, 1 if is_copy else None],
        )
    told = [number for number, row in enumerate(rows, 1) if row[2]]
    conn.executemany("INSERT INTO copies VALUES (?, ?, 'near')", list(pairwise(told)))
    for number in gone:
        conn.execute("DELETE FROM articles WHERE id = ?", [number])
        conn.execute("DELETE FROM copies WHERE ? IN (article_id, other_id)", [number])
    every = columns_of(conn)
    some = columns_of(conn, every.articles)
    assert every.published == some.published
    for name in ("articles", "newest", "oldest", "moment", "copies"):
        assert getattr(every, name).tolist() == getattr(some, name).tolist(), name
    for codes, names in (("day", "days"), ("publisher", "publishers")):
        told_by = [[getattr(one, names)[at] for at in getattr(one, codes)] for one in (every, some)]
        assert told_by[0] == told_by[1]


def test_a_spelling_that_comes_in_is_found(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/a.txt", [article("Quay", "The strasse is closed.")])
        assert titles(archive.db.conn, "strasse") == ["Quay"]
        archive.add("/b.txt", [article("Bridge", "Die Straße ist offen.")])
        assert titles(archive.db.conn, "strasse") == ["Bridge", "Quay"]
