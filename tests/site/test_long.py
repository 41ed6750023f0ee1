"""Articles without measure: a page of ours stays one that a browser can show."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from db.archive import Archive
from db.articles import article_page
from db.parts import Saying, parts_of, with_hits
from db.site.serve import datasette_for
from tests.site.browsing import serving
from tests.site.small import made

# Of which a page may be at most.
MOST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def long_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Article 1 has 2,500 paragraphs with a quotation each, 2 one paragraph of 3,000 quotations."""
    path = tmp_path_factory.mktemp("long") / "long.db"
    said = [f"The tide number {n} is late" for n in range(1, 2_501)]
    with Archive.open(path) as archive:
        archive.add("/minutes.txt", [made(
            "Minutes", *(f"“{words},” said Ada Marrow." for words in said),
            quotes=tuple((words, "Ada Marrow", None) for words in said),
        )])  # fmt: skip
        said = [f"Number {n} is late" for n in range(1, 3_001)]
        archive.add("/line.txt", [made(
            "In one line", " ".join(f"“{words},” said Ada Marrow." for words in said),
            quotes=tuple((words, "Ada Marrow", None) for words in said),
        )])  # fmt: skip
        archive.add("/block.txt", [made("A block", "Fog and ice. " * 40_000)])
    return path


def test_an_article_in_portions_holds_every_paragraph_once(long_archive):
    with Archive.open(long_archive, create=False) as archive:
        conn = archive.db.conn
        seen = []
        for number in (1, 2, 3):
            page = article_page(conn, 1, portion=number)
            assert page is not None
            assert page.portion.many == 3
            seen += [passage.position for passage in page.passages]
            assert [s.paragraph for s in page.sayings] == [p.position for p in page.passages]
        assert seen == list(range(1, 2_501))
        for place, number in (("q1", 1), ("p1000", 1), ("p1001", 2), ("q2500", 3), ("q9999", 1)):
            page = article_page(conn, 1, place=place)
            assert page is not None
            assert page.portion.number == number, place


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "path",
    ["/article/1", "/article/1?page=3&q=tide", "/article/1?page=99", "/article/1?at=q2400",
     "/article/2", "/article/2?q=late+number", "/article/3", "/article/3?q=fog",
     "/article/3/quote/1", "/speaker/1", "/search?q=fog&tab=paragraphs", "/search.json?q=fog"],
)  # fmt: skip
async def test_no_page_is_too_large_or_too_slow(long_archive, path):
    site = datasette_for(long_archive)
    begun = time.monotonic()
    response = await site.client.get(path)
    assert response.status_code == (404 if path == "/article/3/quote/1" else 200)
    assert len(response.content) < MOST_BYTES
    assert time.monotonic() - begun < 10  # where work grew with the square, minutes


@pytest.mark.asyncio
async def test_the_rest_is_a_link_away(long_archive):
    page = (await datasette_for(long_archive).client.get("/article/1?page=2&q=tide")).text
    assert 'href="/article/1?q=tide&amp;page=3"' in page
    assert "Page 2 of 3" in page
    assert 'id="p1001"' in page
    assert 'id="p2001"' not in page


@pytest.mark.asyncio
async def test_a_paragraph_without_end_is_cut_and_can_be_had_whole(long_archive):
    site = datasette_for(long_archive)
    page = (await site.client.get("/article/3")).text
    assert page.count("Fog and ice") == pytest.approx(400_000 / 13, abs=2)
    link = page.split('This paragraph goes on. <a href="')[1].split('"')[0].replace("&amp;", "&")
    assert (await site.client.get(link)).json()[0]["text"] == "Fog and ice. " * 40_000


def test_a_link_to_a_place_leads_to_its_portion(browser, long_archive):
    with serving(long_archive) as address:
        page = browser.new_page()
        page.goto(f"{address}/article/1#q2400")
        page.wait_for_url("**/article/1?at=q2400#q2400")
        assert page.inner_text("#q2400") == "The tide number 2400 is late"
        page.goto(f"{address}/article/1#q9999")  # nowhere: stays, and does not turn round
        page.wait_for_url("**/article/1?at=q9999#q9999")
        assert page.locator("#p1").count() == 1
        page.close()


def test_texts_that_differ_over_a_great_length_are_left_whole():
    saying = Saying(0, ((0, 3),), 1, 1, "direct", "", None, None, None, None, 0.9, "", 1)
    text = "fog and ice " * 10_000
    assert [p.text for p in parts_of(text, f"NAVIGATION {text}", [(0, 3, saying, 0)])] == [text]


def test_a_piece_inside_another_and_words_found_in_both():
    outer, inner = (
        Saying(0, pieces, 1, n, "direct", "", None, None, None, None, 0.9, "", 1)
        for n, pieces in enumerate((((0, 11),), ((4, 7),)), 1)
    )
    parts = list(parts_of("one two six", "one two six", [(4, 7, inner, 4), (0, 11, outer, 0)]))
    assert [(p.text, p.saying and p.saying.position) for p in parts] == [
        ("one ", 1), ("two", 2), (" six", 1),
    ]  # fmt: skip
    found = list(with_hits(parts, [(2, 5), (8, 11)]))
    assert [(p.text, p.hit) for p in found] == [
        ("on", False), ("e ", True), ("t", True), ("wo", False), (" ", False), ("six", True),
    ]  # fmt: skip
