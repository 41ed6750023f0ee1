"""What a person corrects: it outlives every new reading, and undoing it leaves no trace."""

import os
import signal
import tempfile
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import correct, corrections, overlay
from db.archive import Archive
from db.check import check
from db.errors import CannotCorrect
from db.keys import article_key, find_article
from db.search import search
from ingest import Moment, Person, Quote, Span
from tests.bench.trouble import clock_in
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
MINISTER = saying(
    article("Quay to be rebuilt", "“We shall build it in stone,” the minister said."),
    ("We shall build it in stone,", "the minister", "the minister"),
    kind="unnamed",
)
OTHER_MINISTER = saying(
    article("Schools to close", "“The children will walk,” the minister said."),
    ("The children will walk,", "the minister", "the minister"),
    kind="unnamed",
)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "news.db") as opened:
        opened.add("/clips/ferry.txt", [FERRY])
        opened.add("/clips/quay.txt", [MINISTER])
        opened.add("/clips/schools.txt", [OTHER_MINISTER])
        yield opened
        assert check(opened) == []


def dump(archive):
    """Every row of every table but the corrections themselves, and of what SQLite keeps itself."""
    tables = [t for t in archive.db.table_names() if "_fts" not in t and t != "corrections"]
    return {table: list(archive.db[table].rows) for table in tables}


def said(archive):
    """(article, speaker) of each quotation."""
    return archive.db.execute("SELECT article_id, speaker FROM quotes ORDER BY id").fetchall()


def revised(made, **changes):
    """Another version of a file: other bytes, and the words of `made`."""
    return replace(made, capture=replace(made.capture, sha256="f" * 64), **changes)


# -- people


def test_the_minister_becomes_a_name_in_one_article(archive):
    archive.correct(correct.merge, "the minister", "Runa Vik", article_id=2)
    assert said(archive) == [(1, "Runa Vik"), (1, "Odo Brandt"), (2, "Runa Vik"),
                             (3, "the minister")]  # fmt: skip
    (vik,) = archive.db.query("SELECT * FROM speakers WHERE name = 'Runa Vik'")
    assert (vik["quotes"], vik["articles"]) == (2, 2)


def test_the_minister_is_that_name_everywhere_and_in_what_comes_later(archive):
    archive.correct(correct.merge, "The Minister", "Runa Vik")
    later = saying(
        article("Bridge", "“It will hold,” the minister said."),
        ("It will hold,", "the minister", "the minister"),
        kind="unnamed",
    )
    archive.add("/clips/bridge.txt", [later])
    assert [name for _, name in said(archive)] == ["Runa Vik", "Odo Brandt", *["Runa Vik"] * 3]


def test_search_follows_the_new_name(archive):
    archive.correct(correct.merge, "the minister", "Runa Vik", article_id=2)
    found = search(archive.db.conn, "vik stone", "quotes").hits
    assert [hit.match.speaker for hit in found] == ["Runa Vik"]
    assert search(archive.db.conn, "minister stone", "quotes").total == 0


def test_what_somebody_was_called_goes_with_the_words(archive):
    archive.correct(correct.merge, "Odo Brandt", "Runa Vik")
    names = archive.db.execute("SELECT name FROM other_names WHERE person_id = 1").fetchall()
    assert names == [("Odo Brandt",)]
    assert {row["person_id"] for row in archive.db["mentions"].rows} == {1}


def test_two_people_of_one_name_are_told_apart(archive):
    tugs = article("Tugs strike", "“We are tired,” said Runa Vik.")
    archive.add("/clips/tugs.txt", [saying(tugs, ("We are tired,", "Runa Vik", "Runa Vik"))])
    archive.correct(correct.split, "Runa Vik", 4, "Runa Vik (tug crew)")
    people = archive.db.execute("SELECT name, quotes FROM speakers ORDER BY name").fetchall()
    assert people == [("Odo Brandt", 1), ("Runa Vik", 1), ("Runa Vik (tug crew)", 1)]


def test_a_name_that_nobody_has_is_most_likely_mistyped(archive):
    with pytest.raises(CannotCorrect, match='nobody is quoted as "Runa Vick"'):
        archive.correct(correct.merge, "the minister", "Runa Vick")
    archive.correct(correct.merge, "the minister", "Ada Holm", article_id=3, new=True)
    assert (3, "Ada Holm") in said(archive)


def test_a_merge_follows_an_earlier_one(archive):
    archive.correct(correct.merge, "Odo Brandt", "Runa Vik")
    archive.correct(correct.merge, "the minister", "Odo Brandt", article_id=2)
    assert said(archive)[2] == (2, "Runa Vik")
    with pytest.raises(CannotCorrect, match="everywhere; to turn it round undo that first"):
        archive.correct(correct.merge, "Runa Vik", "Odo Brandt")


# -- quotations


def test_the_speaker_of_one_quotation_is_set_right(archive):
    made = archive.correct(correct.speaker, 1, 2, "Runa Vik", by="Ida")
    assert (made.before, made.value, made.made_by) == ("Odo Brandt", "Runa Vik", "Ida")
    row = list(archive.db["quotes"].rows)[1]
    assert (row["speaker"], row["person_id"], row["reason"], row["confidence"], row["mention"]) == (
        "Runa Vik", 1, "corrected by hand", 1.0, None)  # fmt: skip


def test_nobody_says_what_nobody_said(archive):
    archive.correct(correct.speaker, 1, 2, None)
    assert said(archive)[1] == (1, None)


def test_the_second_of_two_like_quotations_is_meant(archive):
    text = article("Echo", "“Yes, yes,” said Runa Vik.", "“Yes, yes,” said Odo Brandt.")
    first, second = text.text.index("Yes"), text.text.rindex("Yes")
    quotes = tuple(
        Quote((Span(at, at + len("Yes, yes,")),), "direct", person)
        for person, at in enumerate((first, second))
    )
    made = replace(text, quotes=quotes, people=(Person("Runa Vik"), Person("Odo Brandt")))
    archive.add("/clips/echo.txt", [made])
    archive.correct(correct.speaker, 4, 2, "the minister")
    assert said(archive)[-2:] == [(4, "Runa Vik"), (4, "the minister")]
    archive.add("/clips/echo.txt", [revised(made, title="Echoes")])
    assert said(archive)[-2:] == [(4, "Runa Vik"), (4, "the minister")]


# -- title and date


def test_a_title_and_a_date_are_set_right(archive):
    archive.correct(correct.title, 1, "Ferry lies still")
    archive.correct(correct.published, 1, Moment("2024-05", "month"))
    row = archive.db["articles"].get(1)
    assert (row["title"], row["title_start"]) == ("Ferry lies still", None)
    assert (row["published"], row["published_precision"]) == ("2024-05", "month")
    assert [hit.article_id for hit in search(archive.db.conn, "lies still").hits] == [1]
    assert search(archive.db.conn, "title:stays").total == 0


# -- re-ingest


def everything(archive):
    archive.correct(correct.merge, "the minister", "Runa Vik")
    archive.correct(correct.speaker, 1, 2, "Ada Holm")
    archive.correct(correct.title, 1, "Ferry lies still")
    archive.correct(correct.published, 1, Moment("2024-05-06", "day"))


def corrected(archive):
    rows = archive.db.query("SELECT title, published FROM articles WHERE id = 1")
    return [*said(archive), *(tuple(row.values()) for row in rows)]


CORRECTED = [(1, "Runa Vik"), (1, "Ada Holm"), (2, "Runa Vik"), (3, "Runa Vik"),
             ("Ferry lies still", "2024-05-06")]  # fmt: skip


def test_the_same_file_again_is_unchanged(archive):
    everything(archive)
    before = dump(archive)
    assert archive.add("/clips/ferry.txt", [FERRY]) == ["unchanged"]
    assert corrected(archive) == CORRECTED
    for table in ("articles", "quotes", "people", "revisions", "other_names", "mentions"):
        assert dump(archive)[table] == before[table]


def test_a_revision_keeps_the_corrections(archive):
    everything(archive)
    again = saying(
        article(
            "Ferry stays in port",
            "It blew all night.",
            "“Nobody sails in this,” said Runa Vik, who runs it.",
            "“I would not,” said Odo Brandt.",
        ),
        ("Nobody sails in this,", "Runa Vik", "Runa Vik"),
        ("I would not,", "Odo Brandt", "Odo Brandt"),
    )
    assert archive.add("/clips/ferry.txt", [again]) == ["revised"]
    assert sorted(corrected(archive), key=str) == sorted(CORRECTED, key=str)
    old = archive.db.execute("SELECT reading ->> '$.title' FROM revisions WHERE number = 1")
    assert old.fetchone() == ("Ferry stays in port",), "what was read stays as it was read"


def test_a_file_of_several_articles_knows_them_by_the_titles_in_it(archive):
    rain, snow = article("Rain", "It rained."), article("Snow", "It snowed.")
    archive.add("/clips/weather.txt", [rain, snow])
    archive.correct(correct.title, 4, "Rain in May")
    more = article("Rain", "It rained and rained.")
    late = article("Snow", "It snowed and snowed.")
    assert archive.add("/clips/weather.txt", [late, more]) == ["revised", "revised"]
    titles = [row["title"] for row in archive.db["articles"].rows]
    assert titles[3:] == ["Rain in May", "Snow"]


def two_in_one_file(rain="It rained.", snow="It snowed."):
    first, second = article("Rain", rain), article("Snow", snow)
    return [first, replace(second, capture=replace(second.capture, sha256=first.capture.sha256))]


def test_of_two_articles_in_one_file_the_one_is_meant(archive):
    archive.add("/clips/weather.txt", two_in_one_file())
    archive.correct(correct.title, 4, "Rain in May")
    archive.correct(correct.speaker, 1, 1, None)
    archive.reread(5, replace(two_in_one_file()[1], dateline="SKARHOLM"))
    archive.reread(4, replace(two_in_one_file()[0], title="Rain again"))
    archive.reread(4, replace(two_in_one_file()[0], title="Rain for ever"))
    titles = [row["title"] for row in archive.db["articles"].rows]
    assert titles[3:] == ["Rain in May", "Snow"]


def test_bytes_and_title_are_enough_to_know_an_article(archive, tmp_path):
    archive.add("/clips/weather.txt", two_in_one_file())
    key = article_key(archive.db.conn, 5)
    other = two_in_one_file(snow="It snowed, as a better reader sees.")
    with Archive.open(tmp_path / "anew.db") as anew:
        digest = two_in_one_file()[0].capture.sha256
        capture = replace(other[0].capture, sha256=digest)
        anew.add("/clips/weather.txt", [replace(other[0], capture=capture), other[1]])
        assert find_article(anew.db.conn, key) == 2
        assert find_article(anew.db.conn, replace(key, title="Hail")) is None


def test_a_better_reading_keeps_the_corrections(archive):
    everything(archive)
    better = replace(FERRY, dateline="SKARHOLM", title="Ferry stays in")
    assert archive.reread(1, better)
    assert sorted(corrected(archive), key=str) == sorted(CORRECTED, key=str)
    assert archive.reread(1, better) is False


def test_a_quotation_that_is_cut_otherwise_is_still_the_one(archive):
    archive.correct(correct.speaker, 2, 1, "Ada Holm")
    longer = article("Quay to be rebuilt", "“We shall build it in stone, and soon,” he said.")
    longer = saying(longer, ("We shall build it in stone, and soon,", "he", "he"))
    archive.add("/clips/quay.txt", [longer])
    assert (2, "Ada Holm") in said(archive)


def test_a_correction_whose_quotation_is_gone_waits_for_it(archive):
    archive.correct(correct.speaker, 1, 2, "Runa Vik")
    archive.add("/clips/ferry.txt", [article("Ferry stays in port", "It did.")])
    assert corrections.articles_of(archive.db.conn, 1) == []
    archive.add("/clips/ferry.txt", [FERRY])
    assert corrections.articles_of(archive.db.conn, 1) == [1]
    assert {speaker for article_id, speaker in said(archive) if article_id == 1} == {"Runa Vik"}


@pytest.mark.parametrize("first", ["articles", "corrections"])
def test_an_archive_built_anew_takes_the_corrections_in(archive, tmp_path, first):
    everything(archive)
    conn = archive.db.conn
    lines = [corrections.correction_json(conn, c) for c in corrections.listed(conn)]
    made = [corrections.correction_of(line) for line in lines]
    with Archive.open(tmp_path / "anew.db") as anew:
        if first == "corrections":
            assert anew.correct(correct.take, made) == 4
        anew.add("/elsewhere/ferry.txt", [FERRY])
        anew.add("/elsewhere/quay.txt", [MINISTER])
        anew.add("/elsewhere/schools.txt", [OTHER_MINISTER])
        if first == "articles":
            assert anew.correct(correct.take, made) == 4
        assert corrected(anew) == CORRECTED
        assert anew.correct(correct.take, made) == 0
        assert check(anew) == []


def test_what_was_read_can_be_shown_beside_a_correction(archive):
    everything(archive)
    conn = archive.db.conn
    kinds = [made.kind for made in corrections.of_article(conn, 1)]
    assert kinds == ["speaker", "title", "published"]
    assert overlay.speakers_as_read(conn, 1) == {2: "Odo Brandt"}
    assert overlay.speakers_as_read(conn, 2) == {1: "the minister"}


def test_an_archive_that_has_the_newest_version_alone_takes_them_in(archive, tmp_path):
    archive.correct(correct.title, 1, "Ferry lies still")
    again = article("Ferry sails", "It sailed on Tuesday.")
    archive.add("/clips/ferry.txt", [again])
    conn = archive.db.conn
    (line,) = [corrections.correction_json(conn, c) for c in corrections.listed(conn)]
    with Archive.open(tmp_path / "anew.db") as anew:
        anew.add("/clips/ferry.txt", [again])
        anew.correct(correct.take, [corrections.correction_of(line)])
        assert [row["title"] for row in anew.db["articles"].rows] == ["Ferry lies still"]


# -- undoing


def test_names_that_two_people_share_find_their_way_back(archive):
    text = article(
        "Quay", "“Yes,” said Runa Vik.", "“No,” said Odo Brandt.", "“Hm,” said the chief."
    )
    made = saying(text, ("Yes,", "Runa Vik", "Runa Vik"), ("No,", "Odo Brandt", "Odo Brandt"),
                  ("Hm,", "the chief", "the chief"))  # fmt: skip
    people = [person._replace(other_names=("the chief",)) for person in made.people[:2]]
    chief = made.people[2]._replace(kind="unnamed")
    archive.add("/clips/chiefs.txt", [replace(made, people=(*people, chief))])
    before = dump(archive)
    archive.correct(correct.merge, "Odo Brandt", "Runa Vik", article_id=4)
    archive.correct(correct.merge, "Runa Vik", "Ada Holm", article_id=4, new=True)
    archive.correct(correct.merge, "the chief", "Runa Vik", article_id=4)
    for number in (1, 2, 3):
        archive.correct(correct.undo, number)
    assert dump(archive) == before


@pytest.mark.parametrize(
    ("what", "arguments"),
    [
        (correct.merge, ("the minister", "Runa Vik")),
        (correct.merge, ("Odo Brandt", "Runa Vik")),
        (correct.split, ("Runa Vik", 1, "Runa Vik (ferries)")),
        (correct.speaker, (1, 2, "Runa Vik")),
        (correct.speaker, (1, 2, "Somebody New")),
        (correct.speaker, (1, 1, None)),
        (correct.title, (1, "Ferry lies still")),
        (correct.published, (1, Moment("2024", "year"))),
    ],
)
def test_undoing_leaves_no_trace(archive, what, arguments):
    before = dump(archive)
    made = archive.correct(what, *arguments)
    assert dump(archive) != before
    undone = archive.correct(correct.undo, made.id)
    assert undone.undone
    assert dump(archive) == before


def test_one_of_several_on_top_of_each_other_is_undone(archive):
    archive.correct(correct.title, 1, "First")
    first = dump(archive)
    archive.correct(correct.title, 1, "Second")
    archive.correct(correct.undo, 2)
    assert dump(archive) == first
    archive.correct(correct.title, 1, "Third")
    archive.correct(correct.undo, 1)
    assert archive.db["articles"].get(1)["title"] == "Third"
    archive.correct(correct.undo, 3)
    assert archive.db["articles"].get(1)["title"] == "Ferry stays in port"


def test_the_clock_was_put_back(archive):
    with clock_in(2040):
        archive.correct(correct.title, 1, "First")
    archive.correct(correct.title, 1, "Second")
    archive.add("/clips/ferry.txt", [revised(FERRY, byline="Lars Moe")])  # all is laid anew
    assert archive.db["articles"].get(1)["title"] == "Second"


def test_what_was_corrected_before_in_another_archive_is_laid_below(archive, tmp_path):
    with Archive.open(tmp_path / "other.db") as other:
        other.add("/clips/quay.txt", [MINISTER])
        with clock_in(2020):
            other.correct(correct.speaker, 1, 1, "A. Holm")
        earlier = corrections.listed(other.db.conn)
    with clock_in(2021):
        archive.correct(correct.merge, "the minister", "A. Holm", article_id=3, new=True)
        archive.correct(correct.merge, "A. Holm", "Ada Holm", new=True)
    archive.correct(correct.take, earlier)
    assert said(archive)[2:] == [(2, "Ada Holm"), (3, "Ada Holm")]


def test_undoing_after_a_revision_gives_the_new_reading(archive):
    with_it, without = article("Rain", "It rained."), revised(article("Rains", "It rained on."))
    archive.add("/clips/rain.txt", [with_it])
    archive.correct(correct.title, 4, "Rain in May")
    archive.add("/clips/rain.txt", [without])
    archive.correct(correct.undo, 1)
    assert archive.db["articles"].get(4)["title"] == "Rains"


def test_a_chain_of_names_is_undone_in_any_order(archive):
    before = dump(archive)
    for order in ((1, 2), (4, 3)):
        archive.correct(correct.merge, "the minister", "A. Holm", new=True)
        archive.correct(correct.merge, "A. Holm", "Ada Holm", new=True)
        assert said(archive)[2:] == [(2, "Ada Holm"), (3, "Ada Holm")]
        for number in order:
            archive.correct(correct.undo, number)
        assert dump(archive) == before


def test_nothing_is_undone_twice(archive):
    archive.correct(correct.title, 1, "First")
    archive.correct(correct.undo, 1)
    with pytest.raises(CannotCorrect, match="correction 1 was undone on 20"):
        archive.correct(correct.undo, 1)
    with pytest.raises(CannotCorrect, match="there is no correction 7"):
        archive.correct(correct.undo, 7)


# -- what cannot be


@pytest.mark.parametrize(
    ("what", "arguments", "said"),
    [
        (correct.title, (9, "Rain"), "there is no article 9"),
        (correct.title, (1, "Ferry stays in port"), 'it says "Ferry stays in port" already'),
        (correct.speaker, (1, 3, "Runa Vik"), "article 1 has no quotation 3; it has 2"),
        (correct.merge, ("Nobody Here", "Runa Vik"), 'nobody is quoted as "Nobody Here"'),
        (correct.split, ("Runa Vik", 2, "Another"), 'quoted as "Runa Vik" in article 2'),
        (correct.split, ("Runa Vik", 1, "runa vik"), "is the same name; tell the two apart"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(archive, what, arguments, said):
    before = dump(archive)
    with pytest.raises(CannotCorrect, match=said):
        archive.correct(what, *arguments)
    assert dump(archive) == before
    assert archive.db["corrections"].count == 0


def test_killed_in_the_middle_nothing_has_happened(archive):
    before = dump(archive)

    def killed(conn):
        correct.merge(conn, "the minister", "Runa Vik")
        assert conn.execute("SELECT count(*) FROM as_read").fetchone() != (0,)
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        with Archive.open(archive.path) as other:
            other.correct(killed)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert dump(archive) == before
    assert archive.db["corrections"].count == 0


# -- whatever is done, in whatever order

NAMES = ("the minister", "Runa Vik", "Odo Brandt", "Ada Holm", "Somebody Else")
STEPS = st.one_of(
    st.tuples(st.just("merge"), st.sampled_from(NAMES), st.sampled_from(NAMES),
              st.sampled_from([None, 1, 2, 3])),
    st.tuples(st.just("speaker"), st.sampled_from([1, 2]), st.sampled_from([None, *NAMES])),
    st.tuples(st.just("title"), st.sampled_from([1, 2]), st.sampled_from(["One", "Two"])),
    st.tuples(st.just("undo"), st.integers(1, 8)),
    st.tuples(st.just("again")),
    st.tuples(st.just("reread")),
)  # fmt: skip


def step(archive, kind, *rest):
    match kind, rest:
        case "merge", (name, into, article_id):
            archive.correct(correct.merge, name, into, article_id=article_id, new=True)
        case "speaker", (position, name):
            archive.correct(correct.speaker, 1, position, name)
        case "title", (article_id, title):
            archive.correct(correct.title, article_id, title)
        case "undo", (number,):
            archive.correct(correct.undo, number)
        case "again", ():
            archive.add("/clips/quay.txt", [revised(MINISTER, dateline="SKARHOLM")])
            archive.add("/clips/quay.txt", [MINISTER])
        case "reread", ():
            archive.reread(1, replace(FERRY, dateline="SKARHOLM"))
            archive.reread(1, FERRY)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_undoing_everything_gives_back_what_was_read(steps):
    with tempfile.TemporaryDirectory() as folder, Archive.open(f"{folder}/news.db") as archive:
        for name, made in (("ferry", FERRY), ("quay", MINISTER), ("schools", OTHER_MINISTER)):
            archive.add(f"/clips/{name}.txt", [made])
        read, people = said(archive), list(archive.db["people"].rows)
        for taken in steps:
            with suppress(CannotCorrect):
                step(archive, *taken)
            assert check(archive) == []
        for made in reversed(corrections.listed(archive.db.conn)):
            archive.correct(correct.undo, made.id)
        assert sorted(said(archive)) == sorted(read)
        assert [p["name"] for p in archive.db["people"].rows] == [p["name"] for p in people]
        for table in ("as_read", "corrected_articles", "other_names"):
            assert archive.db[table].count == 0
        assert check(archive) == []


# -- what was found by tests with random histories


def test_a_feeds_lesser_word_leaves_corrections_where_they_are(archive):
    address = "https://a.example/ferry"
    page = replace(FERRY, url=address, capture=replace(FERRY.capture, format="html"))
    archive.add(address, [page])
    archive.correct(correct.title, 1, "Boat stays in port")
    stub = article("Ferry stays", "It stays.")
    feed = replace(stub, url=address, capture=replace(stub.capture, format="feed"))
    assert archive.add("https://a.example/rss", [feed]) == ["unchanged"]
    (title,) = archive.db.execute("SELECT title FROM articles WHERE id = 1").fetchone()
    assert title == "Boat stays in port"


def test_whom_a_merge_gave_mentions_keeps_them_without_a_word(archive):
    archive.correct(correct.merge, "Runa Vik", "Ada Lunn", new=True)
    archive.correct(correct.speaker, 1, 1, "Odo Brandt")
    # Laid anew, nobody called Ada Lunn says anything, and what she was given is Runa Vik's.
    with archive.taking() as conn:
        overlay.relay(conn, 1)
    assert check(archive) == []
    archive.correct(correct.undo, 2)
    archive.correct(correct.undo, 1)
    assert said(archive)[0] == (1, "Runa Vik")


def test_a_correction_stays_where_it_is_when_another_comes_to_the_words(tmp_path):
    words = ("“I say so,” said Runa Vik.", "It rained.")
    one = article("Fog", *words, url="https://a.example/1")
    two = article("Fog", "It rained and rained.", "It snowed.", url="https://b.example/2")
    with Archive.open(tmp_path / "words.db") as archive:
        archive.add("https://b.example/2", [two])
        archive.add("https://a.example/1", [one])
        archive.correct(correct.title, 2, "Mist")
        # The first article comes to the words of the second.
        archive.add("https://b.example/2", [replace(one, url="https://b.example/2")])
        assert [row["title"] for row in archive.db["articles"].rows] == ["Fog", "Mist"]
        assert check(archive) == []


def test_of_two_articles_with_the_same_words_the_one_is_meant(tmp_path):
    one = article("Fog", "“I say so,” said Runa Vik.", "It rained.", url="https://a.example/1")
    two = article("Fog", "It rained and rained.", "It snowed.", url="https://b.example/2")
    with Archive.open(tmp_path / "words.db") as archive:
        archive.add("https://a.example/1", [one])
        archive.add("https://b.example/2", [two])
        archive.add("https://b.example/2", [replace(one, url="https://b.example/2")])
        archive.correct(correct.title, 2, "Mist")
        assert [row["title"] for row in archive.db["articles"].rows] == ["Fog", "Mist"]
        # One that is read anew takes the corrections of the other not along.
        better = replace(one, paragraphs=one.paragraphs[:1])
        assert archive.reread(1, better)
        archive.correct(correct.undo, 1)
        archive.correct(correct.title, 2, "Haze")
        assert [row["title"] for row in archive.db["articles"].rows] == ["Fog", "Haze"]
        assert check(archive) == []
