"""German verbs whose particle stands behind the marks: kündigte „Hilfe“ an."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.behind import phrase_after
from ingest.quotes.germansubject import no_subject
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import subject_before
from ingest.quotes.rules import Found, Place, Reading

_LONGEST = 20  # tokens between verb and particle


def separable(r: Reading, place: Place) -> Found | None:
    """The verb before the marks that the word behind them belongs to, and its subject.

    So, too, the word before the last comma: teilte gestern mit, man sei „froh“.
    """
    found = _with_particle(r, place, _particle(r, place), place.at)
    if found is not None:
        return found
    first = max(place.floor, place.at - _LONGEST)
    commas = (k for k in range(place.at - 1, first, -1) if r.tokens[k].low == ",")
    comma = next(commas, 0)
    return _with_particle(r, place, r.tokens[comma - 1].low, comma - 1) if comma else None


def _with_particle(r: Reading, place: Place, particle: str, end: int) -> Found | None:
    tokens = r.tokens
    if not particle:
        return None
    for k in range(end - 1, max(place.start, place.at - _LONGEST) - 1, -1):
        if tokens[k].kind == "quote" or tokens[k].low == ";":
            return None
        entries = r.lexicon.phrases.get(tokens[k].low, {}).get(particle)
        if not entries or entries[0].kind != "verb":
            continue
        phrase = subject_before(tokens, k, place.start, r.words)
        if phrase is None or _is_adverbial(r, phrase, place.start) or no_subject(r, phrase):
            phrase = phrase_after(tokens, k + 1, end, r.words)
        cue = Span(tokens[k].start, tokens[k].end)
        return Found(phrase, cue, "verb round the quotation", 0.85, entries[0].strength, 1)
    return None


def _particle(r: Reading, place: Place) -> str:
    """The word behind the marks, or the "von" of "sprach am Montag von einem „Wunder“"."""
    tokens, near = r.tokens, place.at - 1
    if near > place.floor and tokens[near].low in r.words.determiners:
        near -= 1
    if near > place.floor and tokens[near].low in ("von", "für"):
        return tokens[near].low
    behind = place.at + 1
    if behind >= place.end or tokens[behind].kind != "word" or len(tokens[behind].low) > 6:
        return ""
    return tokens[behind].low


def _is_adverbial(r: Reading, phrase: Phrase, floor: int) -> bool:
    """Whether a preposition stands before the words: "Am Abend kündigte Lunn"."""
    return phrase.first > floor and r.tokens[phrase.first - 1].low in r.words.prepositions
