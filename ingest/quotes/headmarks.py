"""Straight single marks in headlines, where many papers use no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.article import Span
from ingest.quotes.pairing import DOUBLE

if TYPE_CHECKING:
    from ingest.quotes.marks import Run

_LONGEST_HEADLINE = 130  # characters
_SMALL = 3  # letters: such words are small in any headline
_CAPITALS = 0.5  # of the words: a headline of which every word has one


def is_headline(text: str, span: Span, *, first: bool) -> bool:
    """Whether a line looks like a headline, where many papers use single marks only."""
    if span.end - span.start > _LONGEST_HEADLINE or text.count("'", *span) < 2:
        return False
    if any(text.find(mark, *span) >= 0 for mark in DOUBLE):
        return False
    return first or text[span.end - 1].isalnum()


def is_told(text: str, line: Span, run: Run) -> bool:
    """Whether words in a headline stand there as a quotation: some of them, or set off."""
    start, end = run.outer
    words = run.span.of(text).count(" ") + 1
    plain = line.of(text).split()
    capitals = sum(word[0].isupper() for word in plain if len(word) > _SMALL)
    if words > (2 if capitals < _CAPITALS * len(plain) else 3):
        return True
    return words > 1 and (
        start == line.start
        or text.startswith((": ", "| "), start - 2)
        or text.startswith(",", end)
        or text[run.span.end - 1] == ","
    )
