"""What one source gives, ready to be stored: the part that may run in a process of its own."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from db.match import already_read
from ingest.article import Article, Capture
from ingest.errors import AlreadyRead, IngestError
from ingest.pipeline import Given, articles_of
from ingest.read import MAX_BYTES, STDIN, place_of, printable
from ingest.read.place import Columns, failed, read_safely

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
class Reading:
    """One capture of a source: its articles, or the error; `unchanged` counts articles known.

    `source` is the file, `member` the name of the capture, the same where the file is all of it.
    """

    source: str
    member: str
    articles: tuple[Article, ...] = ()
    error: IngestError | None = None
    unchanged: int = 0


def readings(source: str, job: Job, known: Known | None = None) -> Iterator[Reading]:
    """Everything that a source gives, in order; no exception comes out but what stops a program."""
    try:
        place = place_of(source, max_bytes=job.max_bytes, columns=job.columns)
        if known is not None:
            place = replace(place, known=_by_place(source, known))
            if source != STDIN:
                place.stop_if_known()
        found = read_safely(place)
    except IngestError as error:
        found = iter([error])
    for capture in found:
        yield _reading(source, capture, job, known)


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
    """Where a source is, the same from every folder: an absolute path, or "-"."""
    return source if source == STDIN else printable(os.path.abspath(source))


def known_in(archive: Path | None) -> Known | None:
    """Looks up in the archive, read only, what was read before. None where that is not wanted."""
    if archive is None:
        return None
    conn = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True, timeout=30)

    def known(place: str, digest: str) -> int:
        return len(already_read(conn, place, digest, is_file=place != STDIN))

    return known
