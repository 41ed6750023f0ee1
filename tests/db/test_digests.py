"""Digests of texts, words and bytes: what has them is found, wherever they are kept."""

import sqlite3

import pytest

from db import digests, levels
from db.archive import Archive
from db.check import check
from db.keys import article_key, find_article
from db.moving.merging import merge
from tests.making import article

STORM = article("Storm at the weir", "The weir gave way at night.")
FERRY = article("Ferry stops", "The ferry stops in winter.")


def number(archive, table):
    return archive.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def as_of_version_8(archive):
    """The archive with indexes of digests in place of the tables."""
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%digest%'"
    for (trigger,) in archive.db.execute(triggers).fetchall():
        archive.db.execute(f"DROP TRIGGER {trigger}")
    for table in digests.KEPT_IN:
        archive.db.execute(f"DROP TABLE {table}")
    archive.db.execute("CREATE INDEX revisions_fingerprint ON revisions (fingerprint)")
    archive.db.execute("CREATE INDEX captures_sha256 ON captures (sha256)")
    archive.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'digests_apart'")
    archive.db.execute("PRAGMA user_version = 8")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


@pytest.mark.parametrize("waiting", [1, 1_000])
def test_what_was_stored_is_known_by_its_words(path, monkeypatch, waiting):
    monkeypatch.setattr(levels, "LEAST", waiting)
    with Archive.open(path) as archive:
        archive.add("/storm.txt", [STORM])
        archive.add("/ferry.txt", [FERRY])
        assert number(archive, "digests") == (6 if waiting == 1 else 0)
        assert number(archive, "new_digests") == (0 if waiting == 1 else 6)
        assert archive.add("/copied/storm.txt", [STORM]) == ["copy"]
        assert number(archive, "texts") == 2
        assert find_article(archive.db.conn, article_key(archive.db.conn, 2)) == 2
        assert check(archive) == []


def test_a_digest_that_begins_alike_is_another(path):
    with Archive.open(path) as archive:
        archive.add("/storm.txt", [STORM])
        archive.db.execute(
            "UPDATE revisions SET fingerprint = substr(fingerprint, 1, 12) || 'and so on'"
        )
        assert archive.add("/copied/storm.txt", [STORM]) == ["added"]
        assert check(archive) == []


def test_an_older_archive_is_brought_up_to_it(path):
    with Archive.open(path) as archive:
        archive.add("/storm.txt", [STORM])
        as_of_version_8(archive)
    with Archive.open(path) as archive:
        assert check(archive) == []
        assert archive.add("/copied/storm.txt", [STORM]) == ["copy"]
        assert archive.add("/ferry.txt", [FERRY]) == ["added"]
        assert check(archive) == []
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            archive.db.execute("DELETE FROM texts")


def test_in_an_older_archive_that_is_only_read_articles_are_found(path):
    with Archive.open(path) as archive:
        archive.add("/storm.txt", [STORM])
        archive.add("/ferry.txt", [FERRY])
        keys = [article_key(archive.db.conn, number) for number in (1, 2)]
        as_of_version_8(archive)
        assert [find_article(archive.db.conn, key) for key in keys] == [1, 2]


def test_another_archive_is_merged_by_its_digests(path, tmp_path):
    theirs = tmp_path / "theirs.db"
    with Archive.open(theirs) as archive:
        archive.add("/storm.txt", [STORM])
        archive.add("/ferry.txt", [FERRY])
    with Archive.open(path) as archive:
        archive.add("/clips/storm.txt", [STORM])
        (report,) = merge([theirs], archive)
        assert not report.proof.problems
        assert (number(archive, "articles"), number(archive, "texts")) == (2, 2)
        assert archive.add("/clips/ferry.txt", [FERRY]) == ["copy"]
        assert check(archive) == []


def test_check_tells_what_no_digest_finds(path):
    with Archive.open(path) as archive:
        archive.add("/storm.txt", [STORM])
        archive.db.execute("DELETE FROM new_digests")
        assert check(archive) == [
            "texts 1: is not found by its sha256",
            "revisions 1: is not found by its fingerprint",
            "captures 1: is not found by its sha256",
        ]
