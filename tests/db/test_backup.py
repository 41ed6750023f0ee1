"""A backup is a whole archive, made while others read and write, and comes back as it was."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from db.archive import Archive
from db.backup import backup, restore
from db.check import check
from db.errors import CannotCopy, NoArchive
from db.notebook import Notebook, notebook_path
from db.notes import notes, write
from db.things import article_thing
from tests.site.small import ARTICLES, made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add("/clips/0.txt", [ARTICLES[0]])
        with Notebook.open(notebook_path(path), archive.db.conn) as book:
            write(book, article_thing(archive.db.conn, 1), "See the minutes of March.")
    return path


def titles(path: Path) -> list[str]:
    with Archive.open(path, create=False) as archive:
        assert check(archive) == []
        return [row["title"] for row in archive.db["articles"].rows]


def test_a_backup_is_an_archive_with_its_notebook(path, tmp_path):
    copy = tmp_path / "safe" / "copy.db"
    copy.parent.mkdir()
    assert backup(path, copy) == [copy, copy.with_name("copy.notes.db")]
    assert titles(copy) == ["Harbour bill passes"]
    assert sorted(file.name for file in copy.parent.glob("*.part")) == []
    with Archive.open(copy) as archive, Notebook.open(notebook_path(copy), archive.db.conn) as book:
        assert [note.text for note in notes(book)] == ["See the minutes of March."]


def test_a_backup_while_somebody_writes_is_whole(path, tmp_path):
    stop = threading.Event()

    def write_on() -> None:
        with Archive.open(path) as archive:
            number = 0
            while not stop.is_set() and number < 400:
                archive.add(f"/more/{number}.txt", [made(f"Title {number}", f"Words {number}.")])
                number += 1

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(3):
            backup(path, tmp_path / f"copy-{number}.db")
            assert "Harbour bill passes" in titles(tmp_path / f"copy-{number}.db")
    finally:
        stop.set()
        writer.join()


def test_it_comes_back_as_it_was(path, tmp_path):
    copy = tmp_path / "copy.db"
    backup(path, copy)
    with Archive.open(path) as archive:
        archive.add("/clips/1.txt", [ARTICLES[1]])
    with pytest.raises(CannotCopy, match="--replace moves it aside"):
        restore(copy, path)
    aside = restore(copy, path, replace=True)
    assert aside == tmp_path / "news.before-1.db"
    assert titles(path) == ["Harbour bill passes"]
    assert titles(aside) == ["Harbour bill passes", "Ferry to stop at noon"]
    assert notebook_path(path).is_file()
    assert notebook_path(aside).is_file()
    assert titles(copy) == ["Harbour bill passes"]


def test_what_is_not_whole_is_no_backup(path, tmp_path):
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE paragraphs SET text = 'Something else.' WHERE id = 1")
    with pytest.raises(CannotCopy, match="is not whole"):
        backup(path, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


def test_nothing_is_overwritten_and_nothing_comes_of_nothing(path, tmp_path):
    (tmp_path / "taken.db").write_bytes(b"a diary")
    with pytest.raises(CannotCopy, match="is there already"):
        backup(path, tmp_path / "taken.db")
    assert (tmp_path / "taken.db").read_bytes() == b"a diary"
    with pytest.raises(NoArchive):
        backup(tmp_path / "nowhere.db", tmp_path / "copy.db")
    with pytest.raises(NoArchive):
        restore(tmp_path / "nowhere.db", path, replace=True)
    (tmp_path / "empty.db").touch()
    with pytest.raises(NoArchive):
        backup(tmp_path / "empty.db", tmp_path / "copy.db")
    with pytest.raises(NoArchive):
        restore(tmp_path / "empty.db", path, replace=True)
    assert not (tmp_path / "copy.db").exists()
    with pytest.raises(CannotCopy, match="could not be written"):
        backup(path, tmp_path / "no folder" / "copy.db")
    assert titles(path) == ["Harbour bill passes"]
