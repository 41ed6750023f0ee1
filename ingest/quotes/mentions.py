"""A mention that can speak: a name, a pronoun or a description, and what is said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ingest.article import Span
from ingest.quotes.grammar import BODY_NOUNS, PERSON_NOUNS, SPEAKING_NOUNS, Grammar
from ingest.quotes.names import Name
from ingest.quotes.tokens import Token

PhraseKind = Literal["name", "pronoun", "description"]

RELATIVE = frozenset({"who", "which", "qui", "quien", "quienes"})


class Phrase(NamedTuple):
    """Who speaks, as the text says it: `span` is the mention, `first` and `last` its tokens."""

    kind: PhraseKind
    span: Span
    first: int
    last: int
    name: Name | None = None
    description: Span | None = None
    low: str = ""
    antecedent: Phrase | None = None  # whom "who" stands for


def with_aside(
    tokens: Sequence[Token], phrase: Phrase, aside: tuple[int, int], words: Grammar
) -> Phrase:
    """Take in what an apposition says: "the manager, Colm Fairley," "Kirby, a spokesman"."""
    first, last = aside
    if first >= last:
        return phrase
    inner = tokens[first:last]
    while len(inner) > 1 and (inner[0].low.isdigit() or inner[0].low == ","):
        inner = inner[1:]  # an age is no description
    if phrase.kind == "description":
        named = inner[-1].name
        if (
            named is not None
            and named.kind in ("unknown", "organisation")
            and phrase.low in PERSON_NOUNS
            and tokens[phrase.last].low in BODY_NOUNS
            and tokens[phrase.last].low != phrase.low
        ):
            return phrase  # "A spokesman for the developer, Strand Living, said"
        if len(inner) > 2 and inner[0].kind == "name" and inner[1].low == "'s":
            inner = inner[2:]  # "The local MP, Labour's Wes Obaf, said"
        if named is not None and _is_somebody(named, inner) and _plain(inner[:-1], words):
            span, low = named.span, inner[-1].low
            return Phrase("name", span, phrase.first, last - 1, named, phrase.span, low)
        return phrase
    named = inner[0].name
    other = phrase.name is not None and phrase.name.kind != "person"
    if other and named is not None and named.honorific and len(inner) == 1:
        low = inner[0].low  # the Minister for Trade and Industry, Ms Lorraine Teo
        return Phrase("name", named.span, phrase.first, last - 1, named, phrase.span, low)
    if phrase.kind == "name" and inner[0].low not in words.relatives and describes(inner):
        return Phrase(
            "name",
            phrase.span,
            phrase.first,
            last - 1,
            phrase.name,
            Span(inner[0].start, inner[-1].end),
            phrase.low,
        )
    return phrase


def _is_somebody(name: Name, inner: Sequence[Token]) -> bool:
    return name.kind not in ("place", "time") and (
        len(inner) == 1 or inner[0].low not in ("a", "an") or name.kind != "organisation"
    )


def _plain(tokens: Sequence[Token], words: Grammar) -> bool:
    """Whether a few words only go before a name: "the Olympic swimmer"."""
    if tokens and tokens[0].low in words.determiners:
        tokens = tokens[1:]  # "die", which is a relative pronoun too
    return len(tokens) <= 5 and not any(
        t.kind not in ("word", "name")
        or t.low == "'s"
        or t.low in words.prepositions
        or t.low in words.relatives
        or t.low in words.auxiliaries
        or t.low in words.conjunctions
        for t in tokens
    )


def describes(tokens: Sequence[Token]) -> bool:
    """Whether an apposition tells who somebody is: it names a role."""
    return any(t.kind == "word" and t.low.split("-")[-1] in PERSON_NOUNS for t in tokens[:8])


def title_of(name: Name) -> Span | None:
    """The title before a name that tells a role, "Chair" and not "Mr."."""
    if name.whole.start == name.span.start or name.honorific:
        return None
    return Span(name.whole.start, name.span.start - 1)


def made_of(tokens: Sequence[Token], start: int, last: int, end: int, words: Grammar) -> Phrase:
    """A phrase from its tokens: its head is the one at `last`, what follows goes on with it."""
    head = tokens[last]
    if head.kind == "name" and head.name:
        described = title_of(head.name)
        if start < last and any(t.low in SPEAKING_NOUNS for t in tokens[start:last]):
            described = Span(
                tokens[start].start, described.end if described else tokens[last - 1].end
            )
        return Phrase("name", head.name.span, start, end, head.name, described, head.low)
    span = Span(tokens[start].start, tokens[end].end)
    return Phrase("description", span, start, end, None, None, head.low)
