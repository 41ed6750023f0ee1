"""Articles that mean harm: taken in as they come, they run nothing and bend no page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from ingest.cli import cli
from tests.site.browsing import serving

OWN = "window.owned=1;document.title='owned'"
MARKUP = (
    f"<script>{OWN}</script>",
    f'<img src=x onerror="{OWN}">',
    f"</title></script></textarea><svg onload={OWN}>",
    f'"\'><iframe srcdoc="<script>{OWN}</script>"></iframe>',
    f"<a href=\"javascript:{OWN}\">press</a>",
    "{{ 7*7 }} {% for x in [1] %}{{ x }}{% endfor %} ${7*7} <%= 7*7 %>",
    "\u202egnp.exe\u202c \u2066isolated\u2069 \u2069\u202eturned round",
    "nought\x00and \x1b[31mred\x07",
)  # fmt: skip
URLS = (
    f"javascript:{OWN}",
    f"data:text/html,<script>{OWN}</script>",
    f'https://paper.example/"onmouseover="{OWN}"x=\'y',
    "https://paper.example/<script>1</script>",
    "//evil.example/page",
)


def _text(number: int, words: str) -> str:
    return (
        f"{words} stands in the headline\nBy {words}\nMarch {number + 1}, 2021\n\n"
        f"A paragraph with {words} in its middle, and more words so that it is one.\n\n"
        f"“Harbour, {words} is what I said,” said Ada Marrow, the {words} master.\n\n"
        f"“That is all,” said Ada {words} Marrow on Tuesday.\n"
    )


def _html(number: int, words: str, url: str) -> str:
    told = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": f"Page: {words}",
        "author": {"@type": "Person", "name": f"Ada {words}"}, "url": url,
        "publisher": {"@type": "Organization", "name": f"The {words} Paper"},
        "datePublished": "2022-02-03",
    }  # fmt: skip
    body = "".join(
        f"<p>Harbour paragraph {n} of page {number} tells a long story, {words}, of the quay"
        f" where the boats of the harbour are tied up for the winter, one beside the other.</p>"
        f"<p>“The ferry {n} is late,” said Rob {words} Quill.</p>" for n in range(4)
    )  # fmt: skip
    return (
        f"<html><head><title>Page {number}</title><meta charset=utf-8>"
        f"<script type='application/ld+json'>{json.dumps(told).replace('<', chr(92) + 'u003c')}"
        f"</script><link rel=canonical href='{url}'></head>"
        f"<body onload='{OWN}'><article><h1>Page {number}</h1>{body}</article></body></html>"
    )


def _feed() -> str:
    items = "".join(
        f"<item><title><![CDATA[{words}]]></title><link><![CDATA[{url}]]></link>"
        f"<description><![CDATA[<p>Harbour feed {words} says a lot of words in this entry.</p>"
        f"<p>“So it is,” said Zoë {words} Holm.</p>]]></description></item>"
        for words, url in zip(MARKUP[:5], URLS, strict=True)
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>{'&lt;script>1'}</title>"
        f"{items}</channel></rss>"
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of nothing but such articles, through the real command."""
    folder = tmp_path_factory.mktemp("hostile")
    clips = folder / "<b>clips<b> & “more”"
    clips.mkdir()
    for number, words in enumerate(MARKUP):
        (clips / f"{number}.txt").write_text(_text(number, words), encoding="utf-8")
        url = f"{URLS[number % len(URLS)]}#{number}"
        (clips / f"{number}.html").write_text(_html(number, words, url), encoding="utf-8")
    (clips / "feed.xml").write_text(_feed(), encoding="utf-8")
    broken = _text(9, "broken").encode() + b"\n\nA \xff\xfe\xc3\x28 \xed\xa0\x80 paragraph.\n"
    (clips / "broken.txt").write_bytes(broken)
    (clips / "“'><script>owned.txt").write_text(_text(10, "a name of a file"), encoding="utf-8")
    title = f"<html><title>{'<b>' + 'T' * 100_000}</title><body><article><h1>{'T' * 100_000}</h1>"
    story = "".join(f"<p>A long enough paragraph of the story, number {n}.</p>" for n in range(9))
    (clips / "title.html").write_text(f"{title}{story}</article></body></html>", encoding="utf-8")
    records = [
        {"title": words, "text": _text(20 + n, f"record {n} {words}"), "url": URLS[n % len(URLS)],
         "publisher": words * 3, "author": words, "section": words, "published": words}
        for n, words in enumerate(MARKUP)
    ]  # fmt: skip
    (clips / "records.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    archive = folder / "hostile.db"
    arguments = ["ingest", str(clips), "--archive", str(archive)]
    result = CliRunner().invoke(cli, arguments)
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    conn = sqlite3.connect(archive)
    assert conn.execute("SELECT count(*) FROM articles").fetchone()[0] >= 20, result.output
    assert conn.execute("SELECT count(*) FROM quotes").fetchone()[0] > 20
    assert conn.execute("SELECT max(length(title)) FROM articles").fetchone()[0] >= 100_000
    conn.close()
    return archive


@pytest.fixture(scope="module")
def address(hostile: Path) -> Iterator[str]:
    with serving(hostile) as found:
        yield found


def _numbers(archive: Path, sql: str) -> list[int]:
    conn = sqlite3.connect(archive)
    found = [row[0] for row in conn.execute(sql)]
    conn.close()
    return found


def _visit(page, address: str, path: str) -> None:
    response = page.goto(address + path, wait_until="load")
    assert response.status == 200, path
    # Everything that can be pressed or pointed at without leaving.
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("window.owned") is None, path
    assert page.title() != "owned", path
    for link in page.evaluate("Array.from(document.links, (link) => link.protocol)"):
        assert link in ("http:", "https:"), path
    assert page.locator("iframe, object, embed, main script, main style").count() == 0, path


def test_no_page_of_ours_runs_anything_or_grows_wide(page, address, hostile):
    page.set_viewport_size({"width": 360, "height": 700})
    articles = _numbers(hostile, "SELECT id FROM articles")
    speakers = _numbers(hostile, "SELECT DISTINCT person_id FROM quotes WHERE person_id > 0")
    paths = ["/", "/speakers", "/search", "/search?q=harbour"]
    paths += [f"/search?q=harbour&tab={tab}" for tab in ("paragraphs", "quotes", "people")]
    paths += [f"/search?q={quote(words[:60])}&publisher={quote(words[:60])}" for words in MARKUP]
    paths += [f"/article/{number}" for number in articles]
    paths += [f"/article/{number}/cite" for number in articles[::6]]
    paths += [f"/article/{n}/quote/1" for n in _numbers(
        hostile, "SELECT DISTINCT article_id FROM quotes ORDER BY 1 LIMIT 12"
    )]  # fmt: skip
    paths += [f"/speaker/{number}" for number in speakers[:12]]
    for path in paths:
        _visit(page, address, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_no_page_of_datasette_runs_anything(page, address, hostile):
    [quotation] = _numbers(hostile, "SELECT min(id) FROM quotes")
    [person] = _numbers(hostile, "SELECT min(id) FROM people")
    tables = page.request.get(f"{address}/hostile.json?_hidden=1").json()["tables"]
    names = [table["name"] for table in tables if not table["hidden"]]
    for path in (
        "/hostile", *(f"/hostile/{name}" for name in names), "/hostile/articles?_facet=title",
        "/hostile/articles/1", "/hostile/articles/3",
            f"/hostile/quotes/{quotation}", f"/hostile/people/{person}",
        "/hostile?sql=select+title,+url,+publisher,+authors+from+articles",
        "/hostile/search?words=harbour", "/hostile/articles?_search=%3Cscript%3E",
    ):  # fmt: skip
        response = page.goto(address + path)
        assert response.status == 200, path
        assert page.evaluate("window.owned") is None, path
        assert page.title() != "owned", path
        for link in page.evaluate("Array.from(document.links, (link) => link.protocol)"):
            assert link in ("http:", "https:"), path


def test_what_turns_the_text_round_stays_in_its_own_words(page, address, hostile):
    [number] = _numbers(
        hostile, "SELECT min(id) FROM articles WHERE title LIKE '%turned round%' AND byline <> ''"
    )
    page.goto(f"{address}/search?q=turned+round")
    assert page.locator("main").inner_html().count("\u202e") == 0
    page.goto(f"{address}/article/{number}")
    assert "\u202e" not in page.title()
    # The sentence that we write goes on to the right of the name in it.
    words = page.locator("p.from").first
    edges = words.evaluate(
        "(p) => [p.querySelector('bdi, time').getBoundingClientRect().left,"
        " p.querySelector('time').getBoundingClientRect().right]"
    )
    assert edges[0] < edges[1]


def test_lists_for_other_programs_hold_the_words_as_words(page, address):
    for path in ("/search.json?q=harbour", "/search.csv?q=harbour", "/search.atom?q=harbour"):
        response = page.request.get(address + path)
        assert response.status == 200
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "html" not in response.headers["content-type"]
