"""Files that are known and hold no text to read: each gets a line that says what it is, and what
to do about it, instead of being taken for a text or for "no text".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from ingest.article import Capture
from ingest.errors import BinaryFile, IngestError, NoArticle
from ingest.read.package import first_name
from ingest.read.place import Place

_PICTURE = "this is a picture, and pictures are not read; give the text that OCR finds in it"
_RECORDING = "this is a recording; give its transcript"
_PACKED = "this is packed in a way that is not read here; unpack it first, or pack it as zip"
_SHEET = "this is a spreadsheet; save it as CSV and give that"
_SLIDES = "these are slides; save them as PDF and give that"
# How such files begin. Sources: the formats' own descriptions, and file(1)'s table.
_BEGINS: tuple[tuple[bytes, str], ...] = (
    (rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP", _PICTURE),
    (rb"\x00\x00\x01\x00|\0\0.{2}ftyp(?:heic|heix|mif1|avif)", _PICTURE),
    (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]|OggS\0|fLaC\0|RIFF.{4}(?:WAVE|AVI )", _RECORDING),
    (rb"\x1aE\xdf\xa3|\0\0.{2}ftyp", _RECORDING),
    (rb"7z\xbc\xaf|Rar!\x1a|BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd", _PACKED),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
     "this is a file of an older Office or of Outlook; save it as docx, CSV or eml"),
    (rb"!BDN", "this is a mailbox of Outlook's; export it as mbox or eml"),
    (rb"SQLite format 3\0",
     "this is a database; one of Onrecord's is taken in with: onrecord merge FILE"),
    (rb"PAR1[\0-\x1f]", "this is a Parquet file; write it as CSV or JSON Lines"),
    (rb"%!PS", "this is PostScript; make it a PDF and give that"),
)  # fmt: skip
_BINARY = [(re.compile(begins, re.DOTALL), what) for begins, what in _BEGINS]
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_PRESENTATION = b"application/vnd.oasis.opendocument.presentation"

_XML = (
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,1000}\?>\s*|<!--.{0,4000}?-->\s*|"
    rb"<!DOCTYPE[^>]{0,500}>\s*)*"
)
_OPML = re.compile(_XML + rb"<opml[\s>]", re.IGNORECASE | re.DOTALL)
_SITEMAP = re.compile(_XML + rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE | re.DOTALL)
_SVG = re.compile(_XML + rb"<(?:svg:)?svg[\s>]", re.IGNORECASE | re.DOTALL)
_BOOKMARKS = re.compile(rb"\s*<!DOCTYPE NETSCAPE-Bookmark-file", re.IGNORECASE)
_SHORTCUT = re.compile(rb"\s*\[InternetShortcut\]", re.IGNORECASE)
_WEBLOC = re.compile(_XML + rb"<plist[\s>].{0,500}<key>URL</key>", re.IGNORECASE | re.DOTALL)
_FEEDS = re.compile(rb"""\sxmlUrl\s*=\s*["']""", re.IGNORECASE)
_LOCATIONS = re.compile(rb"<(?:\w+:)?loc>", re.IGNORECASE)
_HREFS = re.compile(rb"""<A\s[^>]{0,2000}?HREF\s*=\s*["']?https?:""", re.IGNORECASE)
_URL = re.compile(rb"https?://[^\s<>\"']+")
_SCRIPT = re.compile(r"\.(?:s?css|m?js|jsx|map|wasm|woff2?|[ot]tf|eot)\Z")
_MADE_WITH = "this is what a page is made with, and no page; give the page itself"
_FETCH = "take a page in with: onrecord ingest --fetch URL"


def _binary(head: bytes) -> str:
    first = first_name(head)
    if first:
        if first == "[Content_Types].xml" or first.startswith(
            ("_rels/", "docProps/", "xl/", "ppt/")
        ):
            if b"xl/" in head and b"word/" not in head:
                return _SHEET
            if b"ppt/" in head and b"word/" not in head:
                return _SLIDES
        if first == "mimetype" and _SPREADSHEET in head[:200]:
            return _SHEET
        if first == "mimetype" and _PRESENTATION in head[:200]:
            return _SLIDES
        return ""
    return next((what for begins, what in _BINARY if begins.match(head)), "")


def _feeds(data: bytes) -> str:
    some = _some(len(_FEEDS.findall(data)), "feed")
    return f"this list has {some} and no text; take one in with: onrecord ingest --feed URL"


def _bookmarks(data: bytes) -> str:
    some = _some(len(_HREFS.findall(data)), "address", "addresses")
    return f"these bookmarks have {some} and no text; {_FETCH}"


def _sitemap(data: bytes) -> str:
    some = _some(len(_LOCATIONS.findall(data)), "address", "addresses")
    return f"this map of a site has {some} and no text; {_FETCH}"


def _shortcut(data: bytes) -> str:
    found = _URL.search(data)
    url = unescape(found.group().decode("utf-8", "replace"))[:300] if found else "URL"
    return f"this is a shortcut to a page; take it in with: onrecord ingest --fetch {url}"


def _picture(data: bytes) -> str:
    return _PICTURE


_LISTS: tuple[tuple[re.Pattern[bytes], Callable[[bytes], str]], ...] = (
    (_OPML, _feeds),
    (_SITEMAP, _sitemap),
    (_SVG, _picture),
    (_BOOKMARKS, _bookmarks),
    (_SHORTCUT, _shortcut),
    (_WEBLOC, _shortcut),
)


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as a file of a kind that holds no text to read."""
    if _binary(head) or _SCRIPT.search(name):
        return True
    return any(opens.match(head) for opens, _ in _LISTS)


def read(place: Place) -> Iterator[Capture | IngestError]:
    """One line that says what the file is. Raises BinaryFile, NoArticle."""
    head = place.head()
    if what := _binary(head):
        raise BinaryFile(place.source, what)
    tells = next((tells for opens, tells in _LISTS if opens.match(head)), None)
    raise NoArticle(place.source, tells(place.read()) if tells else _MADE_WITH)
    yield  # no file of these has a capture


def _some(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"
