"""onrecord merge, split and join, as a person types them."""

from __future__ import annotations

import sqlite3

import pytest
from click.testing import CliRunner

from db import correct, notes, samples, searches, shelves
from db import opening as opening_module
from db.archive import Archive
from db.check import check
from db.moving import other as other_module
from db.notebook import Notebook, notebook_path
from db.schema import SCHEMA_VERSION
from db.things import article_thing, person_thing, quote_thing
from ingest.cli import cli
from tests.contents import contents
from tests.db.test_opening import _with_step
from tests.making import article
from tests.stocked import FERRY, stocked


@pytest.fixture
def theirs(tmp_path):
    return stocked(tmp_path / "theirs.db")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "ours.db"
    with Archive.open(path) as archive:
        archive.add("/mine.txt", [FERRY])
    return path


def onrecord(*words, code=0):
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


def articles(path):
    with Archive.open(path, create=False) as archive:
        assert check(archive) == []
        return archive.db["articles"].count


def test_merge_says_what_became_of_it(theirs, path):
    said = onrecord("merge", theirs, "--archive", path)
    assert f"{theirs}: 12 articles: 11 new, 0 known, 1 with 2 revisions more; " in said
    assert "; 6 corrections. Found again: 12 articles, 14 revisions, " in said
    assert said.endswith(f"{path}: whole\n")
    assert articles(path) == 12
    assert "12 articles: 0 new, 12 known. " in onrecord("merge", theirs, "--archive", path)


def test_merge_goes_on_with_the_rest(theirs, path, tmp_path):
    (tmp_path / "diary.db").write_text("Dear diary, " * 100)
    said = onrecord("merge", tmp_path / "nowhere.db", tmp_path / "diary.db", path, theirs,
                    "--archive", path, code=1)  # fmt: skip
    assert f"onrecord: {tmp_path / 'nowhere.db'}: there is no archive here" in said
    assert f"onrecord: {tmp_path / 'diary.db'}: is not an archive" in said
    assert f"onrecord: {path}: is the archive itself" in said
    assert articles(path) == 12


def test_a_newer_archive_is_refused(theirs, path):
    with sqlite3.connect(theirs) as conn:
        conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    said = onrecord("merge", theirs, "--archive", path, code=1)
    assert f"{theirs}: was made by a newer Onrecord" in said
    assert articles(path) == 1


def test_an_older_archive_is_brought_up_to_date_in_a_copy(theirs, path, tmp_path, monkeypatch):
    before = theirs.read_bytes()
    step = _with_step(lambda db: db["failures"].add_column("shelf", str))
    monkeypatch.setattr(opening_module, "migrations", step)
    for module in (opening_module, other_module):
        monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    onrecord("merge", theirs, "--archive", path)
    assert articles(path) == 12
    assert theirs.read_bytes() == before
    assert not list(tmp_path.glob("*.part*"))


def test_from_where_nothing_may_be_written(theirs, path, monkeypatch):
    """An archive in a folder of a read-only disk has no log beside it."""
    connect = sqlite3.connect

    def refusing(address, *args, **options):
        if str(theirs) in str(address) and "immutable" not in str(address):
            address = f"file:{theirs.parent / 'nothing.db'}?mode=ro"
        return connect(address, *args, **options)

    monkeypatch.setattr(other_module.sqlite3, "connect", refusing)
    onrecord("merge", theirs, "--archive", path, "--no-check")
    monkeypatch.undo()
    assert articles(path) == 12


def test_split_and_join(theirs, tmp_path):
    folder, one = tmp_path / "shards", tmp_path / "one.db"
    said = onrecord("split", folder, "--archive", theirs, "--by", "size", "--articles", 5)
    assert "12 articles: 12 new" in said
    assert sorted(file.name for file in folder.glob("*.db")) == ["0001.db", "0002.db", "0003.db"]
    assert "whole" in onrecord("join", folder, one)
    with Archive.open(one) as joined, Archive.open(theirs) as archive:
        assert contents(joined.db.conn) == contents(archive.db.conn)


def test_split_says_what_it_cannot(theirs, tmp_path):
    folder = tmp_path / "shards"
    assert "say what to make them by" in onrecord("split", folder, "--archive", theirs, code=1)
    onrecord("split", folder, "--archive", theirs, "--by", "year", "--no-check")
    said = onrecord("split", folder, "--archive", theirs, "--by", "size", code=1)
    assert "is a folder of shards by year, not by size" in said
    assert "name one file" in onrecord("split", tmp_path / "x", "--archive", folder, code=1)
    (folder / "2021.db").unlink()
    said = onrecord("split", folder, "--archive", theirs, code=1)
    assert "2021.db is missing" in said


def test_join_without_a_shard_says_so(theirs, tmp_path):
    folder = tmp_path / "shards"
    onrecord("split", folder, "--archive", theirs, "--by", "year", "--no-check")
    (folder / "2021.db").write_bytes(b"nothing")
    said = onrecord("join", folder, tmp_path / "one.db", code=1)
    assert f"onrecord: {folder / '2021.db'}: is damaged" in said
    assert articles(tmp_path / "one.db") == 12 - 2
    assert "is no folder of archives" in onrecord("join", tmp_path, tmp_path / "two.db", code=1)


def test_merge_into_a_folder_and_out_of_one(theirs, path, tmp_path):
    folder = tmp_path / "shards"
    onrecord("split", folder, "--archive", path, "--by", "year")
    onrecord("merge", theirs, "--archive", folder)
    onrecord("merge", folder, "--archive", tmp_path / "new.db")
    assert articles(tmp_path / "new.db") == 12


def test_copies_in_several_shards_are_found(theirs, tmp_path):
    folder = tmp_path / "shards"
    onrecord("split", folder, "--archive", theirs, "--by", "year", "--no-check")
    said = onrecord("search", "fares", "fog", "--archive", folder)
    assert said.count("Two boats") == 1
    assert (
        onrecord("search", "fares", "fog", "--copies", "--archive", folder).count("Two boats") == 4
    )


def test_what_cannot_be_found_again_is_an_error(theirs, path, monkeypatch):
    from db.moving import joining, merging

    monkeypatch.setattr(merging.rest, "LEFT_OVER", ())
    monkeypatch.setattr(joining, "_captures", lambda conn, article: _Everything())
    with Archive.open(theirs) as other:
        other.add("/copies/ferry.txt", [FERRY])
    with Archive.open(path) as ours:
        for number in (1, 2):
            ours.add(f"/again/{number}.txt", [article("Salt", "Salt.")])
    said = onrecord("merge", theirs, "--archive", path, code=1)
    assert "failures: 1 of 1 are not there" in said
    assert "the capture ('/clips/two.txt'" in said


class _Everything:
    def __contains__(self, key):
        return True


def test_a_damaged_archive_is_named_and_the_rest_goes_on(theirs, path, tmp_path):
    stocked(tmp_path / "damaged.db")
    with sqlite3.connect(tmp_path / "damaged.db") as conn:
        conn.execute("DELETE FROM sources WHERE location = '/clips/two.txt'")
    said = onrecord("merge", tmp_path / "damaged.db", theirs, "--archive", path, code=1)
    assert f"onrecord: {tmp_path / 'damaged.db'}: cannot be taken in whole" in said
    assert articles(path) == 12


# -- the notebook


@pytest.fixture
def noted(theirs, path):
    """Both archives have notebooks, and both know the ferry."""
    for place, who in ((path, "me"), (theirs, "them")):
        with (
            Archive.open(place) as archive,
            Notebook.open(notebook_path(place), archive.db.conn) as book,
        ):
            ferry = article_thing(archive.db.conn, 1)
            quote = quote_thing(archive.db.conn, 1, 1)
            notes.write(book, ferry, f"Seen by {who}")
            shelves.tag(book, "boats", [ferry, quote] if who == "them" else [ferry])
            shelves.enlist(book, "to read", [quote] if who == "them" else [ferry])
            searches.save(book, "fog", "fog" if who == "me" else "fog OR mist")
            samples.draw(book, "first", size=1, seed=1)
            if who == "them":
                shelves.enlist(book, "to read", [person_thing(archive.db.conn, "Runa Vik"), ferry])
                shelves.tag(book, "theirs", [quote])
    return theirs, path


def test_the_notebook_comes_where_it_is_asked_for(noted):
    theirs, path = noted
    onrecord("merge", theirs, "--archive", path)
    assert _in_notebook(path)["notes"] == ["Seen by me"]
    said = onrecord("merge", theirs, "--archive", path, "--notebook")
    assert "1 note, 2 tags, 2 places on lists, 1 sample, 1 saved search" in said
    found = _in_notebook(path)
    assert found["notes"] == ["Seen by me", "Seen by them"]
    assert found["tags"] == [("boats", 2), ("theirs", 1)]
    assert found["read"] == ["Ferry sails", "We were wrong, (Ferry stops)", "Runa Vik"]
    assert found["searches"] == [("fog", "fog"), ("fog (2)", "fog OR mist")]
    assert found["samples"] == ["first", "first (2)"]
    onrecord("merge", theirs, "--archive", path, "--notebook")
    assert _in_notebook(path) == found


def test_a_folder_takes_the_notebook_in(noted, tmp_path):
    theirs, _ = noted
    folder = tmp_path / "shards"
    said = onrecord("split", folder, "--archive", theirs, "--by", "year", "--no-check")
    assert "1 note, 3 tags, 3 places on lists, 1 sample, 1 saved search" in said
    assert "Seen by them" in onrecord("note", "--archive", folder)
    said = onrecord("merge", theirs, "--archive", folder, "--notebook", "--no-check")
    assert "0 notes, 0 tags, 0 places on lists, 0 samples, 0 saved searches" in said
    onrecord("join", folder, tmp_path / "joined.db", "--no-check")
    assert _in_notebook(tmp_path / "joined.db") == _in_notebook(theirs)
    onrecord("merge", folder, "--archive", tmp_path / "one.db", "--notebook", "--no-check")
    assert _in_notebook(tmp_path / "one.db")["notes"] == ["Seen by them"]


def test_what_has_no_notebook_is_moved_without(theirs, path, tmp_path):
    assert f"{theirs}: has no notebook" in onrecord(
        "merge", theirs, "--archive", path, "--notebook"
    )
    onrecord("split", tmp_path / "shards", "--archive", path, "--by", "year", "--no-check")
    onrecord("join", tmp_path / "shards", tmp_path / "one.db", "--no-check")
    assert not list(tmp_path.glob("*.notes*"))


def _in_notebook(path):
    with Archive.open(path) as archive, Notebook.open(notebook_path(path), archive.db.conn) as book:
        return {
            "notes": [note.text for note in notes.notes(book)],
            "tags": shelves.tags(book),
            "read": [str(thing) for thing in shelves.listed(book, "to read")],
            "searches": [(one.name, one.typed) for one in searches.searches(book)],
            "samples": [one.name for one in samples.samples(book)],
        }


def test_corrections_that_contradict_are_counted(theirs, path):
    with Archive.open(path) as archive:
        archive.correct(correct.merge, "Runa Vik", "Anna Leigh", new=True)
    with Archive.open(theirs) as archive:
        archive.correct(correct.merge, "Runa Vik", "Odo Brandt")
    assert "; 1 contradicts ours, which hold." in onrecord("merge", theirs, "--archive", path)
