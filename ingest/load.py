"""Files into an archive, one after the other: what fails is recorded, the rest goes on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from db.archive import Archive, Outcome
from ingest.article import Article
from ingest.errors import IngestError
from ingest.pipeline import Given, articles_of
from ingest.read import MAX_BYTES, STDIN, printable, read_capture


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: its articles with their outcomes, or the error.

    A file that was read before, byte for byte, is not recognised again: it has outcomes only.
    """

    source: str
    outcomes: tuple[Outcome, ...] = ()
    articles: tuple[Article, ...] = ()
    error: IngestError | None = None


@dataclass(slots=True)
class Tally:
    """The closing counts: of articles, and of files that failed."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one file's result."""
        self.counts.update(result.outcomes)
        self.counts["failed"] += result.error is not None

    def __str__(self) -> str:
        words = [f"{self.counts[w]} {w}" for w in ("added", "unchanged", "revised", "failed")]
        copies = self.counts["copy"]
        if copies:
            words.insert(3, f"{copies} {'copy' if copies == 1 else 'copies'}")
        return ", ".join(words)


def load(
    archive: Archive,
    sources: Iterable[str],
    *,
    given: Given | None = None,
    max_bytes: int = MAX_BYTES,
    recognise_all: bool = False,
) -> Iterator[Result]:
    """Read each of `sources` into the archive and say what became of it, as it happens.

    A file is stored in one transaction, so whoever stops in between loses nothing and the next
    run goes on. With `recognise_all`, results have their articles even where the archive has
    these very bytes.
    """
    for source in sources:
        place, shown = location(source), printable(source)
        try:
            capture = read_capture(source, max_bytes=max_bytes)
            known = 0 if given or recognise_all else archive.has_read(place, capture.sha256)
            if known:
                unchanged: Outcome = "unchanged"
                yield Result(shown, (unchanged,) * known)
                continue
            articles = articles_of(capture, given)
        except IngestError as error:
            archive.fail(place, error.kind, error.message)
            yield Result(shown, error=error)
            continue
        outcomes = archive.add(place, articles, corrected=bool(given))
        yield Result(shown, tuple(outcomes), articles)


def preview(
    sources: Iterable[str], *, given: Given | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Result]:
    """Read each of `sources` as `load` would, and store nothing."""
    for source in sources:
        try:
            articles = articles_of(read_capture(source, max_bytes=max_bytes), given)
            yield Result(printable(source), articles=articles)
        except IngestError as error:
            yield Result(printable(source), error=error)


def location(source: str) -> str:
    """Where a source is, the same from every folder: an absolute path, or "-"."""
    return source if source == STDIN else printable(os.path.abspath(source))


def is_part_of(archive: Path, source: str) -> bool:
    """Whether `source` is the archive's own file, or one that SQLite keeps beside it."""
    own = location(str(archive))
    return location(source) in {own, f"{own}-wal", f"{own}-shm", f"{own}-journal"}
