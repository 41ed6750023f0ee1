"""The HTML reader: a page as blocks of text and the facts that its markup states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import Block, BlockKind, Capture, Fact, Span
from ingest.errors import EmptyFile, NoArticle, TooLarge
from ingest.read.encoding import decode_html
from ingest.read.flat import flattened
from ingest.read.place import Place, capture_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|title|meta|!--\s*saved from url)[\s>=]",
    re.IGNORECASE,
)
# A piece of a page, as sites hand out posts: it begins with an element that only HTML has.
_PIECE = re.compile(
    rb"\s*(?:\xef\xbb\xbf|<!--.{0,2000}?-->|\s)*<(?:p|div|h[1-6]|section|main|header|figure|blockquote|"
    rb"table|ul|ol|span|strong|em|img|center|hr|br)(?:\s[^<>]{0,2000})?/?>.*</[a-z]",
    re.IGNORECASE | re.DOTALL,
)
Part = tuple[BlockKind, str, str]  # kind, text, and for furniture the reason

# No meaning in markup, and libxml2 stops at the first.
_SPACED = bytes(32 if code < 32 and code not in (9, 10, 13) else code for code in range(256))
# The largest of the shared pages has 8,000 tags; a book of 100,000 paragraphs some 400,000.
_MANY_TAGS = 100_000
_MOST_TAGS = 1_500_000  # half a kilobyte of memory each
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes begin as a page of HTML does, or as a piece of one."""
    start = head[:4096].replace(b"\0", b"")
    return _TAG.search(start) is not None or _PIECE.match(start) is not None


def read(place: Place) -> Iterator[Capture]:
    """The page as one capture. Raises NoArticle where no body is found."""
    yield html_capture(place, place.read())


def html_capture(place: Place, data: bytes, facts: tuple[Fact, ...] = ()) -> Capture:
    """A page, or an HTML body that a feed or a mail carries, with the facts of its carrier.

    Raises EmptyFile for nothing but white space, NoArticle where no body is found, TooLarge for
    more tags than fit in memory.
    """
    # Half a second to import: only those who read pages wait for it.
    from ingest.read.body import body_parts
    from ingest.read.metadata import page_facts
    from ingest.read.saved import archived_at, saved_facts, without_toolbar

    told = next((fact.value for fact in (*place.facts, *facts) if fact.field == "charset"), None)
    page, encoding = decode_html(data, told)
    if not page.strip():
        raise EmptyFile(place.source, "the file holds only white space; save the page again")
    tags = page.count("<")
    if tags > _MOST_TAGS:
        raise TooLarge(place.source, f"the page has over {_MOST_TAGS:,} tags; split it")
    saved = saved_facts(page)
    page = without_toolbar(page)
    asked = archived_at(place.url) if place.url else None
    if place.url and asked:
        # Fetched out of a web archive: the page's own address is the one that it is known by.
        saved = (*saved, Fact("captured", asked[1], "web archive", 1.0))
    url = (asked[0] if asked else place.url) or next(
        (fact.value for fact in saved if fact.field == "url"), None
    )
    root = parsed(page)
    if root is None:
        raise NoArticle(place.source, "no article found in the page; save it once it has loaded")
    is_book = tags > _MANY_TAGS
    said = page_facts(root, url, is_book=is_book)
    parts = body_parts(root, said, is_book=is_book)
    if not parts and not is_book:
        parts = _scripted(parsed(page))
    if not parts:
        raise NoArticle(place.source, "no article found in the page; save it once it has loaded")
    text, blocks = set_blocks(parts)
    return capture_of(
        place, data, text, encoding, format="html", raw=data, blocks=blocks, url=url,
        facts=(*place.facts, *facts, *saved, *said),
    )  # fmt: skip


def parsed(page: str) -> HtmlElement | None:
    """The tree of a page, without comments; None where there is nothing in it."""
    root, is_whole = _tree(page)
    return root if is_whole else _tree(flattened(page))[0]


def _tree(page: str) -> tuple[HtmlElement | None, bool]:
    """The tree of a page, and whether all of it is there: libxml2 ends where it is too deep."""
    from lxml import etree
    from lxml.html import HtmlElement, document_fromstring

    # Bytes, as libxml2 reads a str with astral characters at four times the cost.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    # lxml.html's own parser asks Python for the class of each element, each time it is met.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        data = _DECLARATION.sub("", page).encode("utf-8", "replace").translate(_SPACED)
        root = document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, True
    last = parser.error_log.last_error
    return root, last is None or "depth" not in last.message


def _scripted(root: HtmlElement | None) -> list[Part]:
    """The body of a page that its scripts would have drawn."""
    from ingest.read.body import body_parts
    from ingest.read.scripted import scripted_html

    fragment = scripted_html(root) if root is not None else None
    drawn = parsed(f"<article>{fragment}</article>") if fragment else None
    return body_parts(drawn) if drawn is not None else []


def set_blocks(parts: list[Part]) -> tuple[str, tuple[Block, ...]]:
    """Parts of a page set as a text, one blank line between them, and where each one stands."""
    blocks, at = [], 0
    for kind, words, reason in parts:
        blocks.append(Block(Span(at, at + len(words)), kind, reason))
        at += len(words) + 2
    return "\n\n".join(words for _, words, _ in parts), tuple(blocks)
