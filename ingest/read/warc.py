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
from ingest.read.place import Budget, Place, failed

_PAGE_TYPES = ("text/html", "application/xhtml")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 65_536
# After so many broken spots a file is not damaged but something else.
_MOST_DAMAGES = 1000


def matches(head: bytes, name: str) -> bool:
    """Whether a record of a web archive stands at the start, of the bytes or packed there."""
    start = inflated(head, 5) if head.startswith(GZIP) else head[:5]
    return start == MARK


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The pages, one after the other. Raises DamagedFile at the end where records are missing."""
    place = replace(place, budget=place.budget or Budget(place.size(), place.max_bytes))
    with place.open() as stream:
        flow = Flow(stream)
        told = _Told()
        spots: list[str] = []
        while True:
            try:
                record = _next_record(flow, place.max_bytes)
                if record is None:
                    break
                told.records += 1
            except Damage as damage:
                spots.append(f"{damage} after {told.records:,} records")
                if len(spots) > _MOST_DAMAGES or not flow.resync():
                    break
                continue
            yield from _captures(place, record, told)
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
class _Record:
    """A record as it stands in the file; `data` is cut where it is longer than is allowed."""

    header: bytes
    data: bytes
    length: int
    start: int | None


class _Told:
    """What the records so far have told: names given, and where payloads stand."""

    def __init__(self) -> None:
        self.records = 0
        # Hashes instead of the names: there may be millions.
        self._names: set[int] = set()
        self.payloads: dict[str, int] = {}

    def name(self, uri: str, date: str) -> str:
        """A name of its own for each capture of `uri`: the later ones have their time with it."""
        name, times = shown(uri), 1
        while hash(name) in self._names:
            name = f"{shown(uri)} ({date})" if times == 1 else f"{shown(uri)} ({date}, {times})"
            times += 1
        self._names.add(hash(name))
        return name


def _next_record(flow: Flow, max_bytes: int) -> _Record | None:
    """The next record, None at the end. Raises Damage."""
    flow.note_start()
    start = flow.member_start
    line = flow.line()
    while line in (b"\r\n", b"\n"):
        flow.note_start()
        start = flow.member_start
        line = flow.line()
    if not line:
        return None
    if not line.startswith(MARK):
        raise Damage("something else stands in place of a record")
    header = [line]
    while line not in (b"\r\n", b"\n"):
        line = flow.line()
        if not line.endswith(b"\n"):
            raise Damage("it is cut off")
        if line.startswith(MARK):
            flow.put_back(line)
            raise Damage("a header has no end")
        header.append(line)
        if len(header) > 1000:
            raise Damage("a header is too long")
    length = _length(header)
    if not flow.has(length):
        raise Damage("it is cut off")
    data = flow.read(length if length <= max_bytes else _HEAD)
    flow.skip(length - len(data))
    try:
        end = flow.line()
    except Damage:
        end = b"\r\n"  # the next record begins at once: its own trouble, if any, is told there
    if end not in (b"\r\n", b"\n", b""):
        # The length is wrong: what it swallowed is looked through for records.
        flow.put_back(data[-max_bytes:] + end if len(data) == length else end)
        raise Damage("a record is not as long as it says")
    return _Record(b"".join(header), data, length, start)


def _length(header: list[bytes]) -> int:
    for line in header:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            digits = value.strip()
            if digits.isdigit() and len(digits) < 16:
                return int(digits)
    raise Damage("a record does not say how long it is")


def _parsed(record: _Record) -> Any:
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


def _captures(place: Place, record: _Record, told: _Told) -> Iterator[Capture | IngestError]:
    kind = _field(record.header, b"warc-type")
    if kind not in ("response", "resource", "revisit"):
        return
    parsed = _parsed(record)
    if parsed is None:
        uri = _field(record.header, b"warc-target-uri") or f"record {told.records}"
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
    yield from _page(place, record, parsed, uri, date, told)


def _page(
    place: Place, record: _Record, parsed: Any, uri: str, date: str, told: _Told
) -> Iterator[Capture | IngestError]:
    from ingest.read.html import html_capture

    name = told.name(uri, date)
    source = f"{place.source}!{name}"
    try:
        data = b"" if record.length > place.max_bytes else _content(parsed, place.max_bytes)
        if record.length > place.max_bytes or len(data) > place.max_bytes:
            raise TooLarge(source, f"the page is over {place.max_bytes:,} bytes; raise the limit")
        facts = [Fact("captured", date, "WARC-Date", 0.9)] if date else []
        if charset := _charset(parsed):
            facts.append(Fact("charset", charset, "HTTP Content-Type", 0.9))
        member = place.member(name, data, url=uri or None, facts=tuple(facts))
        yield html_capture(member, data)
    except IngestError as error:
        yield error
    except Exception as error:  # a reader's fault takes down its own page, no other
        yield failed(source, error)


def _field(header: bytes, name: bytes) -> str:
    for line in header.splitlines():
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip().decode("utf-8", "replace")
    return ""


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


def _record_at(place: Place, start: int) -> _Record | None:
    with place.open() as stream:
        stream.seek(start)
        try:
            return _next_record(Flow(stream, start), place.max_bytes)
        except Damage:
            return None
