"""Words and sentences of an article, for rules that read clauses.

Both are cut from the masked text, where the signs of a run between marks are blanked: a run is one
word, and no sentence ends inside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Paragraph

MASK = "\x01"
# A word keeps its apostrophes, hyphens and inner points (Clinton's, vice-president, U.S.);
# a blanked run, a chain of dashes and any other sign are one token each.
_TOKEN = re.compile(
    "(?:[A-Z]\\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|Rev|Gen|Lt|Col|Sgt|Prof|Sens|Reps|Jr|Sr|[A-HJ-Z])\\.(?=\\s)|\\d+(?:[.,:]\\d+)+|[^\\W_]+(?:['’\\-.&/@][^\\W_]+|[’'](?![\\w]))*|\x01+|--+|\\.\\.+|\\S"
)
_ENDS = frozenset({".", "!", "?"})
_CLOSERS = frozenset({")", "]", '"', "”", "’", "''", "'", "»"})
# Abbreviations that a capital follows without a new sentence. Months only before a number.
_ABBREVIATIONS = frozenset(
    """mr mrs ms mx dr prof rev fr sr jr st sen rep gov lt col gen maj capt sgt cpl cmdr adm hon
    pres supt det insp atty asst dist ave blvd vs v etc cf al no nos vol p pp ed eds inc ltd co corp
    bros mt ft sens reps govs messrs mme mlle sgt pvt cllr""".split()
)
_MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and signs of the paragraphs, in order.

    `lower` is each token in lowercase with the apostrophe straight; `sentences` are ranges of
    tokens, first and past the last, the closing mark of the sentence left out.
    """

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]


def tokenise(masked: str, paragraphs: Sequence[Paragraph]) -> Tokens:
    """Cut the paragraphs of a masked text into words and sentences."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[tuple[int, int]] = []
    for paragraph in paragraphs:
        first = len(words)
        for match in _TOKEN.finditer(masked, *paragraph.span):
            words.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
        _split(masked, words, starts, ends, first, sentences)
    lower = [word.lower().replace("’", "'") for word in words]
    return Tokens(words, lower, starts, ends, sentences)


def _split(
    masked: str,
    words: list[str],
    starts: list[int],
    ends: list[int],
    first: int,
    sentences: list[tuple[int, int]],
) -> None:
    """Append the sentences of the tokens from `first` on."""
    at, count = first, len(words)
    for i in range(first, count):
        word = words[i]
        if word in _ENDS:
            if word == "." and _abbreviates(words, ends, starts, i, count):
                continue
        elif word[0] == MASK:
            # Words in marks that end a sentence hold its end inside: a capital follows.
            nxt = words[i + 1] if i + 1 < count else ""
            if not nxt[:1].isupper() or i == at:
                continue
            sentences.append((at, i + 1))
            at = i + 1
            continue
        elif not (word[-1] == "." and len(word) > 3 and word[-3] == "." and _opens(words, i + 1)):
            continue
        if at < i or word not in _ENDS:
            sentences.append((at, i if word in _ENDS else i + 1))
        at = i + 1
        while at < count and words[at] in _CLOSERS:
            at += 1
    if at < count:
        sentences.append((at, count))


def _opens(words: list[str], i: int) -> bool:
    """Whether a sentence opens at the word: a determiner, a pronoun or the like in a capital."""
    return i < len(words) and words[i] in _OPENERS


_OPENERS = frozenset(
    """The A An In On At He She It They We But And Mr Mrs Ms This That These Those His Her Their
    For As If When While After Before With By I You There One Some Many Most""".split()
)


def _abbreviates(words: list[str], ends: list[int], starts: list[int], i: int, count: int) -> bool:
    """Whether the point at `i` belongs to an abbreviation or a figure, not to a sentence."""
    if i + 1 >= count:
        return False
    before = words[i - 1] if i and ends[i - 1] == starts[i] else ""
    after = words[i + 1]
    if starts[i + 1] == ends[i] and after not in _CLOSERS:
        return True  # example.com, .5
    if after[0].islower() or after in {",", ";", ":"}:
        return True
    low = before.lower()
    if low in _ABBREVIATIONS:
        return True
    if low in _MONTHS:
        return after[0].isdigit()
    return len(before) == 1 and before.isupper() and before != "I"
