"""Where a reported clause ends, and the object of a verb of judgement."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    AUXILIARY,
    COMMON_VERB,
    CONJUNCTION,
    DASH,
    DETERMINER,
    ENDS_REPORT,
    HAVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    STOP,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    TIME,
    is_adverb,
)

# Where a clause may end, beside where an attribution begins.
_WATCHED = DASH | frozenset("( ) [ ] ; : , and but".split())
# A preposition that ends a bare name or pronoun as an object: endorsed Cruz in March.
_TRAILING = frozenset(
    "in on at during when with after before by since while because late early".split()
)
_PHRASE_ENDS = frozenset(
    "when while because after before although though during until but since".split()
)
# Nouns that take up what was reported: "..., a claim that the minister rejects".
_TAKES_UP = frozenset(
    "claim charge accusation allegation assertion suggestion argument remark comment statement"
    " figure view position complaint description characterisation characterization conclusion"
    " finding".split()
)

# Tokens that the subject of a clause has at most, and a relative clause about it.
_SUBJECT, _ASIDE = 12, 40


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
        if word not in _WATCHED and m not in stops:
            m += 1
            continue
        if word in "()[]":
            depth += 1 if word in "([" else -1
            if depth < 0:
                return m
        elif depth == 0:
            if word == ";" or (m in stops and m > k):
                return m
            if word == ":" and m + 1 < hi and low[m + 1][0] == MASK:
                return m  # ... and then in words of their own: “...”
            if word in DASH:
                close = _other_dash(low, m, hi)
                if close is None:
                    return m
                m = close
                continue
            if word == "," and m + 1 < hi and _comma_ends(words, low, m, hi, verbs, loose):
                close = _past_aside(low, k, m, hi, verbs)
                if close is None:
                    return m
                m = close
                continue
            if (
                word in ("and", "but")
                and m > k
                and (_verb_follows(low, m + 1, hi, verbs) or _someone_says(low, m + 1, hi, verbs))
            ):
                return m
        m += 1
    return hi


def _past_aside(low: Sequence[str], k: int, m: int, hi: int, verbs: Container[str]) -> int | None:
    """Past a relative clause at `m`, where the verb of the clause from `k` is still to come.

    "The island, which is supplied by boat, has food": None where there is nothing like that.
    """
    if (
        low[m + 1] not in RELATIVE
        or m - k > _SUBJECT
        or any(_may_be_verb(word, verbs) for word in low[k:m])
    ):
        return None
    for close in range(m + 2, min(hi - 1, m + _ASIDE)):
        if low[close] == ",":
            return close + 1 if _may_be_verb(low[close + 1], verbs) else None
    return None


def _may_be_verb(word: str, verbs: Container[str]) -> bool:
    return word in AUXILIARY or word in COMMON_VERB or word in verbs or word.endswith("ed")


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
    if nxt in ("a", "an") and m + 2 < hi and low[m + 2] in _TAKES_UP:
        return True  # ..., a claim that the minister rejects
    if nxt == "and" and _someone_says(low, m + 2, hi, verbs):
        return True  # ..., and the captain agreed that
    if nxt in PREPOSITION and m + 2 < hi and low[m + 2] in ("which", "whom", "whose"):
        return True
    return nxt.endswith("ing") and len(nxt) > 5 and nxt != "including"


def _someone_says(low: Sequence[str], k: int, hi: int, verbs: Container[str]) -> bool:
    """Whether a new clause begins that a verb of speech heads."""
    if k + 1 < hi and low[k] in SUBJECT_PRONOUN and low[k + 1] in verbs:
        return True
    for m in range(k + 1, min(hi - 1, k + 6)):
        if low[m] in HAVE:
            continue
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
