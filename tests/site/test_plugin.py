"""The plugin through Datasette's own client: what a reader asks and what comes back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from datasette.app import Datasette

from db.site.cells import is_web_address
from db.site.functions import onrecord_match
from db.site.serve import datasette_for, load_metadata
from tests.site.small import HOSTILE, TYPED, without_plugin

pytestmark = pytest.mark.asyncio


@pytest.fixture
def site(archive_file: str) -> Datasette:
    return datasette_for(archive_file)


async def rows(site: Datasette, path: str) -> list[dict[str, object]]:
    response = await site.client.get(path)
    assert response.status_code == 200, response.text
    return response.json()


class Tags(HTMLParser):
    """Every tag and link of a page, to see what an article's text has become in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:24])
async def test_typing_is_never_an_error(site, typed):
    for path in (
        f"/news/search?words={quote(typed)}",
        f"/news/search.json?words={quote(typed)}",
        f"/news/quotes_by_speaker?speaker={quote(typed)}",
        f"/news/exact_words?words={quote(typed)}",
        f"/news/paragraphs?_search={quote(typed)}",
        f"/news/articles.json?_search={quote(typed)}",
        f"/news/quotes?_search_speaker={quote(typed)}",
    ):
        response = await site.client.get(path)
        assert response.status_code == 200, path[:80]
        assert "fts5" not in response.text.replace("_fts5", ""), path[:80]


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        *TYPED,
        ("robert OR mayor", [1, 2]),
        ("harbour -mayor", [1]),
    ],
)
async def test_a_tables_search_box_speaks_our_language(site, typed, paragraphs):
    path = f"/news/paragraphs.json?article_id=1&_shape=array&_search={quote(typed)}"
    assert [row["position"] for row in await rows(site, path)] == paragraphs


async def test_search_speaks_our_language_and_marks_what_it_found(site):
    path = "/news/search.json?_shape=array&words=" + quote('"went home" OR ferry')
    found = await rows(site, path)
    assert [row["found_in"] for row in found] == ["title", "text", "quote"]
    assert "⟦went⟧ ⟦home⟧" in found[1]["excerpt"] or "⟦went home⟧" in found[1]["excerpt"]
    page = (await site.client.get("/news/search?words=ferry")).text
    assert "<title>Search everything: news</title>" in page
    assert 'value="Show"' in page
    assert "Custom SQL query" not in page
    assert "Run SQL" not in page
    assert "<mark>Ferry</mark> to stop at noon" in page
    assert 'href="/article/2"' in page


async def test_nothing_in_an_article_becomes_markup(site):
    for path in (
        "/news/search?words=harbour+bold",
        "/news/search?words=talk",
        "/news/articles",
        "/news/articles/3",
        "/news/paragraphs",
        "/news/quotes",
        "/news/sayings",
        "/news/article_text?article=3",
        "/news/texts",
        "/news/most_quoted",
    ):
        page = (await site.client.get(path)).text
        assert "document.title=&#39;owned" in page or "owned" not in page, path
        assert "<b>bold" not in page, path
        for tag, attributes in Tags(page).tags:
            assert "onerror" not in attributes, path
            assert not (attributes.get("href") or "").lower().startswith("javascript:"), path
            assert tag != "img", path


async def test_an_address_becomes_a_link_only_when_it_is_one(site):
    page = (await site.client.get("/news/articles")).text
    hrefs = [attributes.get("href") for tag, attributes in Tags(page).tags if tag == "a"]
    assert "https://courier.example/2024/ferry?a=1&b=2" in hrefs
    for good in (
        "http://a.example",
        "HTTPS://a.example/x?y#z",
        "https://[::1]/",
        "http://ü.example",
    ):
        assert is_web_address(good), good
    for bad in (
        "javascript:alert(1)", "data:text/html,x", "https://", "http:// a.example", "//a.example",
        "https://a.example/ x", 'https://a.example/"onload="x', "https://a.example/\nx", "ftp://a",
        "https://[a.example", "https://a.example/<b>", " https://a.example",
    ):  # fmt: skip
        assert not is_web_address(bad), bad


async def test_quotes_link_to_their_speaker_and_their_place(site):
    page = (await site.client.get("/news/sayings")).text
    hrefs = [attributes.get("href") for tag, attributes in Tags(page).tags if tag == "a"]
    assert "/news/quotes_by_speaker?speaker=Zo%C3%AB%20Zelenskyy" in hrefs
    assert "/article/2#q2" in hrefs


async def test_titles_lead_to_their_article_and_dates_do_not_break(site):
    page = (await site.client.get("/news/sayings")).text
    assert '<a href="/article/2">Ferry to stop at noon</a>' in page
    assert '<time datetime="2024-05-01" title="2024-05-01">2024-05-01</time>' in page
    page = (await site.client.get("/news/articles/2")).text
    assert '<a href="/article/2">Ferry to stop at noon</a>' in page
    sql = "select 'a' as title, '2024-05-01T10:00+01:00' as published, '<b>' as last_quoted"
    page = (await site.client.get(f"/news?sql={quote(sql)}")).text
    assert ">2024-05-01</time>" in page
    assert "<b>" not in page
    assert "/article/" not in page.split("<tbody>")[1]


async def test_every_response_is_guarded(site):
    for path in (
        "/news",
        "/news/articles.json",
        "/news/articles.csv",
        "/nowhere",
        "/-/static/app.css",
    ):
        headers = (await site.client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src '" in headers["content-security-policy"]


async def test_the_menu_leads_to_the_queries(site):
    page = (await site.client.get("/news")).text
    assert 'href="/news/search"' in page
    assert "Quotes by a speaker" in page


async def test_the_sql_function_is_there_for_everybody(site):
    sql = (
        "select count(*) as n from paragraphs_fts where paragraphs_fts match onrecord_match('rob*')"
    )
    assert await rows(site, f"/news.json?_shape=array&sql={quote(sql)}") == [{"n": 2}]
    assert onrecord_match(None) == onrecord_match("") == '""'
    assert onrecord_match(1204) == '"1204"'


async def test_whole_texts_are_kept_compressed_and_read_by_number(site):
    sql = "select onrecord_text(id) as text, onrecord_text(0) as none from texts where id = 1"
    (row,) = await rows(site, f"/news.json?_shape=array&sql={quote(sql)}")
    first = "select text from paragraphs where article_id = 1 and position = 1"
    (paragraph,) = await rows(site, f"/news.json?_shape=array&sql={quote(first)}")
    assert paragraph["text"] in row["text"]
    assert row["none"] is None


async def test_our_search_replaces_the_stock_one_in_the_same_shape(site):
    ours = await site.get_canned_query("news", "search", None)
    assert "onrecord_match" in ours["sql"]
    stock = load_metadata()["databases"]["archive"]["queries"]["search"]
    assert ours["sql"].split("hits(")[1] == stock["sql"].split("hits(")[1]
    assert ours["params"] == stock["params"]


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:24])
async def test_stock_datasette_takes_whatever_is_typed(archive_file, typed):
    metadata = load_metadata()
    metadata["databases"] = {"news": metadata["databases"]["archive"]}
    with without_plugin():
        site = Datasette([archive_file], metadata=metadata)
        for name, query in metadata["databases"]["news"]["queries"].items():
            values = "&".join(f"{param}={quote(typed)}" for param in query.get("params", []))
            response = await site.client.get(f"/news/{name}?{values}")
            assert response.status_code == 200, (name, response.text[-500:])


async def test_stock_datasette_shows_every_table_and_view(archive_file):
    metadata = load_metadata()
    metadata["databases"] = {"news": metadata["databases"]["archive"]}
    with without_plugin():
        site = Datasette([archive_file], metadata=metadata)
        assert (await site.client.get("/article/1")).status_code == 404
        for name in metadata["databases"]["news"]["tables"]:
            for ending in ("", ".json", ".csv"):
                response = await site.client.get(f"/news/{name}{ending}")
                assert response.status_code == 200, name + ending
        assert "Ada Marrow" in (await site.client.get("/news/search?words=old")).text


async def test_every_page_of_ours_opens(site):
    archive = load_metadata()["databases"]["archive"]
    for path in ("/", "/news", *(f"/news/{name}" for name in archive["tables"])):
        page = await site.client.get(path)
        assert page.status_code == 200, path
        assert not re.search(r"src=[\"']?(?:https?:)?//", page.text), path


@pytest.mark.parametrize("typed", [
    "https://courier.example/2024/ferry?a=1&b=2", "http://www.courier.example/2024/ferry/?b=2&a=1",
    "https://courier.example/2024/ferry?utm_source=mail&a=1&b=2", "courier.example/2024/ferry",
    "courier.example",
])  # fmt: skip
async def test_do_we_have_this_address(site, typed):
    found = await rows(site, f"/news/address.json?_shape=array&address={quote(typed)}")
    assert [row["article_id"] for row in found] == [2]


async def test_an_address_that_we_do_not_have(site):
    for typed in ("", "https://courier.example/2025", "%", "😀", "https://["):
        address = f"/news/address.json?_shape=array&address={quote(typed)}"
        assert await rows(site, address) == []
