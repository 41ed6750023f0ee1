"""Attribution behind a quotation: "...," said NAME. "...," NAME said. "..." - NAME."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.anyverb import any_inverted, any_verb
from ingest.quotes.behind import HAD_BY, phrase_after
from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import subject_before
from ingest.quotes.quoted import quoted
from ingest.quotes.rules import (
    DASHES,
    FINITE,
    NAMING,
    OUTER,
    Found,
    Place,
    Reading,
    cue_span,
    passive_agent,
)
from ingest.quotes.tokens import CueHit, cues_between

_ADVERBIAL = 6  # tokens
_BEING = frozenset({"is", "was"})
_FOR_HIS_PART = ("por su parte", "por su lado", "de son côté", "pour sa part", "à son tour")
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
    if any(h.cue.kind == "verb" and h.cue.tense == "past" and h.cue.strength >= 0.9 for h in hits):
        return None
    if dash or (bare and comma and last == ","):
        phrase = phrase_after(tokens, j, ceiling, words)
        led = r.tokens[j - 1].low == ":" and phrase is not None and phrase.last > j
        if phrase is not None and phrase.kind == "name" and not own_sentence and not led:
            reason = "dash and name after the quotation" if dash else "name after the quotation"
            return Found(phrase, None, reason, 0.8)
    return None


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


def inverted(r: Reading, hit: CueHit, ceiling: int) -> Found | None:
    """The cue and whoever stands behind it: "said Ada Lunn", "according to Ada Lunn"."""
    cue = hit.cue
    if cue.kind == "phrase" and "source" in cue.takes:
        phrase = phrase_after(r.tokens, hit.at + hit.length, ceiling, r.words)
        return (
            None
            if phrase is None
            else Found(phrase, cue_span(r, hit), "according to", 0.95, cue.strength)
        )
    if cue.kind != "verb" or not cue.quotes or cue.tense not in FINITE:
        return None
    behind = hit.at + hit.length
    if behind < ceiling and r.tokens[behind].low in ("-", "-t-"):
        behind += 1  # "dit-il"
    beside = " ".join(t.low for t in r.tokens[behind : behind + 3])
    if beside in _FOR_HIS_PART:
        behind += 3
    phrase = phrase_after(r.tokens, behind, ceiling, r.words)
    if phrase is None and r.words.language in ("es", "fr"):
        phrase = _name_behind(r, behind, ceiling)
    if phrase is None:
        return None
    if phrase.kind == "pronoun" and r.words.language == "en":
        after = phrase.last + 1
        if after < ceiling and r.tokens[after].kind in ("word", "name"):
            return None  # "said he would"
    return Found(phrase, cue_span(r, hit), "verb and name after the quotation", 0.97, cue.strength)


def _name_behind(r: Reading, start: int, ceiling: int) -> Phrase | None:
    """The name behind an adverbial: "aseguró a la salida Remedios Cantero"."""
    for k in range(start, min(ceiling, start + _ADVERBIAL)):
        token = r.tokens[k]
        if token.low == "x" and r.tokens[k - 1].low in ("en", "sur"):
            continue  # a réagi sur X la députée Camille Lunn
        if token.kind == "name" and token.name and token.name.kind not in ("place", "time"):
            near = r.tokens[k - 1].low
            if near in r.words.prepositions or near in r.words.determiners:
                return None  # expresó ante el Cabildo
            ends = k + 1 >= ceiling or r.tokens[k + 1].kind == "point"
            return phrase_after(r.tokens, k, ceiling, r.words) if ends else None
        if token.kind != "word":
            return None
    return None


def ends_phrase(r: Reading, found: Found, ceiling: int) -> bool:
    """Whether the speaker closes the clause; else the verb may have another subject."""
    if found.phrase is None:
        return False
    if found.phrase.kind == "description" and found.phrase.low not in SPEAKING_NOUNS:
        return False
    after = found.phrase.last + 1
    return (
        after >= ceiling
        or r.tokens[after].kind in ("point", "quote")
        or r.tokens[after].low in r.words.ends
        or r.tokens[after].low in HAD_BY
    )


def closes_sentence(r: Reading, start: int) -> bool:
    """Whether little more than the attribution stands before the full stop."""
    end = r.block.sentence_of(start - 1)[1]
    kinds = [token[0] for token in r.tokens[start:end]]
    return len(kinds) - kinds.count("point") <= 4 and "quote" not in kinds


def goes_on(r: Reading, start: int, ceiling: int) -> bool:
    """Whether more than a few words follow."""
    kinds = [token[0] for token in r.tokens[start:ceiling]]
    return len(kinds) - kinds.count("point") > 4
