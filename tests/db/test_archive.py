"""What the archive keeps, and what it makes of a reading that it knows."""

import contextlib
from dataclasses import replace

import pytest

from db.archive import Archive
from db.check import check
from db.search import revision_text, search, search_superseded
from ingest import Moment
from tests.making import article, saying

FERRY = saying(
    article(
        "Ferry stays in port",
        "The ferry to Skarholm stayed in port on Monday.",
        "“Nobody sails in this,” said Runa Vik, who runs it.",
    ),
    ("Nobody sails in this,", "Runa Vik", "Runa Vik"),
)
FERRY_SAILS = saying(
    article(
        "Ferry stays in port",
        "The ferry to Skarholm sailed on Tuesday.",
        "“It was only wind,” said Runa Vik, who runs it.",
    ),
    ("It was only wind,", "Runa Vik", "Runa Vik"),
)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "news.db") as opened:
        yield opened
        assert check(opened) == []


def titles(archive, typed):
    hits = search(archive.db.conn, typed).hits
    return ["".join(text for text, _ in hit.title) for hit in hits]


def rows(archive, table):
    return list(archive.db[table].rows)


def test_adds_an_article(archive):
    assert archive.add("/clips/a.txt", [FERRY]) == ["added"]
    assert [p["text"] for p in rows(archive, "paragraphs")] == [
        "The ferry to Skarholm stayed in port on Monday.",
        "“Nobody sails in this,” said Runa Vik, who runs it.",
    ]
    (quote,) = rows(archive, "quotes")
    assert (quote["speaker"], quote["text"]) == ("Runa Vik", "Nobody sails in this,")
    assert FERRY.text[quote["start"] : quote["end"]] == "Nobody sails in this,"


def test_the_same_bytes_again_change_nothing(archive):
    archive.add("/clips/a.txt", [FERRY])
    before = [rows(archive, table) for table in archive.db.table_names()]
    assert archive.has_read("/clips/a.txt", FERRY.capture.sha256) == 1
    assert archive.add("/clips/a.txt", [FERRY]) == ["unchanged"]
    assert [rows(archive, table) for table in archive.db.table_names()] == before


def test_the_same_words_from_elsewhere_are_a_second_capture(archive):
    archive.add("/clips/a.txt", [FERRY])
    elsewhere = article(
        "Ferry stays in port",
        *[p.text for p in FERRY.paragraphs],
        before="Share this\n\n",
    )
    assert archive.add("/other/b.txt", [elsewhere]) == ["copy"]
    assert len(rows(archive, "articles")) == 1
    assert len(rows(archive, "captures")) == 2
    assert len(rows(archive, "texts")) == 2, "what stood around the copy is kept as well"


def test_changed_words_in_the_same_file_are_a_revision(archive):
    archive.add("/clips/a.txt", [FERRY])
    assert archive.add("/clips/a.txt", [FERRY_SAILS]) == ["revised"]
    conn = archive.db.conn
    assert revision_text(conn, 1) == FERRY_SAILS.text
    assert revision_text(conn, 1, 1) == FERRY.text
    assert revision_text(conn, 1, 3) is None


def test_a_superseded_revision_is_out_of_search_but_can_be_asked_for(archive):
    archive.add("/clips/a.txt", [FERRY])
    archive.add("/clips/a.txt", [FERRY_SAILS])
    assert titles(archive, "monday") == []
    assert titles(archive, "tuesday") == ["Ferry stays in port"]
    (hit,), total = search_superseded(archive.db.conn, "monday")
    assert total == 1
    assert (hit.article_id, hit.revision, hit.position) == (1, 1, 1)
    assert [r["quote"] for r in rows(archive, "superseded_quotes")] == ["Nobody sails in this,"]


def test_a_file_that_is_changed_back_is_a_third_revision(archive):
    for version in (FERRY, FERRY_SAILS):
        archive.add("/clips/a.txt", [version])
    assert archive.has_read("/clips/a.txt", FERRY.capture.sha256) == 0
    assert archive.add("/clips/a.txt", [FERRY]) == ["revised"]
    assert titles(archive, "monday") == ["Ferry stays in port"]


def test_the_same_address_is_the_same_article(archive):
    at = "https://skarholm.example/ferry"
    archive.add("/clips/a.txt", [replace(FERRY, url=at)])
    assert archive.add("/clips/b.txt", [replace(FERRY_SAILS, url=at)]) == ["revised"]


def test_corrected_facts_are_a_revision(archive):
    archive.add("/clips/a.txt", [FERRY])
    dated = replace(FERRY, published=Moment("2024-05-06", "day"))
    assert archive.add("/clips/a.txt", [dated], corrected=True) == ["revised"]
    assert archive.add("/clips/a.txt", [dated], corrected=True) == ["unchanged"]
    assert rows(archive, "articles")[0]["published"] == "2024-05-06"


def test_articles_of_one_file_keep_their_own_revisions(archive):
    other = article("Bridge shut", "The bridge at Skarholm is shut.")
    archive.add("/clips/two.txt", [FERRY, other])
    again = replace(other, capture=replace(other.capture, sha256="0" * 64))
    assert archive.add("/clips/two.txt", [FERRY_SAILS, again]) == ["revised", "unchanged"]
    assert [r["title"] for r in rows(archive, "articles")] == ["Ferry stays in port", "Bridge shut"]
    assert [r["revision"] for r in rows(archive, "articles")] == [2, 1]


def test_a_full_name_is_one_speaker_across_articles(archive):
    archive.add("/clips/a.txt", [FERRY])
    tugs = article("Tugs strike", "“We are tired,” said RUNA VIK.")
    archive.add("/clips/b.txt", [saying(tugs, ("We are tired,", "RUNA VIK", "RUNA VIK"))])
    (person,) = rows(archive, "people")
    assert person["name"] == "Runa Vik"
    assert {q["speaker"] for q in rows(archive, "quotes")} == {"Runa Vik"}


def test_a_bare_surname_never_merges_two_people(archive):
    for name, words in (("a", "One."), ("b", "Two.")):
        made = article(f"Title {name}", f"“{words}” said Vik.")
        archive.add(f"/clips/{name}.txt", [saying(made, (words, "Vik", "Vik"))])
    assert len(rows(archive, "people")) == 2


def test_a_speaker_keeps_his_number_over_a_revision(archive):
    vik = article("Tugs", "“Yes,” said Vik.", "Old words.")
    vik_again = article("Tugs", "“Yes,” said Vik.", "New words.")
    archive.add("/clips/a.txt", [saying(vik, ("Yes,", "Vik", "Vik"))])
    archive.add("/clips/a.txt", [saying(vik_again, ("Yes,", "Vik", "Vik"))])
    assert [p["id"] for p in rows(archive, "people")] == [1]


def test_a_speaker_who_is_quoted_no_more_leaves_the_people(archive):
    archive.add("/clips/a.txt", [FERRY])
    archive.add("/clips/a.txt", [article("Ferry stays in port", "It did.")])
    assert rows(archive, "people") == []
    assert rows(archive, "mentions") == []


def test_a_failure_is_recorded_until_the_file_is_read(archive):
    archive.fail("/clips/a.txt", "empty", "the file is empty")
    archive.fail("/clips/a.txt", "empty", "the file is empty")
    (failure,) = rows(archive, "failures")
    assert (failure["times"], failure["resolved"]) == (2, None)
    archive.add("/clips/a.txt", [FERRY])
    assert rows(archive, "failures")[0]["resolved"]


def unresolved(archive) -> list[str]:
    return [row["location"] for row in rows(archive, "failures") if not row["resolved"]]


def test_what_failed_in_a_place_is_resolved_once_the_place_is_read_to_its_end(archive):
    inside = ["/a.zip", "/a.zip!one.html", "/a.zip!b.warc", "/a.zip!b.warc!https://x.example/1"]
    beside = ["/a.zip2", "/a", '/a.zip"', "/a.zi!p"]
    for location in [*inside, *beside]:
        archive.fail(location, "damaged", "it is damaged")
    archive.resolve("/a.zip", {"/a.zip"})
    assert unresolved(archive) == [*inside, *beside]
    archive.resolve("/a.zip", {"/a.zip!b.warc", "/a.zip!c.warc"})
    assert unresolved(archive) == [*inside[2:], *beside]
    archive.resolve("/a.zip")
    assert unresolved(archive) == beside


def test_nothing_of_a_file_is_kept_when_one_of_its_articles_cannot_be(archive):
    broken = replace(FERRY_SAILS, title_span=None, extent=FERRY.extent.__class__(9, 3))
    with pytest.raises(Exception, match="CHECK"):
        archive.add("/clips/a.txt", [FERRY, broken])
    assert rows(archive, "articles") == rows(archive, "texts") == rows(archive, "sources") == []


def test_additions_together_are_whole_each_for_itself(archive):
    lighthouse = article("Lighthouse to close", "The tower goes dark in May.")
    broken = replace(FERRY_SAILS, title_span=None, extent=FERRY.extent.__class__(9, 3))
    with archive.together():
        archive.add("/clips/a.txt", [FERRY])
        with pytest.raises(Exception, match="CHECK"):
            archive.add("/clips/b.txt", [lighthouse, broken])
    assert [row["title"] for row in rows(archive, "articles")] == [FERRY.title]
    with contextlib.suppress(RuntimeError), archive.together():
        archive.add("/clips/c.txt", [lighthouse])
        raise RuntimeError
    assert len(rows(archive, "articles")) == 1
    archive.add("/clips/c.txt", [lighthouse])
    assert len(rows(archive, "articles")) == 2
    assert check(archive) == []


def test_a_paper_given_for_a_copy_is_that_copys_own(archive):
    archive.add("/ledger/ferry.txt", [replace(FERRY, publisher="The Ledger")], corrected=True)
    courier = replace(FERRY, publisher="The Courier")
    assert archive.add("/courier/ferry.txt", [courier], corrected=True) == ["copy"]
    assert [row["publisher"] for row in rows(archive, "articles")] == ["The Ledger"]
    assert [row["publisher"] for row in rows(archive, "captures")] == ["The Ledger", "The Courier"]
    assert archive.add("/ledger/ferry.txt", [courier], corrected=True) == ["revised"]
