"""Noun phrases round a cue: who is the subject before it, who stands behind it.

No parser: a phrase ends where the cue begins, adverbs, appositions and relative clauses between
them are stepped over, and its beginning is the nearest determiner, preposition or stop.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.article import Span
from ingest.quotes.appositions import CLOSING, SEVERAL, apposed_to, aside_start, opening_of
from ingest.quotes.grammar import PERSON_NOUNS, SOMEBODY, SPEAKING_NOUNS, Grammar
from ingest.quotes.heads import (
    holds_body,
    may_carry,
    noun_of,
    participle_head,
    past_place,
    phrase_start,
    relative_head,
)
from ingest.quotes.mentions import Phrase, made_of, with_aside
from ingest.quotes.smallwords import NOUNS_IN_LY
from ingest.quotes.tokens import Token


def subject_before(tokens: Sequence[Token], verb: int, floor: int, words: Grammar) -> Phrase | None:
    """The subject that stands right before the verb at `verb`, not looking past `floor`."""
    j = _over_adverbs(tokens, verb - 1, floor, words)
    aside: tuple[int, int] | None = None
    for _ in range(4):
        if j < floor:
            return None
        token = tokens[j]
        if token.low in CLOSING and token.kind == "point":
            j = opening_of(tokens, j, floor) - 1
            continue
        if token.low == "," and tokens[j - 1].low == ")" and j - 1 > floor:
            behind = opening_of(tokens, j - 1, floor) - 1
            if behind >= floor and tokens[behind].kind == "name":
                j = behind  # Gov. Ada Lunn (R-Ohio), said
                break
        closed = token.low == "," and j - 4 >= floor and tokens[j - 4].low == ","
        if closed and " ".join(t.low for t in tokens[j - 3 : j]) in FOR_HIS_PART:
            j -= 5  # La compañía, por su parte, lamentó
            continue
        if token.kind == "point" and token.low in ",—–―-":
            start = aside_start(tokens, j, floor, words)
            if start is None:
                if j - 3 < floor or tokens[j - 2].low != "," or tokens[j - 1].low not in _ECHOES:
                    return None
                j -= 3  # "La défense, elle, dénonce"
                break
            aside = (start + 1, j)
            j = start - 1
            continue
        break
    if j - 2 >= floor and tokens[j].low == "'s" and tokens[j - 2].low == "of":
        j -= 1  # a friend of Holm's
    if j < floor or tokens[j].kind in ("point", "quote"):
        return None
    phrase = phrase_ending(tokens, j, floor, words)
    if phrase is not None and phrase.kind == "description" and phrase.low not in SPEAKING_NOUNS:
        # "Trump in a speech on Monday said": step over the phrase and its preposition.
        k = phrase.first - 1
        if k - 1 >= floor and tokens[k].low in _ADJUNCT:
            outer = subject_before(tokens, k, floor, words)
            if outer is not None and (outer.kind != "description" or outer.low in SPEAKING_NOUNS):
                phrase = outer
    if phrase and aside:
        phrase = with_aside(tokens, phrase, aside, words)
        if phrase.kind == "description" and phrase.low in PERSON_NOUNS:
            phrase = apposed_to(tokens, phrase, floor) or phrase
    return phrase


def _over_adverbs(tokens: Sequence[Token], j: int, floor: int, words: Grammar) -> int:
    while j >= floor:
        token = tokens[j]
        if token.kind == "word" and (
            token.low in words.auxiliaries
            or token.low in words.adverbs
            or (
                token.low.endswith("ly")
                and token.low not in NOUNS_IN_LY
                and len(token.low) > 4
                and not token.capital
            )
            or (token.low.endswith("n't"))
        ):
            j -= 1
        elif token.kind == "name" and token.name and token.name.kind == "time":
            j -= 1
            if j >= floor and tokens[j].low in ("on", "in", "last", "am"):
                j -= 1
        elif token.low in _SPANS and j - 1 > floor and tokens[j - 1].low == "for":
            j -= 2  # the label had for decades read
        else:
            break
    return j


def _is_whole(tokens: Sequence[Token], start: int, j: int, words: Grammar) -> bool:
    """Whether a full name ends a phrase with no article, so that it is no attribute of the noun."""
    name = tokens[j].name
    if tokens[j].kind != "name" or name is None or len(name.words) < 2:
        return False
    return tokens[start].low not in words.determiners and name.kind in ("person", "unknown")


def phrase_ending(tokens: Sequence[Token], j: int, floor: int, words: Grammar) -> Phrase | None:
    """The noun phrase whose last token is the one at `j`."""
    token = tokens[j]
    if token.kind == "word" and token.low in words.subjects:
        return Phrase("pronoun", Span(token.start, token.end), j, j, low=token.low)
    if token.kind == "word" and token.low in words.relatives:
        k = j - 1
        if k >= floor and tokens[k].low == ",":
            k -= 1
        if k < floor or not _can_end(tokens[k], words):
            return None
        if token.low == "who" and tokens[k].kind == "name":
            k = past_place(tokens, k, floor, words)
        before = phrase_ending(tokens, k, floor, words)
        if before is None or token.low not in _WHO:
            return before
        return Phrase(
            "pronoun",
            Span(token.start, token.end),
            before.first,
            j,
            before.name,
            None,
            token.low,
            before,
        )
    if not _can_end(token, words):
        return None
    first = phrase_start(tokens, j, floor, words)
    start, last = first, j
    for _ in range(3):
        if token.kind == "name" and (holds_body(token) or _follows_body(tokens, start, j)):
            break  # CEO of the Refugee Council Enver Solomon
        if start - 2 < floor or tokens[start - 1].low not in words.inside_phrase:
            break
        if words.language != "en" and start < j and _is_whole(tokens, start, j, words):
            break  # la profesora de piano Aura Inés Pulido
        at = noun_of(tokens, start - 2, floor, words)
        outer = tokens[at]
        counted = tokens[j].low in SEVERAL and outer.low in ALONE
        if not (
            counted
            or outer.low in SPEAKING_NOUNS
            or (outer.low in _HOUSEHOLD and tokens[start - 1].low == "of")
            or outer.low.endswith("-year-old")
            or (outer.kind == "name" and may_carry(outer))
        ):
            break
        last = at
        start = phrase_start(tokens, last, floor, words)
    if (
        start - 3 >= floor
        and tokens[start - 1].low in words.by
        and tokens[start - 2].low.endswith("ed")
    ):
        maker = phrase_ending(tokens, start - 3, floor, words)  # "a petition signed by thousands"
        if maker is not None and maker.low in SPEAKING_NOUNS:
            return maker
    who = relative_head(tokens, start, floor, words)
    if who is not None and not (tokens[last].kind == "name" and last == j):
        return phrase_ending(tokens, who, floor, words)
    if tokens[last].kind != "name" and tokens[last].low not in SOMEBODY:
        acting = participle_head(tokens, start, floor)
        if acting is not None:
            last = acting
            start = phrase_start(tokens, last, floor, words)
    return made_of(tokens, start, last, j, words)


def _follows_body(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether a capitalised word that is no role stands before a name: of the House Ada Lunn."""
    before = tokens[at - 1]
    return (
        at - 1 > start
        and before.kind == "word"
        and before.capital
        and before.low not in SOMEBODY
        and may_carry(tokens[at])
    )


def _can_end(token: Token, words: Grammar) -> bool:
    if token.kind == "name":
        return True
    low = token.low
    if low[:1].isdigit() and len(low) > 2 and not low.endswith("-old"):
        return False
    return token.kind == "word" and not (
        low in words.prepositions
        or low in words.conjunctions
        or low in words.auxiliaries
        or low == "'s"
        or (low in words.determiners and low not in SPEAKING_NOUNS and low not in ALONE)
    )


ALONE = frozenset(
    "one two three four five six seven eight nine ten some many most several both others another"
    " all few".split()
)


OBJECTS = frozenset({"them", "us", "it", "him", "her", "me"})
_SPANS = frozenset("decades years months weeks days hours ages".split())
FOR_HIS_PART = ("por su parte", "por su lado", "de son côté", "pour sa part", "à son tour")
_HOUSEHOLD = frozenset({"family", "estate"})
_ECHOES = frozenset("lui elle eux elles".split())
_ADJUNCT = frozenset("in on at during after before".split())
_WHO = frozenset({"who", "which", "qui", "quien", "quienes"})
