"""Where bytes come from, and which reader takes them: recognised by content, not by name."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from ingest.article import Capture, Fact
from ingest.errors import IngestError, TooLarge, UnreadableFile

# What a reader may look at to tell its format.
HEAD_BYTES = 65_536
# A zip in a zip in a mail is somebody's archive; deeper than this it is somebody's trap.
MOST_NESTED = 4


@dataclass(frozen=True, slots=True)
class Place:
    """One file, or one member of a file that holds several.

    `source` names it for people and for the archive: the path as given, members after a "!".
    Either `path` (read as a stream) or `data` (a member, already in memory) holds the bytes.
    `facts` are what the container says of its member, its address for one.
    """

    source: str
    path: Path | None = None
    data: bytes | None = None
    max_bytes: int = 50_000_000
    depth: int = 0
    url: str | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def name(self) -> str:
        """The last part of the name, in lower case: only breaks ties between formats."""
        return self.source.rpartition("!")[2].rpartition("/")[2].lower()

    def open(self) -> BinaryIO:
        """The bytes as a seekable stream. Raises UnreadableFile."""
        if self.data is not None:
            return io.BytesIO(self.data)
        assert self.path is not None
        try:
            return self.path.open("rb")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UnreadableFile(
                self.source, f"{reason}; check the path and its permissions"
            ) from error

    def head(self) -> bytes:
        """The first HEAD_BYTES bytes."""
        with self.open() as stream:
            return _read(stream, HEAD_BYTES, self.source)

    def read(self) -> bytes:
        """All bytes. Raises TooLarge over `max_bytes`, UnreadableFile."""
        if self.data is not None:
            data = self.data
        else:
            with self.open() as stream:
                data = _read(stream, self.max_bytes + 1, self.source)
        if len(data) > self.max_bytes:
            raise TooLarge(
                self.source,
                f"the file is over {self.max_bytes:,} bytes; raise the limit or split it",
            )
        return data

    def member(
        self, name: str, data: bytes, *, url: str | None = None, facts: tuple[Fact, ...] = ()
    ) -> Place:
        """The place of something inside this one. Raises UnreadableFile when nested too deep."""
        if self.depth >= MOST_NESTED:
            raise UnreadableFile(
                f"{self.source}!{name}", f"it lies {MOST_NESTED} files deep; unpack it first"
            )
        return Place(
            f"{self.source}!{name}", None, data, self.max_bytes, self.depth + 1, url, facts
        )


def _read(stream: BinaryIO, size: int, source: str) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise UnreadableFile(source, f"{error.strerror or error}; try again") from error


def capture_of(place: Place, data: bytes, text: str, encoding: str, **more: object) -> Capture:
    """A capture of `place` with the digest and size of `data`; `more` as in Capture."""
    made = Capture(
        place.source, text, encoding, hashlib.sha256(data).hexdigest(), len(data), place.url,
        facts=place.facts,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def readers() -> list[ModuleType]:
    """The reader modules, the surest to be recognised first; text takes whatever is left."""
    from ingest.read import html, text

    return [html, text]


def read_place(place: Place) -> Iterator[Capture | IngestError]:
    """The captures that a place holds, in order.

    An IngestError that is yielded concerns one member, the rest goes on; one that is raised
    concerns the whole place. A member that is itself a container goes through here again.
    """
    head = place.head()
    for reader in readers():
        if reader.matches(head, place.name):
            yield from reader.read(place)
            return
