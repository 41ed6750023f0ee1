"""Setting right on the pages: each form, what it changes, and undoing it."""

from __future__ import annotations

import re

import pytest
import pytest_asyncio

from db.archive import Archive
from db.check import check
from tests.site.editing import copied, edited, editor
from tests.site.small import ARTICLES

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def visitor(archive_file, tmp_path):
    return await editor(edited(copied(archive_file, tmp_path)))


async def undo_all(visitor) -> None:
    page = await visitor.page("/corrections")
    for number in re.findall(r'name="correction" value="(\d+)"', page):
        said = await visitor.do("undo", "/corrections", correction=number)
        assert said.startswith("Undone: ")
    assert "There are none." in await visitor.page("/corrections")


async def test_a_title(visitor):
    said = await visitor.do("title", "/article/2", article=2, title="Ferry to stop at one")
    assert said == (
        "title: Ferry to stop at one instead of Ferry to stop at noon,"
        " in &#34;Ferry to stop at noon&#34;"
    )
    assert visitor.at == "/article/2"
    assert '<h1 dir="auto">Ferry to stop at one</h1>' in await visitor.page("/article/2")
    await undo_all(visitor)
    assert '<h1 dir="auto">Ferry to stop at noon</h1>' in await visitor.page("/article/2")


async def test_a_date(visitor):
    await visitor.do("date", "/article/2", article=2, date="3 May 2024")
    assert '<time datetime="2024-05-03">' in await visitor.page("/article/2")
    await visitor.do("date", "/article/2", article=2, date="2024-05-03", unknown=1)
    assert "The Saltmarsh Courier, without date" in await visitor.page("/article/2")
    assert "is no date" in await visitor.do("date", article=2, date="soon")
    assert "say it is unknown" in await visitor.do("date", article=2, date="")
    await undo_all(visitor)
    assert '<time datetime="2024-05-01">' in await visitor.page("/article/2")


async def test_a_speaker(visitor):
    page = "/article/2/quote/2"
    await visitor.do("speaker", page, article=2, quotation=2, name="Ada Marrow")
    assert ">Ada Marrow</a>" in await visitor.page(page)
    assert "corrected by hand" in await visitor.page(page)
    await visitor.do("speaker", page, article=2, quotation=2, name="", nobody=1)
    assert '<p class="lead">Nobody named</p>' in await visitor.page(page)
    await undo_all(visitor)
    assert ">Zoë Zelenskyy</a>" in await visitor.page(page)


async def test_two_people_are_one(visitor):
    fields = {"name": "Zoë Zelenskyy", "into": "Ada Marrow"}
    said = await visitor.do("merge", "/speaker/2", **fields)
    assert said == "Zoë Zelenskyy is Ada Marrow, everywhere (1 article)"
    assert visitor.at == "/speaker/1"
    assert "3 quotations in 2 articles" in await visitor.page("/speaker/1")
    await undo_all(visitor)
    assert "2 quotations in 2 articles" in await visitor.page("/speaker/1")


async def test_nobody_has_the_name_yet(visitor):
    fields = {"name": "Zoë Zelenskyy", "into": "Zoe Z."}
    assert "nobody is quoted as" in await visitor.do("merge", "/speaker/2", **fields)
    await visitor.do("merge", "/speaker/2", **fields, new=1)
    assert "<h1>Zoe Z.</h1>" in await visitor.page(visitor.at)


async def test_one_is_two_people(visitor):
    fields = {"name": "Ada Marrow", "article": 3, "other": "Ada Marrow (the pilot)"}
    await visitor.do("split", "/speaker/1", **fields)
    page = await visitor.page(visitor.at)
    assert "<h1>Ada Marrow (the pilot)</h1>" in page
    assert "1 quotation in 1 article" in page
    await undo_all(visitor)
    assert "2 quotations in 2 articles" in await visitor.page("/speaker/1")


async def test_what_cannot_be_done_says_why(visitor):
    for act, fields, words in [
        ("title", {"article": 99, "title": "x"}, "there is no article 99"),
        ("title", {"article": "x", "title": "x"}, "is no number"),
        ("title", {"article": 10**30, "title": "x"}, "there is no article"),
        ("title", {"article": 2, "title": " "}, "type the title"),
        ("speaker", {"article": 2, "quotation": 9, "name": "x"}, "has no quotation 9"),
        ("speaker", {"article": 2, "quotation": 1}, "or say that it is nobody"),
        ("split", {"article": 2, "name": "Ada Marrow", "other": ""}, "tells the two apart"),
        ("undo", {"correction": 99}, "there is no correction 99"),
    ]:
        assert words in await visitor.do(act, "/corrections", **fields)
    assert "There are none." in await visitor.page("/corrections")


async def test_a_correction_stays_when_the_article_comes_again(visitor, tmp_path):
    await visitor.do("title", article=2, title="Ferry to stop at one")
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add("/clips/1.txt", [ARTICLES[1]])
        assert check(archive) == []
    assert '<h1 dir="auto">Ferry to stop at one</h1>' in await visitor.page("/article/2")


async def test_hostile_words_are_words(visitor):
    bad = "<script>alert(1)</script>\x00\u202e"
    await visitor.do("title", "/corrections", article=2, title=bad)
    for path in ("/article/2", "/corrections"):
        assert "<script>alert" not in await visitor.page(path)
