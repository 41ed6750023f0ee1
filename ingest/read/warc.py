"""Web archives (WARC, WARC.gz): the pages among their records.

warcio reads a record; where records begin and end is watched here, because warcio returns quietly
from a file that is cut off or damaged. Good records are kept wherever the damage is.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ingest.article import Capture, Fact
from ingest.errors import DamagedFile, IngestError, TooLarge
from ingest.read.flow import MARK, Damage, Flow
from ingest.read.members import GZIP, inflated, shown
from ingest.read.place import Budget, Cut, Place, failed
from ingest.read.warc_records import Record, field, next_record, records

_PAGE_TYPES = ("text/html", "application/xhtml")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


def matches(head: bytes, name: str) -> bool:
    """Whether a record of a web archive stands at the start, of the bytes or packed there."""
    start = inflated(head, 5) if head.startswith(GZIP) else head[:5]
    return start == MARK


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The pages, one after the other. Raises DamagedFile at the end where records are missing."""
    place = replace(place, budget=place.budget or Budget(place.size(), place.max_bytes))
    told = Told(place.cut)
    spots: list[str] = []
    with place.open() as stream:
        cut = place.cut
        flow = Flow(stream, cut.start, cut.end) if cut else Flow(stream)
        for record in records(flow, place.max_bytes, spots):
            told.records += 1
            for page in pages(place, record, told):
                if isinstance(page, IngestError):
                    yield page
                else:
                    yield from _capture(place, page, told.name(page.uri, page.date))
    if not told.records and not spots:
        raise DamagedFile(place.source, "the web archive holds no record; get it again")
    if spots:
        more = f" and {len(spots) - 1} more broken spots" if len(spots) > 1 else ""
        raise DamagedFile(
            place.source,
            f"the web archive is damaged: {spots[0]}{more}; {told.records:,} good records were"
            " kept, get it again",
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A record that is a page, as warcio reads it; `date` is when it was captured."""

    record: Record
    parsed: Any
    uri: str
    date: str


class Told:
    """What the records so far have told: names given, and where payloads stand.

    In a cut, what those in front of it would have told is known.
    """

    def __init__(self, cut: Cut | None = None) -> None:
        self.records = 0
        self.pages = 0
        self._cut = dict(cut.names) if cut else None
        # Hashes instead of the names: there may be millions.
        self._names: set[int] = set()
        self.payloads: dict[str, int] = dict(cut.payloads) if cut else {}

    def name(self, uri: str, date: str) -> str:
        """A name of its own for each capture of `uri`: the later ones have their time with it."""
        self.pages += 1
        if self._cut is not None:
            return self._cut.get(self.pages, shown(uri))
        name, times = shown(uri), 1
        while hash(name) in self._names:
            name = f"{shown(uri)} ({date})" if times == 1 else f"{shown(uri)} ({date}, {times})"
            times += 1
        self._names.add(hash(name))
        return name


def _parsed(record: Record) -> Any:
    """The record as warcio reads it; None where it cannot."""
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    # It tells the log of addresses that it had to mend; nobody who reads pages needs to know.
    logging.getLogger("warcio").setLevel(logging.ERROR)
    loader = ArcWarcRecordLoader(verify_http=False)
    try:
        return loader.parse_record_stream(
            io.BytesIO(record.header + record.data), known_format="warc"
        )
    except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, UnicodeError):
        return None


def pages(place: Place, record: Record, told: Told) -> Iterator[Page | IngestError]:
    """The page that a record is or repeats, or why it cannot be read; none for other records."""
    kind = field(record.header, b"warc-type")
    if kind not in ("response", "resource", "revisit"):
        return
    parsed = _parsed(record)
    if parsed is None:
        uri = field(record.header, b"warc-target-uri") or f"record {told.records}"
        yield DamagedFile(
            f"{place.source}!{shown(uri)}", "its record cannot be read; get the page again"
        )
        return
    uri = parsed.rec_headers.get_header("WARC-Target-URI") or ""
    if not uri.startswith(("http:", "https:")) and kind != "resource":
        return
    date = parsed.rec_headers.get_header("WARC-Date") or ""
    digest = parsed.rec_headers.get_header("WARC-Payload-Digest") or ""
    if kind == "revisit":
        if (start := told.payloads.get(digest)) is None:
            return  # its page is in another file
        original = _record_at(place, start)
        if original is None or (parsed := _parsed(original)) is None:
            return
        record = original
    elif not _is_page(parsed, kind):
        return
    elif digest and record.start is not None:
        told.payloads.setdefault(digest, record.start)
    yield Page(record, parsed, uri, date)


def _capture(place: Place, page: Page, name: str) -> Iterator[Capture | IngestError]:
    from ingest.read.html import html_capture

    length, limit = page.record.length, place.max_bytes
    source = f"{place.source}!{name}"
    try:
        data = b"" if length > limit else _content(page.parsed, limit)
        if length > limit or len(data) > limit:
            raise TooLarge(source, f"the page is over {limit:,} bytes; raise the limit")
        facts = [Fact("captured", page.date, "WARC-Date", 0.9)] if page.date else []
        if charset := _charset(page.parsed):
            facts.append(Fact("charset", charset, "HTTP Content-Type", 0.9))
        member = place.member(name, data, url=page.uri or None, facts=tuple(facts))
        yield html_capture(member, data)
    except IngestError as error:
        yield error
    except Exception as error:  # a reader's fault takes down its own page, no other
        yield failed(source, error)


def _is_page(parsed: Any, kind: str) -> bool:
    if kind == "resource":
        return str(parsed.content_type or "").lower().startswith(_PAGE_TYPES)
    if parsed.http_headers is None or parsed.http_headers.get_statuscode() != "200":
        return False
    stated = parsed.http_headers.get_header("Content-Type") or ""
    return stated.strip().lower().startswith(_PAGE_TYPES)


def _charset(parsed: Any) -> str | None:
    """The charset that the server, or else the record, says the page is in."""
    headers = parsed.http_headers
    stated = headers.get_header("Content-Type") if headers is not None else parsed.content_type
    found = _CHARSET.search(str(stated or ""))
    return found[1].lower() if found else None


def _content(parsed: Any, max_bytes: int) -> bytes:
    """The page without the chunks and the packing that HTTP put around it, to the limit."""
    stream, parts, size = parsed.content_stream(), [], 0
    while size <= max_bytes and (part := stream.read(1 << 16)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _record_at(place: Place, start: int) -> Record | None:
    with place.open() as stream:
        stream.seek(start)
        try:
            return next_record(Flow(stream, start), place.max_bytes)
        except Damage:
            return None
