"""The subject of a whole sentence, past its dateline and what else opens it."""

from __future__ import annotations

from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.mentions import Phrase, with_aside
from ingest.quotes.phrases import phrase_ending
from ingest.quotes.rules import DASHES, Reading
from ingest.quotes.smallwords import COMMON_VERB
from ingest.quotes.tokens import Token


def main_subject(r: Reading, start: int, end: int) -> Phrase | None:
    """The first phrase of a sentence that can speak, past what opens it."""
    tokens, words = r.tokens, r.words
    i = past_dateline(r) if start == 0 else start
    while i < end and tokens[i].kind == "point":
        i += 1
    if (
        i < end
        and tokens[i].kind == "word"
        and (
            tokens[i].low in words.prepositions
            or tokens[i].low in words.conjunctions
            or tokens[i].low.endswith(("ing", "ed"))
        )
    ):
        comma = next((k for k in range(i, min(end, i + 25)) if tokens[k].low == ","), None)
        if (there := _is_there(r, i, comma or end)) is not None:
            return phrase_ending(tokens, there, start, words)
        if comma is not None and comma + 1 < end:
            rest = main_subject(r, comma + 1, end)
            if rest is not None:
                return rest
    for k in range(i, min(end, i + 40)):
        token = tokens[k]
        follows = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.kind == "word" and token.low in words.subjects and token.low != "it":
            return phrase_ending(tokens, k, start, words)
        if token.kind == "name" and token.name and token.name.kind not in ("time", "place"):
            if token.name.opens_sentence and token.low.endswith(("ing", "ly", "ed")):
                continue
            if follows is not None and (
                follows.low == "'s" or (follows.kind == "word" and follows.low in SPEAKING_NOUNS)
            ):
                continue
            if k > i and tokens[k - 1].low in words.prepositions:
                continue
            if k > i + 1 and tokens[k - 1].low == "the" and tokens[k - 2].low in words.prepositions:
                continue
            if (
                follows is not None
                and follows.kind == "word"
                and k + 2 < end
                and (
                    tokens[k + 2].kind == "name"
                    and not (
                        follows.low in words.auxiliaries
                        or follows.low in words.prepositions
                        or follows.low in words.conjunctions
                        or follows.low.endswith(("ed", "s"))
                        or follows.low in COMMON_VERB
                    )
                )
            ):
                continue
            return phrase_ending(tokens, k, start, words)
        if (
            token.kind == "word"
            and token.low in SPEAKING_NOUNS
            and not (
                follows is not None
                and (
                    follows.kind == "name"
                    or follows.low in SPEAKING_NOUNS
                    or follows.low == "'s"
                    or (token.low == "family" and _is_noun(r, follows))
                )
            )
        ):
            phrase = phrase_ending(tokens, k, start, words)
            comma = _comma_behind(r, k, end)
            if phrase is not None and comma:
                phrase = with_aside(tokens, phrase, (comma + 1, comma + 2), words)
            return phrase
    return None


def _is_noun(r: Reading, token: Token) -> bool:
    """Whether a word behind a noun is rather one, too: "a family joke", not "the family said"."""
    low, words = token.low, r.words
    return token.kind == "word" and not (
        low.endswith(("ed", "s"))
        or low in words.auxiliaries
        or low in words.prepositions
        or low in words.conjunctions
        or low in words.relatives
        or low in ("say", "tell")
    )


def is_told_of(r: Reading, phrase: Phrase, end: int) -> bool:
    """Whether the sentence only tells of another than who spoke before: "Her son, Bo, was 22."."""
    at = phrase.last + 1
    if r.last is None or r.last.phrase is None or phrase.kind != "name":
        return False
    at += at < end and r.tokens[at].low == ","
    return at < end and r.tokens[at].low in ("is", "was")


def tells_where(r: Reading, at: int, start: int) -> bool:
    """Whether a name only tells where something happened."""
    name = r.tokens[at].name
    if name is None or name.kind not in ("place", "unknown") or at - 1 <= start:
        return False
    return r.tokens[at - 1].low in _WHERE


def _is_there(r: Reading, start: int, end: int) -> int | None:
    """Who is there: "Among them is Ada Lunn", "Entre ellos está Eulogio Marín"."""
    for k in range(start + 1, min(end, start + 8)):
        name = r.tokens[k].name
        if r.tokens[k].kind == "name" and name is not None and r.tokens[k - 1].low in _BEING:
            return k if name.kind == "person" or len(name.words) > 1 else None
    return None


def _comma_behind(r: Reading, noun: int, end: int) -> int:
    """Where a comma and a name follow a noun, and at most "of" and what it is of stand between."""
    tokens = r.tokens
    if noun + 2 < end and tokens[noun + 1].low == ",":
        return noun + 1
    if noun + 4 >= end or tokens[noun + 1].low not in r.words.inside_phrase:
        return 0
    for k in range(noun + 3, min(end - 2, noun + 8)):
        if tokens[k].kind == "point":
            apposed = tokens[k].low == "," and tokens[k + 1].kind == "name"
            return k if apposed and tokens[k + 2].low == "," else 0
    return 0


_WHERE = frozenset("in at near outside à en dans im bei nahe aus".split())
_BEING = frozenset("is was are were está estaba están est était ist war sitzt steht figura".split())


def _shouted(r: Reading, end: int) -> bool:
    """Whether a line begins in capitals, as a place does before a colon: "NASHIK: Growers ..."."""
    return end + 1 < len(r.tokens) and r.text[r.tokens[0].start : r.tokens[end - 1].end].isupper()


def past_dateline(r: Reading) -> int:
    """Where the text begins behind "MANCHESTER, N.H. (AP) - " and "NASHIK: "."""
    tokens = r.tokens
    for i in range(1, min(9, len(tokens))):
        if tokens[i].low in DASHES or (
            tokens[i].low == ":" and _shouted(r, i) and tokens[i + 1].kind != "quote"
        ):
            return i + 1 if tokens[i + 1 : i + 2] else 0
        if tokens[i].kind == "word" and not (tokens[i].capital or tokens[i].low.isdigit()):
            return 0
    return 0
