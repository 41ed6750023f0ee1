"""Words and sentences of an article, for rules that read clauses.

Both are cut from the masked text, where the signs of a run between marks are blanked: a run is one
word, and no sentence ends inside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from operator import not_

from ingest.article import Paragraph, Span
from ingest.quotes.tables import Table

MASK = "\x01"
# Words keep their apostrophes, hyphens and inner points
# (Clinton's, vice-president, U.S.); a title or an initial keeps its point; a blanked run, a chain
# of dashes and any other sign are one token each.
_TOKEN = re.compile(
    r"""(?:[A-Z]\.){2,}
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
    sentences: list[tuple[int, int]]
    _masked: str
    _paragraphs: Sequence[Paragraph]
    _firsts: list[int]  # the first token of each paragraph, and past the last one
    _starts: list[int]  # where each token begins, as far as it was looked up; else -1
    _reached: dict[int, int] = field(default_factory=dict)  # the tokens of a paragraph looked up

    def has_mask(self, span: Span) -> bool:
        """Whether a run between marks stands in a part of the text."""
        return self._masked.find(MASK, span.start, span.end) >= 0

    def span(self, first: int, end: int) -> Span:
        """Where the tokens from `first` to before `end` stand; they are of one paragraph."""
        starts, last = self._starts, end - 1
        if starts[last] < 0:
            self._look_up(end)
        # There are so many that the time to call Span() counts.
        return tuple.__new__(Span, (starts[first], starts[last] + len(self.words[last])))

    def _look_up(self, end: int) -> None:
        """Go on with where the tokens of a paragraph begin, only as far as something is found."""
        find, words, starts = self._masked.find, self.words, self._starts
        paragraph = bisect_right(self._firsts, end - 1) - 1
        floor = self._firsts[paragraph]
        first = self._reached.get(paragraph, floor)
        self._reached[paragraph] = end
        at = self._paragraphs[paragraph].span.start
        if first > floor:
            at = starts[first - 1] + len(words[first - 1])
        found = []
        for word in words[first:end]:
            at = find(word, at)
            found.append(at)
            at += len(word)
        starts[first:end] = found


def tokenise(masked: str, paragraphs: Sequence[Paragraph]) -> Tokens:
    """Cut the paragraphs of a masked text into words and sentences."""
    words: list[str] = []
    lower: list[str] = []
    sentences: list[tuple[int, int]] = []
    firsts = [0]
    for paragraph in paragraphs:
        start, end = paragraph.span
        ends = _cut(masked[start:end], words, lower)
        _split(words, ends, firsts[-1], len(words), sentences)
        firsts.append(len(words))
    return Tokens(words, lower, sentences, masked, paragraphs, firsts, [-1] * len(words))


# A token at which a sentence may end: which, whether it touches the one before, and the next one.
_End = tuple[int, bool, bool]
# The tokens of a stretch without blanks, in lowercase too, and where it may end sentences.
_Piece = tuple[tuple[str, ...], tuple[str, ...], tuple[_End, ...]]


def _cut(text: str, words: list[str], lower: list[str]) -> list[_End]:
    """Append the tokens of a paragraph; tell at which of them a sentence may end.

    No token holds a blank, so that each stretch without any is cut alone. Most are letters only,
    one token each, and are taken many at a time.
    """
    ends: list[_End] = []
    stretches = text.split(" ")
    # First the apostrophes: with no other sign beyond ASCII left, lower() is ten times as fast.
    lows = text.replace("’", "'").lower().split(" ")
    last = len(stretches) - 1
    done = 0
    for i in compress(count(), map(not_, map(str.isalpha, stretches))):
        words += stretches[done:i]
        lower += lows[done:i]
        done = i + 1
        more, low, may_end = _FOLLOWED[stretches[i]] if i < last else _LAST[stretches[i]]
        for k, before, after in may_end:
            ends.append((len(words) + k, before, after))
        words += more
        lower += low
    words += stretches[done:]
    lower += lows[done:]
    return ends


def _piece(stretch: str) -> _Piece:
    found = list(_TOKEN.finditer(stretch))
    words = tuple(m.group() for m in found)
    starts = [-1, *(m.start() for m in found), -1]
    stops = [-2, *(m.end() for m in found), -2]
    ends = tuple(
        (k, starts[k + 1] == stops[k], starts[k + 2] == stops[k + 1])
        for k, word in enumerate(words)
        if word[-1] in _MAY_END
    )
    return words, tuple(word.lower().replace("’", "'") for word in words), ends


_LAST = Table(_piece)
# A title keeps its point where white space follows.
_FOLLOWED = Table(lambda stretch: _piece(stretch + " "))


def _split(
    words: list[str],
    ends: list[_End],
    first: int,
    count: int,
    sentences: list[tuple[int, int]],
) -> None:
    """Append the sentences of one paragraph's tokens."""
    at = first
    for i, touches, touched in ends:
        word = words[i]
        if i < at:
            continue
        if word in _ENDS:
            before = words[i - 1] if touches else ""
            if word == "." and _abbreviates(words, before, i, count, touched):
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


def _abbreviates(words: list[str], before: str, i: int, count: int, touched: bool) -> bool:
    """Whether the point at `i` belongs to an abbreviation or a figure, not to a sentence.

    `before` is the word that the point touches, `touched` whether something touches the point.
    """
    if i + 1 >= count:
        return False
    after = words[i + 1]
    if touched and after not in _CLOSERS:
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
