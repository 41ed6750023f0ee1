"""The reader's pages: what stands on them, where they lead, what they let nobody do."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import pytest_asyncio
from datasette.app import Datasette
from lxml import etree

from db.archive import Archive
from db.site.pages import lists
from db.site.serve import datasette_for
from tests.site.small import ARTICLES, HOSTILE

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def site(archive_file: str) -> Datasette:
    datasette = datasette_for(archive_file)
    await datasette.invoke_startup()
    return datasette


async def page_of(site: Datasette, path: str) -> str:
    response = await site.client.get(path)
    assert response.status_code == 200, path
    return re.sub("</?bdi>", "", " ".join(response.text.split()))


async def test_home_tells_what_is_there(site):
    page = await page_of(site, "/")
    assert "3 articles with 7 paragraphs and 3 quotations by 2 speakers" in page
    assert 'action="/search"' in page
    assert 'href="/article/2">Ferry to stop at noon</a>' in page
    assert "1 file could not be read" in page


async def test_without_an_archive_home_is_datasettes_own():
    plain = Datasette([], memory=True)
    assert "_memory" in (await plain.client.get("/")).text


async def test_an_article_marks_who_says_what(site):
    page = await page_of(site, "/article/2")
    assert (
        '<p id="p1" dir="auto">“<span class="said direct s0" id="q1">'
        "The ferry is old and so am I,</span>" in page
    )
    assert 'href="/article/2/quote/1" aria-label="Quotation 1: Ada Marrow"' in page
    assert 'claimed that “<span class="said direct s1" id="q2">nobody will miss it</span>' in page
    assert '<time datetime="2024-05-01">1 May 2024</time>' in page
    assert 'href="https://courier.example/2024/ferry?a=1&amp;b=2"' in page
    assert "/other/ferry.txt" in page


async def test_what_a_revision_changed(site):
    page = await page_of(site, "/article/1")
    assert 'href="/article/1/changes/2"' in page
    changes = await page_of(site, "/article/1/changes/2")
    assert '<p dir="auto"><del>Rob went home.</del></p>' in changes
    assert '<p dir="auto"><ins>Rob went home by bus.</ins></p>' in changes
    assert (await site.client.get("/article/1/changes/1")).status_code == 404
    assert (await site.client.get("/article/1/changes/3")).status_code == 404


async def test_two_papers_side_by_side(site):
    page = await page_of(site, "/article/1/beside/2")
    assert '<th scope="col"><a href="/article/1">Harbour bill passes</a>' in page
    assert '<th scope="col"><a href="/article/2">Ferry to stop at noon</a>' in page
    assert '<tr class="apart"><td dir="auto">Rob went home by bus.</td><td dir="auto">' in page
    for nowhere in ("/article/1/beside/9", "/article/9/beside/1"):
        assert (await site.client.get(nowhere)).status_code == 404


async def test_a_speaker_with_everything_said(site):
    page = await page_of(site, "/speaker/1")
    assert "<h1>Ada Marrow</h1>" in page
    assert "2 quotations in 2 articles" in page
    assert "the harbour master" in page
    assert page.index("is no way to talk") > page.index("The ferry is old")  # without date: last
    assert "Zoë Zelenskyy" in page


async def test_a_quotation_and_how_sure_it_is(site):
    page = await page_of(site, "/article/2/quote/2")
    assert "“nobody will miss it”" in page
    assert "sure (0.90): name beside the cue" in page
    assert "In no other article" in page


async def test_speakers_by_name(site):
    assert "Zoë Zelenskyy" in await page_of(site, "/speakers?name=zelensky")
    assert "Nobody of that name" in await page_of(site, "/speakers?name=%25")


@pytest.mark.parametrize(
    "path",
    ["/article/99", f"/article/{10**19}", "/article/x", "/article/2/quote/9", "/speaker/99"],
)
async def test_what_is_not_there(site, path):
    assert (await site.client.get(path)).status_code == 404


async def test_nothing_inline_and_nothing_let_in(site):
    for path in ("/", "/article/3", "/article/3/quote/1", "/speaker/1", "/speakers"):
        response = await site.client.get(path)
        policy = response.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "default-src 'none'" in policy
        assert re.findall(r"<script(?! src=)", response.text) == []
        assert "style=" not in response.text
        assert "javascript:" not in "".join(
            re.findall(r'(?:href|src|action)="[^"]*"', response.text)
        )
        assert "<b>bold</b>" not in response.text


async def test_results_mark_what_was_found_and_lead_to_it(site):
    page = await page_of(site, "/search?q=ferry+old")
    assert "Looking for ferry and old." in page
    assert "<mark>Ferry</mark> to stop at noon</a></h2>" in page
    assert 'href="/article/2?q=ferry%20old#q1"' in page
    article = await page_of(site, "/article/2?q=ferry")
    assert 'id="q1">The </span><span class="said direct s0"><mark>ferry</mark></span>' in article


async def test_results_in_four_tabs(site):
    quotes = await page_of(site, "/search?q=nobody&tab=quotes")
    assert "1 quotation in 1 article." in quotes
    assert '<a href="/article/2?q=nobody#q2">Zoë Zelenskyy</a>' in quotes
    assert "2 paragraphs in 2 articles." in await page_of(site, "/search?q=nobody&tab=paragraphs")
    assert ">Ada Marrow</a>" in await page_of(site, "/search?q=marrow&tab=people")


async def test_facets_narrow_and_can_be_removed(site):
    page = await page_of(site, "/search?q=the+OR+harbour&year=2024")
    assert "1 article." in page
    assert 'href="?q=the+OR+harbour" aria-label="No longer only 2024"' in page


async def test_nothing_found_says_what_might_be_meant(site):
    page = await page_of(site, "/search?q=harbor")
    assert 'Did you mean <a href="?q=harbour">harbour</a>?' in page


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:24])
async def test_whatever_is_typed_gives_a_page(site, typed):
    for tab in ("articles", "paragraphs", "quotes", "people"):
        response = await site.client.get("/search", params={"q": typed, "tab": tab})
        assert response.status_code == 200
        assert "SQL" not in response.text.split("<main")[1]
        assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    "wrong", ["tab=x", "sort=x", "page=x", "page=-1", "page=99999999999999999999", "speaker=x",
              "speaker=99999999999999999999", "year=%27", "publisher=%22", "archive=x"],
)  # fmt: skip
async def test_addresses_that_make_no_sense(site, wrong):
    assert (await site.client.get(f"/search?q=ferry&{wrong}")).status_code == 200


async def test_results_for_other_programs(site):
    found = (await site.client.get("/search.json?q=ferry")).json()
    assert found["total"] == 1
    assert found["read_as"] == "Looking for ferry."
    assert found["hits"][0]["title"] == "Ferry to stop at noon"
    assert found["hits"][0]["link"].endswith("/article/2#q1")
    table = (await site.client.get("/search.csv?q=ferry&tab=quotes")).text.splitlines()
    assert table[0].startswith("text,speaker,cue,kind,title")
    assert table[1].startswith('"The ferry is old and so am I,",Ada Marrow,said,direct')


@pytest.mark.parametrize("tab", ["articles", "paragraphs", "quotes", "people"])
async def test_a_table_has_its_head_whatever_is_found(site, tab):
    found = (await site.client.get(f"/search.csv?q=harbour&tab={tab}")).text.splitlines()
    nothing = (await site.client.get(f"/search.csv?q=nowhere&tab={tab}")).text.splitlines()
    beyond = (await site.client.get(f"/search.csv?q=harbour&tab={tab}&page=7")).text.splitlines()
    assert nothing == beyond == found[:1]
    assert nothing[0].endswith(",link")


@pytest.mark.parametrize("path", ["/search?q=harbour&", "/speaker/1?"])
async def test_a_page_after_the_last_says_so(site, path):
    page = await page_of(site, f"{path}page=99")
    assert "There is no page 99: <a href=" in page
    assert 'page=1">all is on one page</a>' in page


async def test_a_formula_is_no_formula_in_a_table():
    assert lists._cell("=1+1") == "'=1+1"
    assert lists._cell("ferry") == "ferry"


async def test_a_feed_of_a_search(site):
    feed = etree.fromstring((await site.client.get("/search.atom?q=harbour")).content)
    entries = feed.findall("{*}entry")
    titles = [entry.findtext("{*}title") for entry in entries]
    assert titles[:2] == ["Ferry to stop at noon", "Harbour bill passes"]
    assert entries[1].findtext("{*}updated") == "2023-03-03T00:00:00Z"


async def test_help_has_examples_that_find(site):
    page = await page_of(site, "/help")
    assert '<a href="/search?q=county%20PRE/8%20grain"><code>county PRE/8 grain</code></a>' in page


async def test_citations_to_copy(site):
    page = await page_of(site, "/article/2/quote/1/cite")
    assert "“The ferry is old and so am I,” (Ada Marrow)" in page
    assert "May 1, 2024" in page
    assert 'data-copy="text-apa"' in page
    assert "@online" in page or "@misc" in page or "@article" in page
    assert (await site.client.get("/article/9/cite")).status_code == 404
    assert (await site.client.get("/article/2/quote/9/cite")).status_code == 404


async def test_citations_as_files(site):
    file = await site.client.get("/article/2/cite.ris")
    assert file.headers["content-disposition"] == 'attachment; filename="article-2.ris"'
    assert file.text.startswith("TY  - ")
    assert file.text.rstrip().endswith("ER  -")
    assert (await site.client.get("/article/2/quote/1/cite.json")).json()[0]["issued"]


async def test_a_feed_of_what_somebody_says(site):
    assert "/search.atom?tab=quotes&amp;speaker=1" in await page_of(site, "/speaker/1")
    feed = etree.fromstring((await site.client.get("/search.atom?tab=quotes&speaker=1")).content)
    assert feed.findtext("{*}title") == "Onrecord: Ada Marrow"
    assert len(feed.findall("{*}entry")) == 2
    assert "Looking for everything." in await page_of(site, "/search?tab=quotes&speaker=1")


async def test_papers_that_print_it_word_for_word(tmp_path):
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/courier/ferry.txt", [ARTICLES[1]])
        archive.add("/ledger/ferry.txt", [replace(ARTICLES[1], publisher="The Ledger")])
    site = datasette_for(tmp_path / "news.db")
    page = await page_of(site, "/article/1")
    assert "The same story elsewhere" in page
    assert 'The Ledger <span class="from">word for word</span>' in page
