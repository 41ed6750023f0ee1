"""OpenDocument texts (.odt), as LibreOffice writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import BlockKind, Capture, Fact
from ingest.names import is_name
from ingest.read.document import document_capture
from ingest.read.fragment import Part
from ingest.read.package import Package, first_name
from ingest.read.place import Place
from ingest.read.xml import local, parse_xml, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND = b"application/vnd.oasis.opendocument.text"
# Changes that were tracked and taken out, notes and comments.
_SKIPPED = frozenset({"tracked-changes", "note", "annotation", "sequence-decls", "forms"})


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as a zip that says it is an OpenDocument text."""
    return first_name(head) == "mimetype" and _KIND in head[:200]


def read(place: Place) -> Iterator[Capture]:
    """The document as one capture. Raises UnreadableFile, TooLarge, NoArticle."""
    package = Package(place, "document")
    try:
        data = package.read("content.xml")
        if data is None:
            raise package.broken()
        root = parse_xml(data, place.source, "document")
        meta = package.read("meta.xml")
        facts = list(_facts(parse_xml(meta, place.source, "document"))) if meta else []
    finally:
        package.close()
    parts = list(_parts(root))
    yield document_capture(place, parts, facts, format="odt", data=place.read())


def _facts(meta: _Element) -> Iterator[Fact]:
    for element in meta.iter():
        name, words = local(element), words_of(element)[:300]
        if name == "title" and words:
            yield Fact("title", words, "title of the document", 0.4)
        elif name == "initial-creator" and is_name(words):
            yield Fact("author", words, "creator of the document", 0.2)
        elif name == "language" and words:
            yield Fact("language", words, "language of the document", 0.6)


def _parts(root: _Element) -> Iterator[Part]:
    # (element, kind around it)
    stack: list[tuple[_Element, BlockKind]] = [(root, "text")]
    while stack:
        element, around = stack.pop()
        name = local(element)
        if not name or name in _SKIPPED:
            continue
        if name in ("p", "h"):
            style = next((v for k, v in element.items() if k.endswith("}style-name")), "")
            kind: BlockKind = "heading" if name == "h" else around
            if style == "Title":
                kind = "title"
            elif name == "p" and style in ("Quotations", "Quote"):
                kind = "block_quote"
            if words := " ".join(_text(element).split()):
                yield kind, words
        elif name == "table-row":
            cells = [" ".join(_text(c).split()) for c in element if local(c).endswith("cell")]
            if words := " | ".join(cell for cell in cells if cell):
                yield "table", words
        else:
            inner: BlockKind = "list_item" if name == "list-item" else around
            stack.extend((one, inner) for one in reversed(element))


def _text(element: _Element) -> str:
    """The words of an element as they show; a walk without recursion, so depth is free."""
    words = [element.text or ""]
    stack: list[_Element | str] = list(reversed(element))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            words.append(part)
            continue
        stack.append(part.tail or "")
        name = local(part)
        if name in ("s", "tab", "line-break"):
            words.append(" ")
        elif name and name not in _SKIPPED:
            words.append(" " if name == "p" else "")  # a paragraph in a cell or a box
            words.append(part.text or "")
            stack.extend(reversed(part))
    return "".join(words)
