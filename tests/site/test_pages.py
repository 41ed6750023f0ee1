"""The reader's pages: what stands on them, where they lead, what they let nobody do."""

from __future__ import annotations

import re

import pytest
import pytest_asyncio
from datasette.app import Datasette

from db.site.serve import datasette_for

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def site(archive_file: str) -> Datasette:
    datasette = datasette_for(archive_file)
    await datasette.invoke_startup()
    return datasette


async def page_of(site: Datasette, path: str) -> str:
    response = await site.client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.text.split())


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
        '<p id="p1">“<span class="said direct s0" id="q1">The ferry is old and so am I,</span>'
        in page
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
    assert "<p><del>Rob went home.</del></p>" in changes
    assert "<p><ins>Rob went home by bus.</ins></p>" in changes
    assert (await site.client.get("/article/1/changes/1")).status_code == 404
    assert (await site.client.get("/article/1/changes/3")).status_code == 404


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
