"""What an entry of a feed says: its text, full or short, and its lines."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from ingest.read import blogs
from ingest.read.fragment import Part, fragment_parts, parts_under
from ingest.read.xml import local, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKUP = re.compile(r"<[a-zA-Z!/]|&(?:#\w+|\w+);")
# Where an article's own text stands, the fullest first.
_FULL = ("encoded", "content", "body", "fulltext")
_SHORT = ("description", "summary", "abstract")


def content_of(entry: _Element) -> tuple[list[Part], list[Part]]:
    """The blocks of the full text and those of the summary; either may be empty."""
    typed = blogs.is_wordpress(entry)
    full = [_parts(e, typed=typed) for name in _FULL for e in entry if local(e) == name]
    short = [_parts(e) for name in _SHORT for e in entry if local(e) == name]
    best = max(full, key=_length, default=[])
    summary = max(short, key=_length, default=[])
    if _length(summary) > _length(best):
        # Many put the whole article into the description.
        best = []
    return best, summary


def _length(parts: list[Part]) -> int:
    return sum(len(words) for _, words in parts)


def _parts(element: _Element, *, typed: bool = False) -> list[Part]:
    if element.get("src") or (element.get("type") or "").startswith(("image/", "video/")):
        return []
    if len(element):  # XHTML as elements
        return parts_under(element)
    text = element.text or ""
    if typed:
        return blogs.typed_parts(text)
    if element.get("type") in ("text", "text/plain") or not _MARKUP.search(text):
        lines = re.split(r"\n\s*\n", text)
        return [("text", " ".join(line.split())) for line in lines if line.strip()]
    return fragment_parts(text)


def line_of(element: _Element | None) -> str:
    """A title or a name: titles often hold markup, escaped once or twice."""
    words = words_of(element)
    if _MARKUP.search(words):
        words = unescape(re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", unescape(words)))
    return " ".join(words.split())


def xml_attribute(element: _Element, name: str) -> str:
    """An attribute of XML's own ("lang", "base"); "" where it is not there."""
    return element.get(f"{{http://www.w3.org/XML/1998/namespace}}{name}") or ""
