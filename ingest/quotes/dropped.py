"""Spanish verbs say who speaks without a subject: «No hay plan B», subrayó. Añadió que ..."""

from __future__ import annotations

from ingest.quotes.after import cue_at
from ingest.quotes.further import from_sentence_before
from ingest.quotes.rules import NO_SUBJECT, Found, Place, Reading, cue_span


def without_subject(r: Reading, place: Place, found: Found | None) -> Found | None:
    """The verb beside a quotation, with whoever the sentence before tells of.

    `found` is what the rules found; without a sentence before, turns.py looks further back.
    """
    if found is not None and found.cue is None:
        return found
    if found is None:
        found = _behind(r, place)
    if found is None or found.reason != NO_SUBJECT:
        return found
    told = from_sentence_before(r, place)
    return found if told is None else found._replace(phrase=told.phrase)


def _behind(r: Reading, place: Place) -> Found | None:
    """A verb that alone stands behind the quotation."""
    j = place.at + 1
    if j < place.ceiling and r.tokens[j].low == ",":
        j += 1
    hit = cue_at(r, j, place.ceiling)
    if hit is None or hit.cue.kind != "verb" or not hit.cue.quotes:
        return None
    return Found(None, cue_span(r, hit), NO_SUBJECT, 0.6, hit.cue.strength)
