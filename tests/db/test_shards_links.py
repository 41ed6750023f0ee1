"""Copies of a story that lie in several shards."""

from __future__ import annotations

import pytest

from db.shards.folder import create_folder
from db.shards.links import FILE, link
from db.shards.reading import FolderReader, held_at
from db.shards.search import search
from db.shards.writer import FolderArchive
from ingest import Moment
from tests.making import article

WORDS = [
    "The harbour board said on Monday that the night boat would stop in June unless somebody"
    " finds the money to keep it afloat, and that nobody had yet been asked for it.",
    "Islanders who had crossed to listen were not reassured, and walked out before the vote,"
    " one of them with an accordion under her arm that she had meant to play.",
]


def story(title, year, *further):
    return article(
        title, *WORDS, *further, published=Moment(f"{year}-01-02", "day"), publisher=f"Paper {year}"
    )


@pytest.fixture
def folder(tmp_path):
    create_folder(tmp_path / "news", "year")
    with FolderArchive.open(tmp_path / "news") as opened:
        yield opened


def found(folder):
    """The titles that a search shows, each with the number of its copies."""
    with held_at(folder.path) as held:
        hits = search(held, "harbour", sort="oldest").hits
        return [("".join(text for text, _ in hit.title), hit.copies) for hit in hits]


def test_copies_in_other_shards_are_found_as_they_come_in(folder):
    folder.add("/a.txt", [story("Boat may stop", 2021)])
    folder.add("/b.txt", [story("Night boat in doubt", 2022, "It was raining.")])
    folder.add("/c.txt", [story("Board has no money", 2022, "Nobody played.")])
    assert found(folder) == [("Boat may stop", 2)]
    # Years and papers count each once.
    with held_at(folder.path) as held:
        facets = search(held, "harbour").facets
    assert [(c.label, c.count) for c in facets.years] == [("2022", 1), ("2021", 1)]


def test_an_article_whose_words_change_leaves_its_copies(folder):
    folder.add("/a.txt", [story("Boat may stop", 2021)])
    folder.add("/b.txt", [story("Night boat in doubt", 2022)])
    changed = article("Night boat in doubt", "The harbour is open again.")
    assert folder.add("/b.txt", [changed]) == ["revised"]
    assert [copies for _, copies in found(folder)] == [0, 0]


def test_a_copy_of_a_copy_is_of_the_same_group(folder):
    """The two in 2021 are copies of each other by way of one in 2022."""
    folder.add("/a.txt", [story("One", 2021, " ".join(f"apple{n}" for n in range(35)))])
    folder.add("/b.txt", [story("Two", 2021, " ".join(f"pear{n}" for n in range(35)))])
    assert [copies for _, copies in found(folder)] == [0, 0]
    folder.add("/c.txt", [story("Three", 2022)])
    assert found(folder) == [("One", 2)]


def test_without_the_file_they_are_articles_of_their_own_until_it_is_made_anew(folder):
    folder.add("/a.txt", [story("Boat may stop", 2021)])
    folder.add("/b.txt", [story("Night boat in doubt", 2022)])
    for file in folder.path.glob(f"{FILE}*"):
        file.unlink()
    assert [copies for _, copies in found(folder)] == [0, 0]
    assert link(folder.path, {n: s.db.conn for n, s in folder.shards.items()}) == 2
    assert found(folder) == [("Boat may stop", 1)]
    assert link(folder.path, {n: s.db.conn for n, s in folder.shards.items()}) == 0


def test_a_reader_sees_what_is_linked_while_it_is_open(folder):
    folder.add("/a.txt", [story("Boat may stop", 2021)])
    reader = FolderReader(folder.path)
    with reader.held() as held:
        assert search(held, "harbour").total == 1
    folder.add("/b.txt", [story("Night boat in doubt", 2022)])
    with reader.held() as held:
        assert search(held, "harbour").total == 1
        assert search(held, "harbour", fold_copies=False).total == 2
    reader.close()


def test_a_damaged_file_of_copies_is_passed_over_and_made_anew(folder):
    folder.add("/a.txt", [story("Boat may stop", 2021)])
    folder.add("/b.txt", [story("Night boat in doubt", 2022)])
    for file in folder.path.glob(f"{FILE}*"):
        file.unlink()
    (folder.path / FILE).write_bytes(b"no database" * 500)
    assert [copies for _, copies in found(folder)] == [0, 0]
    folder.add("/c.txt", [story("Board has no money", 2022, "Nobody played.")])
    assert found(folder) == [("Boat may stop", 2)]
