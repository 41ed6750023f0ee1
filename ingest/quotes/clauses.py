"""A little grammar without a parser: the helpers of a verb and the noun phrase before it.

All functions read one sentence as token ranges of `Tokens` and answer with token indexes. They look
no further than the sentence, so that the time stays linear.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    ADVERB,
    BE,
    COMMON_VERB,
    CONJUNCTION,
    DETERMINER,
    GOVERNOR,
    HAVE,
    MODAL,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SHORTENED,
    STOP,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    TIME,
    acts,
    is_adverb,
)

Range = tuple[int, int]
_HELPERS = BE | HAVE | MODAL | ADVERB | {"to"}
# No noun phrase holds these.
_BREAKS = STOP | SUBORDINATOR | RELATIVE | COMMON_VERB


class VerbGroup(NamedTuple):
    """The words of a verb: where they begin and what its helpers say of it; `bare` without any."""

    first: int
    be: bool
    have: bool
    modal: bool
    infinitive: bool
    bare: bool


def verb_group(low: Sequence[str], lo: int, i: int) -> VerbGroup:
    """The helpers to the left of the verb at `i`: "has also", "would not", "is expected to"."""
    if i <= lo or (low[i - 1] not in _HELPERS and low[i - 1][-2:] != "ly"):
        return tuple.__new__(VerbGroup, (i, False, False, False, False, True))
    be = have = modal = infinitive = False
    first, j = i, i - 1
    while j >= lo:
        word = low[j]
        if is_adverb(word):
            j -= 1
            continue
        if word in BE:
            be = True
        elif word in HAVE:
            have = True
        elif word in MODAL:
            modal = True
        elif word == "to" and not (be or have or modal):
            infinitive = True
            governor = j - 1
            while governor >= lo and is_adverb(low[governor]):
                governor -= 1
            if governor >= lo and low[governor] in GOVERNOR:
                first, j = governor, governor - 1
                continue
            return tuple.__new__(VerbGroup, (j, be, have, modal, infinitive, False))
        else:
            break
        first = j
        j -= 1
        # he's, they've: the helper holds its subject.
        if "'" in word and word.partition("'")[0] in SUBJECT_PRONOUN:
            break
    while first - 1 >= lo and is_adverb(low[first - 1]):
        first -= 1
    bare = not (be or have or modal or infinitive)
    return tuple.__new__(VerbGroup, (first, be, have, modal, infinitive, bare))


def phrase_before(
    words: Sequence[str], low: Sequence[str], lo: int, end: int, verbs: Container[str]
) -> Range:
    """The noun phrase that ends before the token `end`; an empty range where there is none.

    `verbs` are forms that no noun phrase holds.
    """
    j = end - 1
    if j >= lo and low[j].endswith("ed") and words[j].islower() and low[j] not in _NOUNS_IN_ED:
        return end, end
    while j >= lo:
        word = low[j]
        if (word in _BREAKS or word in verbs or word[0] == MASK) and not (
            j > lo and words[j][0].isupper()  # Superintendent Ian Drew
        ):
            break
        if word in CONJUNCTION and not _joins_names(words, low, lo, j, end):
            break
        j -= 1
        if word in SUBJECT_PRONOUN:
            break
    first = j + 1
    # Lead words of a clause are no part of its subject.
    while first < end and (
        is_adverb(low[first]) or (low[first] in TIME and words[first].islower())
    ):
        first += 1
    if first < end and low[first] in PREPOSITION:
        first = _after_preposition(words, low, first, end)
    return first, end


_NOUNS_IN_ED = frozenset("accused deceased seed need speed breed feed unemployed bed fed".split())


def _joins_names(words: Sequence[str], low: Sequence[str], lo: int, j: int, end: int) -> bool:
    """Whether "and" stands between two names of one subject."""
    if low[j] not in ("and", "or") or j - 1 < lo or j + 1 >= end:
        return False
    return words[j - 1][0].isupper() and words[j + 1][0].isupper()


def _after_preposition(words: Sequence[str], low: Sequence[str], first: int, end: int) -> int:
    """Where the subject begins after a leading prepositional phrase without a comma."""
    j = end - 1
    if low[j] in PRONOUN:
        return j
    while j > first and low[j] not in DETERMINER and low[j] not in PREPOSITION:
        j -= 1
    if low[j] in DETERMINER and j > first + 1:
        return j
    # Names only: the last run of capitals.
    j = end - 1
    while j > first and (words[j][0].isupper() or words[j][0].isdigit()) and low[j] not in TIME:
        j -= 1
    return j + 1 if j + 1 < end else first + 1


def leading_subject(
    words: Sequence[str], low: Sequence[str], lo: int, before: int, verbs: Container[str]
) -> Range | None:
    """The subject of the sentence's main clause: the first noun phrase after what leads in."""
    k = lo
    for _ in range(3):
        while k < before and (
            low[k] in CONJUNCTION
            or low[k] in STOP
            or low[k] in TIME
            or is_adverb(low[k])
            or low[k][0] == MASK
        ):
            k += 1
        if k >= before:
            return None
        if k > lo and low[k] in verbs and low[k - 1][0] == MASK:
            return _inverted_subject(low, k + 1, before)
        if not _leads_in(low[k]):
            break
        comma = k
        while comma < before and low[comma] != ",":
            comma += 1
        if comma >= before:
            break
        k = comma + 1
    if k < before and (low[k] in PREPOSITION or low[k] == "to"):
        k += 1
    m = k
    while m < before and not _ends_subject(words, low, k, m, verbs):
        if low[m] in SUBJECT_PRONOUN:
            return m, m + 1
        m += 1
    if m == k or (m == k + 1 and (low[k] in DETERMINER or low[k] in PREPOSITION)):
        return None
    return k, m


def _inverted_subject(low: Sequence[str], k: int, before: int) -> Range | None:
    """The subject behind its verb: "...," said Pell, adding that ..."""
    end = next((m for m in range(k, before) if low[m] in STOP), before)
    return (k, end) if k < end else None


def _leads_in(word: str) -> bool:
    return (
        word in PREPOSITION
        or (word in SUBORDINATOR and word != "that")
        or word.endswith(("ing", "ed"))
        or word == "to"
    )


def _ends_subject(
    words: Sequence[str], low: Sequence[str], k: int, m: int, verbs: Container[str]
) -> bool:
    word = low[m]
    if (
        word in STOP
        or word in COMMON_VERB
        or word in BE
        or word in RELATIVE
        or word in verbs
        or word[0] == MASK
    ):
        return True
    if m == k:
        return False
    if word in PREPOSITION and word not in ("of", "for", "from"):
        return True
    if m > k + 1 and acts(words, low, m):
        return True
    # A participle or a past tense, unless a determiner makes it an adjective.
    verbal = word.endswith(("ed", "ing")) and words[m][0].islower()
    return is_adverb(word) or (verbal and low[m - 1] not in DETERMINER)


def has_verb(low: Sequence[str], a: int, b: int, verbs: Container[str]) -> bool:
    """Whether a finite verb stands in these words before any stop, as far as small words tell."""
    for m in range(a, b):
        word = low[m]
        if word in STOP or word in RELATIVE:
            return False
        if word in COMMON_VERB or word in verbs:
            return True
        if "'" in word and word.endswith(SHORTENED) and word.partition("'")[0] in PRONOUN:
            return True
    return False


def stands_alone(low: Sequence[str], a: int, b: int, verbs: Container[str]) -> bool:
    """Whether the words can be a reported clause, not just lead in the one that follows."""
    first = low[a]
    subordinate = first in SUBORDINATOR and first not in ("what", "how", "once", "that")
    if subordinate and "," not in low[a:b]:
        return False
    leads = first in PREPOSITION and low[a + 1] not in ("least", "most")
    if leads and "," in low[a:b]:
        a, leads = low.index(",", a, b) + 1, False  # In all, hackers got into 12 machines
    return any(
        word in COMMON_VERB or word in verbs or (word.endswith(("ed", *SHORTENED)) and not leads)
        for word in low[a:b]
    )
