"""Nouns that stand before what they report: "X's warning that ...", "the claim that ..."."""

from __future__ import annotations

from ingest.quotes.clauses import Range, has_verb
from ingest.quotes.cues import Cue
from ingest.quotes.reading import Sentence
from ingest.quotes.smallwords import (
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    STOP,
    SUBORDINATE,
    is_adverb,
    possesses,
)

_STRONG = 0.9
_MAKES = frozenset("made make makes making issued issues repeated repeats offered gave".split())


def report_of_noun(s: Sentence, i: int, cue: Cue) -> None:
    """Read "X's warning that CLAUSE" and "the claim that CLAUSE"."""
    low, k = s.low, i + 1
    if k + 1 >= s.hi or low[k] != "that" or "that" not in cue.takes:
        return
    if low[k + 1] in AUXILIARY or low[k + 1] in s.finite:
        return  # a plan that would close the school
    if not has_verb(low, k + 2, s.hi, s.finite):
        return  # a deal that shields the owners
    m = i - 1
    while m >= s.lo and m > i - 4 and not possesses(low[m]):
        if low[m] in DETERMINER or low[m] in STOP or low[m] in PREPOSITION:
            break
        m -= 1
    who: Range | None
    if m >= s.lo and low[m] in POSSESSIVE:
        who, rule = (m, m + 1), "noun"
    elif m >= s.lo and possesses(low[m]):
        who, rule = _possessor(s, m), "noun"
    elif cue.strength < _STRONG:
        return  # the idea that: nobody is said to have it
    else:
        who, rule = _maker(s, i), "noun-free"
    if who is not None and who[0] >= who[1]:
        who = None
    end = _before_second_verb(s, k + 1, s.clause_end(k + 1))
    confidence = round((0.8 if rule == "noun" else 0.6) * cue.strength, 2)
    reason = f"a clause with “that” after the noun “{cue.lemma}”"
    s.add([(k + 1, end)], who, (i, i + 1), confidence, rule, reason)


def _maker(s: Sentence, i: int) -> Range | None:
    """Who made the claim in "X made the claim that"; rumours and reports have no source."""
    for m in range(i - 1, max(s.lo, i - 4), -1):
        if s.low[m] in _MAKES:
            return s.leading_subject(m)
    return None


def _before_second_verb(s: Sentence, k: int, end: int) -> int:
    """In "the claim that the crack was new was rejected", where the outer clause goes on."""
    seen = False
    for m in range(k, end):
        word = s.low[m]
        if word in STOP or word in CONJUNCTION or word in RELATIVE or word in SUBORDINATE:
            seen = False
        elif word in AUXILIARY and not (s.low[m - 1] in AUXILIARY or is_adverb(s.low[m - 1])):
            if seen:
                return m
            seen = True
        elif word in s.finite:
            seen = False
    return end


def _possessor(s: Sentence, m: int) -> Range:
    """The name or the phrase that ends in the genitive at `m`."""
    first = m
    while first > s.lo and s.words[first - 1][0].isupper() and s.low[first - 1] not in STOP:
        first -= 1
    return (first, m + 1) if s.words[m][0].isupper() else s.phrase_before(m + 1)
