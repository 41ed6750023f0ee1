"""What may stand between a verb of speech and its clause: when, where and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    ADVERB,
    AUDIENCE,
    CLOCK,
    COMMON_VERB,
    DETERMINER,
    RELATIVE,
    SOON,
    SPEECH_PLACE,
    STOP,
    SUBJECT_PRONOUN,
    TIME,
    is_adverb,
)

# Prepositions that may open a phrase about the saying: in a statement, to reporters, on Monday.
_WHERE = frozenset("on in at during to via by after before through late early with from".split())
_LONGEST_ADVERBIAL = 14
# "In a letter read to the meeting that": what tells of the letter goes with it.
_TELLS_OF = frozenset("read sent written posted published addressed released seen given".split())
_AFTER_PLACE = frozenset("with to on at in from by about for".split())
_NO_CLAUSE = frozenset("not once all just even".split())


def skip_adverbials(words: Sequence[str], low: Sequence[str], k: int, hi: int) -> int:
    """Past what may stand between a verb of speech and its clause: when, where and to whom."""
    start = k
    while k < hi:
        word = low[k]
        if word not in _LEADS and word[-2:] != "ly":
            break
        nxt = low[k + 1] if k + 1 < hi else ""
        if word in TIME and (word not in _HALF_TIMES or nxt in TIME):
            k += 1
        elif word in _WHERE:
            stop = _adverbial_end(words, low, k, hi)
            if stop is None:
                break
            k = stop
        elif word in SOON and nxt in _AFTER and (stop := _when_end(words, low, k, hi)):
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
        elif word == "," and nxt in ("however", "too", "though", "meanwhile", "instead"):
            if k + 2 >= hi or low[k + 2] != ",":
                break
            k += 3
        else:
            break
    return min(k, hi)


_LEADS = TIME | _WHERE | ADVERB | SOON | {"as", ","}
_AFTER = frozenset({"after", "before", "following"})
_HOURS = frozenset({"am", "pm", "a.m.", "p.m.", "o'clock", "past", "to", "gmt", "bst", "et", "cet"})
_HALF_TIMES = frozenset({"this", "next", "may", "march", "last"})


def _when_end(words: Sequence[str], low: Sequence[str], k: int, hi: int) -> int:
    """Past "shortly after eight", "minutes before the vote"; 0 where its end cannot be told."""
    m = k + 2
    if m < hi and (low[m][0].isdigit() or low[m] in CLOCK):
        m += 1
        while m < hi and (low[m] in TIME or low[m] in CLOCK or low[m] in _HOURS):
            m += 1
        if m + 1 < hi and low[m] in ("on", "in") and low[m + 1] in TIME:
            return _adverbial_end(words, low, m, hi) or m
        return m
    return _adverbial_end(words, low, k + 1, hi) or _noun_end(low, m, hi)


def _noun_end(low: Sequence[str], m: int, hi: int) -> int:
    """Past an article and a noun, where a clause begins right behind."""
    if m + 2 < hi and low[m] in DETERMINER:
        behind = low[m + 2]
        if behind in STOP or behind == "that" or behind in SUBJECT_PRONOUN or behind in DETERMINER:
            return m + 2
    return 0


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
            if nxt in _TELLS_OF and (that := _that_after(low, m + 2, hi)) is not None:
                return that
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


def _that_after(low: Sequence[str], k: int, hi: int) -> int | None:
    """Where "that" follows within a few words, with no stop and no verb between."""
    for m in range(k, min(hi, k + 8)):
        if low[m] == "that":
            return m
        if low[m] in STOP or low[m] in COMMON_VERB or low[m] in SUBJECT_PRONOUN:
            return None
    return None
