"""Where the subject of a German verb stands: behind it, or before its helper."""

from __future__ import annotations

from ingest.quotes.behind import phrase_after
from ingest.quotes.grammar import PERSON_OR_BODY
from ingest.quotes.mainsubject import main_subject
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import subject_before
from ingest.quotes.rules import Reading
from ingest.quotes.tokens import CueHit, Token

_HELPERS = frozenset("habe hat haben hatte hatten hätte hätten".split())
_OBLIQUE = frozenset("den dem einen einem diesen diesem keinen keinem seinen seinem ihren".split())
_NOMINATIVE = frozenset("der die das ein eine".split())


def of_german(r: Reading, hit: CueHit, start: int, phrase: Phrase | None) -> Phrase | None:
    """The subject behind a verb before which something else stands: "Seit Mai rät er dazu"."""
    tokens, words = r.tokens, r.words
    adverbial = phrase is not None and phrase.first > start
    if adverbial and phrase is not None:
        adverbial = tokens[phrase.first - 1].low in words.prepositions
    adverbial = adverbial or (phrase is not None and no_subject(r, phrase))
    if phrase is not None and not adverbial:
        return phrase
    behind = hit.at + hit.length
    first = tokens[behind] if behind < len(tokens) else None
    if first is None or first.kind in ("point", "quote"):
        infinitive = adverbial and tokens[hit.at].low.endswith("en")
        return main_subject(r, start, hit.at) if infinitive else phrase
    end = r.block.sentence_of(hit.at)[1]
    if first.kind != "name" and first.low not in words.subjects:
        nouns = (k for k in range(behind + 1, min(end, behind + 4)) if tokens[k].capital)
        noun = next(nouns, 0) if first.low in _NOMINATIVE else 0
        if not noun or not _is_somebody(tokens[noun]):
            return phrase
        end = noun + 1
    turned = phrase_after(tokens, behind, end, words)
    if turned is None or (turned.kind == "description" and turned.low not in PERSON_OR_BODY):
        return phrase
    return turned


def _is_somebody(token: Token) -> bool:
    """Whether a noun behind an article may be a subject: "der Stadtrat", "die Virologin Lunn"."""
    if token.name is not None:
        return token.name.kind == "person"
    return token.low in PERSON_OR_BODY


def no_subject(r: Reading, phrase: Phrase) -> bool:
    """Whether the article of a phrase stands in another case: "Den Vorwurf wies er zurück"."""
    return r.tokens[phrase.first].low in _OBLIQUE


def framed(r: Reading, hit: CueHit, start: int) -> Phrase | None:
    """The subject before the helper of a German participle: "Lenz hat dem Rat vorgeworfen"."""
    for k in range(hit.at - 1, start, -1):
        token = r.tokens[k]
        if token.kind in ("point", "quote"):
            return None
        if token.low in _HELPERS and k < hit.at - 1:
            return subject_before(r.tokens, k, start, r.words)
    return None
