"""Attribution further off: a colon, the end of the sentence, a noun, a label, another sentence."""

from __future__ import annotations

from bisect import bisect_left

from ingest.article import Span
from ingest.quotes.grammar import DOCUMENT_NOUNS, PERSON_OR_BODY, SIGN_NOUNS
from ingest.quotes.inversion import inverted
from ingest.quotes.leadin import between_commas, led_in
from ingest.quotes.mainsubject import is_told_of, main_subject, past_dateline, tells_where
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import phrase_ending, subject_before
from ingest.quotes.rules import (
    CRIES,
    FINITE,
    LONGEST_LOOK,
    THAT,
    Found,
    Place,
    Reading,
    cue_span,
    passive_agent,
)
from ingest.quotes.subjects import subject_of
from ingest.quotes.tokens import cues_between
from ingest.quotes.views import by_noun

_NOBODY = frozenset({"man", "es", "on", "it", "one"})
_CRIES = frozenset(
    "chants cries shouts screams cheers boos chant calls cry shout scream cheer roar murmur murmurs"
    " roars heckle heckles".split()
)


def from_colon(r: Reading, place: Place) -> Found | None:
    """A colon and no verb of speech: "She disagreed: ...", "From Chair Petra Ostrander: ..."."""
    sign = r.tokens[place.at - 1].low
    said = r.runs[r.tokens[place.at].run].span.of(r.text)
    first = next((c for c in said if c.isalpha()), "")
    after = r.tokens[place.at + 1].low if place.at + 1 < place.end else "."
    if sign != ":" and not (
        sign == "," and first.isupper() and len(said.split()) > 4 and after != ","
    ):
        return None
    return announced(r, place.floor, place.at - 1)


def announced(r: Reading, start: int, end: int) -> Found | None:
    """Who the words before a colon announce."""
    tokens, words = r.tokens, r.words
    told = by_noun(r, start, end)
    if told is not None:
        return told
    phrase = None
    if tokens[start].low not in words.prepositions or not any(
        t.low in SIGN_NOUNS for t in tokens[start + 1 : start + 4]
    ):
        phrase = main_subject(r, start, end)
        if phrase is not None and phrase.kind == "pronoun" and phrase.low in _NOBODY:
            phrase = None  # "Von Lunn gab es eine Rüge: ..."
    if phrase is None:
        signs = (
            i
            for i in range(end - 1, max(start, end - LONGEST_LOOK), -1)
            if tokens[i].low in SIGN_NOUNS
        )
        sign = next(signs, None)  # "Auf einem Plakat stand: ..."
        phrase = phrase_ending(tokens, sign, start, words) if sign is not None else None
    if phrase is None:
        for i in range(end - 1, start - 1, -1):
            if tells_where(r, i, start):
                return None  # "Fire in Berck: ..."
            if tokens[i].kind == "name" and tokens[i].name:
                phrase = phrase_ending(tokens, i, start, words)
                break
    if phrase is None:
        return None
    verb = verb_after(r, phrase.last + 1, end)
    rest = tokens[phrase.last + 1 : end]
    if (
        phrase.kind == "description"
        and rest
        and rest[0].low in words.inside_phrase
        and (verb is None and all(t.kind in ("word", "name") for t in rest))
    ):
        span = Span(phrase.span.start, rest[-1].end)  # "a man in a yellow coat: ..."
        phrase = phrase._replace(span=span, last=end - 1)
    return Found(phrase, verb, "colon before the quotation", 0.85, 0.5)


def verb_after(r: Reading, start: int, end: int) -> Span | None:
    """The first word that looks like a verb, the cue where a colon needs none."""
    for token in r.tokens[start:end]:
        if (
            token.kind == "word"
            and token.low.endswith(("ed", "s"))
            and len(token.low) > 3
            and (token.low not in r.words.determiners)
        ):
            return Span(token.start, token.end)
    return None


def from_sentence_end(r: Reading, place: Place) -> Found | None:
    """The sentence ends with "..., NAME said" behind other words."""
    tokens, words = r.tokens, r.words
    for hit in reversed(cues_between(r.block.cues, place.at + 1, place.end)):
        if hit.cue.kind == "phrase":
            if "source" in hit.cue.takes:
                return inverted(r, hit, place.end)
            continue
        if (
            "post" not in hit.cue.takes
            or hit.cue.tense not in FINITE
            or passive_agent(r, hit) is not None
        ):
            continue
        floor = place.at + 1
        phrase = subject_before(tokens, hit.at, floor, words)
        if phrase is None or phrase.first <= floor:
            turned = inverted(r, hit, place.end) if tokens[hit.at - 1].low == "," else None
            if turned:
                return turned
            continue
        if phrase.kind == "description" and tokens[phrase.first].low.endswith("ed"):
            continue  # "..., declined to comment"
        opener = tokens[phrase.first - 1]
        if opener.low != "," and opener.kind != "quote":
            continue
        return Found(phrase, cue_span(r, hit), "end of the sentence", 0.85, hit.cue.strength)
    return None


def from_noun(r: Reading, place: Place) -> Found | None:
    """A noun of speech and whose it is: "his claim that ...", "Pell's statement ..."."""
    tokens, words = r.tokens, r.words
    if (
        place.at - place.floor >= 2
        and tokens[place.at - 1].low == "of"
        and (tokens[place.at - 2].low in _CRIES)
    ):
        span = Span(tokens[place.at - 2].start, tokens[place.at - 2].end)
        return Found(None, span, CRIES, 0.6, 0.8, 1, content=True)
    for i in range(place.at - 1, place.floor, -1):
        token = tokens[i]
        speech = token.low in r.lexicon.nouns
        if token.kind != "word" or not (speech or token.low in DOCUMENT_NOUNS):
            continue
        content = i + 1 < place.at and tokens[i + 1].low in THAT
        if i + 1 < place.at and not content and tokens[i + 1].low not in ("of", "about", "as"):
            continue
        span = Span(token.start, token.end)
        for k in range(i - 1, max(place.floor, i - 4) - 1, -1):
            owner = tokens[k]
            whose: Phrase | None = None
            if k > place.floor and (
                owner.low == "'s" or (owner.low in "'’" and tokens[k - 1].low.endswith("s"))
            ):
                whose = phrase_ending(tokens, k - 1, place.floor, words)
                if whose is None:
                    return None
            elif owner.low in words.possessives:
                whose = Phrase("pronoun", Span(owner.start, owner.end), k, k, low=owner.low)
            if whose is not None and _is_aside(r, k, place.floor):
                return None
            if whose is not None:
                gap = place.at - i - 2
                why = "noun of speech before"
                return Found(whose, span, why, 0.7, 0.7, gap, False, speech, content)
    return None


def _is_aside(r: Reading, at: int, floor: int) -> bool:
    """Whether the noun only tells where somebody says it: "saying in their report that"."""
    if at - 1 <= floor or r.tokens[at - 1].low not in ("in", "with", "at"):
        return False
    return any(h.at + h.length == at - 1 for h in cues_between(r.block.cues, floor, at))


def from_label(r: Reading) -> Found | None:
    """NAME: at the start of a line, as in transcripts and headlines."""
    tokens = r.tokens
    for i in range(min(6, len(tokens) - 1)):
        token = tokens[i]
        if token.low == ":" and i:
            name = tokens[i - 1]
            if (past_dateline(r) and i - 1 < past_dateline(r)) or tells_where(r, i - 1, 0):
                return None
            if name.name is not None and name.name.kind not in ("time", "place"):
                phrase = Phrase("name", name.name.span, 0, i - 1, name.name, None, name.low)
                return Found(phrase, None, "name and colon before the line", 0.8, 0.9, 2)
            return None
        if token.kind not in ("word", "name"):
            return None
    return None


def from_sentence_before(r: Reading, place: Place) -> Found | None:
    """Who speaks or acts in the sentence before, where the quotation has none of its own."""
    sentences = r.block.sentences
    at = bisect_left(sentences, place.start, key=lambda s: s[0])
    if at == 0:
        return None
    return who_acts(r, *sentences[at - 1])


def who_acts(r: Reading, start: int, end: int) -> Found | None:
    """Who speaks or acts in a sentence without a quotation, where one stands alone behind it."""
    if any(t.kind == "quote" for t in r.tokens[start:end]):
        return None
    hits = [*reversed(cues_between(r.block.cues, start, end))]
    hits.sort(key=lambda hit: not between_commas(r, hit, start))
    led = led_in(r, start, end)
    for hit in hits:
        if hit.at < led:
            continue  # "When I repeat this, he beams."
        if hit.cue.kind != "verb" or hit.cue.strength < 0.75 or hit.cue.tense not in FINITE:
            continue
        if passive_agent(r, hit) is not None:
            continue
        phrase, _ = subject_of(r, hit, start)
        if phrase is not None and (phrase.kind != "description" or phrase.low in PERSON_OR_BODY):
            return Found(phrase, None, "speaks in the sentence before", 0.65, 0.5)
    phrase = main_subject(r, start, end)
    if (
        phrase is None
        or phrase.kind == "description"
        or is_told_of(r, phrase, end)
        or (phrase.kind == "pronoun" and phrase.low in r.words.they)
        or (phrase.name is not None and phrase.name.kind == "organisation")
        or (r.tokens[phrase.first].low == "the" and phrase.description is None)  # the Thrift
    ):
        return None
    return Found(phrase, None, "subject of the sentence before", 0.5, 0.4)


def from_subject(r: Reading, place: Place) -> Found | None:
    """No cue at all: the subject of the sentence, if it is a person."""
    phrase = main_subject(r, place.start, place.at)
    if (
        phrase is None
        or phrase.kind == "description"
        or (phrase.kind == "pronoun" and phrase.low in _NOBODY)
        or (phrase.name is not None and phrase.name.kind == "organisation")
    ):
        return None
    return Found(phrase, None, "subject of the sentence, no verb of speech", 0.4, 0.0, 9)
