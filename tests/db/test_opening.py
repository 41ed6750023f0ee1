"""Opening archives: new, old, newer, broken, not ours."""

import sqlite3

import pytest
from sqlite_utils import Migrations

from db import opening as opening_module
from db.archive import Archive
from db.check import check
from db.errors import ArchiveBusy, NewerArchive, NoArchive, NotAnArchive
from db.schema import SCHEMA_VERSION
from tests.making import article


def test_makes_a_new_archive(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        assert "paragraphs_fts" in archive.db.table_names()
        assert check(archive) == []


def test_opens_it_again(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Title", "Words.")])
    with Archive.open(path, create=False) as archive:
        assert archive.db["articles"].count == 1


def test_says_that_there_is_none(tmp_path):
    with pytest.raises(NoArchive, match=r"news\.db: there is no archive here; make one with"):
        Archive.open(tmp_path / "news.db", create=False)
    assert not (tmp_path / "news.db").exists()


def test_an_empty_file_is_read_as_none_and_left_so(tmp_path):
    path = tmp_path / "news.db"
    path.touch()
    with pytest.raises(NoArchive, match="there is no archive here"):
        Archive.open(path, create=False)
    assert path.stat().st_size == 0
    Archive.open(path).close()
    Archive.open(path, create=False).close()


def test_refuses_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "news.db"
    path.write_text("Dear diary, " * 100)
    with pytest.raises(NotAnArchive, match="is not an archive"):
        Archive.open(path)


def test_refuses_a_database_of_something_else(tmp_path):
    path = tmp_path / "news.db"
    with sqlite3.connect(path) as conn:
        conn.execute("create table recipes (id)")
    conn.close()
    with pytest.raises(NotAnArchive, match="something else"):
        Archive.open(path)


def test_refuses_a_newer_archive(tmp_path):
    path = tmp_path / "news.db"
    Archive.open(path).close()
    with sqlite3.connect(path) as conn:
        conn.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    conn.close()
    with pytest.raises(NewerArchive, match=r"newer Onrecord .* upgrade with"):
        Archive.open(path)


def test_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ArchiveBusy, match="cannot be opened"):
        Archive.open(tmp_path / "nowhere" / "news.db")


def test_a_new_step_brings_an_older_archive_up_to_date(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Title", "Words.")])
    later = _with_step(lambda db: db["articles"].add_column("shelf", str))
    monkeypatch.setattr(opening_module, "migrations", later)
    monkeypatch.setattr(opening_module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with Archive.open(path) as archive:
        assert next(iter(archive.db["articles"].rows))["shelf"] is None
        assert check(archive) == []


def test_whoever_opens_a_large_older_archive_is_told_why_it_takes_long(
    tmp_path, monkeypatch, caplog
):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Title", "Words.")])
        archive.add("/b.txt", [article("Other", "More words.")])
    monkeypatch.setattr(opening_module, "migrations", _with_step(lambda db: None))
    monkeypatch.setattr(opening_module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(opening_module, "MANY", 2)
    for _ in range(2):  # the second time there is nothing to do
        Archive.open(path).close()
    assert caplog.messages == [
        f"{path}: made by an older Onrecord, is brought up to date first; with 2 articles that"
        " takes a while"
    ]


def test_and_so_is_who_opens_one_whose_indexes_are_not_finished(tmp_path, monkeypatch, caplog):
    path = tmp_path / "news.db"
    monkeypatch.setattr(opening_module, "MANY", 1)
    with Archive.open(path, index_later=True) as archive:
        archive.add("/a.txt", [article("Title", "Words.")])
    assert caplog.messages == []
    Archive.open(path).close()
    assert caplog.messages == [
        f"{path}: an ingest was cut short, its indexes are finished first; with 1 articles that"
        " takes a while"
    ]


def test_a_step_that_fails_leaves_the_archive_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Title", "Words.")])

    def half_done(db):
        db["articles"].add_column("shelf", str)
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(opening_module, "migrations", _with_step(half_done))
        patch.setattr(opening_module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        with pytest.raises(RuntimeError):
            Archive.open(path)
    with Archive.open(path) as archive:
        assert "shelf" not in archive.db["articles"].columns_dict
        assert check(archive) == []


def _with_step(step) -> Migrations:
    later = Migrations("onrecord")
    later._migrations = [*opening_module.migrations._migrations]
    later(name="a_later_step")(step)
    return later


def test_two_writers_queue(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as one, Archive.open(path) as two:
        one.add("/a.txt", [article("Title", "Words.")])
        two.add("/b.txt", [article("Other", "More words.")])
        assert one.db["articles"].count == 2


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Title", "Words.")])
        (pages,) = archive.db.execute("PRAGMA page_count").fetchone()
        archive.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveBusy, match=r"news\.db: could not be written .*full"):
            archive.add("/b.txt", [article("Long", *(f"Words {n}. " * 300 for n in range(99)))])
        assert [row["title"] for row in archive.db["articles"].rows] == ["Title"]
        assert check(archive) == []
