"""JSON Lines, one JSON array of objects (as wallabag exports them), or objects set over lines.

An article an object, or several that it wraps (`wrapped`). All are read as streams, one object in
memory at a time. UTF-8 as JSON has it; a line in another encoding is decoded as a text would be.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.article import Capture
from ingest.decode import decode
from ingest.errors import DamagedFile, IngestError, NoArticle, TooLarge
from ingest.read.columns import has_any, is_data_set, require, require_body
from ingest.read.place import HEAD_BYTES, Columns, Place
from ingest.read.record import record_capture, unpublished
from ingest.read.wrapped import Wrapped, laid_open, unwrapped

_BOM = b"\xef\xbb\xbf"
_CHUNK = 65_536
_KEY = re.compile(r'"((?:[^"\\]|\\.){1,80})"\s*:')
_CALLED = (".jsonl", ".ndjson", ".json")
# A record: its number, and the object or what is wrong with it.
Numbered = tuple[int, object]


def matches(head: bytes, name: str, columns: Columns = ()) -> bool:
    """Whether the bytes open with an object of several fields, alone or as first of an array."""
    start = head.removeprefix(_BOM).lstrip()
    if start[:1] == b"[":
        start = start[1:].lstrip()
    if start[:1] != b"{":
        return False
    text = start.decode("utf-8", "replace")
    # Where a person named columns, reading it says which one is missing.
    called = name.endswith(_CALLED)
    wanted = bool(columns) and (called or name == "-")
    try:
        first, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        whole = len(head) < HEAD_BYTES
        if called or wanted:
            return not whole or start.count(b"\n") > 0 or b'":' in start
        return not whole and is_data_set(_KEY.findall(text))
    # Whatever is not known of it, no text begins so.
    return wanted or len(first) > 1 or has_any(first, columns) or _holds_more(first)


def _holds_more(first: object) -> bool:
    return isinstance(first, dict) and any(isinstance(v, dict | list) for v in first.values())


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture an object, in order; a bad line is yielded as an error and the rest goes on."""
    if place.columns:
        require(place, (one.record for _, one in _articles(place)))
    else:
        require_body(place, (one.record for _, one in _articles(place)))
    drafts = 0
    for number, one in _articles(place):
        if isinstance(one.record, IngestError):
            yield one.record
        elif one.is_draft:
            drafts += 1
        elif isinstance(one.record, dict):
            yield record_capture(place, one.record, number, "json", one.said)
        else:
            yield NoArticle(f"{place.source}!{number}", f"record {number} is no JSON object")
    if drafts:
        yield unpublished(place.source, drafts)


def _articles(place: Place) -> Iterator[tuple[int, Wrapped]]:
    """The records, those that an object wraps counted on from its own number."""
    more = 0
    for number, record in _records(place):
        inside = unwrapped(record, place.columns)
        if inside is None:
            opened = record if place.columns else laid_open(record)
            yield number + more, Wrapped(opened)
            continue
        more -= 1
        for one in inside:
            more += 1
            yield number + more, one


def _records(place: Place) -> Iterator[Numbered]:
    with place.open() as stream:
        start = stream.read(_CHUNK).removeprefix(_BOM).lstrip()
        stream.seek(0)
        if start[:1] == b"[" or _is_spread(start):
            yield from _objects(place, stream, is_list=start[:1] == b"[")
        else:
            yield from _lines(place, stream)


def _is_spread(start: bytes) -> bool:
    """Whether the first object stands on several lines, as programs set it for people to read."""
    first, _, rest = start.partition(b"\n")
    second = rest.lstrip()[:1]
    if second in (b"", b"{", b"["):
        return False
    try:
        json.loads(first.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return True
    return False


def _lines(place: Place, stream: BinaryIO) -> Iterator[Numbered]:
    number = 0
    while line := stream.readline(place.max_bytes + 1):
        number += 1
        source = f"{place.source}!{number}"
        if len(line) > place.max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield number, TooLarge(source, f"line {number} is over {place.max_bytes:,} bytes")
            continue
        if not line.strip(b"\xef\xbb\xbf \t\r\n\0"):
            continue
        try:
            record = json.loads(decode(line.removeprefix(_BOM), source)[0])
        except IngestError as error:
            yield number, error
        except (ValueError, RecursionError):
            message = f"line {number} is no JSON object; mend or remove the line"
            yield number, DamagedFile(source, message)
        else:
            yield number, record


def _objects(place: Place, stream: BinaryIO, *, is_list: bool) -> Iterator[Numbered]:
    text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    decoder = json.JSONDecoder()
    buffer, number, ended = text.read(_CHUNK).lstrip(), 0, False
    buffer = buffer[1:] if is_list else buffer
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer[:1] == "]" or (ended and not buffer and not is_list):
            break
        try:
            record, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError) as error:
            # As much again each time, so that a long object is not tried for every chunk.
            more = "" if ended else text.read(max(_CHUNK, len(buffer)))
            ended = not more
            if ended and not buffer and not is_list:
                continue
            if ended or isinstance(error, RecursionError) or len(buffer) > place.max_bytes:
                message = f"after {number} records the JSON is cut off, broken or nested too deep"
                yield number, DamagedFile(place.source, message)
                return
            buffer += more
            continue
        number, buffer = number + 1, buffer[end:]
        yield number, record
    if not number:
        yield 0, NoArticle(place.source, "this JSON holds an empty list")
