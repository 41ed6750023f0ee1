"""Indirect speech without a parser: "X said that ...", "..., X said", "according to X, ...".

Each sentence is read once. Attributions that stand outside their clause come first: the clause of
another verb ends where one begins. What a verb reports inside another report belongs to the outer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from functools import cache
from itertools import compress, count

from ingest.quotes.attributions import according, attribution
from ingest.quotes.cues import Cue, Lexicon, first_words, lexicon
from ingest.quotes.nested import outermost
from ingest.quotes.nouns import report_of_noun
from ingest.quotes.reading import Indirect, Sentence, finite_forms
from ingest.quotes.reports import report
from ingest.quotes.sentences import Tokens
from ingest.quotes.smallwords import ALSO_NOUN, DASH
from ingest.quotes.tokens import short

__all__ = ["Indirect", "find_indirect"]

_LONGEST_DATELINE = 14


def find_indirect(tokens: Tokens, language: str = "en") -> list[Indirect]:
    """The indirect speech of an article, in order of its cues.

    A report that holds words in marks is mixed speech and left to others, whole.
    """
    known = lexicon(language)
    words, low = tokens.words, tokens.lower
    sentence = Sentence(tokens, finite_forms(language), words, low)
    found: list[Indirect] = []
    every = [*_hits(words, low, _triggers(language)), len(low)]
    at = 0
    for first, hi in short(tokens.sentences):
        if every[at] >= hi:
            continue
        end = bisect_left(every, hi, at)
        hits, at = every[at:end], end
        lo = _after_dateline(words, first, hi)
        cues = _cues(low, lo, hi, hits, known)
        if cues:
            sentence.begin(lo, hi)
            _read(sentence, cues, known)
            found += outermost(sentence.found, sentence.mixed)
    return found


def _hits(
    words: Sequence[str], low: Sequence[str], triggers: Mapping[str, Container[str] | None]
) -> list[int]:
    """The tokens at which a cue may begin."""
    last = len(low) - 1
    hits = []
    for i in compress(count(), map(triggers.__contains__, low)):
        word = low[i]
        following = triggers[word]
        if following is not None and (i == last or low[i + 1] not in following):
            continue
        if word not in ALSO_NOUN or words[i][0].islower():
            hits.append(i)
    return hits


@cache
def _triggers(language: str) -> Mapping[str, Container[str] | None]:
    """Words at which a cue of reported speech may begin, and which must follow; None for any."""
    known = lexicon(language)
    verbs = {form for form, cue in known.verbs.items() if not cue.only_with_marks}
    nouns = {form for form, cue in known.nouns.items() if "that" in cue.takes}
    phrases = {
        first: seconds
        for first, seconds in known.phrases.items()
        if not all(cue.only_with_marks for entries in seconds.values() for cue in entries)
    }
    return first_words(phrases, verbs | nouns)


def _read(sentence: Sentence, cues: Sequence[tuple[int, Cue, int]], known: Lexicon) -> None:
    for i, cue, n in cues:
        if "source" in cue.takes:
            according(sentence, i, n)
            sentence.outside.add(i)
        elif "post" in cue.takes and attribution(sentence, i, cue, n):
            sentence.outside.add(i)
    for i, cue, n in cues:
        if i in sentence.outside:
            continue
        noun: Cue | None = cue
        if cue.kind == "verb":
            if cue.only_with_marks or report(sentence, i, cue, n):
                continue
            noun = known.nouns.get(sentence.low[i])
        if noun is not None and noun.kind == "noun":
            report_of_noun(sentence, i, noun)


def _cues(
    low: Sequence[str], lo: int, hi: int, hits: Sequence[int], known: Lexicon
) -> list[tuple[int, Cue, int]]:
    """The cues of a sentence: where, which, how many words; the longest where several fit."""
    cues: list[tuple[int, Cue, int]] = []
    past = lo
    for i in hits:
        if i < past:
            continue
        phrase = known.phrase_at(low, i)
        if phrase is not None:
            length = phrase.length
            if i + length <= hi:
                cues.append((i, phrase, length))
                past = i + length
                continue
        cue = known.verbs.get(low[i]) or known.nouns.get(low[i])
        if cue is not None:
            cues.append((i, cue, 1))
    return cues


def _after_dateline(words: Sequence[str], lo: int, hi: int) -> int:
    """Past "PORT HALLAM, March 4 —" at the head of a sentence."""
    if not (words[lo].isupper() and len(words[lo]) > 2):
        return lo
    for m in range(lo + 1, min(hi, lo + _LONGEST_DATELINE)):
        if words[m] in DASH or words[m] == "-":
            return m + 1
        if words[m].islower() and words[m] not in ("of", "de"):
            return lo
    return lo
