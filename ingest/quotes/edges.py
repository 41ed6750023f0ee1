"""The edges of an attribution: where its clause begins and closes, who can be its source."""

from __future__ import annotations

from ingest.quotes.clauses import has_verb
from ingest.quotes.cues import Cue
from ingest.quotes.reading import Sentence
from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    ALSO_NOUN,
    BE,
    COMMON_VERB,
    DASH,
    DETERMINER,
    MODAL,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    TIME,
)

_NOT_GOING_ON = frozenset("who which whose or while as where when although though".split())
_AFTER_SAID = frozenset("in on at during after of through to by when as while".split())
_OPENS_CLAUSE = COMMON_VERB | SUBJECT_PRONOUN | {"that"}
_LOOK_AHEAD = 14


def closes(s: Sentence, k: int) -> bool:
    """Whether no clause can follow at `k`, so that the verb reports what stands before it."""
    low, hi = s.low, s.hi
    if k >= hi or low[k] in (",", ";", ".", ")") or low[k] in DASH:
        return True
    if low[k] not in _AFTER_SAID and not low[k].endswith("ed"):
        return False
    behind = low[k : min(hi, k + 12)]
    return _OPENS_CLAUSE.isdisjoint(behind) and MASK not in "".join(behind)


def closed_by_source(s: Sentence, k: int) -> bool:
    """Whether nothing but a source follows: "..., insisted the mayor"."""
    end = source_end(s, k)
    short = k < end <= k + 6 and end >= s.hi
    return short and (s.words[end - 1][0].isupper() or s.low[k] in DETERMINER)


def has_clause(s: Sentence, a: int, b: int) -> bool:
    """Whether what follows an inverted verb is a clause, so that it is none."""
    for m in range(a, b):
        word = s.low[m]
        if word in RELATIVE:
            return False
        if word in COMMON_VERB or word in s.finite or word in SUBJECT_PRONOUN:
            return True
        if word.endswith("ed") and s.words[m].islower() and s.low[m - 1] not in DETERMINER:
            return True
    return False


def opens_with_name(s: Sentence, comma: int) -> bool:
    """Whether the sentence opens with a phrase and an apposition: "X, a Y, said the ..."."""
    first = next(m for m in range(s.lo, comma + 1) if s.low[m] == ",")
    if first == comma or s.phrase_before(first)[0] != s.lo:
        return False
    aside = s.low[first + 1 : comma]
    # "The pupil, Kofi Mensah, was right, says X": a clause of its own.
    own = not BE.isdisjoint(aside) and RELATIVE.isdisjoint(aside)
    return not own


def names_source(s: Sentence, k: int) -> bool:
    """Whether a source can begin at `k`: a capital or a determiner."""
    if k >= s.hi or s.low[k] == "that" or s.low[k] in TIME:
        return False
    return s.words[k][0].isupper() or s.low[k] in DETERMINER


def source_end(s: Sentence, k: int) -> int:
    """Past the source that begins at `k`."""
    low, m = s.low, k
    while m < s.hi:
        word = low[m]
        if word == "," or word in BE or word in MODAL:
            return m
        if m > k and (word in ";:()-" or word in DASH):
            return m
        m += 1
    return m


def takes_up(s: Sentence, k: int) -> bool:
    """Whether the clause goes on at `k` after an attribution in its middle."""
    low = s.low
    if k >= s.hi or low[k].endswith("ing") or low[k] in _NOT_GOING_ON:
        return False
    if low[k] in ("and", "but"):
        end = min(s.hi, k + _LOOK_AHEAD)
        return has_verb(low, k + 1, end, ()) and s.finite.isdisjoint(low[k + 1 : end])
    if low[k] in ("a", "an", "the"):
        return has_verb(low, k + 1, min(s.hi, k + _LOOK_AHEAD), s.finite)
    return True


def clause_start(s: Sentence, i: int) -> int:
    """Where the clause before an attribution at `i` begins: the sentence, a semicolon, a dash."""
    low, start = s.low, s.lo
    dashes = [m for m in range(s.lo, i) if low[m] in DASH]
    if len(dashes) % 2:
        start = dashes[-1] + 1
    for m in range(i - 1, start - 1, -1):
        if low[m] == ";":
            start = m + 1
            break
    first_said = next((m for m in range(start, i) if low[m] in s.finite), i)
    if low[first_said] in ("said", "says"):
        # X said ..., but ..., he said: the second clause only.
        for m in range(i - 1, first_said, -1):
            if low[m] == "but" or (low[m] == "and" and low[m - 1] == ","):
                return m + 1
    return start


def speaks(s: Sentence, i: int, first: int, end: int) -> bool:
    """Whether a noun phrase before the verb at `i` can be its subject and a source."""
    head = end - 1
    if not s.may_be_source(first, end) or s.low[first].endswith("ing"):
        return False
    plain = s.words[head][0].isupper() or s.low[head] in PRONOUN
    return plain or s.low[i] not in ALSO_NOUN


def headline(s: Sentence, start: int, cue: Cue, k: int) -> bool:
    """Whether this is a headline without its verb: "Probe silent for a day, agency says"."""
    first = s.low[start]
    led = first in PREPOSITION or first in SUBORDINATOR or first.endswith(("ing", "ed"))
    return cue.lemma == "say" and cue.tense != "past" and k >= s.hi and not led
