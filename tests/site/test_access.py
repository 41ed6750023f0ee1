"""Everybody can read the pages: with a screen reader, a phone, the keyboard, without scripts.

axe-core looks at every page in light and dark, on a desk and on a phone. It is put into the page
by the browser's own door: our pages let no script of a stranger run.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import cli
from tests.site.browsing import follow, serving
from tests.site.editing import TOKEN

AXE = files("axe_playwright_python").joinpath("axe.min.js")
PAGES = [
    "/", "/search?q=boat+OR+harbour", "/search?q=boat&tab=paragraphs", "/search?q=boat&tab=quotes",
    "/search?q=arkwright&tab=people", "/search?q=qwertz", "/article/1", "/article/1?q=boat",
    "/article/1/changes/2", "/article/1/beside/2", "/article/1/quote/1",
    "/article/1/quote/1/cite", "/article/1/cite", "/speaker/1", "/speakers",
    "/speakers?name=qwertz", "/help", "/nowhere",
]  # fmt: skip


# Those of who may write. Of the others, each has forms more then.
EDITED = [
    "/article/1", "/article/1/quote/1", "/speaker/1", "/search?q=boat", "/corrections", "/notebook",
    "/list?name=Essay", "/tag?name=tides", "/sample?name=first", "/saved?name=boats", "/take-in",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(revised_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that may be edited, with something in its notebook."""
    folder = tmp_path_factory.mktemp("edited")
    archive = shutil.copy(revised_archive, folder / "morgue.db")
    for arguments in (
        ["note", "1", "Ask for the minutes"], ["tag", "tides", "1", "1#2"],
        ["list", "Essay", "1", "1#2", "Tom Arkwright"], ["sample", "first", "--size", "5"],
        ["correct", "title", "2", "The cost of a night boat"],
    ):  # fmt: skip
        done = CliRunner().invoke(cli, [*arguments, "--archive", str(archive)])
        assert done.exit_code == 0, done.output
    with serving(archive, TOKEN) as found:
        yield found


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, address, scheme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    page = context.new_page()
    # Colours and room are all that differs: one look at everything is enough.
    rules = None if (scheme, width) == ("light", 1280) else ["color-contrast", "target-size"]
    wrong = [fault for path in [*PAGES, "/sign-in"] for fault in faults(page, address, path, rules)]
    sign_in(page, address)
    if page.goto(f"{address}/saved?name=boats").status == 404:
        page.goto(f"{address}/search?q=boat")
        save(page, "boats")
    wrong += [fault for path in EDITED for fault in faults(page, address, path, rules)]
    context.close()
    assert wrong == []


def faults(page, address: str, path: str, rules: list[str] | None) -> Iterator[str]:
    """What axe says of a page by these of its rules, and whether it is wider than the window."""
    status = page.goto(address + path).status
    if status != (404 if path == "/nowhere" else 200):
        yield f"{path}: {status}"
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = page.evaluate("(options) => axe.run(document, options)", options)
    for one in found["violations"]:
        if one["impact"] in ("serious", "critical"):
            for node in one["nodes"]:
                yield f"{path}: {one['id']} {node['html'][:160]} {node['failureSummary']}"
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        yield f"{path}: wider than the window"


def test_axe_does_find_what_is_wrong(browser, address):
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"data:,\">'")
    found = page.evaluate("axe.run(document)")
    assert "image-alt" in [one["id"] for one in found["violations"]]
    context.close()


def test_all_with_the_keyboard(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    page.keyboard.type("boat jk/")  # in the box these are letters
    assert page.input_value("main input[type=search]") == "boat jk/"
    page.fill("main input[type=search]", "boat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=boat")
    titles = page.locator("[data-open]").all_inner_texts()
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        assert page.inner_text(":focus") == titles[place]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    assert page.inner_text("h1") in titles


def test_without_scripts(browser, address, complaints):
    context = browser.new_context(java_script_enabled=False)
    complaints.watch(context)
    page = context.new_page()
    page.goto(address)
    page.fill("main input[type=search]", '"insufferable about it"')
    follow(page, "main button")
    follow(page, "[data-open] >> nth=0")
    assert page.inner_text("h1") == "The cost of a night boat"
    follow(page, ".who[aria-label*=Keel] >> nth=0")
    assert "How it was read" in page.inner_text("main")
    follow(page, ".lead a")
    assert page.inner_text("h1") == "Bronagh Keel"
    follow(page, "text=about this quotation >> nth=0")
    page.click("text=Cite this quotation")
    assert "Islander" in page.inner_text("#text-chicago")
    assert page.locator("button:visible").all_inner_texts() == ["Search"]  # none that cannot copy
    context.close()
    assert complaints.none()


def test_each_page_says_where_it_is(page, address):
    titles = set()
    for path in PAGES[:-1]:
        page.goto(address + path)
        assert page.locator("h1").count() == 1, path
        assert page.get_attribute("html", "lang") == "en"
        titles.add(page.title())
    assert len(titles) >= len(PAGES) - 5  # the tabs of a search share theirs


def sign_in(page, address: str) -> None:
    """Sign in as whoever has the token."""
    page.goto(f"{address}/sign-in")
    page.fill("input[name=token]", TOKEN)
    follow(page, "main button")
    page.wait_for_selector("text=Signed in")


def save(page, name: str) -> None:
    """Save the search that the page shows."""
    page.click("summary:has-text('Save')")
    page.fill("form[action$=save-search] input[name=name]", name)
    follow(page, "form[action$=save-search] button")
