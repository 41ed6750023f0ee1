"""A folder of shards: its manifest, its numbers, and what is said of a shard that is not well."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.archive import Archive
from db.errors import ArchiveBusy, ArchiveError, NewerArchive, NoArchive, NotAnArchive
from db.schema import SCHEMA_VERSION
from db.shards.folder import (
    MANIFEST,
    Missing,
    Shard,
    add_shard,
    available,
    create_folder,
    is_folder,
    open_folder,
    strays,
)
from db.shards.ids import ROWS, SHARDS, joined, parted
from tests.making import article


@pytest.fixture
def folder(tmp_path):
    made = create_folder(tmp_path / "news", "year")
    for stem in ("2023", "2024"):
        made, shard = add_shard(made, stem)
        with Archive.open(shard.path) as archive:
            archive.add(f"/{stem}.txt", [article(f"News of {stem}", "The ferry stayed in port.")])
    return made


@given(st.integers(0, SHARDS - 1), st.integers(0, ROWS - 1))
def test_a_number_over_all_shards_tells_shard_and_row(number, local):
    one = joined(number, local)
    assert parted(one) == (number, local)
    assert int(float(one)) == one < 2**53  # as JavaScript has it


def test_rows_of_a_single_file_keep_their_numbers():
    assert joined(0, 1234) == 1234


@pytest.mark.parametrize(("number", "local"), [(-1, 1), (SHARDS, 1), (1, -1), (1, ROWS)])
def test_there_are_no_numbers_beyond_the_last(number, local):
    with pytest.raises(ValueError, match="no row"):
        joined(number, local)


def test_a_folder_is_as_its_manifest_says(folder):
    assert is_folder(folder.path)
    assert open_folder(folder.path) == folder
    assert [(s.number, s.path.name) for s in folder.shards] == [(1, "2023.db"), (2, "2024.db")]
    assert available(folder) == (list(folder.shards), [])
    # Each is an archive by itself.
    with Archive.open(folder.path / "2023.db", create=False) as archive:
        assert archive.db["articles"].count == 1


def test_a_shard_of_that_name_is_not_made_twice(folder):
    assert add_shard(folder, "2023") == (folder, folder.shards[0])


def test_a_number_is_not_given_to_another_shard(folder):
    manifest = json.loads((folder.path / MANIFEST).read_text())
    del manifest["shards"][1]
    (folder.path / MANIFEST).write_text(json.dumps(manifest))
    assert add_shard(open_folder(folder.path), "2025")[1] == Shard(3, folder.path / "2025.db")


def test_several_may_add_shards_at_once(folder):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: add_shard(folder, f"worker-{n % 6}"), range(12)))
    now = open_folder(folder.path)
    assert [s.number for s in now.shards] == list(range(1, 9))
    assert len({s.path for s in now.shards}) == 8


def test_an_empty_archive_that_a_crash_left_becomes_the_shard(folder):
    Archive.open(folder.path / "2025.db").close()
    assert add_shard(folder, "2025")[1].number == 3


def test_a_file_with_articles_that_the_manifest_does_not_name_is_left_alone(folder):
    with Archive.open(folder.path / "2025.db") as archive:
        archive.add("/a.txt", [article("A stray", "Nobody knows it.")])
    assert strays(folder) == [folder.path / "2025.db"]
    with pytest.raises(ArchiveBusy, match=r"2025\.db: is there already"):
        add_shard(folder, "2025")
    assert open_folder(folder.path) == folder


def test_a_folder_is_made_where_nothing_is(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Ada")
    with pytest.raises(ArchiveBusy, match="not empty"):
        create_folder(tmp_path, "size")
    with pytest.raises(NoArchive, match="no folder of archives"):
        open_folder(tmp_path)
    assert not is_folder(tmp_path / "letter.txt")


def test_a_folder_whose_making_was_broken_off_is_made(tmp_path):
    (tmp_path / "shards.json.part").write_text('{"onrec')
    assert create_folder(tmp_path, "year").by == "year"
    assert is_folder(tmp_path)


@pytest.mark.parametrize(
    ("manifest", "error"),
    [
        ("", NotAnArchive),
        ("[]", NotAnArchive),
        ('{"onrecord": 1}', NotAnArchive),
        ('{"onrecord": 9, "by": "moon", "shards": []}', NewerArchive),
        ('{"onrecord": 1, "by": "moon", "shards": []}', NotAnArchive),
        ('{"onrecord": 1, "by": "year", "shards": [{"number": 0, "file": "a.db"}]}', NotAnArchive),
        (
            '{"onrecord": 1, "by": "year", "shards": [{"number": 1, "file": "../a.db"}]}',
            NotAnArchive,
        ),
        (
            '{"onrecord": 1, "by": "year", "shards": [{"number": 1, "file": "a.db"},'
            ' {"number": 1, "file": "b.db"}]}',
            NotAnArchive,
        ),
    ],
)
def test_a_manifest_that_cannot_be_read_is_one_line(tmp_path, manifest, error):
    (tmp_path / MANIFEST).write_text(manifest)
    with pytest.raises(error, match=MANIFEST) as raised:
        open_folder(tmp_path)
    assert isinstance(raised.value, ArchiveError)
    assert "\n" not in str(raised.value)


def _gone(path):
    path.unlink()


def _cut(path):
    path.write_bytes(path.read_bytes()[:-4096])


def _overwritten(path):
    path.write_bytes(b"no archive at all" * 1000)


def _of_something_else(path):
    path.unlink()
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()


def _of_tomorrow(path):
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    conn.close()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_gone, "is not there"),
        (_cut, "is damaged"),
        (_overwritten, "is damaged"),
        (_of_something_else, "is not an archive"),
        (_of_tomorrow, "newer Onrecord"),
    ],
)
def test_a_shard_that_cannot_be_read_is_missing_with_the_reason(folder, harm, words):
    harm(folder.path / "2023.db")
    there, missing = available(folder)
    assert there == [folder.shards[1]]
    ((shard, reason),) = [(m.shard, m.reason) for m in missing]
    assert isinstance(missing[0], Missing)
    assert shard == folder.shards[0]
    assert words in reason
