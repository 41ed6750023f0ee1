"""Straight single marks in headlines, where many papers use no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.article import Span
from ingest.quotes.pairing import DOUBLE

if TYPE_CHECKING:
    from ingest.quotes.marks import Run

_LONGEST_HEADLINE = 130  # characters
_LOOKS = 4  # places at which the word of a headline is looked at again
_BELOW = 20_000  # characters below the headline, which keeps time linear in any text
_LONGEST_SAID = 600  # characters before one in which its quotation opens
_SMALL = 3  # letters: such words are small in any headline
_CAPITALS = 0.5  # of the words: a headline of which every word has one


def is_headline(text: str, span: Span, *, first: bool) -> bool:
    """Whether a line looks like a headline, where many papers use single marks only."""
    if span.end - span.start > _LONGEST_HEADLINE or text.count("'", *span) < 2:
        return False
    if any(text.find(mark, *span) >= 0 for mark in DOUBLE):
        return False
    return first or text[span.end - 1].isalnum()


def _is_echo(text: str, line: Span, run: Run) -> bool:
    """Whether the article quotes the same word again below: warns of 'brutal' spring."""
    said = run.span.of(text)
    at = line.end
    for _ in range(_LOOKS):
        at = text.find(said, at + 1, line.end + _BELOW)
        if at < 0:
            return False
        first = max(0, text.rfind("\n", 0, at))
        before = text[max(first, at - _LONGEST_SAID) : at]
        if before.count("“") > before.count("”") or before.count('"') % 2:
            return True
    return False


def is_told(text: str, line: Span, run: Run) -> bool:
    """Whether words in a headline stand there as a quotation: some of them, or set off."""
    start, end = run.outer
    words = run.span.of(text).count(" ") + 1
    plain = line.of(text).split()
    capitals = sum(word[0].isupper() for word in plain if len(word) > _SMALL)
    if words > (2 if capitals < _CAPITALS * len(plain) else 3):
        return True
    if words == 1 and _is_echo(text, line, run):
        return True
    return words > 1 and (
        start == line.start
        or text.startswith((": ", "| "), start - 2)
        or text.startswith(",", end)
        or text[run.span.end - 1] == ","
    )
