"""Reading again what the archive keeps, with the readers of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from db.archive import Archive
from db.kept import Kept
from ingest.article import Article, Capture
from ingest.dates import parse_moment
from ingest.errors import IngestError
from ingest.fingerprint import fold
from ingest.pipeline import Given, articles_of
from ingest.read import record
from ingest.read.place import Place, read_safely

# A chapter is read with what its book says, which is not kept with it.
NOT_ALONE = frozenset({"epub"})


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of an article that was read again."""

    source: str
    outcome: Literal["better", "same", "kept"]
    error: IngestError | None = None


def reread(archive: Archive) -> Iterator[Reread]:
    """Read every article of the archive again, from its raw bytes or its whole text.

    What a person gave by hand stays. Where the readers of today find no article, the old reading
    is kept and the error said.
    """
    for kept in archive.kept():
        source = kept.capture.source
        if kept.capture.format in NOT_ALONE:
            yield Reread(source, "kept")
            continue
        try:
            article = _again(kept)
        except IngestError as error:
            yield Reread(source, "kept", error)
            continue
        yield Reread(source, "better" if archive.reread(kept.article_id, article) else "same")


def _again(kept: Kept) -> Article:
    said = kept.by_hand
    published = said.get("published")
    given = Given(
        said.get("title"),
        said.get("publisher"),
        parse_moment(published) if published else None,
        said.get("url"),
    )
    articles = articles_of(_capture(kept.capture), given or None)
    titled = fold(kept.title or "")
    # A text that holds several articles: the one that begins where this one did, or is called so.
    return min(
        articles,
        key=lambda a: (a.extent.start != kept.start, fold(a.title or "") != titled),
    )


def _capture(known: Capture) -> Capture:
    if known.raw is None:
        return known
    place = Place(
        known.source, data=known.raw, max_bytes=len(known.raw), url=known.url, facts=known.carried
    )
    # A row says less than its table: what is kept of it is told by its format, not recognised.
    is_record = known.format in record.FORMATS
    found = record.read_kept(place, known.format) if is_record else next(read_safely(place))
    if isinstance(found, IngestError):
        raise found
    return replace(found, source=known.source, sha256=known.sha256, size=known.size)
