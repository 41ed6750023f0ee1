"""Verbs that stand before what they report: "X said that ...", "X urged Y to ..."."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ingest.quotes.addressed import asked, to_do, told
from ingest.quotes.adverbials import skip_adverbials
from ingest.quotes.clauses import Range, VerbGroup, has_verb
from ingest.quotes.cues import Cue
from ingest.quotes.passives import passive
from ingest.quotes.quoted import QUOTE, as_saying, quoted_source
from ingest.quotes.reading import Sentence
from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    ALSO_NOUN,
    AUXILIARY,
    BEFORE_ING,
    BEFORE_NOUN,
    COMMON_VERB,
    CONJUNCTION,
    DETERMINER,
    EVIDENCE,
    NO_OBJECT,
    NO_REPORT,
    PARTICLE,
    PREPOSITION,
    PRONOUN,
    SILENCE,
    SOON,
    STOP,
    SUBORDINATE,
    UNTOLD,
    WH,
    is_adverb,
    possesses,
)

_PLURAL_DETERMINER = frozenset("all some many most few several both those these".split())
_PLURAL_HEAD = frozenset("who that people and which voters , women men".split())
# How sure each construction is, before the strength of its cue.
_CONFIDENCE = {
    "that": 0.95, "told-that": 0.95, "clause": 0.9, "wh": 0.85, "colon": 0.7, "told": 0.8,
    "told-to": 0.75, "made": 0.85, "to": 0.8, "prep": 0.6, "object": 0.65, "wanted": 0.65,
    "shown": 0.8,
}  # fmt: skip
_TELLS = {
    "that": "a clause with “that” after “{}”",
    "told-that": "someone addressed and a clause with “that” after “{}”",
    "told": "someone addressed and a clause after “{}”",
    "told-to": "someone addressed after “{}” and what about",
    "clause": "a clause after “{}”",
    "wh": "a question word after “{}”",
    "colon": "a clause after “{}” and a colon",
    "made": "someone addressed after “{}” and what to do",
    "to": "an infinitive after “{}”",
    "prep": "what “{}” and its preposition speak of",
    "object": "what “{}” speaks of",
    "wanted": "what “{}” asks for",
    "shown": "what a study or a paper comes to, after “{}”",
}
_CLAUSAL = frozenset({"that", "told-that", "clause", "wh", "made"})
_LOOK_AHEAD = 16
_CLOSES = frozenset(".;?!)]")
_AFTER = frozenset({"after", "before"})
_DENIES = frozenset({"not", "never", "without", "cannot", "hardly", "barely"})
_REFUSES = frozenset("decline declines declined refuse refuses refused".split())


def report(s: Sentence, i: int, cue: Cue, n: int) -> bool:
    """What the verb at `i` reports after it, if it has a source. False where it is no verb here."""
    low = s.low
    if i + n >= s.hi or low[i + n] in _CLOSES:
        return True  # nothing follows that could be reported
    if cue.lemma in QUOTE and as_saying(s, i + n):
        return True  # quoted him as saying: what stands behind "saying" is reported
    if cue.lemma in ("ask", "request") and (
        low[i + n : i + n + 3] == ["not", "to", "be"] or low[i + n] == "anonymity"
    ):
        return True  # asked not to be named: nothing is said
    group = s.verb_group(i)
    if not _is_verb(s, i, cue, group):
        return False
    if group.be and cue.tense in ("past", "participle"):
        passive(s, i, cue, n, group)
        return True
    if (cue.tense == "participle" and not group.have) or (cue.tense == "past" and group.infinitive):
        return True
    if group.infinitive and not _REFUSES.isdisjoint(low[group.first : i]):
        return True  # declined to say when: nothing is said
    rule, start = _construction(s, i + n, cue)
    if not rule and not (cue.lemma in ("show", "find") and start < s.hi and low[start] not in STOP):
        return True
    who, how = _source(s, i, cue, group)
    if who is None:
        return True
    if not rule and not EVIDENCE.isdisjoint(low[who[0] : who[1]]):
        rule = "shown"
    if not rule or (how in ("infinitive", "modifier") and rule not in _CLAUSAL):
        return True
    if low[who[0] - 1][0] == MASK and who[0] > s.lo and rule not in ("that", "told-that"):
        return True  # "...," X told reporters: the words in marks are what was said
    subordinate = who[0] > s.lo and low[who[0] - 1] in SUBORDINATE
    if how in ("subject", "apposition", "pronoun") and not subordinate:
        s.subject = who
    loose = how == "relative" or (how != "carried" and subordinate)
    ends = s.phrase_end if rule in ("object", "prep") else s.clause_end
    end = ends(start, loose)
    if ends == s.phrase_end and end < s.hi and low[end] in _AFTER and low[end - 1] in SOON:
        end -= 1  # announced the winner | shortly after nine
    if rule in ("object", "prep", "wanted"):
        if end == start + 1 and low[start] in PRONOUN:
            return True  # thanked her: nothing is said
        if cue.lemma in UNTOLD and _is_denied(low, group, i):
            return True  # doesn't mention courts: nothing is said of them
        if end + 1 < s.hi and low[end] in (":", ",") and low[end + 1][0] == MASK:
            return True  # praised the brother: “...”
    if end > start:
        first = i if how == "pronoun" else group.first
        confidence, reason = _judged(rule, cue.lemma, cue.strength)
        ranges = _coordinated(s, start, end) if rule in ("that", "told-that") else [(start, end)]
        s.add(ranges, who, (first, i + n), confidence, rule, reason)
    return True


def _is_denied(low: Sequence[str], group: VerbGroup, i: int) -> bool:
    """Whether a verb group says that nothing was said: "never mentioned", "fails to mention"."""
    first = group.first
    if low[first] == "to":
        first -= 1
    return any(
        word in _DENIES or word.endswith("n't") or word.startswith("fail")
        for word in low[max(first, 0) : i]
    )


@cache
def _judged(rule: str, lemma: str, strength: float) -> tuple[float, str]:
    """How sure a construction is with its cue, and how a reader is told of it."""
    return round(_CONFIDENCE[rule] * strength, 2), _TELLS[rule].format(lemma)


def _coordinated(s: Sentence, start: int, end: int) -> list[Range]:
    """The clauses of "that A and that B", one by one."""
    for m in range(start + 2, end - 2):
        if s.low[m] == "and" and s.low[m + 1] == "that" and s.low[m + 2] not in AUXILIARY:
            return [(start, m), *_coordinated(s, m + 2, end)]
    return [(start, end)]


def _is_verb(s: Sentence, i: int, cue: Cue, group: VerbGroup) -> bool:
    """Whether the word is a verb here, not a noun or an adjective of the same form."""
    if not group.bare:
        return cue.tense != "third"
    low = s.low
    before = low[group.first - 1] if group.first > s.lo else ""
    if low[i] in ALSO_NOUN and i + 1 < s.hi and low[i + 1] in COMMON_VERB:
        return False  # the jobs report will be out
    if cue.tense == "base":
        if not before or before in BEFORE_NOUN:
            return False  # the trust that will spend it
        if low[i] not in ALSO_NOUN:
            return True
        singular = before in DETERMINER and before not in _PLURAL_DETERMINER
        if singular or before in PREPOSITION or before.endswith(("'s", "s'")):
            return False
        return before.endswith("s") or before in PRONOUN or before in _PLURAL_HEAD
    if cue.tense == "ing":
        noun = before in DETERMINER or possesses(before)
        return not noun and (i + 1 >= s.hi or low[i + 1] not in AUXILIARY)
    if cue.tense == "none":
        return True
    after_noun = (
        (before in DETERMINER and before not in PRONOUN)
        or before in PREPOSITION
        or before.endswith("'s")
    )
    if cue.tense == "third":
        return bool(before) and not after_noun
    return not after_noun or before == "than"


def _source(s: Sentence, i: int, cue: Cue, group: VerbGroup) -> tuple[Range | None, str]:
    low = s.low
    before = low[group.first - 1] if group.first > s.lo else ""
    if cue.tense == "ing" and group.bare:
        if before == "as" and (told := quoted_source(s, i)) is not None:
            return told, "subject"
        if not before or before in STOP or before in BEFORE_ING or before in CONJUNCTION:
            return s.leading_subject(i), "participle"
        a, b = s.phrase_before(group.first)
        return ((a, b) if a < b else None), "modifier"
    if group.infinitive and low[group.first] == "to":
        return s.leading_subject(group.first), "infinitive"
    return s.subject_before(group.first)


def _construction(s: Sentence, k: int, cue: Cue) -> tuple[str, int]:
    """Which construction follows a verb that ends before `k`, and where its content begins."""
    low, hi, takes = s.low, s.hi, cue.takes
    j = skip_adverbials(s.words, low, k, hi)
    if j >= hi:
        return "", k
    word, rule, start = low[j], "", j
    if word == ":":
        rule, start = ("colon" if "post" in takes and hi - j > 2 and j == k else ""), j + 1
    elif word in STOP:
        return "", j
    elif word == "that" and "told" in takes and "bare" not in takes:
        return "", j  # convinced that: nobody is addressed, so this is no verb of telling
    elif word == "that" and "that" in takes:
        subject = j + 1 < hi and low[j + 1] in AUXILIARY  # she said that was enough
        rule = "" if subject and low[k - 1] in ALSO_NOUN else "that"
        start = j if subject else j + 1
    elif word in WH and "wh" in takes:
        rule = "wh"
    elif "told" in takes and (addressed := told(s, j, cue))[0]:
        rule, start = addressed
    elif word in PARTICLE or (
        word in NO_REPORT
        and ("object" not in takes or word.endswith(("self", "selves")))
        and not has_verb(low, j + 1, min(hi, j + 6), s.finite)
    ):
        return "", j
    elif word == "to":
        silent = cue.lemma in ("decline", "refuse") and j + 1 < hi and low[j + 1] in SILENCE
        rule = "to" if "to" in takes and not silent else ""
    elif "to" in takes and "object" not in takes and to_do(s, j):
        rule = "to"  # expect the storm to weaken
    elif word in PREPOSITION:
        rule, start = ("prep" if word + ":" in takes else ""), j + 1
    elif "made" in takes and to_do(s, j):
        rule = "made"
    elif "made" in takes and (question := asked(s, j)):
        rule, start = "wh", question
    elif ("bare" in takes or ("post" in takes and "told" not in takes)) and (
        cue.lemma == "say"
        or has_verb(low, j + ("'" not in word), min(hi, j + _LOOK_AHEAD), s.finite)
    ):
        rule = "clause"
    elif "object" in takes and (word in NO_OBJECT or is_adverb(word)):
        return "", j  # argued fiercely, insisted otherwise
    elif "object" in takes:
        rule = "wanted" if "to" in takes and cue.strength < 0.7 else "object"
    elif "of:" in takes:
        rule = "wanted"
    return rule, start
