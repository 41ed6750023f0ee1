"""Attribution before a quotation without a verb of speech: whose view it gives, or judges by it."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.behind import phrase_after
from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.mainsubject import main_subject
from ingest.quotes.phrases import ALONE, phrase_ending, subject_before
from ingest.quotes.rules import Found, Place, Reading, cue_span
from ingest.quotes.tokens import cues_between

_AS = frozenset({"as", "als", "comme", "como"})
_FIGURES = frozenset("at figure number odds cost price toll".split())
_SETS = frozenset({"put", "puts", "estimated", "estimates"})
_HELPERS = frozenset({"hat", "haben", "hatte", "hatten", "habe", "hätte"})
_FOR = frozenset({"for", "to", "pour", "für", "para"})


def characterised(r: Reading, place: Place) -> Found | None:
    """Any verb with "as" before the quotation: hailed the deal as a "breakthrough"."""
    tokens, words = r.tokens, r.words
    near = place.at - 1
    if tokens[near].low in words.determiners:
        near -= 1
    sets = tokens[near].low in _FIGURES
    if near <= place.floor or not (sets or tokens[near].low in _AS):
        return None
    for k in range(near - 1, max(place.start, near - 14), -1):
        token = tokens[k]
        if token.kind == "quote" or token.low == ";":
            return None
        if sets:
            if token.low not in _SETS:
                continue  # "Another put the figure at ..."
        elif token.kind != "word" or not token.low.endswith("ed") or token.low in SPEAKING_NOUNS:
            continue
        before = tokens[k - 1].low
        if before in words.be or (before in words.determiners and before not in ALONE):
            continue
        phrase = subject_before(tokens, k, place.start, words)
        if phrase is None or (
            phrase.kind == "description"
            and phrase.low not in SPEAKING_NOUNS
            and phrase.low not in ALONE
        ):
            continue
        span = Span(token.start, token.end)
        return Found(phrase, span, "described with as", 0.8, 0.8, 1)
    return None


def from_standpoint(r: Reading, place: Place) -> Found | None:
    """Whose view the sentence gives: "For Ada Lunn, the deal is ...", "Pour la CGT, ..."."""
    tokens = r.tokens
    first = tokens[place.start]
    if first.low not in _FOR or place.floor != place.start:
        return None
    phrase = phrase_after(tokens, place.start + 1, place.at, r.words)
    if phrase is None or phrase.kind == "pronoun":
        return None
    if phrase.kind == "description" and phrase.low not in SPEAKING_NOUNS:
        return None
    if phrase.name is not None and phrase.name.kind in ("place", "time"):
        return None
    comma = any(t.low == "," for t in tokens[phrase.last + 1 : place.at])
    if not comma and r.words.language != "de":
        return None
    span = Span(first.start, first.end)
    return Found(phrase, span, "whose view it is", 0.7, 0.8, 2)


def verb_behind(r: Reading, place: Place) -> Found | None:
    """The subject before marks whose German verb stands behind them: was Lenz „...“ nennt."""
    hits = cues_between(r.block.cues, place.at + 1, place.at + 2)
    if not hits or place.at == place.floor or hits[0].cue.kind != "verb":
        return None
    phrase = phrase_ending(r.tokens, place.at - 1, place.floor, r.words)
    if hits[0].cue.tense == "participle" or r.tokens[place.at + 1].low.startswith("ge"):
        between = {t.low for t in r.tokens[place.floor : place.at]}
        if not _HELPERS.isdisjoint(between):
            phrase = main_subject(r, place.floor, place.at)  # hatte den Bau „...“ genannt
    if phrase is None or (phrase.kind == "description" and phrase.low not in SPEAKING_NOUNS):
        return None
    if phrase.kind == "pronoun" and phrase.low in ("man", "es"):
        return None  # Man habe „Risse“ gefunden, sagte Lunn
    return Found(phrase, cue_span(r, hits[0]), "verb behind the marks", 0.8, 0.9)
