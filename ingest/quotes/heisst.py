"""German "heißt es" and "hieß es": the source stands in a phrase beside it, if anywhere."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.behind import phrase_after
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import phrase_ending
from ingest.quotes.rules import HEARSAY, LONGEST_LOOK, Found, Place, Reading

_SAID = frozenset({"heißt", "hieß", "heiße"})
_FROM = frozenset("aus in im bei beim von vom seitens laut".split())
_LONGEST = 8  # tokens of "aus dem Haus der Ministerin"


def from_heisst_es(r: Reading, place: Place) -> Found | None:
    """Who is behind the words: "In der Koalition heißt es", "hieß es aus dem Rathaus"."""
    tokens = r.tokens
    first = max(place.start, place.at - LONGEST_LOOK)
    for k in range(first, min(place.end, place.at + LONGEST_LOOK) - 1):
        if tokens[k].low not in _SAID or tokens[k + 1].low != "es":
            continue
        cue = Span(tokens[k].start, tokens[k + 1].end)
        source = _behind(r, k + 2, place.end) or _before(r, k, first)
        if source is None:
            return Found(None, cue, HEARSAY, 0.6, 0.9, content=True)
        return Found(source, cue, "source beside “heißt es”", 0.8, 0.9, content=True)
    return None


def _behind(r: Reading, start: int, end: int) -> Phrase | None:
    """What a preposition behind the verb leads to, a day or "dazu" between."""
    for k in range(start, min(end, start + 4)):
        token = r.tokens[k]
        if token.kind in ("quote", "point"):
            return None
        if token.low in _FROM:
            phrase = phrase_after(r.tokens, k + 1, end, r.words)
            return phrase if _is_source(phrase) else None
    return None


def _before(r: Reading, verb: int, floor: int) -> Phrase | None:
    """What a preposition leads to that the sentence begins with."""
    if r.tokens[verb - 1].low == ",":  # Im Brief, der der Redaktion vorliegt, heißt es
        commas = (k for k in range(verb - 2, max(floor, verb - 14), -1) if r.tokens[k].low == ",")
        comma = next(commas, verb)
        if comma == verb or r.tokens[comma + 1].low not in r.words.relatives:
            return None
        verb = comma
    for k in range(verb - 2, max(floor, verb - _LONGEST) - 1, -1):
        if r.tokens[k].kind in ("quote", "point"):
            return None
        if r.tokens[k].low in _FROM:
            phrase = phrase_ending(r.tokens, verb - 1, k + 1, r.words)
            return phrase if _is_source(phrase) else None
    return None


def _is_source(phrase: Phrase | None) -> bool:
    """Whether a phrase names a body or a paper, no place and no day."""
    if phrase is None or phrase.kind == "pronoun":
        return False
    return phrase.name is None or phrase.name.kind not in ("place", "time")
