"""What a page's markup says of its article: JSON-LD, meta tags, microdata, visible text.

Every place that says something gives a Fact with its own weight; `ingest/settle.py` says which is
believed. The weights were set by hand, after how often each place was right on the 91 pages of
`../shared/pages` that have gold for it. Those of titles were picked from a grid over both halves
of them: picked on one half, they got .86 and .88 of the titles on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from urllib.parse import urljoin

from lxml.html import HtmlElement

from ingest.article import Fact, FactField
from ingest.names import is_publisher
from ingest.read.jsonld import Node, article_nodes, people_of, text_of
from ingest.read.metanames import META
from ingest.read.stamps import stamp
from ingest.read.visible import visible_facts

_MOST_META = 2_000
_MOST_NODES = 5
_LONGEST = 1_000  # characters of a value; a longer one is a text

_LD_ARTICLE, _LD_OTHER = 0.9, 0.6
_NO_ADDRESS = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)


def page_facts(
    root: HtmlElement, url: str | None = None, *, is_book: bool = False
) -> tuple[Fact, ...]:
    """What the page says of its article, in the order JSON-LD, meta, links, visible text.

    Relative addresses are read against `url` or the page's own base. Of a page of the size of a
    book not every corner is searched for a date.
    """
    facts = [*_from_json_ld(root), *_from_meta(root), *_from_links(root), *visible_facts(root)]
    if not is_book and _is_date_open(facts):
        facts += _from_htmldate(root)
    facts += _after_the_bar(facts)
    base = url or next((fact.value for fact in facts if fact.field == "url"), "")
    return tuple(_unique(_absolute(fact, base) for fact in facts))


def _is_date_open(facts: list[Fact]) -> bool:
    """Whether the page does not say surely when it was published, or says different days."""
    claims = [fact for fact in facts if fact.field == "published" and fact.weight >= 0.5]
    sure = any(fact.weight >= 0.8 for fact in claims)
    return not sure or len({fact.value[:10] for fact in claims}) > 1


def _from_htmldate(root: HtmlElement) -> Iterator[Fact]:
    """The voice of htmldate, which looks in places that nothing here does: addresses, scripts."""
    from htmldate import find_date

    try:
        found = find_date(deepcopy(root), original_date=True)
    except (ValueError, OverflowError, RecursionError, AttributeError, TypeError):
        return
    # It says 1 January where a page has no more than a year.
    if found and not found.endswith("-01-01"):
        yield Fact("published", found, "htmldate", 0.3)


def _after_the_bar(facts: list[Fact]) -> Iterator[Fact]:
    """The site's name from the title of the page, where a heading is what stands before it."""
    page = next((f.value for f in facts if f.origin == "title of the page"), "")
    for fact in facts:
        rest = page[len(fact.value) :]
        if fact.field == "title" and page.startswith(fact.value):
            found = re.fullmatch(r"(?:\s+[|–—-]\s+|\s*[|｜_]\s*)([^|｜_–—]{2,40})", rest)
            if found and not found[1][0].islower():
                yield Fact("publisher", found[1], "title of the page, after the bar", 0.3)
                return
    # Without a heading to compare with, only what is surely a paper's name is one.
    last = re.search(r"\s+[|–—-]\s+([^|–—]{4,40})\Z", page)
    if last and is_publisher(last[1]) and not any(fact.field == "publisher" for fact in facts):
        yield Fact("publisher", last[1], "title of the page, after the bar", 0.2)


def _unique(facts: Iterator[Fact]) -> Iterator[Fact]:
    seen = set()
    for fact in facts:
        key = (fact.field, fact.value, fact.origin)
        if fact.value and key not in seen and len(fact.value) <= _LONGEST:
            seen.add(key)
            yield fact


def _absolute(fact: Fact, base: str) -> Fact:
    if fact.field != "url" or fact.value.startswith("http"):
        return fact
    try:
        return Fact("url", urljoin(base, fact.value), fact.origin, fact.weight)
    except ValueError:
        return Fact("url", "", fact.origin, 0)


def _from_meta(root: HtmlElement) -> Iterator[Fact]:
    for count, meta in enumerate(root.iter("meta")):
        if count >= _MOST_META:
            return
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        known = META.get(name.strip().lower())
        item = meta.get("itemprop")
        origin = f"meta {name}"
        if known is None and item:
            known = _ITEMS.get(item.strip().lower())
            origin = f"meta itemprop {item}"
        if known is None:
            continue
        value = " ".join(unescape(meta.get("content") or "").split())
        value = value.removeprefix("@") if known[0] == "publisher" else value
        yield from _fact(known[0], value, origin, known[1])


_ITEMS: dict[str, tuple[FactField, float]] = {
    "headline": ("title", 0.6),
    "datepublished": ("published", 0.8),
    "datemodified": ("modified", 0.8),
    "inlanguage": ("language", 0.6),
    "articlesection": ("section", 0.7),
}


def _from_links(root: HtmlElement) -> Iterator[Fact]:
    for link in root.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        if "canonical" in rel and link.get("href"):
            yield Fact("url", link.get("href", "").strip(), "link canonical", 0.9)
        elif "amphtml" in rel and link.get("href"):
            yield Fact("url", link.get("href", "").strip(), "link amphtml", 0.3)
    for link in root.xpath("//a[contains(@class, 'p-canonical')]/@href")[:1]:
        yield from _fact("url", str(link), "canonical link in the page", 0.8)
    if language := root.get("lang") or root.get("xml:lang"):
        yield from _fact("language", language, "html lang", 0.7)


def _from_json_ld(root: HtmlElement) -> Iterator[Fact]:
    scripts = [
        script.text or ""
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]
    nodes = article_nodes(scripts)[:_MOST_NODES]
    shown = _words(" ".join(_titles_shown(root)))
    alike = [_overlap(_words(text_of(node.get("headline")) or ""), shown) for node in nodes]
    # Lists of other articles use the same vocabulary: the one that the page is about is the one
    # whose headline it shows.
    best = max(range(len(nodes)), key=lambda at: (alike[at] >= 0.5, -at), default=0)
    for number, node in enumerate(nodes):
        yield from _from_node(node, 1.0 if number == best else 0.5 if alike[number] else 0.1)


def _titles_shown(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("title", "h1"):
        yield "".join(element.itertext())
    for meta in root.iter("meta"):
        if meta.get("property") == "og:title":
            yield meta.get("content") or ""


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()[:2_000]))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one) if one else 0.0


def _from_node(node: Node, share: float) -> Iterator[Fact]:
    sure = _LD_ARTICLE if node.get("headline") else _LD_OTHER
    plain: tuple[tuple[str, FactField, float], ...] = (
        ("headline", "title", 0.8),
        ("name", "title", 0.4),
        ("datePublished", "published", sure),
        ("dateCreated", "published", sure - 0.4),
        ("dateModified", "modified", sure),
        ("articleSection", "section", 0.7),
        ("inLanguage", "language", 0.6),
        ("publisher", "publisher", 0.7),
        ("url", "url", 0.6),
        ("copyrightNotice", "rights", 0.6),
    )
    for key, field, weight in plain:
        if value := text_of(node.get(key)):
            yield from _fact(field, value, f"JSON-LD {key}", weight * share)
    for name, kind in people_of(node.get("author") or node.get("creator") or []):
        what = f" ({kind})" if kind and kind != "Person" else ""
        yield from _fact("author", name, f"JSON-LD author{what}", sure * share)
    if str(node.get("isAccessibleForFree")).lower() == "false":
        yield Fact("paywall", "not free", "JSON-LD isAccessibleForFree", 0.8 * share)


def _fact(field: FactField, value: str, origin: str, weight: float) -> Iterator[Fact]:
    """A fact in the form that its field has; none where the value is no such thing."""
    if not value or len(value) > _LONGEST:
        return
    if field in ("published", "modified"):
        value = stamp(value) or ""
    elif field in ("author", "section", "publisher") and _NO_ADDRESS.match(value):
        return
    elif field == "language":
        code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", value)
        value = code.group().lower() if code else ""
    if value:
        yield Fact(field, value, origin, weight)
