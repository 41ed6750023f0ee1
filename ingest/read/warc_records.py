"""The records of a web archive as they stand in it, and the broken spots between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.read.flow import MARK, Damage, Flow

_HEAD = 65_536
# After so many broken spots a file is not damaged but something else.
_MOST_DAMAGES = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in the file; `data` is cut where it is longer than is allowed."""

    header: bytes
    data: bytes
    length: int
    start: int | None


def records(flow: Flow, max_bytes: int, spots: list[str]) -> Iterator[Record]:
    """The good records of a flow. What is broken between them is added to `spots`, in words."""
    good = 0
    while True:
        try:
            record = next_record(flow, max_bytes)
        except Damage as damage:
            spots.append(f"{damage} after {good:,} records")
            if len(spots) > _MOST_DAMAGES or not flow.resync():
                return
            continue
        if record is None:
            return
        good += 1
        yield record


def next_record(flow: Flow, max_bytes: int) -> Record | None:
    """The next record that stands whole, None at the end. Raises Damage."""
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
    return Record(b"".join(header), data, length, start)


def _length(header: list[bytes]) -> int:
    for line in header:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            digits = value.strip()
            if digits.isdigit() and len(digits) < 16:
                return int(digits)
    raise Damage("a record does not say how long it is")


def field(header: bytes, name: bytes) -> str:
    """What a record's header says under `name`, which is in small letters; empty if nothing."""
    for line in header.splitlines():
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip().decode("utf-8", "replace")
    return ""
