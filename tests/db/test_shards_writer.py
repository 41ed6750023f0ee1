"""Taking in into a folder of shards: each article in its shard, and no article in two."""

import json
from dataclasses import replace

import pytest

from db.archive import Archive
from db.check import check
from db.errors import ArchiveBusy, NotAnArchive
from db.fetches import Fetch
from db.shards import known
from db.shards.folder import add_shard, create_folder, open_folder
from db.shards.known import PENDING, known_in
from db.shards.opening import open_writable
from db.shards.writer import FolderArchive
from ingest import Moment
from tests.making import article, capture


def dated(title, year, *paragraphs, **facts):
    moment = Moment(f"{year}-03-02", "day") if year else None
    return article(title, *(paragraphs or (f"{title} in words.",)), published=moment, **facts)


@pytest.fixture
def folder(tmp_path):
    create_folder(tmp_path / "news", "year")
    with FolderArchive.open(tmp_path / "news") as opened:
        yield opened
        for shard in opened.shards.values():
            assert check(shard) == []


def held(folder):
    """The titles in each shard."""
    return {
        shard.path.stem: [row["title"] for row in shard.db["articles"].rows]
        for shard in folder.shards.values()
    }


def test_new_articles_go_to_the_shard_of_their_year(folder):
    folder.add("/a.txt", [dated("Ferry", 2023)])
    folder.add("/b.txt", [dated("Tugs", 2024), dated("Cable", 2023), dated("Seals", None)])
    assert held(folder) == {"2023": ["Ferry", "Cable"], "2024": ["Tugs"], "undated": ["Seals"]}
    assert open_folder(folder.path).shards == folder.folder.shards


def test_new_articles_go_to_the_newest_shard_until_it_is_full(tmp_path):
    with open_writable(tmp_path / "news", create=True, by="size", most=2) as folder:
        for number in range(5):
            folder.add(f"/{number}.txt", [dated(f"Story {number}", 2020 + number)])
        assert held(folder) == {
            "0001": ["Story 0", "Story 1"], "0002": ["Story 2", "Story 3"], "0003": ["Story 4"],
        }  # fmt: skip


def test_the_same_again_is_unchanged(folder):
    both = [dated("Tugs", 2024), dated("Cable", 2023)]
    assert folder.add("/b.txt", both) == ["added", "added"]
    assert folder.add("/b.txt", both) == ["unchanged", "unchanged"]
    assert held(folder) == {"2024": ["Tugs"], "2023": ["Cable"]}


def test_the_same_words_elsewhere_are_a_copy(folder):
    folder.add("/a.txt", [dated("Ferry", 2023)])
    assert folder.add("/b.txt", [dated("Ferry", 2023)]) == ["copy"]


def test_a_revision_stays_in_its_shard_though_its_date_is_another(folder):
    folder.add("/a.txt", [dated("Ferry", 2023)])
    assert folder.add("/a.txt", [dated("Ferry sails", 2024)]) == ["revised"]
    assert held(folder) == {"2023": ["Ferry sails"]}


def test_an_article_is_known_by_its_address_in_whatever_shard(folder):
    url = "https://example.org/ferry"
    folder.add("/a.txt", [dated("Ferry", 2023, url=url)])
    assert folder.add("/b.txt", [dated("Ferry sails", 2024, url=url)]) == ["revised"]
    assert list(held(folder)) == ["2023"]


def test_other_articles_of_a_file_are_no_revisions(folder):
    """Each shard has one article of the file, which yet held several."""
    folder.add("/a.txt", [dated("Ferry", 2023), dated("Tugs", 2024)])
    assert folder.add("/a.txt", [dated("Cable", 2023), dated("Tugs", 2024)]) == [
        "added", "unchanged",
    ]  # fmt: skip
    assert held(folder) == {"2023": ["Ferry", "Cable"], "2024": ["Tugs"]}


@pytest.mark.parametrize("lookup", ["has_read", "known_in"])
def test_bytes_that_were_read_are_known_across_shards(folder, lookup):
    both = [dated("Tugs", 2024), dated("Cable", 2023)]
    digest = capture("both").sha256
    both = [replace(one, capture=replace(one.capture, sha256=digest)) for one in both]
    folder.add("/b.txt", both)
    ask = folder.has_read if lookup == "has_read" else known_in(folder.path)
    assert ask("/b.txt", digest) == 2
    assert ask("/b.txt", "0" * 64) == 0
    assert ask("/c.txt", digest) == 0


def test_bytes_that_others_replaced_in_another_shard_are_news(folder, monkeypatch):
    first, second = dated("Ferry", 2023), dated("Tugs", 2024)
    folder.add("/a.txt", [first, dated("Third", 2023)])
    folder.add("/a.txt", [second])
    assert folder.has_read("/a.txt", first.capture.sha256) == 0


def test_a_capture_that_a_crash_left_in_one_shard_of_two_is_read_again(folder, monkeypatch):
    both = [dated("Tugs", 2024), dated("Cable", 2023)]
    both[1] = replace(both[1], capture=replace(both[1].capture, sha256=both[0].capture.sha256))
    folder.add("/b.txt", both)
    (folder.path / PENDING).write_text(json.dumps([["/b.txt", both[0].capture.sha256]]))
    with FolderArchive.open(folder.path) as again:
        assert again.has_read("/b.txt", both[0].capture.sha256) == 0
        assert again.add("/b.txt", both) == ["unchanged", "unchanged"]
        assert again.has_read("/b.txt", both[0].capture.sha256) == 2
    assert known.pending(folder.path) == set()


def test_what_fails_inside_is_taken_back_from_every_shard(folder):
    folder.add("/a.txt", [dated("Ferry", 2023)])

    def broken_off():
        with folder.together():
            folder.add("/b.txt", [dated("Tugs", 2023), dated("Cable", 2024)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert held(folder) == {"2023": ["Ferry"], "2024": []}


def test_failures_are_kept_once_and_resolved(folder):
    folder.add("/a.txt", [dated("Ferry", 2023)])
    folder.fail("/b.txt", "NoText", "is empty")
    folder.add("/c.txt", [dated("Tugs", 2024)])
    folder.fail("/b.txt", "NoText", "is empty")

    def failing():
        rows = [r for s in folder.shards.values() for r in s.db["failures"].rows]
        return [(row["location"], row["times"]) for row in rows if row["resolved"] is None]

    assert failing() == [("/b.txt", 2)]
    folder.add("/b.txt", [dated("Cable", 2024)])
    assert failing() == []


def test_what_fails_first_has_a_place(folder):
    folder.fail("/b.txt", "NoText", "is empty")
    assert held(folder) == {"undated": []}
    folder.resolve("/b.txt")
    (row,) = folder.shards[1].db["failures"].rows
    assert row["resolved"]


def test_fetches_are_noted_once(folder):
    address = "https://example.org/ferry"
    folder.note_fetch(address, "page", Fetch(address, "v1"))
    folder.add(address, [dated("Ferry", 2023)])
    folder.note_fetch(address, "page", Fetch(address, "v2"))
    assert folder.fetch_of(address, "page") == Fetch(address, "v2")
    assert folder.articles_at(address) == 1


def test_nothing_is_added_while_a_shard_is_missing(folder):
    folder.add("/a.txt", [dated("Ferry", 2023)])
    (folder.path / "2023.db").rename(folder.path / "elsewhere")
    with pytest.raises(ArchiveBusy, match=r"2023\.db is missing: it is not there"):
        FolderArchive.open(folder.path)
    (folder.path / "elsewhere").rename(folder.path / "2023.db")


def test_a_shard_that_another_process_made_is_written_to(folder):
    add_shard(open_folder(folder.path), "2023")
    folder.add("/a.txt", [dated("Ferry", 2023)])
    assert held(folder) == {"2023": ["Ferry"]}


def test_how_an_archive_is_opened(tmp_path):
    with open_writable(tmp_path / "one.db", create=True) as one:
        assert isinstance(one, Archive)
    with pytest.raises(ArchiveBusy, match="onrecord split"):
        open_writable(tmp_path / "one.db", create=True, by="year")
    with open_writable(tmp_path / "news", create=True, by="size", most=7) as folder:
        assert folder.folder.most == 7
    with pytest.raises(ArchiveBusy, match="shards by size"):
        open_writable(tmp_path / "news", create=True, by="year")
    with pytest.raises(NotAnArchive, match="is a folder"):
        open_writable(tmp_path, create=True)
