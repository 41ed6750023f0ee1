"""New articles whose rows are gathered and written together, beside one after the other."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace

import pytest

from db.archive import Archive
from db.check import check
from db.correct import merge, take, title
from db.errors import ArchiveBusy
from db.gathering import Gathering
from db.moving.tables import EVERY
from db.sound import sound
from ingest.article import Fact, Furniture, Mention, Moment, Person, Span
from tests.making import article, saying

WORDS = (
    "ferry harbour fog fares council winter herring bridge sound keeper tower lamp storm rope"
    " crew boat tide quay island bread oven gull ticket night bell chart cargo anchor mast"
).split()


def story(number: int, seed: int = 0, size: int = 60) -> tuple[str, str]:
    chance = random.Random(number * 1000 + seed)
    return tuple(" ".join(chance.choices(WORDS, k=size)) + f" {number}." for _ in range(2))


def made(number: int, **facts):
    """An article with a speaker whom others have too, and one who is nobody's."""
    said = f"We sail at {number},"
    first, second = story(number)
    base = article(f"Story {number}", f"{first} “{said}” Ada Brandt said.", second, **facts)
    quoted = saying(base, (said, "Ada Brandt", "Ada Brandt"))
    return replace(
        quoted,
        capture=replace(quoted.capture, raw=b"%d" % (number % 3), carried=(fact("tag", "Sea"),)),
        facts=(
            fact("title", "Straße"),
            fact("url", f"https://www.x.example/{number}?utm_source=a"),
        ),
        furniture=(Furniture(Span(0, 5), "menu"),),
        people=(quoted.people[0]._replace(other_names=("Brandt",), descriptions=(Span(0, 5),)),),
    )


def fact(field, value):
    return Fact(field, value, "made for a test", 0.5)


def mixed():
    """(location, articles, corrected): new ones, and all that a new one may have to do with."""
    for number in range(40):
        one = made(number, url=f"https://x.example/{number}", publisher="Łódź Post")
        yield f"/{number}.txt", [one], False
        match number % 10:
            case 1:
                yield f"/again/{number}.txt", [one], False
            case 2:
                yield f"/{number}.txt", [replace(one, title="Better")], number % 4 == 0
            case 3:
                yield f"/two/{number}.txt", [made(number + 100), made(number + 200)], False
            case 4:
                yield f"/copy/{number}.txt", [article("A copy", *story(number))], False
            case 5:
                yield f"/moved/{number}.txt", [made(number + 300, url=one.url)], False
            case 6:
                both = article("Two in one", *story(number, 1), f"Other words, {number}.")
                yield f"/one/{number}.txt", [replace(both, paragraphs=both.paragraphs[:2])], False
                other = replace(both, title=None, paragraphs=both.paragraphs[2:])
                yield f"/other/{number}.txt", [replace(other, title_span=None)], False
            case 7:
                yield "-", [made(number + 400)], False
            case 9:
                yield f"/{number}.txt", [one], False
            case 8:
                yield f"/{number}.txt", [made(number + 500)], False


def rows_of(archive):
    """Every row of every table, with its number, but for the times."""
    found = {}
    for table in EVERY:
        times = {"recorded", "captured", "first_read", "failed", "resolved", "made"}
        names = [row[1] for row in archive.db.execute(f"PRAGMA table_info({table.name})")]
        columns = ", ".join(n if n not in times else f"{n} IS NULL" for n in names)
        rows = archive.db.execute(f"SELECT {columns} FROM {table.name}")
        found[table.name] = sorted(rows, key=repr)
    return found


def fill(path, by, *, bulk=False):
    """Additions, so many in a transaction, with corrections and failures in between."""
    outcomes = []
    with Archive.open(path, index_later=bulk) as archive:
        archive.add("/first.txt", [made(900), made(901)])
        archive.correct(merge, "Ada Brandt", "Ada Brandt the Elder", article_id=1, new=True)
        archive.correct(title, 2, "By hand")
        additions = list(mixed())
        for at in range(0, len(additions), by):
            with archive.together():
                for number, (place, articles, corrected) in enumerate(additions[at : at + by], at):
                    if number % 7 == 3:
                        archive.fail(place, "damaged", "it is damaged")
                    outcomes += archive.add(place, articles, corrected=corrected)
                    if number % 7 == 5:
                        archive.fail(place, "damaged", "it is damaged")
        if bulk:
            archive.index_all()
        assert check(archive) == []
        return outcomes, rows_of(archive)


@pytest.mark.parametrize(("by", "bulk"), [(1, False), (7, False), (100, True)])
def test_what_is_gathered_is_what_is_written_one_after_the_other(tmp_path, monkeypatch, by, bulk):
    add, waiting = Gathering.add, []
    with monkeypatch.context() as patch:
        patch.setattr(Gathering, "add", lambda *given: waiting.append(add(*given)) or waiting[-1])
        gathered, rows = fill(tmp_path / "gathered.db", by, bulk=bulk)
    assert waiting.count(True) > 40
    assert waiting.count(False) > 20
    with monkeypatch.context() as patch:
        patch.setattr(Gathering, "add", lambda *_: False)
        plain, expected = fill(tmp_path / "plain.db", 3)
    assert gathered == plain
    assert set(gathered) == {"added", "copy", "revised", "unchanged"}
    for table, own in rows.items():
        assert own == expected[table], table
    filled = {"copies", "addresses", "raw_captures", "other_names", "descriptions", "spellings"}
    assert all(rows[table] for table in filled)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "a.db") as opened:
        yield opened


def titles(archive):
    return [row[0] for row in archive.db.execute("SELECT title FROM articles ORDER BY id")]


def test_whoever_reads_in_between_sees_what_was_added(archive):
    with archive.together():
        archive.add("/1.txt", [made(1)])
        assert titles(archive) == ["Story 1"]
        assert archive.has_read("/1.txt", made(1).capture.sha256) == 1
        archive.add("/2.txt", [made(2)])
        assert titles(archive) == ["Story 1", "Story 2"]


def test_a_correction_that_waits_for_an_article_meets_it(tmp_path, archive):
    with Archive.open(tmp_path / "other.db") as other:
        other.add("/1.txt", [made(1)])
        other.add("/2.txt", [made(2)])
        waiting = [other.correct(title, 1, "By hand"),
                   other.correct(merge, "Ada Brandt", "Ada the Elder", new=True)]  # fmt: skip
    archive.correct(take, waiting)
    with archive.together():
        archive.add("/2.txt", [article("Quiet", *story(8))])
        archive.add("/1.txt", [made(1)])
        archive.add("/3.txt", [made(3)])
    assert titles(archive) == ["Quiet", "By hand", "Story 3"]
    speakers = archive.db.execute("SELECT speaker FROM quotes").fetchall()
    assert speakers == [("Ada the Elder",)] * 2


BAD = {
    "kind of paragraph": lambda a: replace(
        a, paragraphs=(a.paragraphs[0]._replace(kind="poem"), *a.paragraphs[1:])),
    "empty paragraph": lambda a: replace(
        a, paragraphs=(a.paragraphs[0]._replace(span=Span(4, 4)), *a.paragraphs[1:])),
    "before the text": lambda a: replace(a, extent=Span(-1, 5)),
    "backwards": lambda a: replace(a, extent=Span(9, 3)),
    "title backwards": lambda a: replace(a, title_span=Span(9, 3)),
    "beyond SQLite": lambda a: replace(a, extent=Span(0, 2**63)),
    "half a letter in the title": lambda a: replace(a, title="\ud800"),
    "half a letter in the text": lambda a: replace(
        a, capture=replace(a.capture, text=a.text + "\udfff")),
    "half a letter in a fact": lambda a: replace(a, facts=(fact("tag", "\ud800"),)),
    "half a letter of an author": lambda a: replace(a, authors=("\ud800",)),
    "fact of no weight": lambda a: replace(a, facts=(replace(fact("tag", "a"), weight=None),)),
    "fact that is no number": lambda a: replace(
        a, facts=(replace(fact("tag", "a"), weight=float("nan")),)),
    "fact without a value": lambda a: replace(a, facts=(fact("tag", None),)),
    "carried, no number": lambda a: replace(a, capture=replace(
        a.capture, carried=(replace(fact("tag", "a"), weight=float("nan")),))),
    "short digest": lambda a: replace(a, capture=replace(a.capture, sha256="ab")),
    "size": lambda a: replace(a, capture=replace(a.capture, size=-1)),
    "no encoding": lambda a: replace(a, capture=replace(a.capture, encoding=None)),
    "precision": lambda a: replace(a, published=Moment("2020", "century")),
    "furniture": lambda a: replace(a, furniture=(Furniture(Span(5, 5), "menu"),)),
    "furniture for no reason": lambda a: replace(a, furniture=(Furniture(Span(0, 5), None),)),
    "kind of person": lambda a: replace(
        a, people=(a.people[0]._replace(name="Bo Ghost", kind="ghost"),)),
    "nameless": lambda a: replace(a, people=(a.people[0]._replace(name=""),)),
    "kind of mention": lambda a: replace(
        a, people=(a.people[0]._replace(mentions=(Mention(Span(0, 3), "hint"),)),)),
    "empty mention": lambda a: replace(
        a, people=(a.people[0]._replace(mentions=(Mention(Span(3, 3)),)),)),
    "empty description": lambda a: replace(
        a, people=(a.people[0]._replace(descriptions=(Span(3, 3),)),)),
    "kind of quote": lambda a: replace(a, quotes=(a.quotes[0]._replace(kind="song"),)),
    "too sure": lambda a: replace(a, quotes=(a.quotes[0]._replace(confidence=1.5),)),
    "quote of nothing": lambda a: replace(a, quotes=(a.quotes[0]._replace(pieces=(Span(4, 4),)),)),
    "quote without pieces": lambda a: replace(a, quotes=(a.quotes[0]._replace(pieces=()),)),
    "pieces backwards": lambda a: replace(
        a, quotes=(a.quotes[0]._replace(pieces=(Span(9, 12), Span(2, 5))),)),
    "cue of nothing": lambda a: replace(a, quotes=(a.quotes[0]._replace(cue=Span(4, 4)),)),
    "quote nowhere": lambda a: replace(a, paragraphs=()),
    "speaker nowhere": lambda a: replace(a, people=()),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_written_is_refused_at_once_and_alone(archive, what):
    with archive.together():
        archive.add("/1.txt", [made(1)])
        with pytest.raises((sqlite3.Error, TypeError, ValueError, IndexError, OverflowError)):
            archive.add("/bad.txt", [BAD[what](made(2))])
        archive.add("/3.txt", [made(3)])
    assert titles(archive) == ["Story 1", "Story 3"]
    assert archive.db.execute("SELECT max(id) FROM paragraphs").fetchone() == (4,)
    assert check(archive) == []


def test_most_articles_are_sound():
    assert sound("/1.txt", made(1, modified=Moment("2020", "year"), language="no"))
    assert sound("/1.txt", article("A title"))
    assert sound("/1.txt", replace(made(1), people=(Person("officials", "unnamed"),)))


def test_all_is_taken_back_where_the_rows_cannot_be_written(archive, monkeypatch):
    archive.add("/0.txt", [made(0)])

    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    def add():
        with archive.together():
            archive.add("/1.txt", [made(1)])
            with pytest.raises(sqlite3.OperationalError, match="full"):
                titles(archive)
            archive.add("/2.txt", [made(2)])

    with monkeypatch.context() as patch:
        patch.setattr("db.gathering.failures.resolve", full)
        with pytest.raises(ArchiveBusy, match="taken back"):
            add()
    assert titles(archive) == ["Story 0"]
    assert archive.add("/1.txt", [made(1)]) == ["added"]
    assert check(archive) == []


def interrupted(*_):
    raise KeyboardInterrupt


def test_an_addition_that_is_broken_off_leaves_the_others(archive, monkeypatch):
    with archive.together():
        archive.add("/1.txt", [made(1)])
        with monkeypatch.context() as patch:
            patch.setattr("db.gathering.runs_in", interrupted)
            with pytest.raises(KeyboardInterrupt):
                archive.add("/2.txt", [made(2)])
        # The same text and the same speaker: what was broken off is not taken for written.
        archive.add("/2.txt", [made(2)])
        archive.add("/3.txt", [made(3)])
    assert titles(archive) == ["Story 1", "Story 2", "Story 3"]
    assert check(archive) == []


def test_another_process_may_write_between_two_transactions(tmp_path, archive):
    with archive.together():
        archive.add("/1.txt", [made(1)])
    with Archive.open(tmp_path / "a.db") as other:
        other.add("/2.txt", [made(2)])
    with archive.together():
        archive.add("/3.txt", [made(3)])
        assert archive.add("/copy.txt", [made(2)]) == ["copy"]
    assert titles(archive) == ["Story 1", "Story 2", "Story 3"]
    assert archive.db.execute("SELECT count(*) FROM people").fetchone() == (1,)
    assert check(archive) == []
