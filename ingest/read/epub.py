"""The EPUB reader: newspapers and magazines as e-books, one capture for each item of the spine.

Papers made into books (by calibre, by publishers) hold one article a file; so does a book its
chapters. What only leads elsewhere (cover, contents, section pages) is passed over.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest.article import Capture, Fact
from ingest.byline import read_byline
from ingest.errors import IngestError, NoArticle, UnreadableFile
from ingest.read.encoding import decode_html
from ingest.read.fragment import Part, blocks_capture, date_in, fragment_parts, head_lines
from ingest.read.package import Package, first_name
from ingest.read.place import Place
from ingest.read.xml import child, local, parse_xml, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_CHAPTERS = 5_000
_FEW_LETTERS = 200  # of running text: a dedication or a section's page has less
_RUNNING = 60  # characters from which a block is running text rather than a line of a list
_LOCKED = re.compile(rb"""URI\s*=\s*["'][^"']{1,500}\.(?:x?html?|xml)["']""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as a zip that says it is an EPUB."""
    first = first_name(head)
    if first == "mimetype":
        return b"application/epub+zip" in head[:200]
    return bool(first) and name.endswith(".epub")


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture for each chapter, in reading order. Raises UnreadableFile, TooLarge, NoArticle."""
    package = Package(place, "EPUB")
    try:
        root, base = _opf(package)
        facts = tuple(_facts(root))
        # Fonts are scrambled in many books; a chapter is only in one that its seller has locked.
        if _LOCKED.search(package.read("META-INF/encryption.xml") or b""):
            raise UnreadableFile(
                place.source, "this EPUB is locked by its seller (DRM) and cannot be read"
            )
        found = False
        for name in _spine(root, base):
            try:
                capture = _chapter(place, package, name, facts)
            except IngestError as error:
                found = True
                yield error
                continue
            if capture is not None:
                found = True
                yield capture
        if not found:
            raise NoArticle(place.source, "this EPUB has no chapter with running text")
    finally:
        package.close()


def _opf(package: Package) -> tuple[_Element, str]:
    data = package.read("META-INF/container.xml")
    if data is None:
        raise package.broken()
    container = parse_xml(data, package.source, "EPUB")
    path = next((e.get("full-path") or "" for e in container.iter("{*}rootfile")), "")
    opf = package.read(path)
    if opf is None:
        raise package.broken()
    return parse_xml(opf, package.source, "EPUB"), posixpath.dirname(path)


def _spine(root: _Element, base: str) -> Iterator[str]:
    """The members of the spine in order, without navigation and what is no part of the reading."""
    manifest = {item.get("id"): item for item in root.iter("{*}item")}
    seen: set[str] = set()
    for reference in root.iter("{*}itemref"):
        item = manifest.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        kind = item.get("media-type") or ""
        href = unquote((item.get("href") or "").partition("#")[0])
        name = posixpath.normpath(posixpath.join(base, href))
        if "html" not in kind or name in seen or name.startswith((".", "/")):
            continue
        seen.add(name)
        yield name
        if len(seen) >= _MOST_CHAPTERS:
            return


def _facts(root: _Element) -> Iterator[Fact]:
    about = child(root, "metadata")
    for element in about.iter() if about is not None else ():
        name, words = local(element), words_of(element)
        if not words:
            continue
        if name == "title":
            yield Fact("publisher", words, "title of the EPUB", 0.3)
        elif name == "publisher":
            yield Fact("publisher", words, "publisher of the EPUB", 0.5)
        elif name == "language":
            yield Fact("language", words, "language of the EPUB", 0.7)
        elif name == "rights":
            yield Fact("rights", words[:300], "rights of the EPUB", 0.5)
        elif name == "date" and (value := date_in(words)) and value > "1000":
            event = next((v for k, v in element.items() if k.endswith("event")), "")
            if event in ("", "publication", "original-publication"):
                yield Fact("published", value, "date of the EPUB", 0.4)
        elif name == "creator":
            read = read_byline(f"By {words}")
            for author in read.authors if read else ():
                yield Fact("author", author, "creator of the EPUB", 0.3)


def _chapter(place: Place, package: Package, name: str, facts: tuple[Fact, ...]) -> Capture | None:
    data = package.read(name)
    if data is None:
        raise UnreadableFile(f"{place.source}!{name}", "this chapter is missing from the EPUB")
    text, encoding = decode_html(data)
    parts = fragment_parts(_DECLARATION.sub("", text))
    running = sum(
        len(words) for kind, words in parts if kind != "heading" and len(words) >= _RUNNING
    )
    if running < _FEW_LETTERS:
        return None
    title, parts, own = _head(parts)
    inside = place.member(name, data)
    return blocks_capture(
        inside, parts, (*own, *facts), format="epub", title=title, data=data, encoding=encoding
    )


def _head(parts: list[Part]) -> tuple[str, list[Part], tuple[Fact, ...]]:
    """The chapter's title (its first headings), the rest, and what stands between the two."""
    first = next((at for at, (kind, _) in enumerate(parts[:6]) if kind == "heading"), None)
    if first is None:
        return "", parts, ()
    title = parts[first][1]
    facts = [Fact("title", title, "heading of the chapter", 0.8)]
    rest = parts[:first] + head_lines(parts[first + 1 :], facts, "chapter")
    return title, rest, tuple(facts)
