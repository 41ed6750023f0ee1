"""Whose words they are, by a possessive: "in her view", "in Pell's words", "His verdict: ..."."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.grammar import DOCUMENT_NOUNS
from ingest.quotes.mainsubject import main_subject
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import phrase_ending
from ingest.quotes.rules import Found, Place, Reading

_IN = frozenset({"in", "to", "dans", "en", "a"})
_VIEWS = frozenset(
    "view opinion words eyes juicio entender opinión parecer palabras avis yeux sens meinung"
    " ansicht sicht worten einschätzung auffassung".split()
)
# What is said in short, beside the nouns of speech: "Her answer to Pell: ...".
_SAYINGS = frozenset(
    "answer answers reply advice message explanation antwort botschaft rat urteil fazit réponse"
    " conseil verdict consejo mensaje veredicto".split()
)
_FAR = 6  # tokens at the start of a sentence in which its possessive stands


def from_view(r: Reading, place: Place) -> Found | None:
    """Whose view it is, by a possessive: "In her view, ...", "A su juicio, ..."."""
    tokens, at = r.tokens, place.start
    for k in range(at, min(place.at, at + 4)):
        if tokens[k].low == "'s" and tokens[k + 1].low in _VIEWS:
            phrase = phrase_ending(tokens, k - 1, at, r.words)
            cue = Span(tokens[k + 1].start, tokens[k + 1].end)
            return phrase and Found(phrase, cue, "whose view it is", 0.7, 0.8, 2, content=True)
        if k < at + 3 and tokens[k].low in r.words.possessives and tokens[k + 1].low in _VIEWS:
            span = Span(tokens[k].start, tokens[k].end)
            cue = Span(tokens[at].start, tokens[k + 1].end)
            phrase = Phrase("pronoun", span, k, k, low=tokens[k].low)
            return Found(phrase, cue, "whose view it is", 0.7, 0.8, 2, content=True)
    return _in_words_of(r, place)


def _in_words_of(r: Reading, place: Place) -> Found | None:
    """Whose words they are, right before them: "in Pell's words, ...", "and, in her words, ..."."""
    tokens, at = r.tokens, place.at - 1
    if at > place.floor and tokens[at].low in (",", ":"):
        at -= 1
    if at - 2 < place.floor or tokens[at].low not in _VIEWS:
        return None
    cue = Span(tokens[at].start, tokens[at].end)
    phrase = _owner(r, at - 1, place.floor)
    first = phrase.first if phrase is not None else at
    if phrase is None or first - 1 < place.floor or tokens[first - 1].low not in _IN:
        return None
    return Found(phrase, cue, "whose view it is", 0.8, 0.9, 0, content=True)


def by_noun(r: Reading, start: int, end: int) -> Found | None:
    """Whose answer or the like stands before a colon: "His verdict on his party: ..."."""
    tokens, words = r.tokens, r.words
    for k in range(start, min(end - 1, start + _FAR)):
        low = tokens[k + 1].low
        if low not in r.lexicon.nouns and low not in _SAYINGS and low not in DOCUMENT_NOUNS:
            if tokens[k].kind == "point" or tokens[k].low in words.auxiliaries:
                return None
            continue
        phrase = _owner(r, k, start)
        if phrase is None or phrase.first > start:
            return None
        cue = Span(tokens[k + 1].start, tokens[k + 1].end)
        return Found(phrase, cue, "noun of speech and colon before", 0.8, 0.8)
    return None


def _owner(r: Reading, at: int, floor: int) -> Phrase | None:
    """Whoever has what stands behind a possessive, or behind a genitive, at a token."""
    token = r.tokens[at]
    if token.low in r.words.possessives:
        return Phrase("pronoun", Span(token.start, token.end), at, at, low=token.low)
    if at > floor and (
        token.low == "'s" or (token.low in "'’" and r.tokens[at - 1].low.endswith("s"))
    ):
        return phrase_ending(r.tokens, at - 1, floor, r.words)
    return None


def was_answer(r: Reading, start: int, end: int) -> Found | None:
    """Whose answer words were: “No,” was the mayor's answer; “No” was her verdict."""
    tokens = r.tokens
    for k in range(start, min(end - 1, start + _FAR)):
        low = tokens[k + 1].low
        if low in r.lexicon.nouns or low in _SAYINGS:
            phrase = _owner(r, k, start)
            cue = Span(tokens[k + 1].start, tokens[k + 1].end)
            whole = phrase is not None and phrase.first == start
            return Found(phrase, cue, "noun of speech behind", 0.85, 0.9) if whole else None
        if tokens[k].kind in ("point", "quote") and tokens[k].low not in "'’":
            return None
    return None


def told_with(r: Reading, start: int, end: int) -> Found | None:
    """Who acts with the words before: “Go.” With these words Ada Lunn opened the show."""
    tokens = r.tokens
    low = [t.low for t in tokens[start : min(end, start + 3)]]
    if len(low) < 3 or low[0] not in _WITH or low[1] not in _THESE or low[2] not in _WORDS:
        return None
    phrase = main_subject(r, start + 3, end)
    cue = Span(tokens[start].start, tokens[start + 2].end)
    return phrase and Found(phrase, cue, "with these words", 0.8, 0.9)


_WITH = frozenset({"with", "mit", "con", "avec", "sur"})
_THESE = frozenset("these those diesen estas esas ces that this".split())
_WORDS = frozenset("words worten palabras mots remark".split())
