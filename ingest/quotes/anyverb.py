"""Verbs that no lexicon holds, which beside marks tell of speech all the same."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.behind import phrase_after
from ingest.quotes.endings import is_german_body
from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.phrases import subject_before
from ingest.quotes.rules import Found, Reading


def any_verb(r: Reading, start: int, ceiling: int) -> Found | None:
    """Any verb may mark speech beside a quotation: "...," an angry Holland retaliated."""
    tokens, words = r.tokens, r.words
    for k in range(start + 1, min(ceiling, start + 12)):
        token = tokens[k]
        if token.kind == "point" and token.low not in ",":
            return None
        if token.kind != "word" or not (token.low.endswith("ed") and len(token.low) > 4):
            continue
        if k + 1 < ceiling and tokens[k + 1].kind == "name":
            continue
        phrase = subject_before(tokens, k, start, words)
        if phrase is None or phrase.first > start:
            continue
        if phrase.kind == "description" and phrase.low not in SPEAKING_NOUNS:
            continue
        span = Span(token.start, token.end)
        return Found(phrase, span, "name and any verb after the quotation", 0.75, 0.6)
    return None


def any_inverted(r: Reading, start: int, ceiling: int) -> Found | None:
    """Any verb before its subject, which German, French and Spanish set behind marks: « ... »,
    tranche la maire. „...“, räumte der Minister ein.
    """
    tokens, words = r.tokens, r.words
    k = start
    while k < ceiling and tokens[k].kind == "word" and tokens[k].low in words.auxiliaries:
        k += 1
    if k + 1 >= ceiling or tokens[k].kind != "word" or tokens[k].capital:
        return None
    low = tokens[k].low
    if any(
        low in few
        for few in (
            words.determiners, words.prepositions, words.conjunctions, words.relatives,
            words.subjects, words.adverbs,
        )
    ):  # fmt: skip
        return None
    behind = k + 1 + (tokens[k + 1].low in ("-", "-t-"))
    phrase = phrase_after(tokens, behind, ceiling, words)
    if phrase is None:
        return None
    if phrase.kind == "description" and not (
        phrase.low in SPEAKING_NOUNS or (words.language == "de" and is_german_body(phrase.low))
    ):
        return None
    span = Span(tokens[start].start, tokens[k].end)
    return Found(phrase, span, "any verb and whoever stands behind it", 0.8, 0.85)
