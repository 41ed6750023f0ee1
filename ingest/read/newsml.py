"""What agencies send: NITF, NewsML 1 and NewsML-G2, an article an item of news.

Elements are known by their names without namespace or capitals, which is all that the dialects of
different agencies share: a headline is `hl1` in NITF, `HeadLine` in NewsML 1, `headline` in G2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import Capture, Fact
from ingest.byline import read_byline
from ingest.errors import IngestError, NoArticle
from ingest.names import is_agency
from ingest.read.fragment import Part, blocks_capture, date_in, fragment_parts, parts_under
from ingest.read.place import Place
from ingest.read.xml import local, parse_xml, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,1000}\?>\s*|<!--.{0,4000}?-->\s*|<!DOCTYPE\s[^>\[]{0,500}(?:\[[^\]]{0,2000}\])?>"
    rb"\s*)*<(?:\w+:)?(?:nitf|newsml|newsItem|newsMessage|newsEnvelope)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_ITEMS = ("newsitem", "nitf")
_TITLES = ("hl1", "headline", "title")
_BYLINES = ("byline", "by")
_PUBLISHED = ("date.issue", "story.date", "firstcreated", "contentcreated", "versioncreated")
_CHANGED = ("thisrevisioncreated", "versioncreated")
_BODIES = ("body.content", "inlinexml", "inlinedata", "datacontent")
# As HTML calls it, so that its blocks are known.
_AS_HTML = {
    "hl1": "h2", "hl2": "h2", "block": "div", "bq": "blockquote", "media": "figure",
    "media-caption": "figcaption", "media-producer": "template", "media-reference": "template",
    "media-metadata": "template", "media-object": "template", "head": "template",
    "body.head": "template", "docdata": "template",
}  # fmt: skip


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as XML of an agency's."""
    return _ROOT.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture for each item, in order. Raises UnreadableFile, NoArticle."""
    root = parse_xml(place.read(), place.source, "item of news", place.charset)
    items = [one for one in root.iter() if local(one) in _ITEMS and not _is_inner(one)]
    for number, item in enumerate(items, 1):
        yield _capture(place, item, number, alone=len(items) == 1)
    if not items:
        raise NoArticle(place.source, "this message holds no item of news; get it again")


def _is_inner(element: _Element) -> bool:
    """Whether it is the text of an item, as NITF in NewsML is."""
    return any(local(outer) in _ITEMS for outer in element.iterancestors())


def _capture(place: Place, item: _Element, number: int, *, alone: bool) -> Capture | IngestError:
    from lxml import etree

    data = bytes(etree.tostring(item, encoding="utf-8", with_tail=False))
    facts = list(_facts(item))
    title = next((fact.value for fact in facts if fact.field == "title"), "")
    key = item.get("guid") or words_of(_first(item, "newsitemid")) or str(number)
    try:
        inside = place if alone else place.member(" ".join(key.split())[:300], data)
    except IngestError as error:
        return error
    parts = _body(item)
    if not parts:
        return NoArticle(inside.source, "this item of news has no text")
    data = place.read() if alone else data
    return blocks_capture(inside, parts, tuple(facts), format="newsml", title=title, data=data)


def _facts(item: _Element) -> Iterator[Fact]:
    for name in _TITLES:
        if title := words_of(_first(item, name)):
            yield Fact("title", title, f"{name} of the item", 0.9)
            break
    yield from _writers(item)
    for field, names in (("published", _PUBLISHED), ("modified", _CHANGED)):
        for name in names:
            element = _first(item, name)
            said = (element.get("norm") or words_of(element)) if element is not None else ""
            if (day := date_in(said)) is not None:
                yield Fact(field, day, f"{name} of the item", 0.9)  # type: ignore[arg-type]
                break
    printed = _first(item, "pubdata")
    if printed is not None and (paper := printed.get("name")):
        yield Fact("publisher", paper, "pubdata of the item", 0.9)
    if printed is not None and (section := printed.get("position.section")):
        yield Fact("section", section, "pubdata of the item", 0.8)
    for name in ("provider", "distributor", "creditline"):
        element = _first(item, name)
        body = words_of(element) or (element.get("literal") if element is not None else "") or ""
        if body and len(body) < 60:
            field = "agency" if is_agency(body) or printed is not None else "publisher"
            yield Fact(field, body, f"{name} of the item", 0.7)  # type: ignore[arg-type]
            break
    place = _first(item, "location")
    if place is None:
        place = _first(item, "dateline")
    if words := words_of(place)[:80]:
        yield Fact("dateline", words.split(",")[0], "dateline of the item", 0.7)
    lang = item.get("{http://www.w3.org/XML/1998/namespace}lang")
    language = _first(item, "language")
    if lang := lang or (language.get("tag") if language is not None else None):
        yield Fact("language", lang, "language of the item", 0.8)
    for name in ("copyrightnotice", "copyrightline", "doc.copyright"):
        element = _first(item, name)
        rights = words_of(element) or (element.get("holder") if element is not None else "") or ""
        if rights:
            yield Fact("rights", rights[:300], f"{name} of the item", 0.7)
            break


def _writers(item: _Element) -> Iterator[Fact]:
    element = next((one for name in _BYLINES if (one := _first(item, name)) is not None), None)
    if element is None:
        return
    people = [words_of(one) for one in element.iter() if local(one) == "person"]
    line = ", ".join(people) or words_of(element)
    read = read_byline(line if line.lower().startswith("by ") else f"By {line}")
    where = f"{local(element)} of the item"
    if line:
        yield Fact("byline", (read and read.text) or line, where, 0.9)
    for name in people or (read.authors if read else ()):
        yield Fact("author", name, where, 0.9)


def _first(item: _Element, name: str) -> _Element | None:
    """The first element of this name that has words or attributes; the page in it not looked at."""
    for found in item.iter():
        if local(found) == name and (found.attrib or words_of(found)):
            if name == "title" and any(local(o) in _BODIES for o in found.iterancestors()):
                continue
            return found
    return None


def _body(item: _Element) -> list[Part]:
    above = _first(item, "hl2")
    lead: list[Part] = []
    if above is not None and any(local(o) == "hedline" for o in above.iterancestors()):
        lead = [("text", words_of(above))]
    for name in _BODIES:
        found = [_parts(one) for one in item.iter() if local(one) == name]
        if any(found):
            return [*lead, *max(found, key=lambda parts: sum(len(words) for _, words in parts))]
    return []


def _parts(body: _Element) -> list[Part]:
    if not len(body):  # plain, or markup written as text
        text = body.text or ""
        return fragment_parts(text if "<" in text else re.sub(r"\n\s*\n", "<br><br>", text))
    for element in body.iter():
        if renamed := _AS_HTML.get(local(element)):
            element.tag = renamed
    return parts_under(body)
