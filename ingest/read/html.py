"""The HTML reader: a page as blocks of text and the facts that its markup states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Block, BlockKind, Capture, Fact, Span
from ingest.errors import NoArticle
from ingest.read.place import Place, capture_of

_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|title|meta)[\s>]", re.IGNORECASE)
_KINDS: dict[str, BlockKind] = {
    "head": "heading",
    "item": "list_item",
    "quote": "block_quote",
    "table": "table",
}


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes begin as a page of HTML does."""
    return _TAG.search(head[:4096].replace(b"\0", b"")) is not None


def read(place: Place) -> Iterator[Capture]:
    """The page as one capture. Raises NoArticle where no body is found."""
    yield html_capture(place, place.read())


def html_capture(place: Place, data: bytes, facts: tuple[Fact, ...] = ()) -> Capture:
    """A page, or an HTML body that a feed or a mail carries, with the facts of its carrier."""
    # Half a second to import: only those who read pages wait for it.
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(data, output_format="python", with_metadata=True)
    if not isinstance(found, Document):
        raise NoArticle(place.source, "no article found in the page; save it once it has loaded")
    parts: list[tuple[BlockKind, str]] = []
    if found.title:
        parts.append(("title", found.title))
    for element in found.body.iter("p", "head", "item", "quote"):
        words = " ".join("".join(element.itertext()).split())
        if words:
            parts.append((_KINDS.get(element.tag, "text"), words))
    text, blocks = set_blocks(parts)
    return capture_of(
        place, data, text, "utf-8", format="html", raw=data, blocks=blocks,
        facts=(*place.facts, *facts),
    )  # fmt: skip


def set_blocks(parts: list[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """Parts of a page set as a text, one blank line between them, and where each one stands."""
    blocks, at = [], 0
    for kind, words in parts:
        blocks.append(Block(Span(at, at + len(words)), kind))
        at += len(words) + 2
    return "\n\n".join(words for _, words in parts), tuple(blocks)
