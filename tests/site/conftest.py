"""A small archive that every test of the site can look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from db.archive import Archive
from tests.site.small import ARTICLES, made


@pytest.fixture(scope="session")
def archive_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive called news.db with three articles, a revision and a failure."""
    path = tmp_path_factory.mktemp("archive") / "news.db"
    with Archive.open(path) as archive:
        for number, article in enumerate(ARTICLES):
            archive.add(f"/clips/{number}.txt", [article])
        archive.add("/other/ferry.txt", [ARTICLES[1]])
        archive.add("/clips/0.txt", [made(
            "Harbour bill passes",
            "Robert Quill opened the harbour on Friday after bill HB-1204 passed.",
            "The mayor didn’t reply. Nobody met her in the park.",
            "Rob went home by bus.",
            published="2023-03-03",
            publisher="The Saltmarsh Courier",
        )])  # fmt: skip
        archive.fail("/clips/empty.txt", "empty", "/clips/empty.txt: it holds nothing")
    return str(path)


@pytest.fixture
def conn(archive_file: str) -> Iterator[sqlite3.Connection]:
    """A plain reader's connection, without any function of ours."""
    conn = sqlite3.connect(f"file:{archive_file}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    yield conn
    conn.close()
