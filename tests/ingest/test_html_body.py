"""Which pieces of a page are its article, of what kind, and what they are kept from."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.article import Article, Capture
from ingest.errors import IngestError
from ingest.read.html import html_capture
from ingest.read.html_blocks import pieces_of
from ingest.read.place import Place
from ingest.recognise import recognise

ONE = "The harbour board of Skerry Sound met on Monday and raised the fares by four per cent."
TWO = "Nobody had asked for it, the minutes say, and nobody on the quay had a good word for it."
THREE = "The last boat of the day will leave at nine, an hour later than it did until now."


def capture(html: str) -> Capture:
    data = f"<!DOCTYPE html><html><head><title>Fares up</title></head><body>{html}</body>".encode()
    return html_capture(Place("page.html", data=data), data)


def read(html: str) -> Article:
    (article,) = recognise(capture(html))
    return article


def outcome(html: str) -> Capture | str:
    """The capture, or the line that says why there is none."""
    try:
        found = capture(html)
        recognise(found)
    except IngestError as error:
        return error.message
    return found


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in article.paragraphs]


def body(*inside: str) -> str:
    return f"<article><h1>Fares up</h1><p>{ONE}</p>{''.join(inside)}<p>{TWO}</p></article>"


def test_kinds():
    article = read(
        body(
            f"<p>{THREE}</p><h2>What it will cost</h2>",
            f"<blockquote><p>{THREE[:-1]}, or so they wrote.</p></blockquote>",
            "<figure><img src=x><figcaption>The quay at Skerry Sound.</figcaption></figure>",
        )
    )
    found = dict(map(reversed, kinds(article)))
    assert article.title == "Fares up"
    assert found["What it will cost"] == "heading"
    assert found[f"{THREE[:-1]}, or so they wrote."] == "block_quote"
    assert found["The quay at Skerry Sound."] == "caption"
    assert found[ONE] == found[TWO] == "text"


def test_breaks_part_paragraphs():
    article = read(f"<article><h1>Fares up</h1><div>{ONE}<br><br>{TWO}<br>{THREE}</div></article>")
    assert [text for _, text in kinds(article)] == [ONE, TWO, THREE]


def test_comments_inside_a_word_do_not_part_it():
    article = read(body(f"<p>{THREE.replace('later', 'la<!-- -->ter')}</p>"))
    assert THREE in [text for _, text in kinds(article)]


def test_what_does_not_show_is_not_read():
    hidden = "Subscribers read this sentence twice, once here and once on the way to the boat."
    article = read(
        body(
            f'<p style="display:none">{hidden}</p><script>"{hidden}"</script>',
            f"<template><p>{hidden}</p></template><nav>{hidden}</nav>",
        )
    )
    assert [text for _, text in kinds(article)] == [ONE, TWO]


def test_links_between_paragraphs_are_furniture():
    article = read(
        body(
            f"<p>{THREE}</p>",
            '<div class="related-links"><a href="/a">Bridge to Skerry is off</a></div>',
        )
    )
    assert [text for _, text in kinds(article)] == [ONE, THREE, TWO]
    assert [f.reason for f in article.furniture] == ["related links"]


def test_blocks_cover_the_text():
    found = capture(body(f"<ul><li>{THREE}</li></ul><p>Share this article</p>"))
    assert found.blocks is not None
    covered = "".join(block.span.of(found.text) for block in found.blocks)
    assert "".join(covered.split()) == "".join(found.text.split())


def test_a_stub_with_its_body_in_the_markup():
    stated = r"\n".join(text * 4 for text in (ONE, TWO, THREE))
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Fares up"'
    article = read(f'{script}, "articleBody": "{stated}"}}</script>{body()}')
    assert [text for _, text in kinds(article)] == [text * 4 for text in (ONE, TWO, THREE)]


def test_a_very_long_page_keeps_all_its_paragraphs():
    started = time.process_time()
    article = read(
        body("".join(f"<p>On day {n} the level was as before.</p>" for n in range(9000)))
    )
    assert len(article.paragraphs) == 9002
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + ONE,
        f"<p {'a' * 2_000_000}>",
        "<b>" * 500_000 + ONE,
        "<a href=x>y " * 30_000,
        f'<div class="{"ad " * 60_000}"><p>{ONE}</p><p>{TWO}</p>',
        "<table>" * 3_000 + ONE,
    ],
    ids=["nested", "attribute", "bold", "links", "classes", "tables"],
)
def test_hostile_markup_ends_in_bounded_time(html: str):
    started = time.process_time()
    outcome(html)
    assert time.process_time() - started < 20


TAGS = st.sampled_from("p div li td h2 br a span blockquote figure table script nav em".split())
MARKUP = st.lists(
    st.one_of(
        TAGS.map(lambda tag: f"<{tag}>"),
        TAGS.map(lambda tag: f"</{tag}>"),
        st.sampled_from([ONE, TWO, "By Ann Other", "© 2024 The Skerry", "&#0;", "<!--", "\x00"]),
        st.text(max_size=12),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(MARKUP)
def test_any_markup_gives_blocks_or_one_line(html: str):
    found = outcome(html)
    if isinstance(found, str):
        assert "\n" not in found
        return
    assert found.blocks is not None
    ends = 0
    for block in found.blocks:
        assert ends <= block.span.start < block.span.end <= len(found.text)
        ends = block.span.end


def test_pieces_count_what_is_linked():
    from lxml.html import document_fromstring

    (piece,) = pieces_of(document_fromstring('<p>See <a href="x">the minutes</a> of it.</p>'))
    assert piece.text == "See the minutes of it."
    assert piece.linked == len("the minutes")
