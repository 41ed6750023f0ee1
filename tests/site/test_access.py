"""Everybody can read the pages: with a screen reader, a phone, the keyboard, without scripts.

axe-core looks at every page in light and dark, on a desk and on a phone. It is put into the page
by the browser's own door: our pages let no script of a stranger run.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests.site.browsing import serving

AXE = files("axe_playwright_python").joinpath("axe.min.js")
PAGES = [
    "/", "/search?q=boat+OR+harbour", "/search?q=boat&tab=paragraphs", "/search?q=boat&tab=quotes",
    "/search?q=arkwright&tab=people", "/search?q=qwertz", "/article/1", "/article/1?q=boat",
    "/article/1/changes/2", "/article/1/quote/1", "/article/1/quote/1/cite", "/article/1/cite",
    "/speaker/1", "/speakers", "/speakers?name=qwertz", "/help", "/nowhere",
]  # fmt: skip


@pytest.fixture(scope="module")
def address(revised_archive: Path) -> Iterator[str]:
    with serving(revised_archive) as found:
        yield found


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser, address, scheme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    page = context.new_page()
    wrong = []
    for path in PAGES:
        page.goto(address + path)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        wrong += [
            f"{path}: {one['id']} ({one['impact']}) {node['html'][:160]} {node['failureSummary']}"
            for one in found["violations"] if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]  # fmt: skip
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{path}: wider than {width}")
    context.close()
    assert wrong == []
