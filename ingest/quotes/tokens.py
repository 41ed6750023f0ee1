"""Tokens of a paragraph whose quotations are masked: words, names, punctuation, quotations.

A name found before is one token; so is a quotation. Sentences are ranges of tokens: a mark never
breaks a sentence by itself; a quotation that ends with a full stop does where a capital follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Literal, NamedTuple

from ingest.article import Span
from ingest.quotes.cues import Cue
from ingest.quotes.marks import Run
from ingest.quotes.names import Name
from ingest.quotes.tables import Table

TokenKind = Literal["word", "name", "point", "quote"]

_TOKEN = re.compile(
    r"\x01\x02*|(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Yy]ou|[Ii]t|[Ww]ho)(?=[’'](?:d|ll|ve|re|m|s)\b)|\d+(?:[.,:]\d+)*\w*(?:-\w+)*|-(?:t-)?(?=(?:ils?|elles?|on|je)\b)|\w+(?:[’'](?!s\b)\w+|[.\-&](?!(?:t-)?(?:ils?|elles?|on|je)\b)\w+)*|[’'](?:s|d|ll|ve|re|m)\b|--+|[^\w\s]"
)
LONGEST_SENTENCE = 250  # tokens; newspapers stay below 120
_ENDS = frozenset(".!?…")
_DASHES = frozenset({"—", "–", "―", "-", "--"})
_OPENS = frozenset({"(", "[", "—", "–", "―", "-", "¿", "¡"})
_ON = frozenset({"on", "to", "sur", "auf", "bei", "en"})  # X, formerly Twitter
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr sen sens rep reps gov gen lt col sgt capt prof rev st jr sr vs no inc corp co ltd"
    " dept jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k u.n d.c a.m p.m i.e e.g etc op"
    " nr bzw z.b".split()
)


class Token(NamedTuple):
    """One token; `name` and `run` are set for the kinds that they go with."""

    kind: TokenKind
    start: int
    end: int
    low: str
    name: Name | None = None
    run: int = -1
    capital: bool = False


class CueHit(NamedTuple):
    """A cue in the tokens of a paragraph: where, how many tokens, which."""

    at: int
    length: int
    cue: Cue


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in tokens, its sentences as ranges of them, and the cues in it."""

    paragraph: int
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    cues: tuple[CueHit, ...]

    def sentence_of(self, index: int) -> tuple[int, int]:
        """The sentence that holds the token at `index`."""
        at = bisect_left(self.sentences, index + 1, key=itemgetter(0)) - 1
        return self.sentences[at] if at >= 0 else (0, len(self.tokens))


def tokenize(
    masked: str, span: Span, names: Mapping[int, Name], runs: Mapping[int, int]
) -> tuple[Token, ...]:
    """The tokens of one paragraph. `names` and `runs` are looked up by their first character.

    A run that is missing from `runs` is stepped over: a nickname is no part of the sentence.
    """
    tokens: list[Token] = []
    # There are so many that the time to call Token() counts.
    add, new, known = tokens.append, tuple.__new__, _PIECES
    at, end = span.start, span.start - 1
    # No token holds a blank, so that each stretch without any is cut alone.
    for stretch in masked[span.start : span.end].split(" "):
        begin = end + 1
        end = begin + len(stretch)
        if end <= at:
            continue  # inside a name, which is one token
        for kind, first, last, low, capital in known[stretch]:
            start = begin + first
            if start < at:
                continue
            if start in names:
                name = names[start]  # its title is part of the token
                at = name.span.end
                add(new(Token, ("name", start, at, name.text.lower(), name, -1, True)))
            elif kind != "quote":
                add(new(Token, (kind, start, begin + last, low, None, -1, capital)))
            elif start in runs:
                add(new(Token, ("quote", start, begin + last, "", None, runs[start], False)))
    return tuple(tokens)


# A token of a stretch: kind, where it begins and ends in it, in lowercase, whether capitalised.
_Piece = tuple[TokenKind, int, int, str, bool]


def _pieces(stretch: str) -> tuple[_Piece, ...]:
    return tuple(_piece(m.group(), *m.span()) for m in _TOKEN.finditer(stretch))


def _piece(word: str, start: int, end: int) -> _Piece:
    first = word[0]
    if first.isalnum() or first == "_" or (len(word) > 1 and first in "’'"):
        return "word", start, end, word.lower().replace("’", "'"), first.isupper()
    return "quote" if first == "\x01" else "point", start, end, word, False


_PIECES = Table(_pieces)


def sentences(
    text: str, tokens: Sequence[Token], runs: Sequence[Run]
) -> tuple[tuple[int, int], ...]:
    """Ranges of tokens, one a sentence; a very long one in several."""
    found: list[tuple[int, int]] = []
    start = 0
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        if i == last:
            break
        kind = token[0]
        if kind == "word" or kind == "name" or not _ends_sentence(text, tokens, i, token, runs):
            continue
        end = i + 1
        if tokens[end].kind == "point" and tokens[end].low in ")]’'”»":
            end += 1
            if end > last:
                break
        after = tokens[end]
        if token.kind == "quote" and after.low in _DASHES:
            if end == last or tokens[end + 1].kind != "quote":
                continue  # "..." - NAME
            end += 1  # „Wer?“ – „Ich“, sagte Lunn
            after = tokens[end]
        if after.kind == "quote" or after.capital or after.low[:1].isdigit() or after.low in _OPENS:
            found.append((start, end))
            start = end
    if tokens:
        found.append((start, len(tokens)))
    return tuple(short(found) if len(tokens) > LONGEST_SENTENCE else found)


def short(sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences; what runs on without an end is cut, so that the time stays linear."""
    for lo, hi in sentences:
        for start in range(lo, hi, LONGEST_SENTENCE):
            yield start, min(hi, start + LONGEST_SENTENCE)


def _ends_sentence(
    text: str, tokens: Sequence[Token], i: int, token: Token, runs: Sequence[Run]
) -> bool:
    if token.kind == "quote":
        last = runs[token.run].span.end - 1
        return text[last] in _ENDS or (text[last] in "”’'\")" and text[last - 1] in _ENDS)
    if token.low not in _ENDS:
        return False
    if token.low != "." or i == 0:
        return True
    before = tokens[i - 1]
    if before.end != token.start or before.kind == "quote":
        return True
    if before.kind == "name":
        return len(before.low) > 1 and before.low not in _ABBREVIATIONS
    if before.low == "x":
        return i > 1 and tokens[i - 2].low in _ON
    return before.low not in _ABBREVIATIONS and not (len(before.low) == 1 and before.low.isalpha())


_AT = attrgetter("at")


def cues_between(cues: Sequence[CueHit], start: int, end: int) -> Sequence[CueHit]:
    """The cues that begin in a range of tokens."""
    low = bisect_left(cues, start, key=_AT)
    return cues[low : bisect_left(cues, end, low, key=_AT)]
