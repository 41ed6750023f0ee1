"""Editing in a real browser: sign in by the printed address, write, drop a file."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from db import correct, notes, samples, searches, shelves
from db.archive import Archive
from db.notebook import Notebook, notebook_path
from db.shards.things import thing_called
from tests.site.browsing import follow
from tests.site.editing import TOKEN, copied

DROP = """([name, text]) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], name));
    document.querySelector("h1").dispatchEvent(
        new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def address(archive_file, tmp_path):
    """The address of a server that may be edited, on a copy of the small archive."""
    path = copied(archive_file, tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "serve", "--archive", path, "--port", "0", "--edit",
         "--token", TOKEN],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[1].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def test_writing_in_the_browser(page, address):
    page.goto(f"{address}/sign-in?next=/article/2#token={TOKEN}")
    page.wait_for_url(f"{address}/article/2")
    assert "Signed in" in page.inner_text(".message")
    page.go_back()
    assert TOKEN not in page.url

    page.goto(f"{address}/article/2")
    page.click("summary >> text=The title")
    page.fill("textarea[name=title]", "Ferry to stop at one")
    follow(page, "details[open] >> text=Set right")
    assert page.inner_text("h1") == "Ferry to stop at one"
    page.fill(".written textarea[name=text] >> nth=-1", "Ask Ines.\nTwice.")
    follow(page, "text=Write it down")
    assert page.text_content("p.note") == "Ask Ines.\nTwice."
    page.goto(f"{address}/corrections")
    follow(page, "text=Undo >> nth=-1")
    assert "Undone" in page.inner_text(".message")


def test_a_file_dropped_on_the_page_is_taken_in(page, address):
    page.goto(f"{address}/sign-in?next=/take-in#token={TOKEN}")
    page.wait_for_url(f"{address}/take-in")
    text = "Lighthouse to close\n\nBy Ines Calder\n\n“It is dark,” said Ada Marrow.\n"
    page.evaluate(DROP, ["lighthouse.txt", text])
    follow(page, "text=Lighthouse to close")
    assert page.inner_text("h1") == "Lighthouse to close"


def test_without_javascript_and_on_a_phone(browser, address, tmp_path):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    phone = context.new_page()
    phone.goto(f"{address}/take-in")
    phone.fill("input[name=token]", TOKEN)
    follow(phone, "main >> text=Sign in >> nth=-1")
    file = tmp_path / "museum.txt"
    file.write_text("Museum to open\n\nBy Ines Calder\n\nIt has a roof now.\n")
    phone.set_input_files("input[type=file]", file)
    follow(phone, "button >> text=Take in")
    assert "museum.txt: added" in phone.inner_text("main")
    for path in ("/notebook", "/article/2", "/article/2/quote/1", "/speaker/1", "/corrections"):
        phone.goto(address + path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
    context.close()


AXE = files("axe_playwright_python").joinpath("axe.min.js")
PAGES = [
    "/", "/article/2", "/article/2/quote/1", "/speaker/1", "/search?q=ferry", "/corrections",
    "/notebook", "/list?name=Essay", "/sample?name=check", "/saved?name=Boats", "/take-in",
    "/sign-in",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_forms(browser, address, tmp_path, scheme):
    path = tmp_path / "news.db"
    with Archive.open(path) as archive, Notebook.open(notebook_path(path), archive.db.conn) as book:
        things = [thing_called(book.held, one) for one in ("2", "2#1", "Ada Marrow")]
        notes.write(book, things[0], "Ask Ines.")
        shelves.tag(book, "ferries", things)
        shelves.enlist(book, "Essay", things)
        samples.draw(book, "check", size=3)
        searches.save(book, "Boats", "ferry", "")
        archive.correct(correct.title, 1, "Another title")
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    page = context.new_page()
    page.goto(f"{address}/sign-in#token={TOKEN}")
    page.wait_for_url(f"{address}/")
    wrong = []
    for place in PAGES:
        page.goto(address + place)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        wrong += [
            f"{place}: {one['id']} {node['html'][:160]} {node['failureSummary']}"
            for one in found["violations"] if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]  # fmt: skip
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wrong.append(f"{place}: wider than 360")
    context.close()
    assert wrong == []
