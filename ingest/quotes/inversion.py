"""The verb before its subject: said Ada Lunn, replied her deputy, aseguró a la salida Lunn."""

from __future__ import annotations

from ingest.quotes.behind import HAD_BY, phrase_after
from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import FOR_HIS_PART
from ingest.quotes.rules import FINITE, Found, Reading, cue_span
from ingest.quotes.tokens import CueHit

_ADVERBIAL = 6  # tokens


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
    if beside in FOR_HIS_PART:
        behind += 3
    phrase = phrase_after(r.tokens, _past_aside(r, hit, behind, ceiling), ceiling, r.words)
    if phrase is None and r.words.language in ("es", "fr"):
        phrase = _name_behind(r, behind, ceiling)
    if phrase is None:
        return None
    if phrase.kind == "pronoun" and r.words.language == "en":
        after = phrase.last + 1
        if after < ceiling and r.tokens[after].kind in ("word", "name"):
            return None  # "said he would"
    return Found(phrase, cue_span(r, hit), "verb and name after the quotation", 0.97, cue.strength)


def _past_aside(r: Reading, hit: CueHit, start: int, ceiling: int) -> int:
    """Behind a few words between commas: "...," said, with a thin smile, the treasurer."""
    tokens = r.tokens
    if hit.at < 1 or tokens[hit.at - 1].kind != "quote" or start + 3 >= ceiling:
        return start
    if tokens[start].low != "," or tokens[start + 1].low not in r.words.prepositions:
        return start
    for k in range(start + 2, min(ceiling - 1, start + 9)):
        if tokens[k].kind == "point":
            return k + 1 if tokens[k].low == "," else start
    return start


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
