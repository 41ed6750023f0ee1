"""Attribution behind a quotation: "...," said NAME. "...," NAME said. "..." - NAME."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.anyverb import any_inverted, any_verb
from ingest.quotes.behind import phrase_after
from ingest.quotes.inversion import ends_phrase, inverted
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import subject_before
from ingest.quotes.quoted import quoted
from ingest.quotes.rules import (
    DASHES,
    NAMING,
    OUTER,
    Found,
    Place,
    Reading,
    cue_span,
    passive_agent,
)
from ingest.quotes.tokens import CueHit, cues_between
from ingest.quotes.views import told_with, was_answer

_BEING = frozenset({"is", "was"})
_WILL_BE = frozenset("sera seront serait est sont será serán es son está están wird".split())
_SKIPPED = DASHES | frozenset(",)'’”\"")


def from_after(r: Reading, place: Place, last: str) -> Found | None:
    """The attribution behind a quotation, in its sentence or in the next one."""
    tokens = r.tokens
    found = told_after(r, place.at + 1, place.ceiling, last, bare=place.floor == place.at)
    if found is None and place.at + 1 == place.end and place.end < len(tokens) and last in "?!.…":
        start, end = r.block.sentence_of(place.end)
        quote = next((i for i in range(start, end) if tokens[i].kind == "quote"), end)
        strict = last == "."
        found = told_after(r, start, quote, last, bare=True, own_sentence=True)
        if found and strict and (found.gap > 0 or quote < end):
            return None
    return found


def told_after(
    r: Reading, start: int, ceiling: int, last: str, *, bare: bool, own_sentence: bool = False
) -> Found | None:
    """The attribution in the tokens from `start` to the next quotation."""
    tokens, words = r.tokens, r.words
    j = start
    if (
        not bare
        and start < ceiling
        and tokens[start].kind != "point"
        and last not in ",?!"
        and (tokens[start - 2].low in words.determiners or tokens[start - 2].low == "'s")
    ):
        return None  # the "Avatar" star posted
    dash = False
    if bare and j + 1 < ceiling and tokens[j].low == ":" and tokens[j + 1].kind == "name":
        dash = True
        j += 1
    while j < ceiling and tokens[j].kind == "point" and tokens[j].low in _SKIPPED:
        dash = dash or tokens[j].low in DASHES
        j += 1
    likened = j + 1 < ceiling and tokens[j].low in ("as", "wie", "comme", "como")
    if likened:
        j += 1  # "...", as Cruz said
    if j + 2 < ceiling and tokens[j].low == "según" and cue_at(r, j + 1, ceiling) is not None:
        j += 1  # según ha detallado la consejera
    if words.language == "de" and tokens[j : j + 1] and tokens[j].low == "so":
        phrase = phrase_after(tokens, j + 1, ceiling, words)  # „...“, so Brodersen
        if phrase is not None:
            cue = Span(tokens[j].start, tokens[j].end)
            return Found(phrase, cue, "according to", 0.9, 0.9)
    if j >= ceiling:
        return None
    comma = j > start or last in ",?!—–―-"
    if own_sentence and (found := told_with(r, j, ceiling)) is not None:
        return found
    if tokens[j].low in _BEING and (found := was_answer(r, j + 1, ceiling)) is not None:
        return found
    if tokens[j].low == "so" and own_sentence and cue_at(r, j + 1, j + 2) is not None:
        j += 1  # "..." So says Ada Lunn.
    if tokens[j].low in _BEING and j + 2 < ceiling and tokens[j + 1].low == "how":
        phrase = phrase_after(tokens, j + 2, ceiling, words)  # "...” was how he put it"
        if phrase is not None and phrase.kind != "description":
            cue = Span(tokens[j].start, tokens[j + 1].end)
            return Found(phrase, cue, "how somebody puts it", 0.9, 0.9)
    hit = cue_at(r, j, ceiling)
    if hit is not None:
        found = inverted(r, hit, ceiling)
        if found is not None and (bare or ends_phrase(r, found, ceiling)):
            return found
    if tokens[j].kind == "word" and (
        (tokens[j].low in words.conjunctions and tokens[j].low not in words.determiners)
        or tokens[j].low in words.prepositions
        or (tokens[j].low in words.relatives and tokens[j].low not in words.determiners)
    ):
        return None
    hits = cues_between(r.block.cues, j, min(ceiling, j + 35))
    for hit in hits:
        if hit.cue.kind != "verb" or hit.cue.tense == "ing" or not hit.cue.quotes:
            continue
        if tokens[hit.at - 1].low in _WILL_BE:
            continue  # L'homme sera jugé en mars
        if hit.at > j + 2 and _in_brackets(r, j, hit.at):
            continue  # Ada Lunn (whose son found it), 71, said
        if passive_agent(r, hit) is not None or (likened and hit.cue.lemma in NAMING):
            continue
        if (told := quoted(r, hit)) is not None:
            phrase = phrase_after(tokens, *told, words)
            if phrase is not None:
                reason = "quoted as saying after the quotation"
                return Found(phrase, cue_span(r, hit), reason, 0.9, hit.cue.strength)
        phrase = subject_before(tokens, _governor(r, hit, j), j, words)
        if phrase is None:
            continue
        if (
            phrase.first > j + 1
            and phrase.kind == "description"
            and comma
            and all(t.kind in ("word", "name") for t in tokens[j : phrase.first])
        ):
            span = Span(tokens[j].start, phrase.span.end)
            phrase = Phrase("description", span, j, phrase.last, low=phrase.low)
        elif phrase.first > j + 1 and not (comma and phrase.kind != "description"):
            break
        return Found(
            phrase,
            cue_span(r, hit),
            "name and verb after the quotation",
            0.97 if comma else 0.85,
            hit.cue.strength,
            own_sentence and goes_on(r, hit.at + hit.length, ceiling),
            closes="post" in hit.cue.takes
            and hit.cue.strength >= OUTER
            and closes_sentence(r, hit.at + hit.length),
        )
    if bare and comma and not dash:
        found = (any_verb if words.language == "en" else any_inverted)(r, j, ceiling)
        if found is not None:
            return found
    if any(
        h.cue.kind == "verb"
        and h.cue.tense == "past"
        and h.cue.strength >= 0.9
        and not _was_asked(r, h)
        for h in hits
    ):
        return None
    if dash or (bare and comma and last == ","):
        phrase = phrase_after(tokens, j, ceiling, words)
        led = r.tokens[j - 1].low == ":" and phrase is not None and phrase.last > j
        if phrase is not None and phrase.kind == "name" and not own_sentence and not led:
            reason = "dash and name after the quotation" if dash else "name after the quotation"
            return Found(phrase, None, reason, 0.8)
    return None


def _in_brackets(r: Reading, start: int, at: int) -> bool:
    """Whether a bracket behind `start` is still open at a token."""
    for token in reversed(r.tokens[start:at]):
        if token.low == "(" or token.low == ")":
            return token.low == "("
    return False


def _was_asked(r: Reading, hit: CueHit) -> bool:
    """Whether a verb tells what a speaker was asked or told: Ada Lunn, when asked."""
    before = r.tokens[hit.at - 1].low
    return hit.cue.lemma in ("ask", "tell") and before in (",", "when", "after", "being")


def _governor(r: Reading, hit: CueHit, floor: int) -> int:
    """The verb that has the subject: the cue, or what governs it in "he liked to say"."""
    if hit.at - 2 <= floor or hit.cue.tense != "base" or r.tokens[hit.at - 1].low != "to":
        return hit.at
    return hit.at - 2 - (r.tokens[hit.at - 2].low == "on")  # she went on to say


def cue_at(r: Reading, j: int, ceiling: int) -> CueHit | None:
    """The cue at a token, adverbs before it stepped over."""
    tokens, words = r.tokens, r.words
    for _ in range(3):
        if j >= ceiling:
            return None
        hits = cues_between(r.block.cues, j, j + 1)
        if hits:
            return hits[0]
        low = tokens[j].low
        if tokens[j].kind != "word" or not (
            low in words.adverbs
            or low.endswith("ly")
            or (words.language != "en" and low in words.auxiliaries)
        ):
            return None
        j += 1
    return None


def closes_sentence(r: Reading, start: int) -> bool:
    """Whether little more than the attribution stands before the full stop."""
    end = r.block.sentence_of(start - 1)[1]
    kinds = [token[0] for token in r.tokens[start:end]]
    return len(kinds) - kinds.count("point") <= 4 and "quote" not in kinds


def goes_on(r: Reading, start: int, ceiling: int) -> bool:
    """Whether more than a few words follow."""
    kinds = [token[0] for token in r.tokens[start:ceiling]]
    return len(kinds) - kinds.count("point") > 4
