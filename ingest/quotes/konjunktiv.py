"""German reports speech by the mood of a verb alone: Sie wolle „niemanden überfahren“."""

from __future__ import annotations

from ingest.article import Span
from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.heisst import from_heisst_es
from ingest.quotes.mainsubject import main_subject
from ingest.quotes.mentions import Phrase
from ingest.quotes.rules import LONGEST_LOOK, NO_SUBJECT, Found, Place, Reading

_MOOD = frozenset(
    "sei seien habe werde wolle könne müsse solle dürfe möge brauche gebe komme gehe stehe lasse"
    " bleibe liege mache sehe wisse bekomme nehme finde fehle bringe halte leide gelte führe"
    " bedeute gehöre sehe setze spreche trage treffe verstehe".split()
)
_WHO = frozenset({"er", "sie"})
_SELF = frozenset({"ich", "du"})


def by_mood(r: Reading, place: Place, found: Found | None) -> Found | None:
    """Who speaks where no verb of speech stands, but a verb tells that somebody does.

    A pronoun beside the verb is the speaker; else turns.py looks back.
    """
    tokens = r.tokens
    if found is None or found.phrase is None or found.phrase.low == "es":
        found = from_heisst_es(r, place) or found
    if found is not None and (found.cue is not None or found.strength > 0):
        return found
    start = max(place.start, place.at - LONGEST_LOOK)
    for k in range(place.at - 1, start - 1, -1):
        if tokens[k].kind != "word" or tokens[k].low not in _MOOD:
            continue
        beside = [t for t in (k - 1, k + 1) if start <= t < place.at]
        if any(tokens[t].low in _SELF for t in beside):
            return found
        cue = Span(tokens[k].start, tokens[k].end)
        for t in beside:
            if tokens[t].kind == "word" and tokens[t].low in _WHO:
                at = Span(tokens[t].start, tokens[t].end)
                phrase = Phrase("pronoun", at, t, t, low=tokens[t].low)
                return Found(phrase, cue, "verb of reported speech", 0.8, 0.9, content=True)
        colon = next((t for t in range(k - 1, start, -1) if tokens[t].low == ":"), 0)
        who = main_subject(r, place.start, colon) if colon else None
        if who is not None and (who.kind != "description" or who.low in SPEAKING_NOUNS):
            return Found(who, cue, "colon before reported speech", 0.8, 0.9, content=True)
        return Found(None, cue, NO_SUBJECT, 0.6, 0.9, content=True)
    return found
