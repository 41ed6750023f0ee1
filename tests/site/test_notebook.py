"""The notebook on the pages: notes, tags, lists with their citations, samples, saved searches."""

from __future__ import annotations

import json
import sqlite3

import pytest
import pytest_asyncio

from db.archive import Archive
from db.site.serve import datasette_for
from tests.site.editing import Visitor, copied, edited, editor
from tests.site.small import made

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def visitor(archive_file, tmp_path):
    return await editor(edited(copied(archive_file, tmp_path)))


async def test_notes_on_an_article_a_quotation_and_a_person(visitor):
    for thing, page in [
        ("2", "/article/2"), ("2#1", "/article/2/quote/1"), ("person:Ada Marrow", "/speaker/1")
    ]:  # fmt: skip
        said = await visitor.do("note", page, thing=thing, text=f"About <b>{thing}</b>.\nAsk.")
        assert said == "The note is written"
        assert f"About &lt;b&gt;{thing}&lt;/b&gt;." in await visitor.page(page)
    assert "Written on quotations" in await visitor.page("/article/2")
    found = await visitor.page("/notebook?notes=person")
    assert "About &lt;b&gt;person:Ada" in found
    assert "About &lt;b&gt;2#1" not in found


async def test_a_note_is_changed_and_torn_out(visitor):
    await visitor.do("note", thing="2", text="Ask Ines.")
    await visitor.do("rewrite", note=1, text="Ask Ada.")
    assert '<p class="note" dir="auto">Ask Ada.</p>' in await visitor.page("/article/2")
    await visitor.do("tear-out", note=1)
    assert "Ask Ada." not in await visitor.page("/article/2")
    assert "there is no note 1" in await visitor.do("tear-out", note=1)


async def test_tags(visitor):
    await visitor.do("tag", "/article/2", thing="2", name="ferries, Harbour & more")
    page = await visitor.page("/article/2")
    assert 'href="/tag?name=Harbour%20%26%20more">Harbour &amp; more</a>' in page
    assert "Ferry to stop at noon</a>" in await visitor.page("/tag?name=Harbour%20%26%20more")
    await visitor.do("untag", "/article/2", thing="2", name="ferries")
    assert (await visitor.get("/tag?name=ferries")).status_code == 404


async def test_a_list_in_order(visitor):
    for thing in ("2", "1", "2#1", "person:Ada Marrow"):
        await visitor.do("list", thing=thing, name="Essay")
    assert "is on the list" in await visitor.do("list", thing="2", name="Essay")
    page = "/list?name=Essay"
    moved = await visitor.do("move", page, name="Essay", number=4, words="Ada Marrow", to=1)
    assert moved == "Now at 1: Ada Marrow"
    shown = await visitor.page(page)
    assert shown.index(">Ada Marrow</a>") < shown.index(">Ferry to stop at noon</a>")
    again = {"name": "Essay", "number": 4, "words": "Ada Marrow"}
    assert "changed meanwhile" in await visitor.do("unlist", page, **again)
    await visitor.do("unlist", page, **{**again, "number": 1})
    assert "3 things" in await visitor.page(page)


async def test_an_empty_list_leads_back_to_the_notebook(visitor):
    await visitor.do("list", thing="1", name="Essay")
    fields = {"name": "Essay", "number": 1, "words": "Harbour bill passes"}
    await visitor.do("unlist", "/list?name=Essay", **fields)
    assert visitor.at == "/notebook"


async def test_what_the_archive_lost_stays_and_can_be_taken_off(visitor, tmp_path):
    await visitor.do("list", thing="1", name="Essay")
    with sqlite3.connect(tmp_path / "news.notes.db") as book:
        book.execute("UPDATE things SET words = 'gone', bytes = 'gone', article_title = 'Lost'")
    book.close()
    assert '<span class="absent">Lost</span>' in await visitor.page("/list?name=Essay")
    fields = {"name": "Essay", "number": 1, "words": "Lost"}
    assert "Off the list" in await visitor.do("unlist", "/list?name=Essay", **fields)


async def test_a_list_is_exported_with_notes_and_tags(visitor):
    for thing in ("2#1", "1", "person:Ada Marrow"):
        await visitor.do("list", thing=thing, name="Essay")
    await visitor.do("note", thing="1", text="Ask & see.")
    await visitor.do("tag", thing="1", name="bills")
    exported = {
        form: (await visitor.get(f"/list/export?name=Essay&format={form}")).text
        for form in ("bibtex", "ris", "csl-json", "chicago", "apa")
    }
    assert exported["bibtex"].count("@article{") == 2
    assert r"annote = {Ask \& see.}" in exported["bibtex"]
    assert "keywords = {bills}" in exported["bibtex"]
    assert "KW  - bills\nN1  - Ask & see.\n" in exported["ris"]
    assert json.loads(exported["csl-json"])[1]["keyword"] == "bills"
    assert "Harbour bill passes. (2023, March 3). The Saltmarsh Courier." in exported["apa"]
    assert "Ask" not in exported["apa"] + exported["chicago"]
    assert "“Ferry to Stop at Noon,”" in exported["chicago"]
    assert (await visitor.get("/list/export?name=Essay&format=x")).status_code == 404


async def test_a_sample_is_drawn_and_judged(visitor):
    await visitor.do("draw", "/notebook", name="check", size=2, seed=7)
    assert visitor.at == "/sample?name=check"
    page = await visitor.page("/sample?name=check")
    assert "2 of 3 quotations" in page
    assert page.count('value="right"') == 2
    back = "/sample?name=check"
    said = await visitor.do("judge", back, name="check", v1="right", v2="wrong")
    assert said == "2 judgements written down"
    assert "1 right, 1 wrong, 0 not judged." in await visitor.page(back)
    await visitor.do("judge", back, name="check", v1="right", v2="open")
    assert "1 right, 0 wrong, 1 not judged." in await visitor.page(back)
    assert "is no judgement" in await visitor.do("judge", back, name="check", v1="maybe")


async def test_a_quotation_of_a_sample_is_judged_on_its_page(visitor):
    await visitor.do("draw", name="all", size=3)
    page = await visitor.page("/article/2/quote/2")
    assert "In the sample" in page
    number = page.partition("sample?name=all#n")[2][:1]
    await visitor.do("judge", name="all", **{f"v{number}": "wrong"})
    assert f"Number {number}, judged wrong" in await visitor.page("/article/2/quote/2")


async def test_a_saved_search_says_what_is_new(visitor, tmp_path):
    page = await visitor.page("/search?q=ferry&year=2024&tab=quotes")
    assert 'name="scope" value="tab=quotes&amp;year=2024"' in page
    await visitor.do("save-search", q="ferry", scope="tab=quotes&year=2024", name="Boats")
    path = tmp_path / "news.db"
    book = sqlite3.connect(tmp_path / "news.notes.db", isolation_level=None)
    # The archive of the tests has just been made; say that it was long ago.
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE revisions SET recorded = '2020-01-01T00:00:00Z'")
    conn.close()
    book.execute("UPDATE searches SET saved = '2021-01-01T00:00:00Z'")
    book.close()
    assert "nothing new" in await visitor.page("/")
    with Archive.open(path) as archive:
        for title, year in (("Ferry is back", "2024"), ("Ferry was here", "1999")):
            archive.add(f"/clips/{year}.txt", [made(title, "It sails.", published=f"{year}-06-01")])
    assert "<strong>1 new</strong> since last look" in await visitor.page("/")
    await visitor.do("look", name="Boats")
    assert visitor.at == "/saved?name=Boats&since=2021-01-01T00%3A00%3A00Z"
    shown = await visitor.page(visitor.at)
    assert ">Ferry is back</a>" in shown
    assert "Ferry was here" not in shown
    assert 'href="/search?q=ferry&amp;tab=quotes&amp;year=2024"' in shown
    with sqlite3.connect(tmp_path / "news.notes.db") as book:
        book.execute("UPDATE searches SET looked = '2999-01-01T00:00:00Z'")
    book.close()
    assert "nothing new" in await visitor.page("/notebook")
    await visitor.do("forget", name="Boats")
    assert (await visitor.get("/saved?name=Boats")).status_code == 404


async def test_who_only_reads_sees_the_notebook_unless_others_can(visitor, tmp_path):
    await visitor.do("note", thing="2", text="Ask Ines.")
    await visitor.do("tag", thing="2", name="ferries")
    path = tmp_path / "news.db"
    reader = Visitor(datasette_for(path))
    for page in ("/article/2", "/notebook"):
        assert "Ask Ines." in await reader.page(page)
        assert "/-/edit/" not in await reader.page(page)
    for public in (datasette_for(path, notebook=False), edited(path, notebook=False)):
        reader = Visitor(public)
        assert "Ask Ines." not in await reader.page("/article/2")
        for page in ("/notebook", "/tag?name=ferries", "/tag/export?name=ferries&format=ris"):
            assert (await reader.get(page)).status_code == 404
    signed_in = await editor(edited(path, notebook=False))
    assert "Ask Ines." in await signed_in.page("/article/2")


async def test_nothing_of_it_is_inline(visitor):
    await visitor.do("draw", name="all", size=3)
    await visitor.do("list", thing="3", name="<script>alert(1)</script>")
    await visitor.do("save-search", q="<script>alert(1)</script>", name="<b>")
    for path in ("/", "/notebook", "/sample?name=all", "/article/3", "/take-in", "/corrections",
                 "/list?name=%3Cscript%3Ealert(1)%3C/script%3E", "/saved?name=%3Cb%3E",
                 "/article/3/quote/1", "/speaker/1", "/sign-in"):  # fmt: skip
        response = await visitor.get(path)
        assert response.status_code == 200, path
        assert "default-src 'none'" in response.headers["content-security-policy"]
        for sign in ("<script>alert", "<b>", "style=", " onclick", 'href="javascript'):
            assert sign not in response.text, (path, sign)
