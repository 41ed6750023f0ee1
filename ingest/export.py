"""An Article in the form that other programs read: one JSON object, offsets into its text."""

from __future__ import annotations

from typing import Any

from ingest.article import Article, Moment, Quote, Span
from ingest.quotes.transcripts import TURN

OFFSETS = (
    "characters of the decoded text (BOM left out, CRLF two characters), start inclusive,"
    " end exclusive, quotation marks left out"
)


def article_json(article: Article) -> dict[str, Any]:
    """The article as JSON-ready values. What was not found is None or an empty list.

    Spans are [start, end] in characters of `text`. `paragraphs` holds the body in order, list items
    among it; headings and captions stand apart. `quotes` are direct and mixed speech; reported
    speech is under `indirect`, quoted words that nobody says (titles, scare quotes) under `other`.
    """
    return {
        "id": article.capture.source,
        "title": article.title,
        "title_span": _span(article.title_span),
        "byline": article.byline,
        "authors": list(article.authors),
        "agency": article.agency,
        "section": article.section,
        "publisher": article.publisher,
        "rights": article.rights,
        "distributor": article.distributor,
        "dateline": article.dateline,
        "url": article.url,
        **_moment("published", article.published),
        **_moment("modified", article.modified),
        "encoding": article.capture.encoding,
        "paragraphs": _paragraphs(article, {"text", "list_item", "block_quote", "table"}),
        "headings": _paragraphs(article, {"heading"}),
        "list_items": _paragraphs(article, {"list_item"}),
        "captions": _paragraphs(article, {"caption"}),
        "furniture": [line.span.of(article.text) for line in article.furniture],
        "furniture_reasons": [line.reason for line in article.furniture],
        "quotes": _quotes(article, {"direct", "mixed"}),
        "indirect": _quotes(article, {"indirect"}),
        "other": _quotes(article, {"other"}),
        "people": [
            {
                "name": person.name,
                "kind": person.kind,
                "other_names": list(person.other_names),
                "descriptions": [span.of(article.text) for span in person.descriptions],
                "mentions": [_span(mention.span) for mention in person.mentions],
            }
            for person in article.people
        ],
        "extent": _span(article.extent),
        "offsets": OFFSETS,
        "text": article.text,
    }


def scorer_json(article: Article) -> dict[str, Any]:
    """{"id", "quotes"} in the form that quotation scorers read: the speaker as mentioned.

    Quoted words that nobody says are left out. A turn of a transcript has the kind "turn": where
    the gold has nothing but what stands in marks, a scorer counts it neither right nor wrong.
    """
    said = (quote for quote in article.quotes if quote.kind != "other")
    return {"id": article.capture.source, "quotes": [_scored(quote, article) for quote in said]}


def scored_kind(quote: Quote) -> str:
    """The kind of a quotation for scorers, which may know speech in marks only."""
    return "turn" if quote.reason == TURN else quote.kind


def _scored(quote: Quote, article: Article) -> dict[str, Any]:
    person = article.people[quote.person] if quote.person is not None else None
    text = article.text
    return {
        "pieces": list(map(list, quote.pieces)),
        "text": [text[start:end] for start, end in quote.pieces],
        "speaker": quote.mention.of(text) if quote.mention else person and person.name,
        "speaker_span": _span(quote.mention),
        "speaker_full": person.name if person and person.kind != "unnamed" else None,
        "cue": quote.cue.of(text) if quote.cue else None,
        "kind": scored_kind(quote),
        "confidence": quote.confidence,
        "reason": quote.reason,
    }


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _moment(name: str, moment: Moment | None) -> dict[str, str | None]:
    return {
        name: moment.value if moment else None,
        f"{name}_precision": moment.precision if moment else None,
    }


def _paragraphs(article: Article, kinds: set[str]) -> list[list[int]]:
    return [list(part.span) for part in article.paragraphs if part.kind in kinds]


def _quotes(article: Article, kinds: set[str]) -> list[dict[str, Any]]:
    def words(span: Span | None) -> str | None:
        return span.of(article.text) if span else None

    return [
        {
            "pieces": [list(piece) for piece in quote.pieces],
            "speaker": article.people[quote.person].name if quote.person is not None else None,
            "mention": _span(quote.mention),
            "description": words(quote.description),
            "cue": words(quote.cue),
            "kind": quote.kind,
            "text": [piece.of(article.text) for piece in quote.pieces],
            "confidence": quote.confidence,
            "reason": quote.reason,
        }
        for quote in article.quotes
        if quote.kind in kinds
    ]
