"""What Pocket handed out before it closed in 2025: lists of addresses, without the pages.

ril_export.html is the older form, part_000000.csv (title, url, time_added, tags, status) and a zip
of such files the newer one. There is nothing to take in from them, and the line that says so tells
what to do with the addresses.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.article import Capture
from ingest.errors import DamagedFile, IngestError, NoArticle
from ingest.read import zip as zip_reader
from ingest.read.encoding import decode_html
from ingest.read.members import Members
from ingest.read.place import Place
from ingest.read.zip import BROKEN, member_bytes
from ingest.read.zip import matches as is_zip

_TITLE = re.compile(rb"<title>\s*Pocket Export\s*</title>", re.IGNORECASE)
_ADDED = re.compile(rb"<a\s[^>]{0,4000}\btime_added=", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^>]*?\bhref\s*=\s*[\"']?(?P<url>https?://[^\s\"'>]+)", re.IGNORECASE)
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?title,url,time_added,tags,status\r?(?:\n|\Z)")
_PART = re.compile(rb"part_\d{6}\.csv")
_OURS = re.compile(r"(?:\A|/)part_\d{6}\.(?:csv|json)\Z")


def matches(head: bytes, name: str) -> bool:
    """Whether this is a list of Pocket's, or a zip with one among its first members."""
    if is_zip(head, name):
        return _PART.search(head) is not None
    if _HEADER.match(head):
        return True
    return _TITLE.search(head[:4096]) is not None and _ADDED.search(head) is not None


def read(place: Place) -> Iterator[Capture | IngestError]:
    """One line that counts the addresses. Raises DamagedFile, UnsafeMember, TooLarge."""
    if is_zip(place.head(), place.name) and not _lists_alone(place):
        yield from zip_reader.read(place)
        return
    number = sum(1 for _ in addresses(place))
    some = f"{number:,} address{'' if number == 1 else 'es'}"
    yield NoArticle(
        place.source,
        f"this Pocket list has {some} and no text; take one in with: onrecord ingest --fetch URL",
    )


def addresses(place: Place) -> Iterator[str]:
    """The addresses on a list of Pocket's, in order. Raises DamagedFile, UnsafeMember, TooLarge."""
    head = place.head()
    if is_zip(head, place.name):
        yield from _in_zip(place)
    elif _HEADER.match(head):
        yield from _in_table(place.read())
    else:
        yield from (found["url"] for found in _LINK.finditer(decode_html(place.read())[0]))


def _in_table(data: bytes) -> Iterator[str]:
    text = io.StringIO(data.decode("utf-8-sig", "replace").replace("\0", ""), newline="")
    before = csv.field_size_limit(len(data) + 1)
    try:
        yield from (row["url"] for row in csv.DictReader(text) if row.get("url"))
    finally:
        csv.field_size_limit(before)


def _lists_alone(place: Place) -> bool:
    """Whether a zip holds lists, highlights at most, and nothing that another reader would take."""
    with _opened(place) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    return all(_OURS.search(name) for name in names)


def _in_zip(place: Place) -> Iterator[str]:
    with _opened(place) as archive:
        members = Members(place)
        for info in archive.infolist():
            if info.filename.endswith(".csv"):
                yield from _in_table(member_bytes(archive, info, members))


@contextmanager
def _opened(place: Place) -> Iterator[zipfile.ZipFile]:
    with place.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise DamagedFile(
                place.source, "the Pocket export is cut off or damaged; get it again"
            ) from error
        yield archive
