"""The parts of a noun phrase that ends at a token: where it begins, which noun it is about."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.quotes.grammar import (
    BEHIND_NOUN,
    DOCUMENT_NOUNS,
    HAD,
    PERSON_OR_BODY,
    SIGN_NOUNS,
    SOMEBODY,
    SPEAKING_NOUNS,
    Grammar,
)
from ingest.quotes.tokens import Token

LONGEST = 30  # tokens between a subject and its verb, and in a phrase
_LONGEST_PARTICIPLE = 8  # tokens of "living near the plant"
_LONGEST_PLACE = 6  # tokens of ", late of Wess Mill, who"
_WRITTEN = DOCUMENT_NOUNS | SIGN_NOUNS | {"card", "tag", "label", "sticker"}
_DONE = ("ed", "found", "left", "hung", "sent", "stuck", "written", "seen")
_HYPHENS = frozenset("-’'")
_GENITIVE = frozenset("’'")


def past_place(tokens: Sequence[Token], at: int, floor: int, words: Grammar) -> int:
    """The person before a comma and where he is from: "Ada Lunn, 43, of Orrin, who said"."""
    for k in range(at - 1, max(floor, at - _LONGEST_PLACE), -1):
        if tokens[k].low == "," and k < at - 1:
            if tokens[k - 1].low.isdigit() and tokens[k - 2].low == ",":
                k -= 2
            name = tokens[k - 1].name
            inside = any(t.low in words.prepositions for t in tokens[k + 1 : at])
            return k - 1 if inside and name is not None and name.kind == "person" else at
        if tokens[k].kind in ("point", "quote"):
            return at
    return at


def noun_of(tokens: Sequence[Token], at: int, floor: int, words: Grammar) -> int:
    """The noun that the words up to the one at `at` tell of, `at` itself where they are one.

    "A person familiar with", "people not directly involved in", "officials with knowledge of".
    """
    k = at
    if words.language in ("fr", "es") and k > floor and tokens[k].low not in SOMEBODY:
        return k - 1 if tokens[k - 1].low in SOMEBODY else k  # presidenta municipal de Orrin
    if tokens[k].low in HAD:
        k -= 1
        while k > floor and tokens[k].kind == "word" and tokens[k].low not in words.inside_phrase:
            if at - k > 2:
                return at
            k -= 1
        return k - 1 if k > floor and tokens[k].low == "with" else at
    if tokens[k].low not in BEHIND_NOUN:
        return at
    k -= 1
    while k > floor and (
        tokens[k].low in words.adverbs or tokens[k].low == "not" or tokens[k].low.endswith("ly")
    ):
        k -= 1
    return k if k >= floor else at


def holds_body(token: Token) -> bool:
    """Whether somebody's employer stands in the token before the name."""
    name = token.name
    return (
        name is not None
        and name.kind == "person"
        and not name.titled
        and name.whole.start < name.span.start
    )


def may_carry(token: Token) -> bool:
    """Whether a name can be the noun that a phrase is about: no place, no day."""
    return token.name is not None and token.name.kind not in ("place", "time")


def phrase_start(tokens: Sequence[Token], j: int, floor: int, words: Grammar) -> int:
    """The first token of the phrase: a determiner, or behind a stop, a preposition, a verb."""
    k = j
    for k in range(j, max(floor, j - LONGEST) - 1, -1):
        if k == floor:
            return k
        before = tokens[k - 1]
        if (
            tokens[k].low in words.determiners
            and before.low != "'s"
            and before.low not in words.determiners
        ):
            return k
        if words.language == "fr" and tokens[k].low.startswith(("l'", "l’")):
            return k  # ironise l'édile
        if before.kind == "quote" or (before.kind == "point" and before.low not in "&$%"):
            return k
        if before.low == "'s" or (before.low in _GENITIVE and tokens[k - 2].low.endswith("s")):
            continue  # the mayor's office, the divers' group
        if before.kind == "word" and (
            before.low in words.prepositions
            or before.low in words.conjunctions
            or before.low in words.auxiliaries
            or before.low in words.subjects
            or (
                before.low.endswith("ed")
                and before.low not in SPEAKING_NOUNS
                and k - 2 >= floor
                and tokens[k - 2].low not in words.determiners
            )
            or before.low in _VERBLIKE
        ):
            return k
    return k


_VERBLIKE = frozenset("not said says told asked tells called wrote whom which who".split())


def participle_head(tokens: Sequence[Token], start: int, floor: int) -> int | None:
    """In "a lawyer acting for him said", the noun before the participle."""
    for i in range(start - 1, max(floor, start - _LONGEST_PARTICIPLE) - 1, -1):
        token = tokens[i]
        if token.kind in ("point", "quote") and token.low not in _HYPHENS:
            return None
        if token.kind == "word" and i > floor and tokens[i - 1].low in SOMEBODY:
            return i - 1 if token.low.endswith("ing") else None
        if i > floor and tokens[i - 1].low in _WRITTEN and token.low.endswith(_DONE):
            return i - 1  # a card tied to the railings read
    return None


def relative_head(tokens: Sequence[Token], start: int, floor: int, words: Grammar) -> int | None:
    """In "the judge who heard the case said", the noun before "who"; "trust that runs", too."""
    for i in range(start - 1, max(floor, start - LONGEST) - 1, -1):
        token = tokens[i]
        if token.kind in ("point", "quote") and token.low not in _HYPHENS:
            return None
        if token.low in ("who", "whose") and i - 1 >= floor:
            return i - 1 if tokens[i - 1].kind in ("word", "name") else None
        if token.low == "that" and i - 1 >= floor and tokens[i - 1].low in PERSON_OR_BODY:
            verb = tokens[i + 1]
            plain = verb.kind == "word" and not (
                verb.low in words.determiners or verb.low in words.subjects
            )
            return i - 1 if plain else None
    return None
