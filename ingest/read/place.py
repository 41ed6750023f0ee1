"""Where bytes come from, and which reader takes them: recognised by content, not by name."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from ingest.article import Capture, Fact
from ingest.errors import AlreadyRead, IngestError, ReaderFailed, TooLarge, UnreadableFile
from ingest.read.counted import MOST_PACKED as MOST_PACKED
from ingest.read.counted import Budget as Budget
from ingest.read.counted import Followed
from ingest.read.counted import Progress as Progress
from ingest.read.encoding import codec_for

# What a reader may look at to tell its format.
HEAD_BYTES = 65_536
# A zip in a zip in a mail is somebody's archive; deeper than this it is somebody's trap.
MOST_NESTED = 4
# ("title", "headline"): the column that a person named for a field of ours.
Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a web archive, in bytes, that begins and ends where records do.

    `names` are those of its pages (counted from 1) that do not go by their address alone, because a
    page further in front does; `payloads` are digests of records in front of it that are repeated
    in it, and where they begin.
    """

    start: int
    end: int
    names: tuple[tuple[int, str], ...] = ()
    payloads: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One file, or one member of a file that holds several.

    `source` names it for people and for the archive: the path as given, members after a "!".
    Either `path` (read as a stream) or `data` (a member, already in memory) holds the bytes.
    `facts` are what the container says of its member, its address for one. `known`, where given,
    says how many articles these bytes (their SHA-256) gave when this source was last read.
    `columns` are pairs of a field of ours and the column that a person named for it. `progress` is
    told how far the file at `path` has been read. A `cut` is all that is read of a web archive.
    """

    source: str
    path: Path | None = None
    data: bytes | None = None
    max_bytes: int = 50_000_000
    depth: int = 0
    url: str | None = None
    facts: tuple[Fact, ...] = ()
    known: Callable[[str, str], int] | None = None
    budget: Budget | None = None
    columns: Columns = ()
    progress: Progress | None = None
    cut: Cut | None = None

    @property
    def name(self) -> str:
        """The last part of the name, in lower case: only breaks ties between formats."""
        return self.source.rpartition("!")[2].rpartition("/")[2].lower()

    @property
    def charset(self) -> str | None:
        """The codec for the charset that whoever sent the bytes named."""
        return codec_for(next((f.value for f in self.facts if f.field == "charset"), None))

    def open(self) -> BinaryIO:
        """The bytes as a seekable stream. Raises UnreadableFile."""
        if self.data is not None:
            return io.BytesIO(self.data)
        assert self.path is not None
        try:
            if self.progress is not None:
                return io.BufferedReader(Followed(self.path, self.progress))
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
        """The place of something inside this one. Raises UnreadableFile, AlreadyRead."""
        if self.depth >= MOST_NESTED:
            raise UnreadableFile(
                f"{self.source}!{name}", f"it lies {MOST_NESTED} files deep; unpack it first"
            )
        budget = self.budget or Budget(self.size(), self.max_bytes)
        inner = replace(
            self, source=f"{self.source}!{name}", path=None, data=data, depth=self.depth + 1,
            url=url, facts=facts, budget=budget, cut=None,
        )  # fmt: skip
        inner.stop_if_known()
        return inner

    def size(self) -> int:
        """How many bytes the place holds. Raises UnreadableFile."""
        if self.data is not None:
            return len(self.data)
        with self.open() as stream:
            try:
                return stream.seek(0, io.SEEK_END)
            except OSError as error:
                raise UnreadableFile(self.source, "it is no regular file; save it first") from error

    def stop_if_known(self) -> None:
        """Raises AlreadyRead where the archive has these very bytes from this very place."""
        # With columns named anew the same bytes may well say something else.
        if self.known is None or self.columns or self.size() > self.max_bytes:
            return
        count = self.known(self.source, hashlib.sha256(self.read()).hexdigest())
        if count:
            raise AlreadyRead(self.source, "unchanged", count)


def _read(stream: BinaryIO, size: int, source: str) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise UnreadableFile(source, f"{error.strerror or error}; try again") from error


def capture_of(place: Place, data: bytes, text: str, encoding: str, **more: object) -> Capture:
    """A capture of `place` with the digest and size of `data`; `more` as in Capture."""
    made = Capture(
        place.source, text, encoding, hashlib.sha256(data).hexdigest(), len(data), place.url,
        facts=place.facts, carried=place.facts,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


# To import what is imported takes longer than most readers take to say that a file is not theirs.
@lru_cache(maxsize=1)
def readers() -> tuple[ModuleType, ...]:
    """The reader modules, the surest to be recognised first; text takes whatever is left."""
    from ingest.read import (
        csv_table,
        docx,
        enex,
        epub,
        factiva,
        feed,
        gz,
        html,
        json_lines,
        mail,
        markdown,
        mhtml,
        newsml,
        odt,
        omnivore,
        pdf,
        pocket,
        rtf,
        tar,
    )
    from ingest.read import text, unread, warc, webarchive, zip, zotero  # isort: skip

    documents = [pdf, epub, docx, odt, rtf, webarchive]
    sure = [warc, *documents, tar, gz, omnivore, pocket, unread, zip, json_lines, zotero, feed]
    return (*sure, newsml, enex, mhtml, markdown, factiva, csv_table, mail, html, text)


def read_place(place: Place) -> Iterator[Capture | IngestError]:
    """The captures that a place holds, in order.

    An IngestError that is yielded concerns one member, the rest goes on; one that is raised
    concerns the whole place. A member that is itself a container goes through here again.
    """
    from ingest.read import csv_table, json_lines

    head = place.head()
    for reader in readers():
        if place.columns and reader in (csv_table, json_lines):
            taken = reader.matches(head, place.name, place.columns)
        else:
            taken = reader.matches(head, place.name)
        if taken:
            yield from reader.read(place)
            return


def read_safely(place: Place) -> Iterator[Capture | IngestError]:
    """As `read_place`, but whatever ends the place comes last instead of being raised."""
    try:
        yield from read_place(place)
    except IngestError as error:
        yield error
    except Exception as error:  # a reader's fault takes down its own file, no other
        yield failed(place.source, error)


def failed(source: str, error: BaseException) -> ReaderFailed:
    """What is said of a file that a reader broke on."""
    if isinstance(error, MemoryError):
        return ReaderFailed(source, "reading it takes too much memory; split it")
    if isinstance(error, RecursionError):
        return ReaderFailed(source, "it is nested too deep to be read; save it as text")
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return ReaderFailed(source, f"the reader broke on it ({what}); please report it")
