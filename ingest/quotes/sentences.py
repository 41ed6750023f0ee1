"""Words and sentences of an article, for rules that read clauses.

Both are cut from the masked text, where the signs of a run between marks are blanked: a run is one
word, and no sentence ends inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.article import Paragraph, Span

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
_KEEPS_POINT = frozenset(
    "Mr Mrs Ms Dr Sen Rep Gov St Rev Gen Lt Col Sgt Prof Sens Reps Jr Sr".split()
) | frozenset("ABCDEFGHJKLMNOPQRSTUVWXYZ")
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
    sentences: list[tuple[int, int]]
    _masked: str
    _paragraphs: Sequence[Paragraph]
    _firsts: list[int]  # the first token of each paragraph, and past the last one
    _starts: dict[int, list[int]] = field(default_factory=dict)

    def has_mask(self, first: int, end: int) -> bool:
        """Whether a run between marks stands among the tokens from `first` to before `end`."""
        start, stop = self.span(first, end)
        return self._masked.find(MASK, start, stop) >= 0

    def span(self, first: int, end: int) -> Span:
        """Where the tokens from `first` to before `end` stand; they are of one paragraph."""
        at = bisect_right(self._firsts, first) - 1
        starts = self._starts.setdefault(at, [])
        floor = self._firsts[at]
        last = end - 1
        if len(starts) <= last - floor:
            self._look_up(starts, at, end)
        return Span(starts[first - floor], starts[last - floor] + len(self.words[last]))

    def _look_up(self, starts: list[int], paragraph: int, end: int) -> None:
        """Go on with where the tokens of a paragraph begin, only as far as something is found."""
        find, words = self._masked.find, self.words
        first = self._firsts[paragraph] + len(starts)
        at = self._paragraphs[paragraph].span.start
        if starts:
            at = starts[-1] + len(words[first - 1])
        for word in words[first:end]:
            at = find(word, at)
            starts.append(at)
            at += len(word)


def tokenise(masked: str, paragraphs: Sequence[Paragraph]) -> Tokens:
    """Cut the paragraphs of a masked text into words and sentences."""
    words: list[str] = []
    sentences: list[tuple[int, int]] = []
    firsts = [0]
    for paragraph in paragraphs:
        start, end = paragraph.span
        glued, ends = _cut(masked[start:end], words)
        _split(words, glued, ends, firsts[-1], len(words), sentences)
        firsts.append(len(words))
    lower = list(map(str.lower, words))
    if "’" in masked:
        lower = [word.replace("’", "'") if "’" in word else word for word in lower]
    return Tokens(words, lower, sentences, masked, paragraphs, firsts)


def _cut(text: str, words: list[str]) -> tuple[set[int], list[int]]:
    """Append the tokens of a paragraph; tell which stand right behind the one before.

    Told second is at which tokens a sentence may end. No token holds white space, so that each
    stretch without any is cut alone; most are a word, or a word and a sign, which needs no pattern.
    Of glued tokens only those beside points are told.
    """
    glued: set[int] = set()
    ends: list[int] = []
    add = words.append
    stretches = text.split()
    last = len(stretches) - 1
    for number, stretch in enumerate(stretches):
        if stretch.isalpha():
            add(stretch)
            continue
        head, sign = stretch[:-1], stretch[-1]
        if sign == "," and head.isalpha():
            add(head)
            add(sign)
        elif sign == "." and head.isalpha() and head not in _KEEPS_POINT:
            add(head)
            at = len(words)
            glued.add(at)
            ends.append(at)
            add(sign)
        else:
            # A title keeps its point only where white space follows.
            closes = number == last and not text[-1].isspace()
            first = len(words)
            words += _pieces(stretch if closes else stretch + " ")
            glued.update(range(first + 1, len(words)))
            ends += [k for k in range(first, len(words)) if words[k][-1] in _MAY_END]
    return glued, ends


@lru_cache(maxsize=20_000)
def _pieces(stretch: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(stretch))


def _split(
    words: list[str],
    glued: set[int],
    ends: list[int],
    first: int,
    count: int,
    sentences: list[tuple[int, int]],
) -> None:
    """Append the sentences of one paragraph's tokens."""
    at = first
    for i in ends:
        word = words[i]
        if i < at:
            continue
        if word in _ENDS:
            if word == "." and _abbreviates(words, glued, i, count):
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


def _abbreviates(words: list[str], glued: set[int], i: int, count: int) -> bool:
    """Whether the point at `i` belongs to an abbreviation or a figure, not to a sentence."""
    if i + 1 >= count:
        return False
    before = words[i - 1] if i in glued else ""
    after = words[i + 1]
    if i + 1 in glued and after not in _CLOSERS:
        return True  # example.com, .5
    beyond = after
    if after in _CLOSERS:
        beyond = next((words[k] for k in range(i + 2, count) if words[k] not in _CLOSERS), "")
    if beyond[:1].islower() or beyond in {",", ";", ":", "—", "–", "--"}:
        return True  # Sen. Bill Nelson (D-Fla.), ...
    low = before.lower()
    if low in _ABBREVIATIONS:
        return True
    if low in _MONTHS:
        return after[0].isdigit()
    return len(before) == 1 and before.isupper() and before != "I"
