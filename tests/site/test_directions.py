"""Texts that run from right to left, and pages that say in which language their words are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.archive import Archive
from db.site.foreign import lang
from tests.site.browsing import serving
from tests.site.small import made

HEBREW = replace(
    made(
        "הנמל נפתח מחדש",
        "ראש העיר פתח ביום ראשון את הנמל החדש.",
        "«הנמל שייך לכולם», נאמר שם.",
        quotes=(("הנמל שייך לכולם", None, None),),
        published="2023-05-12",
    ),
    language="he",
)
PLAIN = made("Ferry to stop at noon", "The ferry is old.", "Rob went home.")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("directions") / "news.db"
    with Archive.open(path) as archive:
        archive.add("/1.html", [HEBREW])
        archive.add("/2.html", [replace(PLAIN, language='en" onclick="x')])
    with serving(str(path)) as address:
        yield address


def directions(page, selector):
    return page.eval_on_selector_all(
        selector, "(all) => all.map((one) => getComputedStyle(one).direction)"
    )


def test_a_text_runs_as_its_letters_do_and_ours_goes_on_from_left_to_right(page, address):
    page.goto(f"{address}/article/1")
    assert directions(page, "h1, .body > p") == ["rtl", "rtl", "rtl"]
    assert (
        directions(page, "p.from, aside h2") == ["ltr"] * page.locator("p.from, aside h2").count()
    )
    page.goto(f"{address}/article/1/quote/1")
    assert directions(page, "h1, main blockquote") == ["rtl", "rtl"]
    page.goto(f"{address}/article/2")
    assert directions(page, "h1, .body > p") == ["ltr", "ltr", "ltr"]


def test_words_say_in_which_language_they_are(page, address):
    page.goto(f"{address}/article/1")
    assert page.get_attribute(".body", "lang") == "he"
    assert page.get_attribute("h1", "lang") == "he"
    assert page.get_attribute(".body a.who", "lang") == "en"
    page.goto(f"{address}/article/2")
    assert page.get_attribute(".body", "lang") is None
    assert page.get_attribute(".body", "onclick") is None


def test_only_what_is_a_language_is_said():
    assert lang("pt-BR") == ' lang="pt-BR"'
    assert lang("x y") == lang(None) == lang("en>") == ""


def test_an_article_whose_quotations_nobody_claims_is_not_said_to_have_none(page, address):
    page.goto(f"{address}/article/1")
    assert "Nobody was found who says the quotation." in page.inner_text("aside")
    page.goto(f"{address}/article/2")
    assert "Nobody is quoted." in page.inner_text("aside")
