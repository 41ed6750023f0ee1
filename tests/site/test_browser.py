"""A real browser on the real server: tables, search, facets, JSON, CSV; nothing goes elsewhere."""

from __future__ import annotations

import json

import pytest

from tests.site.browsing import follow

# test_plugin.py tries many more; these go through the form itself.
TYPED = [
    "HB-1204",
    "didn't",
    "(harbour",
    '"unclosed',
    '""',
    "*",
    " ",
    "rob* OR AND",
    "😀",
    "x " * 999,
]


def test_from_the_home_page_to_an_article(page, address):
    page.goto(address)
    assert page.title() == "news · Onrecord"
    follow(page, "text=Ferry to stop at noon")
    assert page.url == f"{address}/article/2"
    assert page.inner_text("h1") == "Ferry to stop at noon"
    assert page.inner_text("#q1") == "The ferry is old and so am I,"
    follow(page, "aside >> text=Ada Marrow")
    assert page.inner_text("h1") == "Ada Marrow"


def test_a_table_its_search_box_and_its_facets(page, address):
    page.goto(f"{address}/news/articles")
    assert "Ferry to stop at noon" in page.inner_text("table")
    page.fill("input[name=_search]", "harb* OR nothing")
    with page.expect_navigation():
        page.press("input[name=_search]", "Enter")
    assert page.locator("table.rows-and-columns tbody tr").count() == 1
    page.goto(f"{address}/news/articles")
    follow(page, ".facet-results >> text=The Saltmarsh Courier")
    assert page.locator("table.rows-and-columns tbody tr").count() == 2
    assert "publisher" in page.url


def test_a_quote_leads_to_everything_its_speaker_said(page, address):
    page.goto(f"{address}/news/sayings")
    follow(page, "td.col-speaker >> text=Ada Marrow")
    assert page.locator("table.rows-and-columns tbody tr").count() == 2
    assert page.input_value("input[name=speaker]") == "Ada Marrow"


@pytest.mark.parametrize(("path", "box"), [("search", "words"), ("paragraphs", "_search")])
def test_typing_is_never_an_error(page, address, path, box):
    page.goto(f"{address}/news/{path}")
    for typed in TYPED:
        page.fill(f"input[name={box}]", typed)
        with page.expect_navigation() as navigation:
            page.press(f"input[name={box}]", "Enter")
        assert navigation.value.status == 200, typed
        assert page.locator(".message-error").count() == 0, typed
        assert page.input_value(f"input[name={box}]") == typed


def test_json_and_csv_are_a_click_away(page, address):
    page.goto(f"{address}/news/search?words=ferry")
    follow(page, ".export-links >> text=json")
    assert len(json.loads(page.inner_text("pre"))["rows"]) == 2
    page.goto(f"{address}/news/search?words=ferry")
    link = page.get_attribute(".export-links >> text=CSV", "href")
    table = page.request.get(address + link).text()
    assert table.startswith("found_in,excerpt,speaker,title")
    assert len(table.splitlines()) == 3


def test_no_article_runs_a_script_or_calls_out(page, address):
    for path in ("articles", "paragraphs", "quotes", "sayings", "texts", "search?words=owned",
                 "article_text?article=3", "articles/3"):  # fmt: skip
        page.goto(f"{address}/news/{path}")
        assert page.title() != "owned"
        assert "owned" in page.inner_text("body")


def test_a_phone_shows_a_table_without_scrolling_sideways(browser, address):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("", "/news", "/news/search?words=harbour", "/news/articles", "/news/sayings"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    context.close()
