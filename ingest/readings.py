"""What one source gives, ready to be stored: the part that may run in a process of its own."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from db.match import already_read
from ingest.addresses import is_address
from ingest.article import Article, Capture, Fact
from ingest.errors import AlreadyRead, IngestError
from ingest.pipeline import Given, articles_of
from ingest.read import MAX_BYTES, STDIN, place_of, printable
from ingest.read.place import Columns, Cut, Place, failed, read_safely

# (source, SHA-256 of its bytes) -> how many articles they gave when last read from there.
Known = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Job:
    """How to read. `archive` is looked up in, read only, for what need not be read again."""

    given: Given | None = None
    max_bytes: int = MAX_BYTES
    archive: Path | None = None
    columns: Columns = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes that came from the web, to be read as a file's are.

    `address` is what was asked for, `url` where it was in the end. With `afresh` they are read
    though the archive may have them.
    """

    address: str
    data: bytes
    url: str
    facts: tuple[Fact, ...] = ()
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the web archive at `path`, which is all that is read of it."""

    path: str
    cut: Cut


Source = str | Fetched | Stretch


@dataclass(frozen=True, slots=True)
class Reading:
    """One capture of a source: its articles, or the error; `unchanged` counts articles known.

    `source` is the file or the address, `member` the name of the capture, the same where the
    source is all of it. `read` counts the bytes of the file that were read by then.
    """

    source: str
    member: str
    articles: tuple[Article, ...] = ()
    error: IngestError | None = None
    unchanged: int = 0
    read: int = 0

    @property
    def failed(self) -> bool:
        """Whether there is a fault in it."""
        return self.error is not None and self.error.fails


def readings(source: Source, job: Job, known: Known | None = None) -> Iterator[Reading]:
    """Everything that a source gives, in order; no exception comes out but what stops a program."""
    name = name_of(source)
    progress = None
    if isinstance(source, Fetched) and source.afresh:
        known = None
    try:
        place = _place_of(source, job)
        progress = place.progress
        if known is not None:
            place = replace(place, known=_by_place(name, known))
            if name != STDIN and place.cut is None:
                place.stop_if_known()
        found = read_safely(place)
    except IngestError as error:
        found = iter([error])
    for capture in found:
        reading = _reading(name, capture, job, known)
        yield replace(reading, read=progress.at) if progress else reading


def name_of(source: Source) -> str:
    """What a source goes by: its path, "-", or the address that was asked for."""
    match source:
        case Fetched(address=name) | Stretch(path=name):
            return name
        case name:
            return name


def _place_of(source: Source, job: Job) -> Place:
    if isinstance(source, Stretch):
        place = place_of(source.path, max_bytes=job.max_bytes, columns=job.columns)
        return replace(place, cut=source.cut)
    if isinstance(source, str):
        return place_of(source, max_bytes=job.max_bytes, columns=job.columns)
    return Place(
        printable(source.address), data=source.data, max_bytes=job.max_bytes, url=source.url,
        facts=source.facts, columns=job.columns,
    )  # fmt: skip


def _reading(source: str, capture: Capture | IngestError, job: Job, known: Known | None) -> Reading:
    if isinstance(capture, AlreadyRead):
        return Reading(source, capture.source, unchanged=capture.articles)
    if isinstance(capture, IngestError):
        return Reading(source, capture.source, error=capture)
    try:
        count = known(within(source, capture.source), capture.sha256) if known else 0
        if count:
            return Reading(source, capture.source, unchanged=count)
        return Reading(source, capture.source, articles_of(capture, job.given))
    except IngestError as error:
        return Reading(source, error.source, error=error)
    except Exception as error:  # a fault of ours in one text must not stop the others
        return Reading(source, capture.source, error=failed(capture.source, error))


def _by_place(source: str, known: Known) -> Known:
    return lambda member, digest: known(within(source, member), digest)


def within(source: str, member: str) -> str:
    """The location of a member: that of its file, and its own name after it."""
    return location(source) + member.removeprefix(printable(source))


def location(source: str) -> str:
    """Where a source is, the same from every folder: an absolute path, an address, or "-"."""
    if source == STDIN or is_address(source):
        return printable(source)
    return printable(os.path.abspath(source))


def known_in(archive: Path | None) -> Known | None:
    """Looks up in the archive, read only, what was read before. None where that is not wanted."""
    if archive is None:
        return None
    if archive.is_dir():
        # Few have one: the others need not wait for all that writes to it.
        from db.shards.known import known_in as known_in_folder

        return known_in_folder(archive)
    conn = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True, timeout=30)

    def known(place: str, digest: str) -> int:
        try:
            return len(already_read(conn, place, digest, is_file=place != STDIN))
        except sqlite3.Error:
            return 0  # whoever writes to the archive finds out, and says what is wrong with it

    return known
