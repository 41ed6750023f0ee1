"""JSON Lines, and one JSON array of objects (as wallabag exports them): an article an object.

Both are read as streams, one object in memory at a time. UTF-8 as JSON has it; a line in another
encoding is decoded as a text would be.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from ingest.article import Capture
from ingest.decode import decode
from ingest.errors import DamagedFile, IngestError, NoArticle, TooLarge
from ingest.read.place import HEAD_BYTES, Place
from ingest.read.record import is_data_set, record_capture

_BOM = b"\xef\xbb\xbf"
_CHUNK = 65_536


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open with an object that has a body, alone or as first of an array."""
    start = head.removeprefix(_BOM).lstrip()
    if start[:1] == b"[":
        start = start[1:].lstrip()
    if start[:1] != b"{":
        return False
    try:
        first, _ = json.JSONDecoder().raw_decode(start.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        named = name.endswith((".jsonl", ".ndjson", ".json"))
        return named and (len(head) >= HEAD_BYTES or start.count(b"\n") > 0 or b'":' in start)
    return isinstance(first, dict) and is_data_set(first)


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture an object, in order; a bad line is yielded as an error and the rest goes on."""
    with place.open() as stream:
        start = stream.read(_CHUNK).removeprefix(_BOM).lstrip()
        stream.seek(0)
        yield from (_array if start[:1] == b"[" else _lines)(place, stream)


def _lines(place: Place, stream: BinaryIO) -> Iterator[Capture | IngestError]:
    number = 0
    while line := stream.readline(place.max_bytes + 1):
        number += 1
        source = f"{place.source}!{number}"
        if len(line) > place.max_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield TooLarge(source, f"line {number} is over {place.max_bytes:,} bytes")
            continue
        if not line.strip(b"\xef\xbb\xbf \t\r\n\0"):
            continue
        try:
            record = json.loads(decode(line.removeprefix(_BOM), source)[0])
        except IngestError as error:
            yield error
        except (ValueError, RecursionError):
            yield DamagedFile(source, f"line {number} is no JSON object; mend or remove the line")
        else:
            yield _capture(place, record, number)


def _array(place: Place, stream: BinaryIO) -> Iterator[Capture | IngestError]:
    text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    decoder = json.JSONDecoder()
    buffer, number, ended = text.read(_CHUNK).lstrip()[1:], 0, False
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer[:1] == "]":
            break
        try:
            record, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError) as error:
            # As much again each time, so that a long object is not tried for every chunk.
            more = "" if ended else text.read(max(_CHUNK, len(buffer)))
            ended = not more
            if ended or isinstance(error, RecursionError) or len(buffer) > place.max_bytes:
                yield DamagedFile(
                    place.source,
                    f"after {number} records the JSON is cut off, broken or nested too deep",
                )
                return
            buffer += more
            continue
        number, buffer = number + 1, buffer[end:]
        yield _capture(place, record, number)
    if not number:
        yield NoArticle(place.source, "this JSON holds an empty list")


def _capture(place: Place, record: object, number: int) -> Capture | IngestError:
    if not isinstance(record, dict):
        return NoArticle(f"{place.source}!{number}", f"record {number} is no JSON object")
    data = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    return record_capture(place, record, number, data, "json")
