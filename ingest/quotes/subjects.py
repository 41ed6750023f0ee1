"""Whose verb a cue is: the phrase before it, the subject of the verb before, or of the sentence."""

from __future__ import annotations

from ingest.quotes.behind import phrase_after
from ingest.quotes.germansubject import framed, of_german
from ingest.quotes.grammar import PERSON_OR_BODY, SIGN_NOUNS, SPEAKING_NOUNS
from ingest.quotes.inversion import inverted
from ingest.quotes.mainsubject import main_subject
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import phrase_ending, subject_before
from ingest.quotes.quoted import quoted
from ingest.quotes.rules import FINITE, Reading, passive_agent
from ingest.quotes.tokens import CueHit, cues_between

_LONGEST_CLAUSE = 20
_MOVES = frozenset("led prompted caused inspired moved drove prompting leading inspiring".split())
_WHEN = frozenset("when where while as until before after".split())
_HANGS = frozenset("at in near on from into".split())
_ALOUD = frozenset("chant shout sing yell scream cry".split())  # what no placard does
# "Walked into the chamber calling it": no chamber calls.
_WHERE = frozenset({"into", "in", "at", "to", "on", "from", "through"})
# She can be heard saying "...".
_PERCEIVED = frozenset("heard overheard seen filmed recorded caught captured shown".split())
TIME_NOUNS = frozenset(
    "year month week day night morning evening afternoon weekend decade years months weeks days"
    " time hour hours ago".split()
)


def subject_of(r: Reading, hit: CueHit, start: int) -> tuple[Phrase | None, bool]:
    """The subject of a cue, and whether it stands right before it."""
    tokens, words = r.tokens, r.words
    known = r.subjects.get(hit.at)
    if known is not None:
        return known
    phrase: Phrase | None = None
    direct = True
    if hit.cue.tense == "ing" and hit.at - 1 > start and tokens[hit.at - 1].low in _PERCEIVED:
        heard = subject_before(tokens, hit.at - 1, start, words)
        if heard is not None and tokens[hit.at - 2].low in words.be:
            r.subjects[hit.at] = (heard, True)
            return heard, True
    if (told := _quoted_before(r, hit, start) or _named_with(r, hit, start)) is not None:
        r.subjects[hit.at] = (told, True)
        return told, True
    before = tokens[hit.at - 1] if hit.at > start else None
    loose = (
        before is None
        or before.low == "to"
        or (
            hit.cue.tense == "ing"
            and (
                before.kind in ("point", "quote")
                or before.low in words.conjunctions
                or before.low in words.prepositions
                or (
                    before.kind == "name"
                    and hit.at - 2 >= start
                    and tokens[hit.at - 2].low in words.prepositions
                    and tokens[hit.at - 2].low != "with"
                )
            )
        )
    )
    if not loose:
        phrase = subject_before(tokens, hit.at, start, words)
        if (
            phrase is not None
            and hit.cue.tense == "ing"
            and phrase.kind == "description"
            and (phrase.low not in PERSON_OR_BODY or tokens[phrase.first - 1].low in _WHERE)
            and tokens[phrase.first - 1].low != "with"  # with each side accusing the other
        ):
            phrase = inherited(r, hit, start) or main_subject(r, start, hit.at) or phrase
    if phrase is not None and phrase.kind == "description" and is_adjunct(r, phrase):
        main = main_subject(r, start, hit.at)
        if main is not None and (main.kind != "description" or main.low in SPEAKING_NOUNS):
            phrase = main
    if phrase is not None and _hangs(r, phrase, start):
        main = main_subject(r, start, phrase.first)
        phrase = main if main is not None and main.low in SPEAKING_NOUNS else phrase
    if phrase is None and before is not None and before.low == "to":
        phrase = _of_infinitive(r, hit.at - 2, start)
    if words.language == "de":
        phrase = of_german(r, hit, start, phrase) if not loose else phrase
        phrase = framed(r, hit, start) or phrase
    if phrase is None:
        direct = False
        told_of = _of_perfect(r, hit, start)
        direct = told_of is not None
        chained = _chained(r, hit, start) or told_of or _of_clause(r, hit, start)
        if chained is not None:
            phrase = chained
        elif hit.cue.tense == "ing" and before is not None and before.low == ",":
            phrase = main_subject(r, start, hit.at) or inherited(r, hit, start)
        else:
            phrase = inherited(r, hit, start) or main_subject(r, start, hit.at)
    r.subjects[hit.at] = (phrase, direct)
    return phrase, direct


def _hangs(r: Reading, phrase: Phrase, start: int) -> bool:
    """Whether the words before a verb only tell where: "A report into it at the Clinic found"."""
    if phrase.kind != "name" or phrase.name is None or phrase.first - 2 < start:
        return False
    return phrase.name.kind != "person" and r.tokens[phrase.first - 1].low in _HANGS


def _quoted_before(r: Reading, hit: CueHit, start: int) -> Phrase | None:
    """Whoever is quoted as saying something, where `hit` is that "saying"."""
    if hit.cue.tense != "ing" or hit.at <= start or r.tokens[hit.at - 1].low != "as":
        return None
    for other in cues_between(r.block.cues, max(start, hit.at - 14), hit.at - 1):
        told = quoted(r, other)
        if told is not None and told[1] == hit.at - 1:
            return phrase_after(r.tokens, *told, r.words)
    return None


def _of_infinitive(r: Reading, verb: int, start: int) -> Phrase | None:
    """The pronoun or name whose verb governs an infinitive: "he appeared to mock"."""
    if verb <= start:
        return None
    moved = phrase_ending(r.tokens, verb, start, r.words)
    if moved is not None and r.tokens[moved.first - 1].low in _MOVES and moved.first > start:
        return moved  # "which led one critic to call him"
    if not r.tokens[verb].low.endswith(("ed", "s")):
        return None
    phrase = subject_before(r.tokens, verb, start, r.words)
    right = phrase is not None and phrase.last == verb - 1 and phrase.kind != "description"
    return phrase if right else None


def _named_with(r: Reading, hit: CueHit, start: int) -> Phrase | None:
    """The name in "with one, Paul Achebe, arguing that", where `hit` is the "arguing"."""
    tokens, at = r.tokens, hit.at - 2
    if hit.cue.tense != "ing" or at - 3 < start or tokens[at].kind != "name":
        return None
    if tokens[at + 1].low != "," or tokens[at - 1].low != ",":
        return None
    if "with" not in (tokens[at - 3].low, tokens[max(start, at - 4)].low):
        return None
    return phrase_ending(tokens, at, at, r.words)


def _chained(r: Reading, hit: CueHit, start: int) -> Phrase | None:
    """The subject of a cue that stands right before a comma and this one: "Pell said, adding"."""
    earlier = cues_between(r.block.cues, start, hit.at)
    if not earlier or hit.cue.tense != "ing":
        return None
    last = earlier[-1]
    return subject_of(r, last, start)[0] if last.at + last.length == hit.at - 1 else None


def _of_clause(r: Reading, hit: CueHit, start: int) -> Phrase | None:
    """The subject of the clause behind the last comma: ", a man walked in and asked for"."""
    tokens, words = r.tokens, r.words
    if hit.at < start + 4 or tokens[hit.at - 1].low not in ("and", "but"):
        return None
    comma = next((k for k in range(hit.at - 2, start, -1) if tokens[k].low == ","), start)
    if comma == start or hit.at - comma > _LONGEST_CLAUSE:
        return None
    if tokens[comma + 1].low in _WHEN:
        comma += 1  # ..., when the widow turns to him and says
    first = tokens[comma + 1]
    if first.kind == "word" and not (first.low in words.determiners or first.low in words.subjects):
        return None
    phrase = main_subject(r, comma + 1, hit.at)
    if phrase is None or phrase.first != comma + 1 or phrase.last >= hit.at - 2:
        return None
    return phrase if tokens[phrase.last + 1].kind == "word" else None


def _of_perfect(r: Reading, hit: CueHit, start: int) -> Phrase | None:
    """The subject of "had" in what somebody told: "said the coach had left and told her"."""
    tokens = r.tokens
    if hit.cue.tense != "past" or hit.at < start + 4 or tokens[hit.at - 1].low != "and":
        return None
    for k in range(hit.at - 2, max(start, hit.at - _LONGEST_CLAUSE), -1):
        if tokens[k].kind in ("point", "quote") or tokens[k].low in ("and", "but"):
            return None
        if tokens[k].low == "had":
            told = any(h.cue.kind == "verb" for h in cues_between(r.block.cues, start, k))
            return subject_before(tokens, k, start, r.words) if told else None
    return None


def is_adjunct(r: Reading, phrase: Phrase) -> bool:
    """Whether the words before the verb are no subject: "the report released last year found"."""
    if phrase.low in SPEAKING_NOUNS:
        return False
    return phrase.low in TIME_NOUNS or phrase.low.isdigit()


def inherited(r: Reading, hit: CueHit, start: int) -> Phrase | None:
    """The subject of the verb before in the sentence: "he called her weak and said ..."."""
    for other in reversed(cues_between(r.block.cues, start, hit.at)):
        if other.cue.kind != "verb" or passive_agent(r, other) is not None:
            continue
        behind = other.at + other.length
        if r.tokens[other.at - 1].kind == "quote" or (
            behind < hit.at and r.tokens[behind].low == ","
        ):
            turned = inverted(r, other, hit.at) if other.cue.tense in FINITE else None
            if (
                turned is not None
                and turned.phrase is not None
                and (r.tokens[other.at - 1].kind == "quote")
            ):
                return turned.phrase
        phrase, _ = subject_of(r, other, start)
        if phrase is not None and not (
            phrase.low.rstrip("s") in SIGN_NOUNS and hit.cue.lemma in _ALOUD
        ):
            return phrase
    return None
