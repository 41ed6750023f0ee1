"""What a reader of the page sees of its facts: heading, byline, dates, the site's own title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from ingest.article import Fact
from ingest.byline import read_byline
from ingest.credits import read_pieces
from ingest.read.stamps import stamp
from ingest.rights import read_rights

Texts = list[tuple[Any, HtmlElement]]

_BYLINE = re.compile(
    r"(?<![a-z])(?:by-?lines?|authors?|writers?|reporters?|contributors?)(?![a-z])", re.I
)
_NO_BYLINE = re.compile(
    r"comment|related|recirc|bio\b|about|card|promo|teaser|widget|sidebar|footer|more-from|avatar"
    r"|image|photo|social|follow|date|time|popular|latest|list-item|role|title|desc",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(("aside", "nav", "footer", "figure", "form", "script", "style", "noscript"))
_UNSEEN = ("script", "style", "noscript")
_NO_SIGN = frozenset(("meta", "link", "script", "body", "html", "img", "input"))
_LONGEST_BYLINE = 200  # characters
_SURE = {"byline": 0.6, "rel author": 0.6, "itemprop author": 0.7, "p-author": 0.7, "address": 0.4}
_PROMPT = re.compile(
    r"(?:subscribe|log ?in|sign ?in|register|sign ?up|become a (?:subscriber|member))\b.{0,60}"
    r"\bto (?:continue|keep|finish) reading|(?:to|and) (?:continue|keep) reading\b.{0,60}"
    r"\b(?:subscribe|log ?in|sign ?in|register)|(?:this|the full) (?:article|story|content) is "
    r"(?:only )?(?:for|available to|reserved for|exclusive to) (?:\w+ )?(?:subscribers|members)|"
    r"(?:already|not) a subscriber\?|(?:reached|used|hit) (?:your|all|the) .{0,40}\bfree articles",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"[来來]源\s*[:：]\s*([^\s|｜]{2,20})")
_WRITER = re.compile(r"(?:作者|[记記]者)\s*[:：]\s*([^\s|｜:：]{2,12})")
# Looked for by libxml2 first: it is many times as quick as going over every element.
_TEXT_PATH = (
    "//body//text()[contains(., '©') or contains(., 'reading') or contains(., 'ubscriber') or "
    "contains(., 'available to') or contains(., '来源') or contains(., '作者') or "
    "contains(., '來源') or contains(., '记者：') or contains(., '記者：') or "
    "contains(., 'ree articles') or starts-with(normalize-space(.), 'By ')]"
)
# What the attributes of a byline's element hold; most elements are done with after this search.
_HINT = re.compile(r"uthor|AUTHOR|y-?line|riter|eporter|ontributor|creator")
_MOST_TEXTS = 200
_MOST_TIMES = 3  # those further down are of other articles


def visible_facts(root: HtmlElement) -> Iterator[Fact]:
    """Facts from what the page shows, each where it was seen."""
    title = next(iter(root.iter("title")), None)
    if title is not None and (words := _joined(title)):
        yield Fact("title", words, "title of the page", 0.2)
    headings = [text for h in root.iter("h1") if (text := _joined(h)) and len(text) < 400]
    for text in headings[:3]:
        yield Fact("title", text, "heading in the page", 0.6 if len(headings) == 1 else 0.4)
    yield from _bylines(root)
    yield from _times(root)
    texts = [
        (found, parent)
        for found in root.xpath(_TEXT_PATH)[:_MOST_TEXTS]
        if isinstance((parent := found.getparent()).tag, str) and parent.tag not in _UNSEEN
    ]
    yield from _rights(texts)
    yield from _prompts(texts)
    yield from _plain_bylines(texts)
    yield from _chinese_line(texts)


def _rights(texts: Texts) -> Iterator[Fact]:
    """The line with the sign of copyright: who holds the rights, and since which year."""
    seen = 0
    for found, parent in texts:
        if "©" not in found:
            continue
        text = _joined(parent) if len(parent.text or "") < 300 else " ".join(found.split())
        if len(text) > 400 or (rights := read_rights(text)) is None:
            continue
        if rights.text:
            yield Fact("rights", rights.text, "rights line of the page", 0.4 - 0.1 * seen)
        if rights.holder and len(rights.holder) <= 60:
            yield Fact("publisher", rights.holder, "rights line of the page", 0.3)
        if rights.distributor:
            yield Fact("distributor", rights.distributor, "rights line of the page", 0.5)
        if rights.year:
            yield Fact("published", rights.year, "rights line of the page", 0.05)
        if (seen := seen + 1) == 3:
            return


def _prompts(texts: Texts) -> Iterator[Fact]:
    """Words that ask for a subscription before the article goes on."""
    for found, _ in texts:
        text = " ".join(found.split())
        if len(text) <= 200 and _PROMPT.search(text):
            yield Fact("paywall", text, "words in the page", 0.5)
            return


def _chinese_line(texts: Texts) -> Iterator[Fact]:
    """The line that says when, from where and by whom: "2024-03-05 来源：东湾日报 作者：李明"."""
    for found, _ in texts:
        source, writer = _SOURCE.search(found), _WRITER.search(found)
        if len(found) <= 120 and (source or writer):
            if source:
                yield Fact("publisher", source[1], "source line of the page", 0.4)
            if writer:
                yield Fact("author", writer[1], "source line of the page", 0.6)
            return


def _plain_bylines(texts: Texts) -> Iterator[Fact]:
    """The first line that says that it is a byline, whatever its element is called."""
    for found, parent in texts:
        if not found.lstrip().startswith("By ") or len(found) > _LONGEST_BYLINE:
            continue
        line = _joined(parent)
        if len(line) > _LONGEST_BYLINE or _is_outside(parent):
            continue
        if (byline := read_byline(line)) is not None and byline.authors:
            yield Fact("byline", line, "line with “By”", 0.6)
            for name in byline.authors:
                yield Fact("author", name, "line with “By”", 0.6)
            return


def _joined(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _bylines(root: HtmlElement) -> Iterator[Fact]:
    seen: set[str] = set()
    for element in root.iter(etree.Element):
        tag = element.tag
        if tag in _NO_SIGN or (tag != "address" and not _HINT.search(" ".join(element.values()))):
            continue
        why = _byline_sign(element)
        if why is None or (why != "p-author" and _is_outside(element)):
            continue
        text = _joined(element)
        if not 3 <= len(text) <= _LONGEST_BYLINE or text in seen or "@" in text:
            continue
        seen.add(text)
        origin = "byline in the page" if why == "byline" else f"{why} in the page"
        weight = _SURE[why] if read_byline(text) is None else 0.9
        yield Fact("byline", text, origin, weight)
        credit = read_pieces(_pieces(element))
        for name in credit.people or credit.bodies[:1]:
            yield Fact("author", name, f"{origin} ({len(seen)})", weight)
        if len(seen) >= 12:
            return


def _pieces(element: HtmlElement) -> list[str]:
    return [piece for text in element.itertext() if (piece := " ".join(text.split()))]


def _byline_sign(element: HtmlElement) -> str | None:
    if element.tag == "a" and "author" in (element.get("rel") or "").split():
        return None if (element.get("href") or "").startswith("mailto:") else "rel author"
    if "p-author" in (element.get("class") or "").split():
        return "p-author"  # microformats: Medium's export has it in the footer
    item = element.get("itemprop") or ""
    if item in ("author", "creator"):
        return "itemprop author"
    names = (
        f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
    )
    if _BYLINE.search(names) and not _NO_BYLINE.search(names):
        return "byline"
    return "address" if element.tag == "address" else None


def _is_outside(element: HtmlElement) -> bool:
    at = element
    for _ in range(12):
        if at is None:
            return False
        if at.tag in _OUTSIDE:
            return True
        at = at.getparent()
    return False


def _times(root: HtmlElement) -> Iterator[Fact]:
    seen = 0
    for element in root.iter("time"):
        if _is_outside(element):
            continue
        if seen >= _MOST_TIMES:
            return
        value = element.get("datetime") or _joined(element)[:80]
        read = stamp(value) if value else None
        if read is None:
            continue
        seen += 1
        said = f"{element.get('itemprop') or ''} {element.get('class') or ''} {_before(element)}"
        changed = re.search(r"modif|updat|aktualis|actualiz|mis à jour", said, re.IGNORECASE)
        yield Fact(
            "modified" if changed else "published",
            read,
            "time in the page" if seen == 1 else f"time in the page ({seen})",
            0.6 if seen == 1 else 0.2,
        )


def _before(element: HtmlElement) -> str:
    parent = element.getparent()
    text = (parent.text or "") if parent is not None else ""
    return f"{text} {element.text or ''}"[:60]
