"""Words and sentences of an article, for rules that read clauses.

Both are cut from the masked text, where the signs of a run between marks are blanked: a run is one
word, and no sentence ends inside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.article import Paragraph

MASK = "\x01"
# A plain word comes first, for speed. Other words keep their apostrophes, hyphens and inner points
# (Clinton's, vice-president, U.S.); a title or an initial keeps its point; a blanked run, a chain
# of dashes and any other sign are one token each.
_TOKEN = re.compile(
    r"""[a-z]+(?=[ ,])
    |(?:[A-Z]\.){2,}
    |(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|Rev|Gen|Lt|Col|Sgt|Prof|Sens|Reps|Jr|Sr|[A-HJ-Z])\.(?=\s)
    |\d+(?:[.,:]\d+)+
    |[^\W_]+(?:['’\-.&/@][^\W_]+|[’'](?!\w))*
    |\x01\x02*|--+|\.\.+|\S""",
    re.VERBOSE,
)
_MAY_END = frozenset(".!?\x01\x02")
_ENDS = frozenset({".", "!", "?"})
_CLOSERS = frozenset({")", "]", '"', "”", "’", "''", "'", "»"})
# Abbreviations that a capital follows without a new sentence; months only before a number.
_ABBREVIATIONS = frozenset(
    """mr mrs ms mx dr prof rev fr sr jr st sen rep gov lt col gen maj capt sgt cpl cmdr adm hon
    pres supt det insp atty asst dist ave blvd vs v etc cf al no nos vol p pp ed eds inc ltd co corp
    bros mt ft sens reps govs messrs mme mlle pvt cllr""".split()
)
_MONTHS = frozenset("jan feb mar apr jun jul aug sept sep oct nov dec".split())
# Words that open a sentence after an abbreviation in points: "... in the U.S. The senator".
_OPENERS = frozenset(
    """The A An In On At He She It They We But And Mr. Mrs. Ms. This That These Those His Her Their
    For As If When While After Before With By I You There One Some Many Most""".split()
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and signs of the paragraphs, in order.

    `lower` is each token in lowercase with the apostrophe straight; `sentences` are ranges of
    tokens, first and past the last, the closing mark of the sentence left out.
    """

    words: list[str]
    lower: list[str]
    spans: list[tuple[int, int]]
    sentences: list[tuple[int, int]]


def tokenise(masked: str, paragraphs: Sequence[Paragraph]) -> Tokens:
    """Cut the paragraphs of a masked text into words and sentences."""
    spans: list[tuple[int, int]] = []
    firsts: list[int] = []
    for paragraph in paragraphs:
        firsts.append(len(spans))
        spans += [m.span() for m in _TOKEN.finditer(masked, *paragraph.span)]
    firsts.append(len(spans))
    words = [masked[a:b] for a, b in spans]
    lower = list(map(str.lower, words))
    if "’" in masked:
        lower = [word.replace("’", "'") if "’" in word else word for word in lower]
    sentences: list[tuple[int, int]] = []
    for first, count in pairwise(firsts):
        _split(words, spans, first, count, sentences)
    return Tokens(words, lower, spans, sentences)


def _split(
    words: list[str],
    spans: list[tuple[int, int]],
    first: int,
    count: int,
    sentences: list[tuple[int, int]],
) -> None:
    """Append the sentences of one paragraph's tokens."""
    at = first
    for i in [k for k in range(first, count) if words[k][-1] in _MAY_END]:
        word = words[i]
        if i < at:
            continue
        if word in _ENDS:
            if word == "." and _abbreviates(words, spans, i, count):
                continue
            if at < i:
                sentences.append((at, i))
        elif word[0] == MASK:
            # Words in marks that end a sentence hold its end inside: a capital follows.
            if i == at or i + 1 >= count or not words[i + 1][0].isupper():
                continue
            sentences.append((at, i + 1))
        elif len(word) > 3 and word[-3] == "." and i + 1 < count and words[i + 1] in _OPENERS:
            sentences.append((at, i + 1))
        else:
            continue
        at = i + 1
        while at < count and words[at] in _CLOSERS:
            at += 1
    if at < count:
        sentences.append((at, count))


def _abbreviates(words: list[str], spans: list[tuple[int, int]], i: int, count: int) -> bool:
    """Whether the point at `i` belongs to an abbreviation or a figure, not to a sentence."""
    if i + 1 >= count:
        return False
    before = words[i - 1] if i and spans[i - 1][1] == spans[i][0] else ""
    after = words[i + 1]
    if spans[i + 1][0] == spans[i][1] and after not in _CLOSERS:
        return True  # example.com, .5
    beyond = next((words[k] for k in range(i + 1, count) if words[k] not in _CLOSERS), "")
    if beyond[:1].islower() or beyond in {",", ";", ":", "—", "–", "--"}:
        return True  # Sen. Bill Nelson (D-Fla.), ...
    low = before.lower()
    if low in _ABBREVIATIONS:
        return True
    if low in _MONTHS:
        return after[0].isdigit()
    return len(before) == 1 and before.isupper() and before != "I"
