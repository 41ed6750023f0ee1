"""Columns that are kept between searches follow what is written."""

import sqlite3

import pytest

from db.archive import Archive
from db.search import search
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
