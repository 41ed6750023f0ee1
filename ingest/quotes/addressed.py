"""The one addressed: "told reporters that ...", "asked the owners why ..."."""

from __future__ import annotations

from ingest.quotes.adverbials import skip_adverbials
from ingest.quotes.clauses import has_verb
from ingest.quotes.cues import Cue
from ingest.quotes.reading import Sentence
from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    COMMON_VERB,
    CONJUNCTION,
    DETERMINER,
    OBJECT_PRONOUN,
    PREPOSITION,
    PRONOUN,
    STOP,
    WH,
)

_LOOK_AHEAD = 16


def told(s: Sentence, j: int, cue: Cue) -> tuple[str, int]:
    """After "told": the one addressed, then a clause or what it is about."""
    low, hi = s.low, s.hi
    for m in range(j + 1, min(hi, j + 8)):
        if low[m] == "that":
            return "told-that", m + 1
        if low[m] in STOP or low[m] in COMMON_VERB or low[m] in s.finite:
            break
    m = addressee_end(s, j)
    if m + 2 < hi and low[m] == ":" and low[m + 1][0] != MASK:
        return "colon", m + 1
    if m >= hi or low[m] in STOP:
        return "", m
    if low[m] == "that":
        return "told-that", m + 1
    if low[m] in WH:
        return "wh", m
    if low[m] in ("to", "of", "about", "not", "against"):
        return "told-to", j
    if "bare" in cue.takes or low[m] in PREPOSITION or low[m] in CONJUNCTION:
        return "", m
    if has_verb(low, m + ("'" not in low[m]), min(hi, m + _LOOK_AHEAD), s.finite):
        return "told", m
    return "", m


def to_do(s: Sentence, j: int) -> bool:
    """Whether someone and an infinitive follow: "residents to boil water"."""
    low = s.low
    for m in range(j, min(s.hi - 1, j + 10)):
        if low[m] == "to":
            after = low[m + 1]
            return after not in DETERMINER and after not in PRONOUN and s.words[m + 1].islower()
        if low[m] == ";" or low[m] == ":":
            break
    return False


def asked(s: Sentence, j: int) -> int:
    """In "asked the owners why", where the question begins; 0 where there is none."""
    for m in range(j + 1, min(s.hi, j + 10)):
        word = s.low[m]
        if word in ("whether", "if", "why", "how", "what") and s.low[m - 1] not in PREPOSITION:
            return m
        if word in STOP or word in COMMON_VERB:
            break
    return 0


def addressee_end(s: Sentence, j: int) -> int:
    """Past the one addressed, and past when and where, after "told"."""
    low, hi, words = s.low, s.hi, s.words
    if low[j] in OBJECT_PRONOUN:
        m = j + 1
    elif words[j][0].isupper() or low[j] in DETERMINER:
        m = j + 1
        while m < hi and words[m][0].isupper():
            m += 1
        if m == j + 1 and low[j] in DETERMINER:
            m = j + 2
            while m < hi and _goes_on(s, m):
                m += 1
    else:
        m = j
        while m < hi and m < j + 6:
            m += 1
            if low[m - 1].endswith("s") and low[m - 1] not in ("his", "this"):
                break
    return skip_adverbials(words, low, m, hi)


def _goes_on(s: Sentence, m: int) -> bool:
    """Whether a noun phrase in lowercase goes on at `m`: "the court", "her audience"."""
    word = s.low[m]
    ends = word in STOP or word in DETERMINER or word in PRONOUN or word in PREPOSITION
    return not ends and word != "that" and word not in WH and not s.words[m][0].isupper()
