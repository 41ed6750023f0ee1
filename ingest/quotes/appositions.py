"""What stands between commas or dashes behind a subject: where it opens, whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.quotes.grammar import SPEAKING_NOUNS, Grammar
from ingest.quotes.heads import LONGEST
from ingest.quotes.mentions import Phrase
from ingest.quotes.tokens import Token

CLOSING = {")": "(", "]": "["}
SEVERAL = frozenset({"them", "us"})  # one of them, now a teacher, said


def apposed_to(tokens: Sequence[Token], phrase: Phrase, floor: int) -> Phrase | None:
    """The name before two appositions: "Ada Lunn, 54, chair of the Bees, an arm of X, said"."""
    at = phrase.first - 2
    if at - 1 > floor and tokens[at].low.isdigit() and tokens[at - 1].low == ",":
        at -= 2
    if at < floor or tokens[at + 1].low != "," or tokens[phrase.first - 1].low != ",":
        return None
    name = tokens[at].name
    if name is None or name.kind not in ("person", "unknown") or len(name.words) < 2:
        return None
    return Phrase("name", name.span, at, phrase.last, name, phrase.span, tokens[at].low)


def opening_of(tokens: Sequence[Token], j: int, floor: int) -> int:
    """Where the bracket opens that the token at `j` closes; `floor` where it does not."""
    want = CLOSING[tokens[j].low]
    for i in range(j - 1, max(floor, j - LONGEST) - 1, -1):
        if tokens[i].low == want:
            return i
    return floor


def aside_start(tokens: Sequence[Token], j: int, floor: int, words: Grammar) -> int | None:
    """The mark that opens the apposition or clause which the one at `j` closes."""
    sign = tokens[j].low
    fallback = None
    second = False
    for i in range(j - 1, max(floor, j - LONGEST) - 1, -1):
        token = tokens[i]
        if token.kind == "quote":
            return fallback
        if token.kind != "point" or (token.low != sign and not (sign == "," and token.low in "—–")):
            if token.low in (":", ";"):
                return fallback
            continue
        if i == floor:
            return fallback
        behind = opening_of(tokens, i - 1, floor) - 1 if tokens[i - 1].low == ")" else i - 1
        before, after = tokens[max(behind, floor)], tokens[i + 1]
        if after.low in words.conjunctions and tokens[i + 2].low in words.relatives:
            second = fallback is None  # ..., who lives there and, ..., and who works there, said
        if second:
            if after.low in words.relatives:
                return i
            continue
        if (
            before.kind == "name"
            or before.low in SPEAKING_NOUNS
            or before.low in words.subjects
            or before.low in SEVERAL
            or before.low in ("another", "others")
            or (
                (after.low.endswith("ed") or (j - i <= 5 and tokens[j - 1].kind == "name"))
                and _is_noun(tokens, i, floor, words)
            )
        ):
            if fallback is None or after.low in words.relatives or after.low in words.determiners:
                fallback = i
            if before.kind == "name" and before.name and before.name.kind in ("place", "time"):
                continue
            if after.low not in words.conjunctions or after.low in words.relatives:
                return fallback
    return fallback


def _is_noun(tokens: Sequence[Token], i: int, floor: int, words: Grammar) -> bool:
    """Whether a determiner leads to the word before the token at `i`: "the plumber,"."""
    if tokens[i - 1].kind != "word":
        return False
    for k in range(i - 2, max(floor, i - 8) - 1, -1):
        token = tokens[k]
        if token.low in words.determiners or token.low == "'s":
            return True
        if token.kind in ("point", "quote"):
            return False
    return False
