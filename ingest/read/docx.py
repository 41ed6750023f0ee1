"""The docx reader: headings, lists, tables and what the document says of itself.

Our own reading of the one XML file that holds the text, on the standard library's zip and lxml:
python-docx loads every part and leaves out what was inserted with changes tracked or stands in a
control; mammoth gives HTML to be parsed again. Neither bounds what a file unpacks to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import BlockKind, Capture, Fact
from ingest.errors import IngestError
from ingest.names import is_name
from ingest.read.document import document_capture
from ingest.read.fragment import Part, date_in
from ingest.read.package import Package, first_name
from ingest.read.place import Place
from ingest.read.xml import child, local, parse_xml, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLE = re.compile(r"(?:title|titel|titre|título|titolo|rubrik)\Z", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:heading|überschrift|berschrift|titre|título|titolo|kop|rubrik|overskrift|subtitle)\s*\d?\Z",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"(?:intense\s*)?quote\Z|block\s*text\Z|zitat\Z|citation\Z", re.IGNORECASE)
_LIST = re.compile(r"list", re.IGNORECASE)
_CAPTION = re.compile(r"caption\Z|beschriftung\Z|légende\Z", re.IGNORECASE)
# Deleted text, notes of the program's own, and the second copy of a drawing for older programs.
_SKIPPED = frozenset(
    ("del", "movefrom", "deltext", "instrtext", "fallback", "ppr", "rpr", "sectpr")
)
_DEFAULT_TITLES = re.compile(r"(?:untitled|document\d*|microsoft word.*|.*\.docx?)", re.IGNORECASE)


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as a zip with a Word document in it."""
    if not first_name(head).startswith(("[Content_Types].xml", "_rels/", "word/", "docProps/")):
        return False
    return b"word/" in head or name.endswith(".docx")


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The document as one capture. Raises UnreadableFile, TooLarge, NoArticle."""
    package = Package(place, "document")
    try:
        data = package.read("word/document.xml")
        if data is None:
            raise package.broken()
        body = child(parse_xml(data, place.source, "document"), "body")
        if body is None:
            raise package.broken()
        styles = _styles(package)
        facts = list(_facts(package))
    finally:
        package.close()
    raw = place.read()
    yield document_capture(place, list(_parts(body, styles)), facts, format="docx", data=raw)


def _styles(package: Package) -> dict[str, str]:
    """The names of the styles by their ids: ids are translated, built-in names are English."""
    data = package.read("word/styles.xml")
    styles = {}
    if data is not None:
        for style in parse_xml(data, package.source, "document").iter("{*}style"):
            name = child(style, "name")
            styles[_own(style, "styleId")] = _own(name, "val") if name is not None else ""
    return styles


def _own(element: _Element, name: str) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def _facts(package: Package) -> Iterator[Fact]:
    data = package.read("docProps/core.xml")
    if data is None:
        return
    # Who typed a text is seldom who wrote it, and when seldom the day it was published.
    for element in parse_xml(data, package.source, "document"):
        name, words = local(element), words_of(element)[:300]
        if name == "title" and words and not _DEFAULT_TITLES.fullmatch(words):
            yield Fact("title", words, "title of the document", 0.4)
        elif name == "creator" and is_name(words):
            yield Fact("author", words, "creator of the document", 0.2)
        elif name == "language" and words:
            yield Fact("language", words, "language of the document", 0.6)
        elif name == "created" and (value := date_in(words)):
            yield Fact("published", value, "created of the document", 0.1)


def _parts(body: _Element, styles: dict[str, str]) -> Iterator[Part]:
    stack = list(reversed(body))
    while stack:
        element = stack.pop()
        name = local(element)
        if name == "p":
            kind = _kind(element, styles)
            for line in _text(element).split("\n\n"):
                if words := " ".join(line.split()):
                    yield kind, words
        elif name == "tbl":
            for row in element.iter("{*}tr"):
                cells = [" ".join(_text(c).split()) for c in row if local(c) == "tc"]
                if words := " | ".join(cell for cell in cells if cell):
                    yield "table", words
        elif name and name not in _SKIPPED:
            stack.extend(reversed(element))


def _kind(paragraph: _Element, styles: dict[str, str]) -> BlockKind:
    properties = child(paragraph, "ppr")
    if properties is None:
        return "text"
    style = child(properties, "pstyle")
    key = _own(style, "val") if style is not None else ""
    name = styles.get(key) or key
    if _TITLE.match(name):
        return "title"
    if _HEADING.match(name) or child(properties, "outlinelvl") is not None:
        return "heading"
    if _QUOTE.match(name):
        return "block_quote"
    if _CAPTION.match(name):
        return "caption"
    if child(properties, "numpr") is not None or _LIST.match(name):
        return "list_item"
    return "text"


def _text(element: _Element) -> str:
    """The words of an element as they show; a walk without recursion, so depth is free."""
    words: list[str] = []
    stack = list(reversed(element))
    while stack:
        part = stack.pop()
        name = local(part)
        if name == "t":
            words.append(part.text or "")
        elif name in ("br", "cr"):
            words.append("\n")
        elif name in ("tab", "ptab"):
            words.append(" ")
        elif name == "nobreakhyphen":
            words.append("-")
        elif name == "p" and words:
            words.append("\n")  # a paragraph in a cell or a box
            stack.extend(reversed(part))
        elif name and name not in _SKIPPED:
            stack.extend(reversed(part))
    return "".join(words)
