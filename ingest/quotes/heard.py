"""Words that a court heard, nobody being named: “a coward”, the jury was told."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.rules import HEARD, LONGEST_LOOK, Found, Place, Reading
from ingest.quotes.tokens import Token

_HEARERS = frozenset(
    "court jury jurors inquest tribunal hearing inquiry trial magistrates panel commission".split()
)
_TOLD = _HEARERS | frozenset(
    "council committee councillors mps peers senators lawmakers conference meeting".split()
)
_HEAR = frozenset({"heard", "hears"})
_ARE = frozenset("was were is are has have had been".split())
_LOOK_AHEAD = 7  # tokens of "Lewes Crown Court was told"


def told_to_court(r: Reading, place: Place) -> Found | None:
    """The court behind the quotation that heard it: "“...”, the inquest heard"."""
    j = place.at + 1
    if j < place.ceiling and r.tokens[j].low == ",":
        j += 1
    return _between(r, j, min(place.ceiling, j + _LOOK_AHEAD), place)


def court_told(r: Reading, place: Place) -> Found | None:
    """The court before the quotation that heard it: "The jury was told he was “...”"."""
    start = max(place.start, place.at - LONGEST_LOOK)
    return _between(r, start, place.floor, place) or _between(r, place.floor, place.at, place)


def _between(r: Reading, start: int, end: int, place: Place) -> Found | None:
    tokens = r.tokens
    for k in range(start + 1, end):
        low = tokens[k].low
        if low not in _HEAR and low != "told":
            continue
        first = k
        while first - 1 > start and tokens[first - 1].low in _ARE:
            first -= 1
        if (low == "told") == (first == k) or not _hears(tokens[first - 1]):
            ends = first == k and k + 1 == len(tokens) and place.at < k  # “...”, council told
            if not ends or tokens[k - 1].low not in _TOLD:
                continue
        if k > place.at and any(t.kind in ("point", "quote") for t in tokens[start:k]):
            continue
        span = Span(tokens[first].start, tokens[k].end)
        return Found(None, span, HEARD, 0.6, 0.9, abs(place.at - k) - 1, content=True)
    return None


def _hears(token: Token) -> bool:
    if token.name is not None:
        return token.name.words[-1].lower() in _HEARERS
    return token.low in _HEARERS
