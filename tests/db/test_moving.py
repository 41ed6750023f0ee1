"""Archives put together, taken apart and put together again: nothing is lost, nothing doubled."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from db import correct
from db.archive import Archive
from db.check import check
from db.corrections import listed
from db.moving import sketches
from db.moving.merging import merge, shards_of
from db.moving.sharding import into_folder
from db.moving.tables import EVERY, columns_of
from db.schema import INDEXED
from ingest.article import BY_HAND, Fact
from tests.bench.trouble import clock_in
from tests.contents import contents
from tests.making import article, saying
from tests.stocked import FERRY, LATER, STORY, day, fill, number_of, stocked


@pytest.fixture
def theirs(tmp_path):
    return stocked(tmp_path / "theirs.db")


@pytest.fixture
def ours(tmp_path):
    with Archive.open(tmp_path / "ours.db") as archive:
        yield archive
        assert check(archive) == []


def held(*paths, shared=True):
    """The contents of archives that are not open."""
    conns = [sqlite3.connect(path) for path in paths]
    found = contents(*conns, shared=shared)
    for conn in conns:
        conn.close()
    return found


def take(other, archive, **options):
    (report,) = merge([other], archive, **options)
    assert report.proof.problems == ()
    return report


def numbers(archive):
    """(revision, words of its title) of each article."""
    return archive.db.execute("SELECT revision, title FROM articles ORDER BY id").fetchall()


# -- the schema


def test_every_table_and_column_is_known(ours):
    conn = ours.db.conn
    kept = {f"{table}_fts{part}" for table in INDEXED
            for part in ("", "_data", "_idx", "_docsize", "_config", "_content")}  # fmt: skip
    # What a killed writer left unindexed is the next writer's own affair, and so is what searches
    # find worked out; triggers keep digests.
    own = {
        "digests",
        "new_digests",
        "unindexed",
        "ahead",
        "ahead_changed",
        "ahead_quoted",
        "ahead_columns",
        "ahead_lists",
    }
    tables = set(ours.db.table_names()) - kept - own - {"_sqlite_migrations"}
    assert tables == {table.name for table in EVERY}, "name it in db/moving/tables.py"
    for table in EVERY:
        named = set(table.columns)
        assert set(columns_of(conn, table.name)) == named, f"{table.name}: name the columns"
        points = {row[3]: row[2] for row in conn.execute(f"PRAGMA foreign_key_list({table.name})")}
        points.pop("revision", None)
        if table.name != "copies":
            points.pop("other_id", None)
        assert points.items() <= table.refs.items(), f"{table.name}: name what it points to"


def test_the_stocked_archive_has_something_in_every_table(theirs):
    assert [name for name, rows in held(theirs).items() if not rows] == []


# -- into an archive that is new


def test_a_copy_has_the_same_content(theirs, ours):
    before = theirs.read_bytes()
    report = take(theirs, ours)
    assert report.tally.new == ours.db["articles"].count
    assert contents(ours.db.conn) == held(theirs)
    assert theirs.read_bytes() == before


def test_fingerprints_of_many_are_copied(theirs, ours, monkeypatch):
    monkeypatch.setattr(sketches, "_FEW", 0)
    take(theirs, ours)
    assert contents(ours.db.conn) == held(theirs)


def test_again_changes_nothing(theirs, ours):
    take(theirs, ours)
    dump = list(ours.db.conn.iterdump())
    report = take(theirs, ours)
    assert (report.tally.new, report.tally.joined) == (0, 0)
    assert list(ours.db.conn.iterdump()) == dump


# -- what both have


def test_the_same_words_are_one_article(tmp_path, ours):
    ours.add("/mine/a.txt", [FERRY])
    with Archive.open(tmp_path / "other.db") as other:
        other.add("/yours/b.txt", [replace(FERRY, publisher="Echo")])
    report = take(tmp_path / "other.db", ours)
    assert (report.tally.new, report.tally.known, report.tally.captures) == (0, 1, 1)
    places = ours.db.execute("SELECT location, publisher FROM captures JOIN sources"
                             " ON sources.id = source_id ORDER BY captures.id")  # fmt: skip
    assert places.fetchall() == [("/mine/a.txt", None), ("/yours/b.txt", "Echo")]


def recorded(archive, *times):
    """Date the revisions of the only article."""
    for number, time in enumerate(times, 1):
        archive.db.execute("UPDATE revisions SET recorded = ? WHERE number = ?", [time, number])


@pytest.mark.parametrize(
    ("when", "titles"),
    [
        ("2024-06-01", ["Ferry sails", "Ferry sails later"]),
        ("2020-06-01", ["Ferry sails later", "Ferry sails"]),
    ],
)
def test_a_version_of_theirs_is_a_revision_by_its_time(tmp_path, ours, when, titles):
    mine = replace(FERRY, url="https://ferry.example/1")
    ours.add("https://ferry.example/1", [mine])
    recorded(ours, "2022-01-01T00:00:00Z")
    with Archive.open(tmp_path / "other.db") as other:
        new = replace(article("Ferry sails later", *STORY), url="http://www.ferry.example/1")
        other.add("http://www.ferry.example/1", [new])
        recorded(other, f"{when}T00:00:00Z")
    report = take(tmp_path / "other.db", ours)
    assert (report.tally.joined, report.tally.revisions) == (1, 1)
    assert numbers(ours) == [(2, titles[-1])]
    (older,) = ours.db.execute("SELECT reading ->> '$.title' FROM revisions WHERE number = 1")
    assert older == (titles[0],)
    assert ours.db["texts"].count == 2
    dump = list(ours.db.conn.iterdump())
    take(tmp_path / "other.db", ours)
    assert list(ours.db.conn.iterdump()) == dump


def test_histories_that_parted_become_one(tmp_path, ours):
    for archive_path in (ours.path, tmp_path / "other.db"):
        with Archive.open(archive_path) as archive:
            archive.add("/clips/ferry.txt", [FERRY])
    other_words = article("Ferry sails", "Quite other words.")
    ours.add("/clips/ferry.txt", [LATER])
    recorded(ours, "2022-01-01T00:00:00Z", "2022-01-03T00:00:00Z")
    with Archive.open(tmp_path / "other.db") as other:
        other.add("/clips/ferry.txt", [other_words])
        recorded(other, "2022-01-01T00:00:00Z", "2022-01-02T00:00:00Z")
    take(tmp_path / "other.db", ours)
    rows = ours.db.execute("SELECT number, recorded FROM revisions ORDER BY number").fetchall()
    assert rows == [(n, f"2022-01-0{n}T00:00:00Z") for n in (1, 2, 3)]
    assert ours.db.execute("SELECT text FROM paragraphs ORDER BY id").fetchall()[1] == (
        "It hails.",
    )


def test_a_path_alone_makes_no_article_the_same(tmp_path, ours):
    ours.add("/data/clip.txt", [article("Bread", "The bakery opens at six.")])
    with Archive.open(tmp_path / "other.db") as other:
        other.add("/data/clip.txt", [article("War", "Ships were seen.")])
    assert take(tmp_path / "other.db", ours).tally.new == 1


@pytest.mark.parametrize("mine", [2019, 2020, 2021, 2022, 2023])
@pytest.mark.parametrize("years", [(2020, 2020, 2020), (2020, 2021, 2022), (2020, 2022, 2022)])
def test_two_of_theirs_stay_two(years, mine, tmp_path, ours):
    """Two articles of theirs that came to have the same words, both known to us as one."""
    readings = (("a", FERRY), ("b", LATER), ("b", FERRY))
    with Archive.open(tmp_path / "other.db") as other:
        for year, (name, read) in zip(years, readings, strict=True):
            with clock_in(year):
                other.add(f"/{name}.txt", [replace(read, url=f"https://{name}.example/")])
        assert other.db["articles"].count == 2
    with clock_in(mine):
        ours.add("/mine.txt", [FERRY])
    take(tmp_path / "other.db", ours)
    dump = list(ours.db.conn.iterdump())
    assert ours.db["articles"].count == 2
    take(tmp_path / "other.db", ours)
    assert list(ours.db.conn.iterdump()) == dump


def test_a_feeds_word_does_not_supersede_the_page(tmp_path, ours):
    page = replace(article("Ferry", *STORY), url="https://f.example/1")
    ours.add("https://f.example/1", [page])
    recorded(ours, "2022-01-01T00:00:00Z")
    with Archive.open(tmp_path / "other.db") as other:
        feed = replace(article("Ferry", STORY[0]), url="https://f.example/1")
        feed = replace(feed, capture=replace(feed.capture, format="feed"))
        other.add("https://f.example/feed", [feed])
    take(tmp_path / "other.db", ours)
    assert numbers(ours) == [(2, "Ferry")]
    assert ours.db["paragraphs"].count == len(STORY)


def test_copies_are_found_across_the_two(tmp_path, ours):
    ours.add("/a.txt", [article("Ferry", *STORY, publisher="Post")])
    with Archive.open(tmp_path / "other.db") as other:
        other.add("/b.txt", [article("Boats", STORY[0].replace("Monday", "Friday"), *STORY[1:])])
    take(tmp_path / "other.db", ours)
    assert ours.db["copies"].count == 1
    assert [row[0] for row in ours.db.execute("SELECT story FROM articles")] == [1, 1]


def test_a_person_is_one_by_our_spelling(tmp_path, ours):
    ours.add("/a.txt", [FERRY])
    with Archive.open(tmp_path / "other.db") as other:
        loud = saying(article("Fog", "“Wait,” said RUNA VIK."), ("Wait,", "RUNA VIK", "RUNA VIK"))
        other.add("/b.txt", [loud])
    take(tmp_path / "other.db", ours)
    assert ours.db.execute("SELECT DISTINCT speaker FROM quotes").fetchall() == [("Runa Vik",)]
    assert ours.db["people"].count == 1


def test_another_reading_of_the_same_bytes_is_no_revision(tmp_path, ours):
    with Archive.open(tmp_path / "other.db") as other:
        for archive in (ours, other):
            archive.add("/a.txt", [FERRY])
    better = replace(FERRY, paragraphs=FERRY.paragraphs[:1], byline="By Ida Lunn")
    ours.reread(1, better)
    report = take(tmp_path / "other.db", ours)
    assert (report.tally.known, report.tally.otherwise) == (1, 1)
    assert ours.db["paragraphs"].count == 1
    assert numbers(ours) == [(1, "Ferry sails")]


def test_what_was_given_by_hand_elsewhere_tells_of_that_place(tmp_path, ours):
    ours.add("/a.txt", [FERRY])
    with Archive.open(tmp_path / "other.db") as other:
        given = replace(FERRY, byline="By Odo", facts=(Fact("byline", "By Odo", BY_HAND, 9.0),))
        other.add("/b.txt", [given])
    take(tmp_path / "other.db", ours)
    (fact,) = ours.db["facts"].rows
    assert (fact["value"], fact["origin"]) == ("By Odo", "given by hand in another archive")
    assert [kept.by_hand for kept in ours.kept()] == [{}]
    dump = list(ours.db.conn.iterdump())
    take(tmp_path / "other.db", ours)
    assert list(ours.db.conn.iterdump()) == dump


# -- corrections


@pytest.fixture
def pair(tmp_path, ours):
    """The same two articles in both archives."""
    with Archive.open(tmp_path / "other.db") as other:
        for archive in (ours, other):
            archive.add("/a.txt", [FERRY])
            archive.add("/b.txt", [article("Salt", "Salt.")])
        yield ours, other


def test_their_corrections_come_along(pair):
    ours, other = pair
    other.correct(correct.title, 2, "Pepper")
    other.correct(correct.merge, "Runa Vik", "Runa Wiik", new=True)
    report = take(other.path, ours)
    assert (report.amended.new, report.amended.contradict) == (2, 0)
    assert numbers(ours)[1] == (1, "Pepper")
    assert ours.db.execute("SELECT speaker FROM quotes").fetchall() == [("Runa Wiik",)]


def test_ours_hold_and_theirs_are_kept(pair):
    ours, other = pair
    ours.correct(correct.title, 2, "Sugar")
    ours.correct(correct.speaker, 1, 1, "Odo Brandt")
    other.correct(correct.title, 2, "Pepper")
    other.correct(correct.speaker, 1, 1, "Ada Brandt")
    report = take(other.path, ours)
    assert (report.amended.new, report.amended.contradict) == (2, 2)
    assert numbers(ours)[1] == (1, "Sugar")
    rows = ours.db.execute("SELECT value, undone IS NOT NULL FROM corrections ORDER BY id")
    assert rows.fetchall() == [
        ("Sugar", 0), ("Odo Brandt", 0), ("Pepper", 1), ("Ada Brandt", 1)
    ]  # fmt: skip
    dump = list(ours.db.conn.iterdump())
    take(other.path, ours)
    assert list(ours.db.conn.iterdump()) == dump


def test_who_changes_his_mind_does_not_contradict_himself(pair):
    ours, other = pair
    other.correct(correct.title, 2, "Pepper")
    other.correct(correct.title, 2, "Cumin")
    assert take(other.path, ours).amended.contradict == 0
    other.correct(correct.title, 2, "Caraway")
    assert take(other.path, ours).amended.contradict == 0
    assert numbers(ours)[1] == (1, "Caraway")


def test_ours_hold_though_their_article_is_still_to_come(pair, tmp_path):
    ours, other = pair
    with Archive.open(tmp_path / "empty.db") as empty:
        ours.correct(correct.title, 2, "Sugar")
        empty.correct(correct.take, listed(ours.db.conn))
        other.correct(correct.title, 2, "Pepper")
        assert take(other.path, empty).amended.contradict == 1
        assert numbers(empty)[1] == (1, "Sugar")
        assert check(empty) == []


def test_a_merge_the_other_way_round_contradicts(pair):
    ours, other = pair
    ours.correct(correct.merge, "Runa Vik", "Odo Brandt", new=True)
    other.correct(correct.merge, "Runa Vik", "Ada Lunn", new=True)
    other.correct(correct.merge, "Ada Lunn", "Ida Lunn", new=True)
    assert take(other.path, ours).amended.contradict == 1
    assert ours.db.execute("SELECT speaker FROM quotes").fetchall() == [("Odo Brandt",)]


def test_our_corrections_reach_what_comes_new(tmp_path, ours):
    ours.add("/a.txt", [FERRY])
    ours.correct(correct.merge, "Runa Vik", "Runa Wiik", new=True)
    with Archive.open(tmp_path / "other.db") as other:
        other.add("/c.txt", [saying(article("Fog", "“Wait,” said Runa Vik."),
                                    ("Wait,", "Runa Vik", "Runa Vik"))])  # fmt: skip
    take(tmp_path / "other.db", ours)
    assert ours.db.execute("SELECT DISTINCT speaker FROM quotes").fetchall() == [("Runa Wiik",)]


def test_an_undone_correction_of_theirs_is_undone_here(pair):
    ours, other = pair
    other.correct(correct.undo, other.correct(correct.title, 2, "Pepper").id)
    take(other.path, ours)
    assert numbers(ours)[1] == (1, "Salt")
    assert ours.db.execute("SELECT undone IS NULL FROM corrections").fetchall() == [(0,)]


# -- apart and together again


@pytest.mark.parametrize(("by", "most"), [("year", None), ("size", 3), ("size", 1)])
def test_apart_and_together_again_is_the_same(theirs, tmp_path, ours, by, most):
    folder = tmp_path / "shards"
    report = into_folder(theirs, folder, by, most=most)
    assert report.proof.problems == ()
    paths, _ = shards_of(folder)
    assert len(paths) > 2
    for path in paths:
        with Archive.open(path) as shard:
            assert check(shard) == []
            if most:
                assert shard.db["articles"].count <= most
    wanted, found = held(theirs, shared=False), held(*paths, shared=False)
    # A story is as large as its shard lets it be.
    assert {n: r for n, r in found.items() if n not in ("articles", "corrected_articles")} == {
        n: r for n, r in wanted.items() if n not in ("articles", "corrected_articles")
    }
    for report in merge(paths, ours, apart=False):
        assert report.proof.problems == ()
    assert contents(ours.db.conn) == held(theirs)


def test_shards_by_year(theirs, tmp_path):
    into_folder(theirs, tmp_path / "shards", "year")
    paths, _ = shards_of(tmp_path / "shards")
    years = {"2020", "2021", "2022", "1999", "undated"}
    assert {path.stem for path in paths} == years
    for path in paths:
        with Archive.open(path) as shard:
            found = {
                row[0] for row in shard.db.execute("SELECT substr(published, 1, 4) FROM articles")
            }
            assert found == {None if path.stem == "undated" else path.stem}


def test_into_a_folder_that_has_some_of_it(theirs, tmp_path):
    with Archive.open(tmp_path / "mine.db") as mine:
        mine.add("/mine/ferry.txt", [FERRY])
        mine.add("/mine/salt.txt", [replace(article("Salt", "Salt."), published=day("1998-01-01"))])
    folder = tmp_path / "shards"
    into_folder(tmp_path / "mine.db", folder, "year")
    report = into_folder(theirs, folder, None)
    assert report.proof.problems == ()
    assert (report.tally.known, report.tally.joined) == (1, 1)
    paths, _ = shards_of(folder)
    dump = {path: list(sqlite3.connect(path).iterdump()) for path in paths}
    assert into_folder(theirs, folder, "year").tally.new == 0
    assert {path: list(sqlite3.connect(path).iterdump()) for path in paths} == dump
    for path in paths:
        with Archive.open(path) as shard:
            assert check(shard) == []


def test_an_archive_may_be_filled_further_meanwhile(theirs, tmp_path, ours):
    """The other is read as it is at one moment."""

    def meanwhile(done, number):
        with Archive.open(theirs) as other:
            other.add("/late.txt", [article("Late", "Too late.")])

    take(theirs, ours, tell=meanwhile)
    assert ours.db.execute("SELECT 1 FROM articles WHERE title = 'Late'").fetchone() is None
    assert take(theirs, ours).tally.new == 1


def test_fill_fills(ours):
    fill(ours)
    assert number_of(ours, "Bread at last")
