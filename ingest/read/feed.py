"""The feed reader: RSS 0.9 to 2.0 and Atom, every entry a capture of its own.

Our own few lines on lxml instead of feedparser: that one reads `2016/6/29 15:07:41` as 1 November
2016, drops `Mo, 25 Jun 2018`, and its sanitiser takes most of its time for markup that is turned
into text here anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ingest.article import Capture, Fact
from ingest.byline import read_byline
from ingest.errors import EntryWithoutText, IngestError, NoArticle
from ingest.read import blogs
from ingest.read.entry import content_of, line_of, xml_attribute
from ingest.read.fragment import blocks_capture, date_in
from ingest.read.place import Place
from ingest.read.record import unpublished
from ingest.read.xml import child, local, parse_xml, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,1000}\?>\s*|<!--.{0,4000}?-->\s*|<!DOCTYPE\s[^>\[]{0,500}>\s*)*"
    rb"<(?:[a-z]+:)?(?:rss|rdf|feed)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = re.compile(
    rb"<rss[\s>]|purl\.org/rss|netscape\.com/rdf|www\.w3\.org/2005/Atom|purl\.org/atom"
)
_MAIL_NAME = re.compile(r"\s*\S+@\S+\s+\((?P<name>[^)]+)\)\s*")
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_HEAD_OF_PAGE = 200_000  # bytes
_PUBLISHED = ("pubdate", "published", "issued", "created", "date")
_CHANGED = ("updated", "modified")
# A summary under this many words is a teaser of an article that stands elsewhere.
_FEW_WORDS = 120


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as RSS, RDF with RSS in it, or Atom."""
    head = _narrow(head)
    return _ROOT.match(head) is not None and _NAMES.search(head) is not None


def linked_feed(page: bytes, where: str) -> str | None:
    """The address of the feed that a page of HTML at `where` names in its head, if it does."""
    from ingest.read.encoding import decode_html
    from ingest.read.html import parsed

    root = parsed(decode_html(page[:_HEAD_OF_PAGE])[0])
    for link in root.iter("link") if root is not None else ():
        alternate = "alternate" in (link.get("rel") or "").lower().split()
        if alternate and (link.get("type") or "").strip().lower() in _TYPES:
            try:
                return str(urljoin(where, (link.get("href") or "").strip()))
            except ValueError:
                return None
    return None


def _narrow(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").replace(b"\0", b"")


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture for each entry, in the order of the feed. Raises UnreadableFile, NoArticle."""
    root = parse_xml(place.read(), place.source, "feed", place.charset)
    channel = child(root, "channel")
    if channel is None:
        channel = root
    about = tuple(_about_feed(channel))
    names = blogs.accounts(channel)
    count = drafts = 0
    for entry in root.iter("{*}item", "{*}entry"):
        count += 1
        standing = blogs.standing(entry)
        if standing == "published":
            yield _entry(place, entry, (*about, *blogs.writer(entry, names)), count)
        drafts += standing == "draft"
        entry.clear(keep_tail=True)
    if drafts:
        yield unpublished(place.source, drafts)
    if not count:
        raise NoArticle(place.source, "this feed has no entries; fetch it again")


def _about_feed(channel: _Element) -> Iterator[Fact]:
    if title := line_of(child(channel, "title")):
        yield Fact("publisher", title, "title of the feed", 0.5)
    language = words_of(child(channel, "language")) or xml_attribute(channel, "lang")
    if language:
        yield Fact("language", language, "language of the feed", 0.6)
    if rights := line_of(child(channel, "copyright", "rights")):
        yield Fact("rights", rights[:300], "rights of the feed", 0.6)


def _entry(
    place: Place, entry: _Element, about: tuple[Fact, ...], number: int
) -> Capture | IngestError:
    link = _link(entry, place.url or "")
    key = words_of(child(entry, "guid", "id")) or link or str(number)
    html, summary = content_of(entry)
    facts = [*_about_entry(entry, link), *about]
    title = next((fact.value for fact in facts if fact.field == "title"), "")
    parts = html or summary
    if not html and summary and sum(len(words.split()) for _, words in summary) < _FEW_WORDS:
        # Stored for what it says, but never to be taken for the article itself.
        facts.append(Fact("paywall", "summary only", "entry of the feed without content", 0.7))
    name = " ".join(key.split())[:300]
    if not parts:
        return EntryWithoutText(
            f"{place.source}!{name}",
            "this entry of the feed has a title at most, and no text",
            link or "",
        )
    data = "\n".join([link or "", title, *(words for _, words in parts)]).encode(
        "utf-8", "surrogatepass"
    )
    try:
        inside = place.member(name, data, url=link, facts=place.facts)
    except IngestError as error:
        return error
    raw = _raw(entry, place.url or "")
    capture = blocks_capture(
        inside, parts, tuple(facts), format="feed", title=title, data=data, raw=raw
    )
    return replace(capture, carried=(*inside.facts, *about))


def _raw(entry: _Element, where: str) -> bytes:
    """The entry as a feed of its own, so that it can be read again by itself."""
    from lxml import etree

    kept = bytes(etree.tostring(entry, encoding="utf-8", with_tail=False))
    # What its links are relative to stands on the feed.
    base = f' xml:base="{escape(found)}"' if (found := _base(entry, where)) else ""
    return f'<rss version="2.0"{base}><channel>'.encode() + kept + b"</channel></rss>"


def _about_entry(entry: _Element, link: str | None) -> Iterator[Fact]:
    if title := line_of(child(entry, "title")):
        yield Fact("title", title, "title of the entry", 0.9)
    if link:
        yield Fact("url", link, "link of the entry", 0.9)
    yield from _authors(entry)
    for field, names, weight in (("published", _PUBLISHED, 0.9), ("modified", _CHANGED, 0.8)):
        for name in names:
            if (value := date_in(words_of(child(entry, name)))) is not None:
                yield Fact(field, value, f"{name} of the entry", weight)  # type: ignore[arg-type]
                break
    if (fact := blogs.changed(entry)) is not None:
        yield fact
    # Atom demands "updated" only: where it stands alone it is all that is known.
    changed = words_of(child(entry, *_CHANGED)) if child(entry, *_PUBLISHED) is None else ""
    if (value := date_in(changed)) is not None:
        yield Fact("published", value, "updated of the entry", 0.3)
    for element in entry:
        if local(element) not in ("category", "subject") or blogs.is_kind(element):
            continue
        if word := (element.get("label") or element.get("term") or line_of(element)):
            yield Fact("tag", word[:100], "category of the entry", 0.5)
    source = child(entry, "source")
    name = line_of(child(source, "title")) or line_of(source) if source is not None else ""
    if name:
        yield Fact("publisher", name, "source of the entry", 0.7)
    if language := words_of(child(entry, "language")) or xml_attribute(entry, "lang"):
        yield Fact("language", language, "language of the entry", 0.8)
    if rights := line_of(child(entry, "rights")):
        yield Fact("rights", rights[:300], "rights of the entry", 0.7)


def _authors(entry: _Element) -> Iterator[Fact]:
    for element in entry:
        name = local(element)
        if name not in ("author", "creator"):
            continue
        inner = child(element, "name")
        words = line_of(inner if inner is not None else element)
        if found := _MAIL_NAME.fullmatch(words):
            words = found["name"]  # RSS 2.0: "desk@example.org (Alda Marsh)"
        if not words or "@" in words:
            continue
        read = read_byline(f"by: {words}") or read_byline(f"By {words}")
        for author in read.authors if read and read.authors else (words,):
            yield Fact("author", author, f"{name} of the entry", 0.8)
        yield Fact("byline", words, f"{name} of the entry", 0.5)
        if read and read.agency:
            yield Fact("agency", read.agency, f"{name} of the entry", 0.7)


def _link(entry: _Element, where: str) -> str | None:
    """The page of the entry; a relative link is read from `where` the feed is."""
    found = ""
    for element in entry:
        name, rel = local(element), element.get("rel") or "alternate"
        if name == "link" and rel == "alternate" and not found:
            found = (element.get("href") or words_of(element)).strip()
        elif name == "origlink":
            found = words_of(element)  # behind a feed service's own address
            break
    guid = child(entry, "guid")
    if not found and guid is not None and (guid.get("isPermaLink") or "true").lower() == "true":
        found = words_of(guid)
    try:
        found = urljoin(_base(entry, where), found) if found else ""
    except ValueError:
        return None
    return found if re.match(r"https?://[^\s]+\Z", found) else None


def _base(entry: _Element, where: str) -> str:
    """What links of the entry are relative to: what the feed says, or else `where` it is."""
    said = next((b for e in (entry, *entry.iterancestors()) if (b := xml_attribute(e, "base"))), "")
    try:
        return urljoin(where, said)
    except ValueError:
        return where
