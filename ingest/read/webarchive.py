"""Safari's .webarchive: a page with its pictures in a binary property list."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from ingest.article import Capture, Fact
from ingest.errors import UnreadableFile
from ingest.read.html import html_capture
from ingest.read.place import Place

_PAGES = ("text/html", "application/xhtml+xml", "")


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes are a property list, which no other file of pages is."""
    return head.startswith(b"bplist00") or b"<key>WebMainResource</key>" in head[:2000]


def read(place: Place) -> Iterator[Capture]:
    """The page as one capture. Raises UnreadableFile where it holds none, NoArticle."""
    data = place.read()
    try:
        main = plistlib.loads(data)["WebMainResource"]
        page, url = main["WebResourceData"], str(main.get("WebResourceURL") or "")
        kind = str(main.get("WebResourceMIMEType") or "").lower()
        charset = str(main.get("WebResourceTextEncodingName") or "")
    except (plistlib.InvalidFileException, ValueError, KeyError, TypeError, AttributeError,
            IndexError, OverflowError, RecursionError) as error:  # fmt: skip
        raise UnreadableFile(
            place.source, "it is no web archive of Safari's, or a broken one; save the page again"
        ) from error
    if not isinstance(page, bytes) or kind not in _PAGES:
        raise UnreadableFile(place.source, "the web archive holds no page of HTML; save it again")
    facts: list[Fact] = []
    if url.startswith(("http:", "https:")):
        facts.append(Fact("url", url, "web archive", 1.0))
        place = replace(place, url=place.url or url)
    if charset:
        facts.append(Fact("charset", charset, "web archive", 0.9))
    capture = html_capture(place, page, tuple(facts))
    # The raw bytes stay those of the file, so that it can be read again.
    yield replace(
        capture, format="webarchive", raw=data, size=len(data), sha256=sha256(data).hexdigest()
    )
