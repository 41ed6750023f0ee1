"""What every container does with its members: names, limits, one line for each that is bad."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from ingest.article import Capture
from ingest.errors import IngestError, TooLarge, UnsafeMember
from ingest.read.beside import ending_beside
from ingest.read.place import MOST_PACKED, Budget, Place, read_safely

# As many members as a file may have: somebody's whole collection, but no trap.
MOST_MEMBERS = 1_000_000
# Under this size how well a member packs says nothing: a thousand spaces are no bomb.
SMALL = 1_000_000
GZIP = b"\x1f\x8b\x08"
_LEFT_OUT = {"__macosx", "thumbs.db", "desktop.ini"}


def inflated(head: bytes, size: int) -> bytes:
    """The first `size` bytes of what a gzip member that begins with `head` holds."""
    try:
        return zlib.decompressobj(31).decompress(head, size)
    except zlib.error:
        return b""


class Gunzip:
    """What gzip packs, as a stream. Broken, it gives all that comes out before it raises."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unpacker = zlib.decompressobj(31)
        self._packed = b""
        self._begun = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, none at the end. Raises EOFError or zlib.error where it is broken."""
        out = b""
        while not out:
            if not self._packed:
                self._packed = self._stream.read(65_536)
                if not self._packed:
                    if self._begun:
                        raise EOFError("gzip data end too early")
                    return b""
            if not self._begun:
                self._packed = self._packed.lstrip(b"\0")  # filled up with zeros, as tapes were
                if not self._packed:
                    continue
            self._begun = True
            out = self._unpacker.decompress(self._packed, size)
            self._packed = self._unpacker.unconsumed_tail or self._unpacker.unused_data
            if self._unpacker.eof:
                self._unpacker, self._begun = zlib.decompressobj(31), False
        return out


def passed_over(name: str) -> bool:
    """Whether a member is no page of anybody's: hidden, a picture, or what a system left there."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and ending_beside(parts[-1]):
        return True
    return any(part.startswith(".") or part.lower() in _LEFT_OUT for part in parts)


def leads_out(name: str) -> bool:
    """Whether a member's name points outside of its archive."""
    name = name.replace("\\", "/")
    return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")


def shown(name: str) -> str:
    """A member's name on one line, in characters that can be printed and stored."""
    name = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "\ufffd" for c in name)[:500]


class Members:
    """The members of one container, taken one after the other with all limits kept."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.budget = place.budget or Budget(place.size(), place.max_bytes)
        self._names: dict[str, int] = {}
        self.count = 0
        self.whole = 0  # those that were read to their end

    @property
    def spent(self) -> bool:
        """Whether the file has unpacked to so much that nothing more is taken from it."""
        return self.budget.left < 0

    def count_one(self) -> None:
        """Count a member. Raises TooLarge over MOST_MEMBERS."""
        self.count += 1
        if self.count > MOST_MEMBERS:
            raise TooLarge(
                self.place.source, f"it has over {MOST_MEMBERS:,} members; unpack it first"
            )

    def own_name(self, name: str) -> str:
        """The name to know a member by: a second one of the same name is told apart."""
        name = shown(name)
        times = self._names[name] = self._names.get(name, 0) + 1
        return name if times == 1 else f"{name} ({times})"

    def check(self, name: str, size: int, packed: int) -> None:
        """Raises UnsafeMember or TooLarge for a member that is not to be unpacked."""
        source = f"{self.place.source}!{name}"
        if leads_out(name):
            raise UnsafeMember(source, "its name leads out of the archive; it was left out")
        if size > SMALL and size > MOST_PACKED * max(packed, 1):
            raise UnsafeMember(
                source, f"it unpacks to over {MOST_PACKED} times its size; it was left out"
            )
        if size > self.place.max_bytes:
            raise TooLarge(
                source,
                f"it unpacks to over {self.place.max_bytes:,} bytes; raise the limit or split it",
            )

    def read(self, name: str, data: bytes) -> Iterator[Capture | IngestError]:
        """The captures of a member whose bytes are here."""
        self.whole += 1
        try:
            self.budget.take(self.place.source, len(data))
            place = replace(self.place, budget=self.budget).member(name, data)
        except IngestError as error:
            yield error
        else:
            yield from read_safely(place)
