"""Editing in a real browser: sign in by the printed address, write, drop a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.editing import TOKEN, copied
from tests.site.test_browser import browser, complaints, page  # noqa: F401 (fixtures)

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


def test_writing_in_the_browser(page, address):  # noqa: F811
    page.goto(f"{address}/sign-in?next=/article/2#token={TOKEN}")
    page.wait_for_url(f"{address}/article/2")
    assert "Signed in" in page.inner_text(".message")
    page.go_back()
    assert TOKEN not in page.url

    page.goto(f"{address}/article/2")
    page.click("summary >> text=The title")
    page.fill("textarea[name=title]", "Ferry to stop at one")
    page.click("details[open] >> text=Set right")
    assert page.inner_text("h1") == "Ferry to stop at one"
    page.fill(".written textarea[name=text] >> nth=-1", "Ask Ines.\nTwice.")
    page.click("text=Write it down")
    assert page.inner_text("p.note") == "Ask Ines.\nTwice."
    page.goto(f"{address}/corrections")
    page.click("text=Undo >> nth=-1")
    assert "Undone" in page.inner_text(".message")


def test_a_file_dropped_on_the_page_is_taken_in(page, address):  # noqa: F811
    page.goto(f"{address}/sign-in?next=/take-in#token={TOKEN}")
    page.wait_for_url(f"{address}/take-in")
    text = "Lighthouse to close\n\nBy Ines Calder\n\n“It is dark,” said Ada Marrow.\n"
    page.evaluate(DROP, ["lighthouse.txt", text])
    page.click("text=Lighthouse to close")
    assert page.inner_text("h1") == "Lighthouse to close"


def test_without_javascript_and_on_a_phone(browser, address, tmp_path):  # noqa: F811
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    phone = context.new_page()
    phone.goto(f"{address}/take-in")
    phone.fill("input[name=token]", TOKEN)
    phone.click("main >> text=Sign in >> nth=-1")
    file = tmp_path / "museum.txt"
    file.write_text("Museum to open\n\nBy Ines Calder\n\nIt has a roof now.\n")
    phone.set_input_files("input[type=file]", file)
    phone.click("button >> text=Take in")
    assert "museum.txt: added" in phone.inner_text("main")
    for path in ("/notebook", "/article/2", "/article/2/quote/1", "/speaker/1", "/corrections"):
        phone.goto(address + path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
    context.close()
