"""A real browser on the real server: tables, search, facets, JSON, CSV; nothing goes elsewhere.

Needs Debian's chromium (apt-get install chromium). Where it is missing the tests are skipped,
except in CI (CI=true), where they fail.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = Path(os.environ.get("ONRECORD_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
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


@pytest.fixture(scope="module")
def address(archive_file: str) -> Iterator[str]:
    """The address of a server of its own on a free port."""
    code = f"from db.site.serve import serve; serve({archive_file!r}, port=0)"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[1].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is not here: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


class Complaints:
    """What a page did that it should not have."""

    def __init__(self) -> None:
        self.abroad: list[str] = []
        self.console: list[str] = []


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(browser, complaints):
    """A page that notes requests to elsewhere, and what its console and scripts complain of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()

    def on_request(request):
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            complaints.abroad.append(request.url)

    def on_console(message):
        if message.type == "error":
            complaints.console.append(message.text)

    page.on("request", on_request)
    page.on("pageerror", lambda error: complaints.console.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.console.append(message.text) if message.type == "error" else None
        ),
    )
    yield page
    context.close()
    assert complaints.abroad == []
    assert complaints.console == []


def test_from_the_home_page_to_an_article(page, address):
    page.goto(address)
    assert page.title() == "news · Onrecord"
    page.click("text=Ferry to stop at noon")
    assert page.url == f"{address}/article/2"
    assert page.inner_text("h1") == "Ferry to stop at noon"
    assert page.inner_text("#q1") == "The ferry is old and so am I,"
    page.click("aside >> text=Ada Marrow")
    assert page.inner_text("h1") == "Ada Marrow"


def test_a_table_its_search_box_and_its_facets(page, address):
    page.goto(f"{address}/news/articles")
    assert "Ferry to stop at noon" in page.inner_text("table")
    page.fill("input[name=_search]", "harb* OR nothing")
    with page.expect_navigation():
        page.press("input[name=_search]", "Enter")
    assert page.locator("table.rows-and-columns tbody tr").count() == 1
    page.goto(f"{address}/news/articles")
    with page.expect_navigation():
        page.click(".facet-results >> text=The Saltmarsh Courier")
    assert page.locator("table.rows-and-columns tbody tr").count() == 2
    assert "publisher" in page.url


def test_a_quote_leads_to_everything_its_speaker_said(page, address):
    page.goto(f"{address}/news/sayings")
    with page.expect_navigation():
        page.click("td.col-speaker >> text=Ada Marrow")
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
    with page.expect_navigation():
        page.click(".export-links >> text=json")
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
