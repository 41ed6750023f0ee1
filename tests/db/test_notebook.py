"""The notebook: what people write outlives the archive that they wrote it about."""

import os
import sqlite3
from dataclasses import replace

import pytest

from db import correct, notes, samples, searches, shelves
from db.archive import Archive
from db.errors import ArchiveBusy, CannotCorrect, NewerArchive, NotAnArchive
from db.notebook import Notebook, notebook_path
from db.shards.things import thing_called
from tests.making import article, saying

FERRY = saying(
    article(
        "Ferry stays in port",
        "“Nobody sails in this,” said Runa Vik, who runs it.",
        "“I would not,” said Odo Brandt.",
    ),
    ("Nobody sails in this,", "Runa Vik", "Runa Vik"),
    ("I would not,", "Odo Brandt", "Odo Brandt"),
)
RAIN = article("Rain", "It rained on Monday.")
SNOW = article("Snow", "It snowed on Tuesday.", url="https://skarholm.example/snow")


def filled(path, *articles):
    """An archive of these articles, each in a file of its own."""
    archive = Archive.open(path)
    for made in articles:
        archive.add(f"/clips/{made.title}.txt", [made])
    return archive


@pytest.fixture
def archive(tmp_path):
    with filled(tmp_path / "news.db", FERRY, RAIN, SNOW) as opened:
        yield opened


@pytest.fixture
def book(archive):
    with Notebook.open(notebook_path(archive.path), archive.db.conn) as opened:
        yield opened


def named(book, *typed):
    return [thing_called(book.held, one) for one in typed]


def shown(book, things):
    return [str(book.find(thing)) for thing in things]


# -- notes, tags, lists


def test_it_lies_beside_the_archive(book, archive):
    assert book.path == archive.path.with_name("news.notes.db")


def test_notes_on_an_article_a_quotation_and_a_person(book):
    for typed, text in (("1", "Ask the harbour."), ("1#2", "Really he?"), ("Runa Vik", "Retired.")):
        notes.write(book, *named(book, typed), text)
    article_, quote = notes.about(book, 1)
    assert [note.text for note in article_.notes] == ["Ask the harbour."]
    assert (quote.place.position, quote.notes[0].text) == (2, "Really he?")
    assert [note.text for note in notes.about_person(book, "runa vik").notes] == ["Retired."]


def test_notes_are_searched_as_the_archive_is(book):
    (rain, snow) = named(book, "2", "3")
    first = notes.write(book, rain, "Ask the harbour master.")
    notes.write(book, snow, "Nothing of note.")
    assert [note.id for note in notes.search_notes(book, '"harbour master" OR sun')] == [first]
    notes.rewrite(book, first, "Asked. He knows nothing.")
    assert notes.search_notes(book, "harbour") == []
    assert [note.thing.article.title for note in notes.search_notes(book, "noth* -asked")] == [
        "Snow"
    ]
    notes.tear_out(book, first)
    assert [note.text for note in notes.notes(book)] == ["Nothing of note."]
    assert notes.search_notes(book, "(") == []


def test_two_tags_on_a_set(book):
    found = named(book, "1", "3")
    assert shelves.tag(book, "Harbour", found) == 2
    assert shelves.tag(book, "weather", found) == 2
    assert shelves.tag(book, "WEATHER", named(book, "2", "3")) == 1
    assert shelves.tags(book) == [("Harbour", 2), ("weather", 3)]
    assert shown(book, shelves.tagged(book, "harbour")) == ["1", "3"]
    assert shelves.untag(book, "harbour", found) == 2
    assert shelves.tags(book) == [("weather", 3)]


def test_a_list_has_an_order(book):
    shelves.enlist(book, "Essay", named(book, "1#1", "2", "3", "Odo Brandt"))
    assert shelves.enlist(book, "essay", named(book, "2")) == 0
    shelves.move(book, "essay", *named(book, "3"), 1)
    assert shown(book, shelves.listed(book, "essay")) == ["3", "1#1", "2", "person 2"]
    shelves.take_off(book, "essay", named(book, "1#1"))
    assert shown(book, shelves.listed(book, "essay")) == ["3", "2", "person 2"]
    assert shelves.lists(book) == [("Essay", 3)]


def test_saved_searches_say_when_somebody_looked(book):
    searches.save(book, "Ferries", "ferry -tug", "quotes")
    assert searches.look(book, "ferries").looked is None
    again = searches.look(book, "ferries")
    assert (again.typed, again.scope) == ("ferry -tug", "quotes")
    assert again.looked
    searches.forget(book, "Ferries")
    assert searches.searches(book) == []


# -- samples


def many(number):
    made = []
    for at in range(number):
        words = f"Number {at} it is,"
        text = article(f"Title {at}", f"“{words}” said Runa Vik.")
        made.append(saying(text, (words, "Runa Vik", "Runa Vik")))
    return made


def test_the_same_seed_draws_the_same_quotations_from_an_archive_built_anew(tmp_path):
    made = many(30)
    texts = []
    for name, articles in (("one", made), ("two", [*reversed(made)])):
        with (
            filled(tmp_path / f"{name}.db", *articles) as archive,
            Notebook.open(tmp_path / f"{name}.notes.db", archive.db.conn) as book,
        ):
            samples.draw(book, "first", size=10, seed=7)
            samples.draw(book, "second", size=10, seed=8)
            texts.append([[m.thing.text for m in samples.marks(book, n)] for n in samples_of(book)])
    assert texts[0] == texts[1]
    assert texts[0][0] != texts[0][1]
    assert len(set(texts[0][0])) == 10


def samples_of(book):
    return [sample.name for sample in samples.samples(book)]


def test_quotations_are_judged(book):
    drawn = samples.draw(book, "check", size=100)
    assert (drawn.size, drawn.drawn_from, drawn.share()) == (2, 2, None)
    samples.judge(book, "check", 1, "right")
    samples.judge(book, "check", 2, "wrong", "it was the cook")
    sample = samples.get(book, "Check")
    assert (sample.right, sample.wrong) == (1, 1)
    low, high = sample.share()
    assert (round(low, 3), round(high, 3)) == (0.095, 0.905), "Wilson's interval for 1 of 2"
    assert samples.marks(book, "check")[1].remark == "it was the cook"
    with pytest.raises(CannotCorrect, match="numbers 1 to 2, no 3"):
        samples.judge(book, "check", 3, "right")
    with pytest.raises(CannotCorrect, match='is a sample "check" already'):
        samples.draw(book, "check")


# -- the archive changes


def write_everywhere(book):
    shelves.tag(book, "harbour", named(book, "1", "2", "3"))
    shelves.enlist(book, "essay", named(book, "3", "1#2", "Runa Vik"))
    notes.write(book, *named(book, "1#2"), "Really he?")
    samples.draw(book, "check")
    samples.judge(book, "check", 1, "right")


def test_everything_is_found_again_in_an_archive_that_was_built_anew(tmp_path):
    path = tmp_path / "news.db"
    with (
        filled(path, FERRY, RAIN, SNOW) as archive,
        Notebook.open(notebook_path(path), archive.db.conn) as book,
    ):
        write_everywhere(book)
    for file in tmp_path.glob("news.db*"):
        file.unlink()
    with (
        filled(path, SNOW, RAIN, FERRY) as archive,
        Notebook.open(notebook_path(path), archive.db.conn) as book,
    ):
        assert shown(book, shelves.tagged(book, "harbour")) == ["3", "2", "1"]
        assert shown(book, shelves.listed(book, "essay")) == ["1", "3#2", "person 1"]
        assert [a.notes[0].text for a in notes.about(book, 3) if a.notes] == ["Really he?"]
        shelves.tag(book, "harbour", named(book, "1", "2", "3"))
        assert shelves.tags(book) == [("harbour", 3)], "known again, not twice"


def test_what_the_archive_has_no_more_is_kept_and_said(tmp_path):
    path = tmp_path / "news.db"
    with (
        filled(path, FERRY, RAIN) as archive,
        Notebook.open(notebook_path(path), archive.db.conn) as book,
    ):
        shelves.tag(book, "weather", named(book, "1#1", "2"))
    for file in tmp_path.glob("news.db*"):
        file.unlink()
    with (
        filled(path, RAIN) as archive,
        Notebook.open(notebook_path(path), archive.db.conn) as book,
    ):
        gone, here = shelves.tagged(book, "weather")
        assert (book.find(gone), str(book.find(here))) == (None, "1")
        assert str(gone) == "Nobody sails in this, (Ferry stays in port)"


def test_a_revision_keeps_its_notes_and_they_are_one(book, archive):
    notes.write(book, *named(book, "2"), "Before.")
    archive.add("/clips/Rain.txt", [article("Rain", "It rained all week.")])
    notes.write(book, *named(book, "2"), "After.")
    (about,) = notes.about(book, 2)
    assert [note.text for note in about.notes] == ["Before.", "After."]
    assert book.conn.execute("SELECT count(*) FROM things").fetchone() == (1,)


def test_a_better_reading_keeps_its_notes(book, archive):
    notes.write(book, *named(book, "2"), "Ask.")
    archive.reread(2, replace(RAIN, title="Rain in May"))
    assert [note.text for about in notes.about(book, 2) for note in about.notes] == ["Ask."]


def test_notes_follow_a_person_into_another_name(book, archive):
    notes.write(book, *named(book, "Odo Brandt"), "The brother.")
    notes.write(book, *named(book, "Runa Vik"), "The captain.")
    archive.correct(correct.merge, "Odo Brandt", "Runa Vik")
    found = notes.about_person(book, "Runa Vik")
    assert {note.text for note in found.notes} == {"The brother.", "The captain."}
    assert str(found.thing) == "Runa Vik"
    archive.correct(correct.undo, 1)
    assert [n.text for n in notes.about_person(book, "Odo Brandt").notes] == ["The brother."]


# -- what cannot be


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9", "there is no article 9"),
        ("1#5", "article 1 has no quotation 5"),
        ("Nobody Here", 'nobody is quoted as "Nobody Here"'),
    ],
)
def test_what_is_not_there_is_said(book, typed, said):
    with pytest.raises(CannotCorrect, match=said):
        named(book, typed)


def test_names_that_are_none_are_said(book):
    with pytest.raises(CannotCorrect, match='there is no tag "harbour"; see: onrecord tag'):
        shelves.tagged(book, "harbour")
    with pytest.raises(CannotCorrect, match="a tag needs a name"):
        shelves.tag(book, " ", named(book, "1"))
    with pytest.raises(CannotCorrect, match="a note has to say something"):
        notes.write(book, *named(book, "1"), " ")
    with pytest.raises(CannotCorrect, match="there is no note 4"):
        notes.tear_out(book, 4)
    assert book.conn.execute("SELECT count(*) FROM things").fetchone() == (0,)


def test_refuses_what_is_no_notebook(tmp_path, archive):
    with pytest.raises(NotAnArchive, match="is not a notebook"):
        Notebook.open(archive.path, archive.db.conn)
    (tmp_path / "text.db").write_text("Dear diary, " * 100)
    with pytest.raises(NotAnArchive, match="is not a notebook"):
        Notebook.open(tmp_path / "text.db", archive.db.conn)


def test_refuses_a_newer_one(book, archive):
    with sqlite3.connect(book.path) as conn:
        conn.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerArchive, match="made by a newer Onrecord"):
        Notebook.open(book.path, archive.db.conn)


@pytest.mark.parametrize("is_there", [True, False])
def test_where_nothing_may_be_written_it_is_read(archive, monkeypatch, is_there):
    path = notebook_path(archive.path)
    if is_there:
        with Notebook.open(path, archive.db.conn) as book:
            notes.write(book, *named(book, "1"), "Ask the harbour master.")
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    with Notebook.open(path, archive.db.conn) as book:
        assert len(notes.notes(book)) == is_there
        with pytest.raises(ArchiveBusy, match="may not be written here; copy it"):
            shelves.tag(book, "ferries", named(book, "1"))
    assert path.exists() == is_there
