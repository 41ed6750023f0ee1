"""A gzip file of one page, or of whatever else there is a reader for."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from ingest.article import Capture
from ingest.errors import DamagedFile, IngestError
from ingest.read.members import GZIP, Gunzip, Members
from ingest.read.place import Place

# Small: what comes out of a broken file before the break is wanted.
_STEP = 1 << 16


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes begin as gzip does; archives in gzip are told before."""
    return head.startswith(GZIP)


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The captures of what is packed. One that is cut off gives what comes out, then the error."""
    members = Members(place)
    name = place.source.rpartition("!")[2].replace("\\", "/").rpartition("/")[2]
    name = members.own_name(name[:-3] if name.lower().endswith(".gz") else "content")
    packed = place.size()
    parts: list[bytes] = []
    size = 0
    damage: IngestError | None = None
    with place.open() as stream:
        unpacked = Gunzip(stream)
        try:
            while part := unpacked.read(_STEP):
                parts.append(part)
                size += len(part)
                members.check(name, size, packed)
        except (EOFError, zlib.error, OSError):
            damage = DamagedFile(
                place.source, "the gzip file is cut off or damaged; what came out was kept"
            )
    for found in members.read(name, b"".join(parts)):
        # Of half a page it goes without saying that something is missing.
        if damage is None or isinstance(found, Capture):
            yield found
    if damage is not None:
        raise damage
