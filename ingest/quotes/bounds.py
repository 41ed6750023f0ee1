"""Where a reported clause begins after its verb, and where it ends."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    AUDIENCE,
    COMMON_VERB,
    CONJUNCTION,
    DASH,
    DETERMINER,
    ENDS_REPORT,
    HAVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SPEECH_PLACE,
    STOP,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    TIME,
    is_adverb,
)

# Prepositions that may open a phrase about the saying: in a statement, to reporters, on Monday.
_WHERE = frozenset("on in at during to via by after before through late early with from".split())
_LONGEST_ADVERBIAL = 14
_AFTER_PLACE = frozenset("with to on at in from by about for".split())
_NO_CLAUSE = frozenset("not once all just even".split())
# A preposition that ends a bare name or pronoun as an object: endorsed Cruz in March.
_TRAILING = frozenset(
    "in on at during when with after before by since while because late early".split()
)
_PHRASE_ENDS = frozenset(
    "when while because after before although though during until but since".split()
)


def skip_adverbials(words: Sequence[str], low: Sequence[str], k: int, hi: int) -> int:
    """Past what may stand between a verb of speech and its clause: when, where and to whom."""
    start = k
    while k < hi:
        word = low[k]
        nxt = low[k + 1] if k + 1 < hi else ""
        if word in TIME and (word not in _HALF_TIMES or nxt in TIME):
            k += 1
        elif word in _WHERE:
            stop = _adverbial_end(words, low, k, hi)
            if stop is None:
                break
            k = stop
        elif is_adverb(word) and k == start and word not in _NO_CLAUSE:
            if nxt not in ("that", ",", ":") and nxt not in TIME:
                break
            k += 1
        elif word == "as" and nxt in ("recently", "early", "late", "far"):
            stop = next((m for m in range(k + 2, min(hi, k + 6)) if low[m] in TIME), -1)
            if stop < 0:
                break
            k = stop + 1
        elif word == "," and k > start and nxt in ("however", "too"):
            k += 3
        else:
            break
    return min(k, hi)


_HALF_TIMES = frozenset({"this", "next", "may", "march", "last"})


def _adverbial_end(words: Sequence[str], low: Sequence[str], k: int, hi: int) -> int | None:
    """Where a prepositional phrase after a verb of speech ends, if it is about the saying."""
    m = k + 1
    if m >= hi:
        return None
    if low[k] in ("on", "in", "late", "early") and (low[m] in TIME or low[m].isdigit()):
        while m < hi and (low[m] in TIME or low[m].isdigit() or low[m] in ("a", "p", "m", ".")):
            m += 1
        return m
    if low[k] == "to" and not (
        words[m][0].isupper()
        or low[m].endswith("s")
        or (low[m] in DETERMINER and m + 1 < hi and low[m + 1] in AUDIENCE)
    ):
        return None
    limit, seen_place = min(hi, k + _LONGEST_ADVERBIAL), False
    while m < limit:
        word = low[m]
        if word == "that":
            return m
        if word in SPEECH_PLACE:
            seen_place = True
            nxt = low[m + 1] if m + 1 < hi else "."
            if nxt in TIME or nxt == "that" or nxt in STOP or nxt in SPEECH_PLACE:
                m += 1
                continue
            if nxt not in _AFTER_PLACE:
                return m + 1
            m += 2
            while m < limit and (words[m][0].isupper() or low[m - 1] in DETERMINER):
                m += 1
            if m < hi and low[m] not in STOP:
                return m
            continue
        if word in STOP or word[0] == MASK:
            return m if seen_place else None
        if word in SUBJECT_PRONOUN and m > k + 1 and low[k] in ("in", "on", "at", "during"):
            return m
        if word in COMMON_VERB or word in SUBJECT_PRONOUN or word in RELATIVE:
            return None
        if seen_place and word in TIME:
            while m < hi and low[m] in TIME:
                m += 1
            return m
        m += 1
    return None


def clause_end(
    words: Sequence[str],
    low: Sequence[str],
    k: int,
    hi: int,
    stops: Container[int],
    verbs: Container[str],
    loose: bool,
) -> int:
    """Where a reported clause that begins at `k` ends.

    `stops` are tokens where an attribution begins, `verbs` the finite forms that report. `loose`
    tells that the report stands in a relative or subordinate clause, which a comma ends.
    """
    m, depth = k, 0
    while m < hi:
        word = low[m]
        if word in "()[]":
            depth += 1 if word in "([" else -1
            if depth < 0:
                return m
        elif depth == 0:
            if word == ";" or (m in stops and m > k):
                return m
            if word in DASH:
                close = _other_dash(low, m, hi)
                if close is None:
                    return m
                m = close
                continue
            if word == "," and m + 1 < hi and _comma_ends(words, low, m, hi, verbs, loose):
                return m
            if word in ("and", "but") and m > k and _verb_follows(low, m + 1, hi, verbs):
                return m
        m += 1
    return hi


def _comma_ends(
    words: Sequence[str], low: Sequence[str], m: int, hi: int, verbs: Container[str], loose: bool
) -> bool:
    nxt = low[m + 1]
    if loose and not _lists(words, low, m, hi):
        return True
    if nxt in ENDS_REPORT:
        return True
    if nxt in SUBJECT_PRONOUN and m + 2 < hi and low[m + 2] in verbs:
        return True  # ..., they said
    if nxt == "and" and _someone_says(low, m + 2, hi, verbs):
        return True  # ..., and the captain agreed that
    if nxt in PREPOSITION and m + 2 < hi and low[m + 2] in ("which", "whom", "whose"):
        return True
    return nxt.endswith("ing") and len(nxt) > 5 and nxt != "including"


def _someone_says(low: Sequence[str], k: int, hi: int, verbs: Container[str]) -> bool:
    """Whether a new clause begins that a verb of speech heads."""
    for m in range(k + 1, min(hi - 1, k + 6)):
        if low[m] in STOP or low[m] in COMMON_VERB:
            return False
        if low[m] in verbs:
            return low[m + 1] == "that" or low[m] in ("said", "says")
    return False


def _other_dash(low: Sequence[str], m: int, hi: int) -> int | None:
    """Past the dash that closes what the one at `m` opens."""
    for k in range(m + 1, hi - 1):
        if low[k] in DASH:
            return k + 1
    return None


def _lists(words: Sequence[str], low: Sequence[str], m: int, hi: int) -> bool:
    """Whether the comma at `m` divides a list: a word or two, then another comma or "and"."""
    if m + 1 >= hi or words[m + 1][0].isupper() or low[m + 1] in PRONOUN:
        return False
    return any(k < hi and low[k] in (",", "and", "or") for k in (m + 2, m + 3))


def _verb_follows(low: Sequence[str], m: int, hi: int, verbs: Container[str]) -> bool:
    """Whether a new verb of speech begins here, adverbs skipped: "and also said"."""
    while m < hi and (low[m] in HAVE or is_adverb(low[m])):
        m += 1
    return m < hi and low[m] in verbs


def phrase_end(
    words: Sequence[str],
    low: Sequence[str],
    k: int,
    hi: int,
    stops: Container[int],
    verbs: Container[str],
    loose: bool,
) -> int:
    """Where a noun phrase, the object of a verb of judgement, ends: sooner than a clause."""
    for m in range(k + 1, hi):
        word = low[m]
        if word in ";(:" or word in DASH or m in stops or word in _PHRASE_ENDS:
            return m
        if word == "and" and _verb_follows(low, m + 1, hi, verbs):
            return m
        if word == "," and (
            (loose and not _lists(words, low, m, hi))
            or _verb_follows(low, m + 1, hi, verbs)
            or (m + 1 < hi and _opens_clause(low[m + 1]))
        ):
            return m
        if word in _TRAILING and (
            (m == k + 1 and low[k] in PRONOUN)
            or (m - k <= 3 and words[k][0].isupper() and words[m - 1][0].isupper())
            or (m + 1 < hi and low[m + 1] in TIME)
        ):
            return m
        if word in TIME and words[m][0].isupper() and words[m - 1][0].islower():
            return m
    return hi


def _opens_clause(word: str) -> bool:
    return (
        word in CONJUNCTION
        or word in RELATIVE
        or word in SUBORDINATOR
        or word in SUBJECT_PRONOUN
        or word in PREPOSITION
        or word in DETERMINER
        or word.endswith(("ing", "ly"))
    )
