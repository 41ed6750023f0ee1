"""From what a format states to an article: claims that disagree are weighed."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

from ingest.article import (
    Article,
    Capture,
    FactField,
    Furniture,
    Moment,
    Paragraph,
    ParagraphKind,
    Span,
)
from ingest.errors import NoArticle


def article_from_blocks(capture: Capture) -> Article:
    """The article of a capture whose format gave blocks and facts. Raises NoArticle."""
    assert capture.blocks is not None
    text = capture.text
    titles = [block.span for block in capture.blocks if block.kind == "title"]
    paragraphs = tuple(
        Paragraph(
            block.span, " ".join(block.span.of(text).split()), cast(ParagraphKind, block.kind)
        )
        for block in capture.blocks
        if block.kind not in ("title", "byline", "furniture")
    )
    if not any(part.kind not in ("caption", "heading") for part in paragraphs):
        raise NoArticle(capture.source, "no article found in it; save the page once it has loaded")
    said = weigh(capture)
    return Article(
        capture=capture,
        extent=Span(0, len(text)),
        title=said.get("title") or (titles[0].of(text) if titles else None),
        title_span=titles[0] if titles else None,
        byline=said.get("byline"),
        authors=tuple(f.value for f in capture.facts if f.field == "author"),
        agency=said.get("agency"),
        section=said.get("section"),
        publisher=said.get("publisher"),
        rights=said.get("rights"),
        distributor=said.get("distributor"),
        dateline=said.get("dateline"),
        url=capture.url or said.get("url"),
        language=said.get("language"),
        paywalled="paywall" in said,
        published=_moment(said.get("published")),
        modified=_moment(said.get("modified")),
        captured=_moment(said.get("captured")),
        facts=capture.facts,
        paragraphs=paragraphs,
        furniture=tuple(
            Furniture(block.span, block.reason)
            for block in capture.blocks
            if block.kind == "furniture"
        ),
    )


def weigh(capture: Capture) -> dict[FactField, str]:
    """The value of each field that has the most weight behind it, claims of one value added up."""
    weights: dict[FactField, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for fact in capture.facts:
        weights[fact.field][fact.value] += fact.weight
    return {name: max(values, key=values.__getitem__) for name, values in weights.items()}


def _moment(value: str | None) -> Moment | None:
    if not value:
        return None
    clock = len(value.partition("T")[2].partition("+")[0].partition("Z")[0])
    if "T" in value:
        return Moment(value, "second" if clock >= 8 else "minute")
    return Moment(value, {4: "year", 7: "month"}.get(len(value), "day"))  # type: ignore[arg-type]
