"""Cues in the tokens of a paragraph, told from nouns and adjectives that look like them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress, count

from ingest.quotes.cues import Cue, Lexicon
from ingest.quotes.grammar import SPEAKING_NOUNS, Grammar
from ingest.quotes.tokens import CueHit, Token

# Verbs whose third person is no noun.
_SURE_THIRD = frozenset(
    "say tell write explain add insist argue believe think know describe accuse suggest acknowledge"
    " admit announce agree warn ask read continue respond reply deny contend assert assume conclude"
    " recall".split()
)
# "Growers in Orrin say": these are no nouns behind a name.
_SAID_BY_MANY = frozenset("say believe insist argue think".split())
# Verbs whose past looks like the base form.
_SAME_PAST = frozenset({"read", "put it", "put in", "cast", "cut in", "bet", "beat"})
_OBJECTS = frozenset({"it", "them", "him", "her", "us", "me"})
# With these behind them they tell of no speech: cela relève de l'exploit.
_ELSE = {"relever": frozenset({"de", "du", "des", "d", "d'", "d’"})}
_APOSTROPHES = frozenset("'’")
_STAND_ALONE = frozenset("that this both all most many some several one".split())
_BEFORE_NOUNS = frozenset({"further", "all", "both", "first", "only", "just", "even", "again"})


def find_cues(tokens: Sequence[Token], lexicon: Lexicon, words: Grammar) -> tuple[CueHit, ...]:
    """Every cue that may stand for speech, the longest at a place; look-alike nouns left out."""
    lows = [token.low for token in tokens]
    hits: list[CueHit] = []
    skip = 0
    last = len(lows) - 1
    for i in compress(count(), map(lexicon.firsts.__contains__, lows)):
        following = lexicon.firsts[lows[i]]
        if following is not None and (i == last or lows[i + 1] not in following):
            continue
        if i < skip or tokens[i].kind != "word":
            continue
        hit = lexicon.at(lows, i)
        if hit is None:
            continue
        cue, length = hit
        if cue.lemma in _ELSE and i < last and lows[i + 1] in _ELSE[cue.lemma]:
            continue
        # "Dismissed talk of a bubble"; but "Pell's call for order" tells whose words follow.
        alone = length == 1 or lows[i] == "talk"
        if alone and cue.kind == "verb" and _is_noun(tokens, i, cue, words):
            continue
        hits.append(tuple.__new__(CueHit, (i, length, cue)))  # so many that the time counts
        skip = i + length
    return tuple(hits)


def _is_noun(tokens: Sequence[Token], i: int, cue: Cue, words: Grammar) -> bool:
    """Whether the word at `i` is rather a noun or adjective: "his claims", "a called strike"."""
    if i == 0:
        return cue.tense == "base"
    before = tokens[i - 1]
    if before.low == "'s":
        # "A friend of Holm's said"
        verb = cue.tense in ("past", "third") and cue.strength >= 0.9
        return not (verb and i > 2 and tokens[i - 3].low == "of")
    if before.low in _APOSTROPHES and i > 1 and tokens[i - 2].low.endswith("s"):
        return True  # the officers' claim
    if (
        words.language == "en"
        and cue.tense == "base"
        and cue.lemma not in _SAME_PAST
        and not (
            before.kind == "point"
            or before.kind == "quote"
            or before.low in words.subjects
            or (before.kind == "name" and cue.lemma in _SAID_BY_MANY)
            or before.low in words.auxiliaries
            or before.low in words.adverbs
            or (before.low in words.relatives and before.low != "whose")
            or before.low in words.conjunctions
            or (
                before.low.endswith("s")
                and not before.low.endswith("ss")
                and not (i > 1 and tokens[i - 2].kind == "name")
            )
            or before.low
            in ("people", "men", "women", "children", "some", "many", "most", "others", "police")
        )
    ):
        return True  # "a far cry", "a Facebook post"
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if cue.tense == "third" and after in words.auxiliaries and after != "to":
        return True  # "that states can pass"
    if (
        words.language == "en"
        and cue.tense == "third"
        and before.kind == "word"
        and not (
            before.low in words.subjects
            or (before.low in words.adverbs and before.low not in _BEFORE_NOUNS)
            or (before.low in words.relatives and before.low != "whose")
            or before.low in words.conjunctions
            or (before.low in SPEAKING_NOUNS and _begun(tokens, i - 1, words))
            or before.low.endswith("ly")
            or cue.lemma in _SURE_THIRD
            or after in _OBJECTS
            or (cue.lemma == "call" and i + 1 < len(tokens) and tokens[i + 1].kind == "quote")
            or (i + 1 < len(tokens) and tokens[i + 1].low == "that")
        )
    ):
        return True  # "recent attacks", "over-the-top comments"
    if before.kind != "word":
        return False
    if before.low in words.determiners and before.low not in words.subjects:
        # "her" and "that" are pronouns too: "those who followed her said".
        # "Another said": but "another called strike".
        if before.low == "that" and cue.lemma in _SAME_PAST:
            return False  # a text that read
        alone = before.low in _STAND_ALONE or (
            before.low in ("another", "each", "few")
            and (cue.strength >= 0.9 or _governs(tokens, i, words))
        )
        # "The mother of four said"
        alone = alone or (i > 1 and tokens[i - 2].low == "of" and cue.strength >= 0.9)
        return not alone or cue.tense in ("base", "ing")
    if words.language == "en" and cue.tense == "ing":
        return before.low in ("of", "for")
    return (
        words.language == "en"
        and before.low in ("of", "for", "in", "on", "with")
        and (cue.tense in ("base", "third"))
    )


def _governs(tokens: Sequence[Token], i: int, words: Grammar) -> bool:
    """Whether somebody stands behind the verb: "Another accused Pell of", "another called it"."""
    if i + 1 >= len(tokens):
        return False
    after = tokens[i + 1]
    if after.low in (":", ","):
        return True
    return after.kind == "name" or after.low in words.subjects or after.low in words.determiners


def _begun(tokens: Sequence[Token], i: int, words: Grammar) -> bool:
    """Whether a noun has a determiner or owner: "the report shows", not "executive orders"."""
    return any(
        t.low in words.determiners or t.low == "'s" or t.kind == "name"
        for t in tokens[max(0, i - 4) : i]
    )
