"""Copies of a story in several papers."""

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import levels
from db.archive import Archive
from db.check import check
from db.search import search
from db.sketches import WINDOW, runs, sketch
from ingest.fingerprint import fold
from tests.making import article

STORY = [
    "The ferry company of Skarholm will sail twice a day from the first of May, its director told "
    "the town council on Monday evening after three hours of questions about fares and fog.",
    "Two boats will do the work of three, and the oldest of them, which has crossed the sound "
    "since before the bridge was drawn, will be sold to whoever can promise to keep her afloat.",
    "The council asked for a night boat at weekends. The company said that it would count the "
    "passengers of last winter first and answer before the herring came back to the inner bay.",
    "Fares stay as they are until the autumn, when a child will pay half of what a bicycle pays.",
]
OTHER = [
    "A bakery in the old customs house has begun to sell bread by the hour of its baking, so that "
    "those who come late pay less and the gulls, who used to come last, go hungry every evening.",
    "Its owner learned the trade on a lightship, where nothing could be thrown away that somebody "
    "might still eat, and says that the town has taken to it faster than her former crew did.",
]


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "news.db") as opened:
        yield opened
        assert check(opened) == []


def add(archive, name, title, *paragraphs, publisher=None):
    made = article(title, *paragraphs, publisher=publisher)
    return archive.add(f"/{name}.txt", [made])


def stories(archive):
    return [row[0] for row in archive.db.execute("SELECT story FROM articles ORDER BY id")]


def test_a_story_of_its_own(archive):
    add(archive, "a", "Ferry", *STORY)
    add(archive, "b", "Bread", *OTHER)
    assert stories(archive) == [None, None]


def test_a_near_copy(archive):
    add(archive, "a", "Ferry sails twice", *STORY, publisher="Skarholm Post")
    edited = [STORY[0].replace("Monday", "Tuesday"), *STORY[1:]]
    assert add(archive, "b", "Two ferries a day", *edited, publisher="Sound Echo") == ["added"]
    assert stories(archive) == [1, 1]
    (copy,) = archive.db["copies"].rows
    assert (copy["article_id"], copy["other_id"], copy["kind"]) == (2, 1, "near")
    (story,) = archive.db["stories"].rows
    assert (story["articles"], story["papers"], story["title"]) == (2, 2, "Ferry sails twice")


def test_a_partial_copy(archive):
    add(archive, "a", "Ferry", *STORY)
    add(archive, "b", "News in brief", *STORY[1:3], *OTHER, *(p.upper() + " Or so." for p in OTHER))
    assert [row["kind"] for row in archive.db["copies"].rows] == ["partial"]
    assert stories(archive) == [1, 1]


def test_the_same_title_with_another_text_is_no_copy(archive):
    add(archive, "a", "News in brief", *STORY)
    add(archive, "b", "News in brief", *OTHER)
    assert stories(archive) == [None, None]


def test_two_stories_that_a_third_joins_become_one(archive):
    add(archive, "a", "Ferry", *STORY)
    add(archive, "b", "Bread", *OTHER)
    add(archive, "c", "The week", *STORY, *OTHER)
    assert stories(archive) == [1, 1, 1]


def test_a_copy_that_is_rewritten_leaves_the_story(archive):
    add(archive, "a", "Ferry", *STORY)
    add(archive, "b", "Ferry again", *STORY)
    assert stories(archive) == [1, 1]
    add(archive, "b", "Bread", *OTHER)
    assert stories(archive) == [None, None]


def test_what_everybody_prints_is_one_story(archive):
    for number in range(60):
        letters = f"Readers of paper {number} write to the desk, number {7 * number} in its street."
        add(archive, f"{number}", "Ferry", *STORY, letters)
    assert set(stories(archive)) == {1}


def test_what_is_below_everything_makes_no_story_of_all(archive):
    below = " ".join(f"{word} by post" for word in " ".join(OTHER).split()[:30])
    for number in range(150):
        own = " ".join(f"item{number} word{at}" for at in range(30))
        add(archive, f"{number}", f"Item {number}", own, below)
    # The first of them cannot tell it from a story that some papers shortened.
    assert stories(archive).count(None) > 20


def test_what_one_article_held_together_falls_apart_without_it(archive):
    add(archive, "a", "Ferry", *STORY)
    add(archive, "b", "Bread", *OTHER)
    add(archive, "c", "The week", *STORY, *OTHER)
    add(archive, "d", "Ferries", *STORY)
    assert stories(archive) == [1, 1, 1, 1]
    add(archive, "c", "The week", "Nothing of note happened.")
    assert stories(archive) == [1, None, None, 1]


def test_what_waits_is_put_in_place_and_found_before_and_after(archive, monkeypatch):
    def number(table):
        return archive.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    add(archive, "a", "Ferry", *STORY)
    kept = number("new_sketches")
    assert kept > 5
    assert number("sketches") == 0
    add(archive, "b", "Ferries", *STORY, "The boats will be painted.")
    assert stories(archive) == [1, 1]
    monkeypatch.setattr(levels, "LEAST", 2 * kept)
    add(archive, "c", "Bread", *OTHER)
    assert number("new_sketches") == 0
    assert number("sketches") > 2 * kept
    add(archive, "d", "Ferry again", *STORY, "Nobody will miss the oldest.")
    assert stories(archive) == [1, 1, None, 1]
    add(archive, "a", "Ferry", "Nothing of note happened.")
    add(archive, "d", "Ferry again", "Nothing of note happened either.")
    assert stories(archive) == [None, None, None, None]
    add(archive, "e", "Ferry at last", *STORY)
    assert stories(archive) == [None, 2, None, None, 2]


def test_a_checksum_is_that_of_eight_words():
    words = " ".join(STORY).split()
    eight = fold(" ".join(words[3:11])).encode().split()
    factors = (48768405, 58412351, 64578527, 58745049, 42032355, 46514271, 47299463, 36492355)
    whole = sum(crc32(word) * factor for word, factor in zip(eight, factors, strict=True))
    assert int(runs(STORY)[3]) == whole % 2**48
    assert len(runs(STORY)) == len(fold(" ".join(STORY)).split()) - 7
    assert len(runs(["One two three four", "five six seven."])) == 0


def test_a_short_item_has_a_sketch():
    assert len(sketch(runs([STORY[3]]))) >= 6
    assert sketch(runs(["Too short."])) == []


NUMBERS = st.lists(st.integers(-(2**31), 2**31 - 1), max_size=200)


@given(NUMBERS, st.data())
def test_a_stretch_that_two_articles_share_is_found_for_sure(shared, data):
    one = [*data.draw(NUMBERS), *shared, *data.draw(NUMBERS)]
    other = [*data.draw(NUMBERS), *shared, *data.draw(NUMBERS)]
    kept = [set(sketch(np.array(found, np.int32))) for found in (one, other)]
    if len(shared) >= WINDOW:
        assert kept[0] & kept[1]
    assert kept[0] <= set(one)


def test_the_same_words_in_two_papers_are_a_story_of_both(archive):
    for name, paper in (("a", "Echo"), ("b", "Sound"), ("c", "Echo"), ("d", None)):
        archive.add(f"/{name}.txt", [article("Ferry sails twice", *STORY, publisher=paper)])
    archive.add("/e.txt", [article("Bread", *OTHER, publisher="Echo")])
    archive.add("/f.txt", [article("Bread", *OTHER, publisher="Echo", before=" ")])
    (story,) = archive.db["stories"].rows
    assert (story["articles"], story["papers"], story["publishers"]) == (1, 2, "Echo,Sound")
    add(archive, "g", "Ferry, and more", *STORY[:3])
    (story,) = archive.db["stories"].rows
    assert (story["articles"], story["papers"]) == (2, 2)


def test_a_paper_is_found_by_what_it_printed_word_for_word(archive):
    for name, paper in (("a", "Echo"), ("b", "Sound")):
        archive.add(f"/{name}.txt", [article("Ferry sails twice", *STORY, publisher=paper)])
    archive.add("/e.txt", [article("Bread", *OTHER, publisher="Echo")])
    results = search(archive.db.conn, "publisher:sound")
    (hit,) = results.hits
    assert (hit.article_id, hit.publisher, hit.fields) == (1, "Echo", ("publisher",))
    assert hit.matches[0].snippet == (("Sound", False),)
    assert search(archive.db.conn, "publisher:echo").total == 2
    assert search(archive.db.conn, "publisher:echo -publisher:sound").total == 1
    assert search(archive.db.conn, "publisher:sound", "paragraphs").total == len(STORY)
