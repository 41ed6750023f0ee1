"""An Article as rows: what each table keeps of it. No SQL, no decisions."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.article import Article, Person, Quote, Span

Row = tuple[Any, ...]

# Between the pieces of a split quotation, so that nobody reads them as one unbroken run.
GAP = " […] "

ARTICLE_COLUMNS = (
    "title", "byline", "authors", "agency", "publisher", "section", "dateline",
    "published", "published_precision", "modified", "modified_precision",
    "url", "rights", "distributor", "language", "paywalled",
    "title_start", "title_end", "start", "end",
)  # fmt: skip


# `json.dumps` would make one at every call.
_JSON = json.JSONEncoder(ensure_ascii=False)


def as_json(values: Sequence[object]) -> str:
    """A list as JSON, its letters as they are."""
    return _JSON.encode(values)


def readable(text: str) -> str:
    """`text` on one line, every run of white space a single space."""
    return " ".join(text.split())


def article_row(article: Article) -> Row:
    """The values of ARTICLE_COLUMNS."""
    published, modified = article.published, article.modified
    title = article.title_span or (None, None)
    return (
        article.title,
        article.byline,
        as_json(article.authors),
        article.agency,
        article.publisher,
        article.section,
        article.dateline,
        published and published.value,
        published and published.precision,
        modified and modified.value,
        modified and modified.precision,
        article.url,
        article.rights,
        article.distributor,
        article.language,
        int(article.paywalled),
        *title,
        *article.extent,
    )


def paragraph_rows(article: Article) -> Iterator[Row]:
    """(position, kind, text, start, end) for each paragraph, positions from 1."""
    for position, paragraph in enumerate(article.paragraphs, 1):
        yield position, paragraph.kind, paragraph.text, *paragraph.span


def furniture_rows(article: Article) -> Iterator[Row]:
    """(text, reason, start, end) for each line that was cut from the body."""
    for piece in article.furniture:
        yield piece.span.of(article.text), piece.reason, *piece.span


def holder(article: Article) -> list[int]:
    """The start of each paragraph; `paragraph_at` looks an offset up in it."""
    return [paragraph.span.start for paragraph in article.paragraphs]


def paragraph_at(starts: list[int], offset: int) -> int:
    """Index of the paragraph that holds the character at `offset`."""
    return max(bisect_right(starts, offset) - 1, 0)


def quote_text(quote: Quote, text: str) -> str:
    """The words of the quotation, its pieces joined by GAP."""
    return GAP.join(readable(piece.of(text)) for piece in quote.pieces)


def quote_row(article: Article, position: int, quote: Quote, speaker: str | None) -> Row:
    """The values of QUOTE_COLUMNS. `speaker` is the name under which the archive knows him."""
    text = article.text

    def words(span: Span | None) -> str | None:
        return readable(span.of(text)) if span else None

    nothing = (None, None)
    return (
        position,
        quote.kind,
        quote_text(quote, text),
        speaker,
        words(quote.mention),
        words(quote.description),
        words(quote.cue),
        quote.confidence,
        quote.reason,
        quote.pieces[0].start,
        quote.pieces[-1].end,
        *(quote.mention or nothing),
        *(quote.cue or nothing),
        *(quote.description or nothing),
    )


QUOTE_COLUMNS = (
    "position", "kind", "text", "speaker", "mention", "description", "cue", "confidence",
    "reason", "start", "end", "mention_start", "mention_end", "cue_start", "cue_end",
    "description_start", "description_end",
)  # fmt: skip


def speaking(article: Article) -> dict[int, Person]:
    """The people of the article who have a name and say something, by their index."""
    heard = {q.person for q in article.quotes if q.kind != "other" and q.person is not None}
    return {
        index: person
        for index, person in enumerate(article.people)
        if index in heard and person.kind != "unnamed"
    }
