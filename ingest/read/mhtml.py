"""The MHTML reader: a page that a browser saved with its pictures, in one file.

A multipart/related message (RFC 2557). Only its first HTML part is the page: the others are frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from ingest.article import Capture, Fact
from ingest.errors import UnreadableFile
from ingest.read.html import html_capture
from ingest.read.place import Place
from ingest.read.stamps import stamp

_RELATED = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(
    rb"^snapshot-content-location:|^from:\s*<?saved by|^x-maf|^content-location:",
    re.IGNORECASE | re.MULTILINE,
)


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes begin with the headers of a saved page, not of a letter."""
    top = head[:8192].replace(b"\r\n", b"\n").lstrip().partition(b"\n\n")[0]
    if _RELATED.search(top) is None:
        return False
    letter = re.search(rb"^(?:to|received|delivered-to):", top, re.IGNORECASE | re.MULTILINE)
    return _SAVED.search(top) is not None or (letter is None and name.endswith((".mht", ".mhtml")))


def read(place: Place) -> Iterator[Capture]:
    """The page as one capture. Raises UnreadableFile where it holds none, NoArticle."""
    data = place.read()
    message = message_from_bytes(data)
    page = _page(message)
    if page is None:
        raise UnreadableFile(place.source, "the saved page holds no HTML; save it again")
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise UnreadableFile(place.source, "the saved page breaks off at once; save it again")
    address = str(
        message.get("Snapshot-Content-Location") or page.get("Content-Location") or ""
    ).strip()
    facts: list[Fact] = []
    if address.startswith(("http:", "https:")):
        facts.append(Fact("url", address, "MHTML header", 1.0))
    if (date := message.get("Date")) and (when := stamp(str(date))):
        facts.append(Fact("captured", when, "MHTML header", 1.0))
    if charset := page.get_content_charset():
        facts.append(Fact("charset", charset, "MHTML header", 0.9))
    url = place.url or (facts[0].value if facts and facts[0].field == "url" else None)
    capture = html_capture(replace(place, url=url), body, tuple(facts))
    # The raw bytes stay those of the file, so that it can be read again.
    yield replace(capture, format="mhtml", raw=data, size=len(data), sha256=_digest(data))


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def _page(message: Message) -> Message | None:
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return part
    return None
