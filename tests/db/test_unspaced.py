"""Words of scripts that put no space between words: found within the runs that the index knows."""

import pytest

from db.archive import Archive
from db.search import search
from db.search.highlights import highlights
from db.unspaced import marked, places_of, units
from tests.making import article, saying

BRIDGE = article(
    "港の新しい橋が開通",
    "市長は月曜日、新しい橋の開通を宣言した。",
    "The ﾌｪﾘｰ stays, the harbour office said.",
    "「橋は市民のもの」と田中市長は語った。",
)
SAID = (("橋は市民のもの", "田中市長", "田中市長"),)
HARBOUR = article("新港口开放", "市长宣布港口开放。", "Nobody spoke of the ferry.")


@pytest.fixture(scope="module")
def conn(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("unspaced") / "news.db") as archive:
        archive.add("/1.html", [saying(BRIDGE, *SAID)])
        archive.add("/2.html", [HARBOUR])
        yield archive.db.conn


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("橋", {1}),
        ("新しい橋", {1}),
        ("港", {1, 2}),
        ("港 -橋", {2}),
        ("title:开放", {2}),
        ("title:宣言", set()),
        ("said:市民", {1}),
        ("speaker:田中", {1}),
        ("フェリー", {1}),
        ("ferry OR 橋", {1, 2}),
        ("para:(橋 開通)", {1}),
        ("月曜日 PRE/3 橋", {1}),
        ("月曜日 PRE/2 橋", set()),
        ("橋 PRE/9 月曜日", set()),
        ("橋 NEAR/9 月曜日", {1}),
        ("橋市", set()),
    ],
)
def test_what_is_found(conn, typed, found):
    results = search(conn, typed)
    assert {hit.article_id for hit in results.hits} == found
    assert results.total == len(found)


def test_what_is_marked(conn):
    (hit,) = search(conn, "新しい橋").hits
    assert hit.title == (("港の", False), ("新しい橋", True), ("が開通", False))
    assert hit.fields == ("title", "paragraph")
    (place,) = [match for match in hit.matches if match.field == "paragraph"]
    assert ("新しい橋", True) in place.snippet
    assert highlights(conn, "新しい橋", 1) == {1: [(7, 11)]}
    (hit,) = search(conn, "市民", "quotes").hits
    assert hit.match.snippet == (("橋は", False), ("市民", True), ("のもの", False))


def test_both_kinds_of_words_are_marked(conn):
    (hit,) = search(conn, "橋 harbour", "articles").hits
    places = {match.anchor: match.snippet for match in hit.matches}
    assert ("harbour", True) in places["p2"]
    assert ("橋", True) in places["p1"]


def test_units_and_places():
    assert units("AI技術 Ａ") == ["ai", "技", "術", "a"]
    places = places_of(["橋の", "plain"])
    assert marked("\x02橋の\x03橋\nの", places, "\x02", "\x03") == "\x02橋の\x03\x02橋\nの\x03"
    assert places_of(["plain"]) is None
