"""A file that failed and is mended: the table of failures says so."""

from __future__ import annotations

import gzip

import pytest

from db.archive import Archive
from ingest.load import load
from tests.containers import FERRY, TUGS, packed, pages, zipped


def failing(archive: Archive) -> list[str]:
    """What the archive says still fails, by its name below the folder of the test."""
    query = "SELECT location FROM failures WHERE resolved IS NULL ORDER BY location"
    return [row["location"].rpartition("/in/")[2] for row in archive.db.query(query)]


@pytest.fixture
def take_in(tmp_path):
    (tmp_path / "in").mkdir()
    with Archive.open(tmp_path / "news.db") as archive:

        def take(files: dict[str, bytes], jobs: int = 1) -> list[str]:
            for name, data in files.items():
                (tmp_path / "in" / name).write_bytes(data)
            list(load(archive, [str(tmp_path / "in" / name) for name in files], jobs=jobs))
            return failing(archive)

        yield take


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_damaged_archive_that_is_fetched_anew(take_in, jobs):
    good = packed(pages(3))
    assert take_in({"a.warc.gz": good[:-200], "b.zip": b"PK\x03\x04"}, jobs) == [
        "a.warc.gz",
        "b.zip",
    ]
    assert take_in({"a.warc.gz": good, "b.zip": b"PK\x03\x04"}, jobs) == ["b.zip"]
    assert take_in({"b.zip": zipped({"ferry.html": FERRY})}, jobs) == []


def test_the_member_that_still_fails_and_the_one_that_is_mended(take_in):
    bad = {"one.html": "", "two.html": "", "three.html": FERRY}
    assert take_in({"a.zip": zipped(bad)}) == ["a.zip!one.html", "a.zip!two.html"]
    assert take_in({"a.zip": zipped({**bad, "one.html": TUGS})}) == ["a.zip!two.html"]


def test_a_member_that_is_gone_no_longer_fails(take_in):
    take_in({"a.zip": zipped({"one.html": "", "two.html": FERRY})})
    assert take_in({"a.zip": zipped({"two.html": FERRY})}) == []


def test_what_a_damaged_archive_did_not_come_to_is_not_resolved(take_in):
    take_in({"a.zip": zipped({"one.html": "", "two.html": FERRY})})
    assert take_in({"a.zip": b"PK\x03\x04"}) == ["a.zip", "a.zip!one.html"]


def test_a_file_that_could_not_be_read_for_a_while(take_in):
    page = gzip.compress(FERRY.encode(), mtime=0)
    take_in({"ferry.html.gz": page})
    assert take_in({"ferry.html.gz": b"\x1f\x8b\x08"}) != []
    assert take_in({"ferry.html.gz": page}) == []
