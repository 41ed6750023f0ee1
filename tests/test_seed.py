"""The article that it all began with, from the file to the page: as a careful reader reads it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from db.archive import Archive
from db.check import check
from db.search import search
from ingest.cli import cli
from ingest.load import load


@pytest.fixture(scope="module")
def expected():
    from tests.conftest import shared_path

    return json.loads(shared_path("seed/expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def read(expected):
    from tests.conftest import shared_path

    result = CliRunner().invoke(
        cli, ["ingest", "--json", "--dry-run", str(shared_path("seed/article.txt"))]
    )
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    return json.loads(line)


@pytest.mark.parametrize(
    "key",
    [
        "title",
        "byline",
        "section",
        "publisher",
        "rights",
        "distributor",
        "published",
        "published_precision",
        "paragraphs",
        "furniture",
    ],
)
def test_recognised(read, expected, key):
    assert read[key] == expected[key]


def test_counts(read):
    assert len(read["paragraphs"]) == 10
    assert len(read["furniture"]) == 3
    assert len(read["quotes"]) == 6


@pytest.mark.parametrize("number", range(6))
def test_quotes(read, expected, number):
    wanted, found = expected["quotes"][number], read["quotes"][number]
    assert {key: found[key] for key in wanted} == wanted
    assert found["description"] == wanted.get("description")


def test_the_stored_rows_say_the_same(shared, expected, tmp_path):
    with Archive.open(tmp_path / "seed.db") as archive:
        assert [r.outcomes for r in load(archive, [str(shared("seed/article.txt"))])] == [
            ("added",)
        ]
        assert check(archive) == []
        rows = archive.db.execute(
            "SELECT start, end FROM paragraphs WHERE kind = 'text' ORDER BY position"
        )
        assert [list(row) for row in rows] == expected["paragraphs"]
        rows = archive.db.execute(
            "SELECT speaker, cue, kind FROM quotes"
            " WHERE kind IN ('direct', 'mixed') ORDER BY position"
        ).fetchall()
        assert rows == [(q["speaker"], q["cue"], q["kind"]) for q in expected["quotes"]]
        conn = archive.db.conn
        for typed in ("zelenskyy", "ZELENSKYY", "beijing", "beijing's", "beijing’s"):
            assert search(conn, typed).hits, typed
        assert {hit.match.speaker for hit in search(conn, "malarkey", "quotes").hits} == {
            "John Kirby"
        }
