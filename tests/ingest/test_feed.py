"""Feeds: every entry is an article with what the feed says of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import IngestError
from ingest.article import Article, Capture
from ingest.errors import NoArticle, UnreadableFile
from ingest.read import feed
from ingest.read.place import Place, read_place
from ingest.recognise import recognise

STORY = (
    "The harbour board voted on Tuesday to close the old ferry berth for good. "
    "“We shall not miss it,” said Alda Marsh, who chairs the board, after the vote. "
)
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Harbour Gazette</title><language>en-gb</language>
<item><title>Ferry loses its berth &amp;amp; more</title><link>https://gazette.example/ferry</link>
<guid isPermaLink="false">tag-1</guid><dc:creator>Joss Amberley and Col Reed</dc:creator>
<pubDate>Wed, 03 Mar 2021 16:15:00 +0100</pubDate><category>Transport</category>
<description>In short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><h2>What is next</h2><ul><li>A new berth.</li></ul>
<blockquote><p>Nobody asked us.</p></blockquote>]]></content:encoded></item>
<item><title>Short notice</title><link>https://gazette.example/short</link>
<description>The bridge is closed today, the council said on its page.</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gazette.example/">
<title type="text">Gazette</title><entry><title type="html">A &lt;b&gt;new&lt;/b&gt; berth</title>
<link rel="alternate" href="berth"/><id>urn:1</id><updated>2021-03-03T16:15:00Z</updated>
<author><name>Alda Marsh</name></author><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p><p>Second.</p></div></content></entry></feed>"""


def captures(text: str | bytes, name: str = "feed.xml") -> list[Capture | IngestError]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_place(Place(name, data=data)))


def articles(text: str) -> list[Article]:
    return [recognise(found)[0] for found in captures(text) if isinstance(found, Capture)]


def test_every_entry_is_an_article_with_its_facts():
    full, short = articles(RSS)
    assert full.title == "Ferry loses its berth & more"
    assert full.capture.source == "feed.xml!tag-1"
    assert full.url == "https://gazette.example/ferry"
    assert full.authors == ("Joss Amberley", "Col Reed")
    assert full.published is not None
    assert full.published.value == "2021-03-03T16:15:00+01:00"
    assert (full.publisher, full.language) == ("The Harbour Gazette", "en-gb")
    kinds = [paragraph.kind for paragraph in full.paragraphs]
    assert kinds == ["text", "heading", "list_item", "block_quote"]
    assert not full.paywalled
    assert short.paywalled  # a summary is kept, and marked


def test_atom_with_elements_and_a_relative_link():
    (found,) = articles(ATOM)
    assert (found.title, found.url) == ("A new berth", "https://gazette.example/berth")
    assert [p.text for p in found.paragraphs] == [STORY.strip(), "Second."]
    assert found.published is not None
    assert found.published.value == "2021-03-03T16:15:00Z"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2016/6/29 15:07:41", "2016-06-29T15:07:41"),
        ("Mo, 25 Jun 2018", "2018-06-25"),
        ("Mon, 25 Jun 2018 09:00 GMT", "2018-06-25T09:00:00Z"),
        ("2018-06-25", "2018-06-25"),
    ],
)
def test_dates_that_other_readers_get_wrong(written: str, value: str):
    found = articles(RSS.replace("Wed, 03 Mar 2021 16:15:00 +0100", written))[0]
    assert found.published is not None
    assert found.published.value.removesuffix("+00:00").removesuffix("Z") in (
        value.removesuffix("Z"),
        value.removesuffix(":00Z"),
    )


def test_a_zone_beyond_all_calendars_is_no_date():
    # Found by fuzzing.
    found = articles(RSS.replace("+0100", "+99999999999"))[0]
    assert found.paragraphs


def test_a_feed_cut_off_gives_what_is_there():
    found = captures(RSS[: RSS.index("<item><title>Short") + 20])
    assert isinstance(found[0], Capture)


def test_a_declared_charset_is_heeded():
    data = RSS.replace("utf-8", "iso-8859-1").replace("Alda", "Ålda").replace("“", '"')
    first = captures(data.replace("”", '"').encode("latin-1"))[0]
    assert isinstance(first, Capture)
    assert "Ålda Marsh" in first.text


@pytest.mark.parametrize(
    "bad",
    [
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
    ],
)
def test_entities_are_refused(bad: str):
    with pytest.raises(UnreadableFile, match="declares entities"):
        list(feed.read(Place("feed.xml", data=bad.encode())))


def test_a_feed_without_entries():
    with pytest.raises(NoArticle, match="no entries"):
        captures('<rss version="2.0"><channel><title>Gazette</title></channel></rss>')


def test_an_entry_without_text_takes_down_only_itself():
    bad, good = captures(RSS.replace("<![CDATA[", "<!--").replace("]]>", "-->")
                         .replace("In short.", ""))  # fmt: skip
    assert isinstance(bad, NoArticle)
    assert "\n" not in str(bad)
    assert isinstance(good, Capture)


def test_deep_and_long_entries_are_read_in_bounds():
    deep = RSS.replace("<p>", "<div>" * 20_000)
    many = RSS.replace("<li>A new berth.</li>", "<li>Berth.</li>" * 20_000)
    start = time.monotonic()
    for text in (deep, many):
        assert captures(text)
    assert time.monotonic() - start < 10


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=60), st.integers(0, len(RSS)), st.sampled_from([RSS, ATOM]))
def test_whatever_is_in_it_no_other_error_comes(junk: bytes, at: int, base: str):
    data = base.encode()
    try:
        for found in feed.read(Place("feed.xml", data=data[:at] + junk + data[at + len(junk) :])):
            assert isinstance(found, (Capture, IngestError))
    except IngestError as error:
        assert "\n" not in str(error)  # noqa: PT017
