"""Noun phrases behind a verb: "said the engineer, Hua Lindqvist", "said Vita Spivak of ..."."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.article import Span
from ingest.quotes.grammar import (
    BEHIND_NOUN,
    FROM,
    HAD,
    PERSON_NOUNS,
    SOMEBODY,
    SPEAKING_NOUNS,
    Grammar,
)
from ingest.quotes.heads import LONGEST
from ingest.quotes.mentions import Phrase, describes, title_of
from ingest.quotes.tokens import Token

_THE = frozenset(
    "the a an his her their its this that our der die das dem den le la les el los las".split()
)
_LONGEST_OF = 5  # tokens
_ANY = frozenset({"a", "an", "one", "another"})
HAD_BY = frozenset("obtained seen reviewed viewed".split())
_HIM = frozenset({"lui", "eux"})
_AFTER = frozenset({"selon", "d'après", "d’après"})
_AND = frozenset({"and", "or", "but", "und", "et", "y"})
_STOPS = frozenset(",.;:—–―()")


def phrase_after(
    tokens: Sequence[Token], start: int, ceiling: int, words: Grammar
) -> Phrase | None:
    """Who stands behind the verb: "said the engineer, Hua Lindqvist", "said Vita Spivak of ..."."""
    if 0 < start < ceiling and tokens[start].low in _HIM and tokens[start - 1].low in _AFTER:
        him = Span(tokens[start].start, tokens[start].end)  # selon lui
        return Phrase("pronoun", him, start, start, low=tokens[start].low)
    end = start
    while end < ceiling and end - start < LONGEST:
        token = tokens[end]
        if token.kind == "quote" or (token.kind == "point" and token.low in ",.;:—–―(?!…--"):
            break
        if (
            token.kind == "word"
            and end > start
            and token.low in words.ends
            and (token.low not in words.determiners or _is_particle(tokens, end, ceiling))
            and not _tells_more(tokens, end, ceiling)
        ):
            break
        if token.kind == "word" and end == start and not _can_begin(token, words):
            return None
        if token.low == "that" and end > start + 1 and _begins(tokens, end + 1, ceiling, words):
            break  # told by a judge that they had
        if words.language == "de" and end > start and token.low in words.auxiliaries:
            break  # nach Ansicht von Lenz ist das
        if token.kind == "name" and token.name and token.name.kind == "time" and end > start:
            break
        end += 1
    if end > start + 1 and tokens[end - 1].low in HAD_BY:
        end -= 1  # "a memo obtained by the Register"
    if end > start + 1 and tokens[end - 1].low in _AND:
        end -= 1  # by the mayor and “a wonder”
    if end == start:
        return None
    first = tokens[start]
    if (
        first.low in words.subjects
        and first.kind == "word"
        and (first.low not in words.determiners)
    ):
        return Phrase("pronoun", Span(first.start, first.end), start, start, low=first.low)
    at = _name_in(tokens, start, end, words)
    if at is not None and any(t.low in PERSON_NOUNS for t in tokens[start:at]):
        # "le délégué CGT, Marc Lefort": the body whose delegate is named
        apposed_at = _named_apposition(tokens, at + 2, ceiling) if _comma(tokens, at + 1) else None
        body = tokens[at].name
        if apposed_at == at + 2 and body is not None and body.kind == "organisation":
            at = apposed_at
    if at is not None and first.low in _ANY and tokens[at].low in FROM:
        at = None  # "a senior Republican on the committee": no name
    if at is not None:
        name = tokens[at].name
        assert name is not None
        described = title_of(name)
        if at > start + 1 or (at > start and first.low not in words.determiners):
            described = Span(
                tokens[start].start, described.end if described else tokens[at - 1].end
            )
        apposed = described or _apposition(tokens, at + 1, ceiling, words)
        return Phrase("name", name.span, start, at, name, apposed, tokens[at].low)
    if words.language == "de":  # antwortete der Beamte knapp
        while end > start + 2 and not tokens[end - 1].capital and tokens[end - 2].capital:
            end -= 1
    head = _head_of(tokens, start, end, words)
    span = Span(first.start, tokens[end - 1].end)
    comma = _comma_behind(tokens, head, end, ceiling)
    if comma + 1 < ceiling and tokens[comma].low == ",":
        named = _named_apposition(tokens, comma + 1, ceiling)
        if named is not None:
            name = tokens[named].name
            assert name is not None
            return Phrase("name", name.span, start, named, name, span, tokens[named].low)
    if end + 1 < ceiling and tokens[end].low in words.by and tokens[head].low not in PERSON_NOUNS:
        maker = phrase_after(tokens, end + 1, ceiling, words)  # "calculations by Amy Pell"
        if maker is not None and maker.kind == "name":
            return maker
    return Phrase("description", span, start, end - 1, None, None, tokens[head].low)


def _comma_behind(tokens: Sequence[Token], head: int, end: int, ceiling: int) -> int:
    """Where the comma behind a role stands, past what it is of: the man behind it, Ada Lunn."""
    if tokens[head].low not in PERSON_NOUNS:
        return end
    for k in range(end, min(ceiling, end + _LONGEST_OF)):
        if tokens[k].kind != "word":
            return k if tokens[k].low == "," else end
    return end


def _begins(tokens: Sequence[Token], at: int, ceiling: int, words: Grammar) -> bool:
    """Whether a clause begins at a token: with a pronoun or an article."""
    return at < ceiling and (tokens[at].low in words.subjects or tokens[at].low in _THE)


def _comma(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].low == ","


def _is_particle(tokens: Sequence[Token], at: int, ceiling: int) -> bool:
    """Whether "ein" ends its clause, as the particle of a verb: räumte der Minister ein."""
    if tokens[at].low != "ein":
        return False
    return at + 1 >= ceiling or tokens[at + 1].kind in ("point", "quote")


def _tells_more(tokens: Sequence[Token], at: int, ceiling: int) -> bool:
    """Whether the phrase goes on: "a source close to the club", "officials with knowledge of"."""
    if tokens[at - 1].low in BEHIND_NOUN:
        return True
    return tokens[at].low == "with" and any(t.low in HAD for t in tokens[at + 1 : at + 3])


def _can_begin(token: Token, words: Grammar) -> bool:
    return (
        token.low not in words.prepositions
        and (token.low not in words.auxiliaries or token.low in words.determiners)
        and (
            token.low not in words.conjunctions
            or token.low in words.subjects
            or token.low in words.determiners
        )
    )


def _name_in(tokens: Sequence[Token], start: int, end: int, words: Grammar) -> int | None:
    """The name that the phrase is about, not one in "a spokesman for NAME" or "NAME's lawyer"."""
    preposition = None
    for i in range(start, end):
        token = tokens[i]
        if token.kind == "word" and token.low in words.inside_phrase and i > start:
            preposition = i
        if token.kind != "name" or token.name is None:
            continue
        if preposition is not None and (
            preposition == i - 1
            or tokens[i - 1].low in _THE
            or tokens[i - 1].low == "'s"
            or (
                i < end - 1 and any(t.low in words.determiners for t in tokens[preposition + 1 : i])
            )
            or any(t.name is not None and t.low == token.low for t in tokens[preposition + 1 : i])
        ):
            continue
        after = tokens[i + 1] if i + 1 < end else None
        if after is not None and (
            after.low == "'s"
            or (
                after.kind == "word"
                and after.low not in words.inside_phrase
                and _noun_follows(tokens, i + 1, end, words)
            )
        ):
            continue
        if token.name.kind == "time":
            continue
        return i
    return None


def _noun_follows(tokens: Sequence[Token], i: int, end: int, words: Grammar) -> bool:
    """Whether the words behind a name make it an attribute: "Clinton campaign manager"."""
    return any(t.low in SPEAKING_NOUNS or t.kind == "name" for t in tokens[i : min(end, i + 4)])


def _head_of(tokens: Sequence[Token], start: int, end: int, words: Grammar) -> int:
    for i in range(start + 1, end):
        if tokens[i].low in words.inside_phrase:
            end = i
            break
    if words.language in ("fr", "es"):  # la députée écologiste, el delantero vasco
        return next((i for i in range(start, end) if tokens[i].low in SOMEBODY), end - 1)
    return end - 1


def _named_apposition(tokens: Sequence[Token], start: int, ceiling: int) -> int | None:
    for i in range(start, min(ceiling, start + 4)):
        token = tokens[i]
        if token.kind == "name" and token.name:
            after = tokens[i + 1] if i + 1 < ceiling else None
            closes = after is None or after.low in ",.;:" or after.kind == "quote"
            return i if closes and token.name.kind not in ("place", "time") else None
        if token.kind != "word":
            return None
    return None


def _apposition(tokens: Sequence[Token], at: int, ceiling: int, words: Grammar) -> Span | None:
    """The words that tell who a name is: ", non-resident scholar at the Carnegie Endowment."""
    if at + 1 >= ceiling or tokens[at].low != ",":
        return None
    if tokens[at + 1].low.isdigit() and at + 3 < ceiling and tokens[at + 2].low == ",":
        at += 2  # ", 44, a nurse"
    first = tokens[at + 1]
    if first.kind == "quote" or first.low in words.relatives or first.low in words.conjunctions:
        return None
    end = at + 1
    while end < ceiling and tokens[end].kind != "quote" and tokens[end].low not in _STOPS:
        end += 1
    inner = tokens[at + 1 : end]
    return Span(inner[0].start, inner[-1].end) if inner and describes(inner) else None
