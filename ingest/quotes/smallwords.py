"""The small words of English that rules for reported clauses read: `data/grammar.en.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.wordlists import words as _words


def _list(key: str) -> frozenset[str]:
    return _words("grammar.en", "words", key)


AUDIENCE = _list("audience")
BE = _list("be")
HAVE = _list("have")
MODAL = _list("modal")
AUXILIARY = BE | HAVE | MODAL
DETERMINER = _list("determiner")
SUBJECT_PRONOUN = _list("subject_pronoun")
OBJECT_PRONOUN = _list("object_pronoun")
PRONOUN = _list("pronoun")
PREPOSITION = _list("preposition")
CONJUNCTION = _list("conjunction")
SUBORDINATOR = _list("subordinator")
RELATIVE = _list("relative")
WH = _list("wh")
TIME = _list("time")
COMMON_VERB = _list("common_verb")
EVIDENCE = _list("evidence")
GOVERNOR = _list("governor")
BEFORE_ING = _list("before_ing")
SILENCE = _list("silence")
SPEECH_PLACE = _list("speech_place")
NEVER_SOURCE = _list("never_source")
ALSO_NOUN = _list("also_noun")
ENDS_REPORT = _list("ends_report")
SUBORDINATE = _list("subordinate")
HEARSAY = _list("hearsay")
NO_REPORT = _list("no_report")
PARTICLE = _list("particle")
UNTOLD = _list("untold")
NO_OBJECT = _list("no_object")
SOON = _list("soon")
CLOCK = _list("clock")
POSSESSIVE = frozenset({"his", "her", "their", "its", "my", "our"})
NOBODY = frozenset({"nobody", "none", "no-one", "nothing", "neither"})
# Behind these stands a noun and no verb: "the trust that".
BEFORE_NOUN = frozenset("the a an its my our your their every".split())
DASH = frozenset({"--", "—", "–"})
STOP = frozenset(
    {",", ";", ":", "(", ")", "[", "]", "?", "!", "/", "…", ".", '"', "“", "”", "_", "-"}
)
STOP |= DASH
SHORTENED = ("'s", "'re", "'d", "'ll", "'ve", "n't")
ADVERB = _list("adverb")
NOUNS_IN_LY = frozenset("ally assembly bully family fly monopoly rally reply supply".split())
_NOT_ADVERB = NOUNS_IN_LY | {"early", "only", "daily", "weekly", "italy", "july"}


@lru_cache(maxsize=50_000)
def is_adverb(word: str) -> bool:
    """Whether a word may stand inside a verb group without changing it."""
    return word in ADVERB or (word[-2:] == "ly" and len(word) > 4 and word not in _NOT_ADVERB)


def possesses(word: str) -> bool:
    """Whether a word in lowercase is a genitive or a possessive: "pell's", "officials'", "his"."""
    return word.endswith(("'s", "s'")) or word in POSSESSIVE


def acts(words: Sequence[str], low: Sequence[str], m: int) -> bool:
    """Whether a verb follows a full name there: "Tom Arkwright hands in the keys"."""
    return (
        low[m][-1] == "s"
        and words[m].islower()
        and words[m - 1][0].isupper()
        and words[m - 2][0].isupper()
        and low[m] not in SPEAKING_NOUNS
        and (low[m + 1] in DETERMINER or low[m + 1] in PREPOSITION)
    )
