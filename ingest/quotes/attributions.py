"""Attributions that stand outside what they report: "..., X said", "according to X, ..."."""

from __future__ import annotations

from ingest.quotes.addressed import addressee_end
from ingest.quotes.bounds import skip_adverbials
from ingest.quotes.clauses import Range, has_verb, stands_alone, verb_group
from ingest.quotes.cues import Cue
from ingest.quotes.reading import Sentence
from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    ALSO_NOUN,
    BE,
    COMMON_VERB,
    CONJUNCTION,
    DASH,
    DETERMINER,
    MODAL,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    STOP,
    SUBJECT_PRONOUN,
    SUBORDINATOR,
    TIME,
)

# Verbs that stand before their subject without marks: "..., said Pell".
_INVERTS = frozenset("say write add note explain report tweet argue warn recall".split())
_MAKES_PUBLIC = frozenset({"released", "conducted", "published", "obtained", "issued"})
_NOT_GOING_ON = frozenset("who which whose but and or while as where when although though".split())
_AFTER_SAID = frozenset("in on at during after of through to by when as while".split())
_LOOK_AHEAD = 14


def according(s: Sentence, i: int, n: int) -> None:
    """Read "According to X, CLAUSE" and "CLAUSE, according to X", in the middle too."""
    low, hi = s.low, s.hi
    k = i + n
    end = _source_end(s, k)
    if end <= k:
        return
    who_end = next(
        (m for m in range(k + 1, end) if low[m] in RELATIVE or low[m] in _MAKES_PUBLIC), end
    )
    before = i
    while before > s.lo and low[before - 1] in STOP:
        before -= 1
    start = _clause_start(s, i)
    goes_on = end < hi and low[end] == ","
    if goes_on and end + 1 < hi and low[end + 1][0] == MASK:
        return  # ..., in the words of X, and words in marks
    rest = s.clause_end(end + 1) if goes_on else end
    ranges: list[Range] = []
    if before > start and not (before - start == 1 and low[start] in CONJUNCTION):
        ranges.append((start, before))
        s.stops.add(before)
        if goes_on and rest > end + 2 and _takes_up(s, end + 1):
            ranges.append((end + 1, rest))
    elif rest > end + 1:
        ranges.append((end + 1, rest))
    else:
        return
    cue = " ".join(low[i:k])
    s.add(ranges, (k, who_end), (i, k), 0.9, "according", f"the source stands after “{cue}”")


def attribution(s: Sentence, i: int, cue: Cue, n: int) -> bool:
    """Read "CLAUSE, X said" and "CLAUSE, said X", also in the middle of the clause.

    True where the verb at `i` is such a one, so that no clause is looked for after it.
    """
    low, lo, hi = s.low, s.lo, s.hi
    group = verb_group(low, lo, i)
    if group.infinitive or (group.be and cue.tense != "ing"):
        return False
    if cue.tense in ("ing", "participle") and group.bare:
        return False
    k = skip_adverbials(s.words, low, i + n, hi)
    if "told" in cue.takes and k < hi and low[k] not in STOP:
        k = addressee_end(s, k)
    closed = _closes(s, k)
    first, end = s.source_before(group.first)
    if first < end:
        if closed and low[first - 1] == "as" and first > lo and _speaks(s, i, first, end):
            return _as_said(s, first - 1, (first, end), (group.first, i + n), cue, k)
        if not closed or first <= lo + 1 or not _speaks(s, i, first, end):
            return False
        if low[first - 1] != "," and low[first - 1] not in DASH:
            return False
        return _attribute(s, first - 1, (first, end), (group.first, i + n), cue, k)
    if (
        cue.lemma in _INVERTS
        and group.bare
        and group.first > lo
        and low[group.first - 1] == ","
        and _names_source(s, i + n)
    ):
        stop = _source_end(s, i + n)
        if (
            _has_clause(s, i + n + 1, stop)
            or _opens_with_name(s, group.first - 1)
            or (stop < hi and (low[stop] in BE or low[stop] in MODAL))
        ):
            return False
        comma = group.first - 1
        if stands_alone(low, _clause_start(s, comma), comma, s.finite):
            stop = hi  # what follows the name is an apposition
        return _attribute(s, comma, (i + n, _source_end(s, i + n)), (i, i + n), cue, stop)
    return _after_apposition(s, i, group.first, closed, cue, n)


def _attribute(s: Sentence, comma: int, who: Range, verb: Range, cue: Cue, k: int) -> bool:
    """Keep the clause before an attribution, and what goes on with it after `k`."""
    low, hi = s.low, s.hi
    start = _clause_start(s, comma)
    if comma <= start or (k + 1 < hi and MASK in (low[k][0], low[k + 1][0])):
        return False
    ranges = [(start, comma)]
    if k < hi and low[k] == "," and _takes_up(s, k + 1):
        rest = s.clause_end(k + 1)
        if rest > k + 2:
            ranges.append((k + 1, rest))
    elif comma - start < 3 or not (
        stands_alone(low, start, comma, s.finite) or _headline(s, start, cue, k)
    ):
        return False
    s.stops.add(comma)
    s.outside.update(range(comma, verb[1]))
    s.subject = who
    where = "after" if len(ranges) == 1 else "inside"
    reason = f"“{low[verb[1] - 1]}” and its subject stand {where} the clause"
    s.add(ranges, who, verb, round(0.9 * cue.strength, 2), "post-" + where, reason)
    return True


def _headline(s: Sentence, start: int, cue: Cue, k: int) -> bool:
    """Whether this is a headline without its verb: "Probe silent for a day, agency says"."""
    first = s.low[start]
    led = first in PREPOSITION or first in SUBORDINATOR or first.endswith(("ing", "ed"))
    return cue.lemma == "say" and cue.tense != "past" and k >= s.hi and not led


def _as_said(s: Sentence, at: int, who: Range, verb: Range, cue: Cue, k: int) -> bool:
    """Read "As X noted, CLAUSE" and "CLAUSE, as X noted"."""
    low, hi = s.low, s.hi
    if at == s.lo:
        if k >= hi or low[k] != "," or not has_verb(low, k + 1, hi, s.finite):
            return False
        ranges = [(k + 1, s.clause_end(k + 1))]
    elif low[at - 1] == "," and k >= hi and at - 1 - _clause_start(s, at - 1) > 2:
        ranges = [(_clause_start(s, at - 1), at - 1)]
        s.stops.add(at - 1)
    else:
        return False
    s.subject = who
    reason = f"the clause beside “as” with a subject and “{cue.lemma}”"
    s.add(ranges, who, verb, round(0.8 * cue.strength, 2), "as", reason)
    return True


def _after_apposition(s: Sentence, i: int, first: int, closed: bool, cue: Cue, n: int) -> bool:
    """Read "CLAUSE, X, a Y of Z, said"."""
    low, lo = s.low, s.lo
    if not closed or first - 1 <= lo or low[first - 1] != ",":
        return False
    m = first - 2
    while m > lo and low[m] != ",":
        if low[m] == ";" or low[m][0] == MASK:
            return False
        m -= 1
    if m <= lo:
        return False
    a, b = s.phrase_before(m)
    named = a < b and (s.words[a][0].isupper() or low[a] in DETERMINER)
    if not named or a <= lo + 2 or low[a - 1] != "," or b - a > 6:
        return False
    start = _clause_start(s, a - 1)
    s.stops.add(a - 1)
    s.subject = (a, b)
    reason = f"“{low[i]}” stands after the clause, its subject before an apposition"
    s.add(
        [(start, a - 1)],
        (a, b),
        (i, i + n),
        round(0.85 * cue.strength, 2),
        "post-apposition",
        reason,
    )
    return True


def _closes(s: Sentence, k: int) -> bool:
    """Whether no clause can follow at `k`, so that the verb reports what stands before it."""
    low, hi = s.low, s.hi
    if k >= hi or low[k] in (",", ";", ".", ")") or low[k] in DASH:
        return True
    return low[k] in _AFTER_SAID and not any(
        low[m] in COMMON_VERB or low[m] == "that" or low[m] in SUBJECT_PRONOUN or low[m][0] == MASK
        for m in range(k, min(hi, k + 12))
    )


def _speaks(s: Sentence, i: int, first: int, end: int) -> bool:
    head = end - 1
    if not s.may_be_source(first, end) or s.low[first].endswith("ing"):
        return False
    plain = s.words[head][0].isupper() or s.low[head] in PRONOUN
    return plain or s.low[i] not in ALSO_NOUN


def _has_clause(s: Sentence, a: int, b: int) -> bool:
    """Whether what follows an inverted verb is a clause, so that it is none."""
    for m in range(a, b):
        word = s.low[m]
        if word in RELATIVE:
            return False
        if word in COMMON_VERB or word in s.finite or word in SUBJECT_PRONOUN:
            return True
        if word.endswith("ed") and s.words[m].islower() and s.low[m - 1] not in DETERMINER:
            return True
    return False


def _opens_with_name(s: Sentence, comma: int) -> bool:
    """Whether the sentence opens with a phrase and an apposition: "X, a Y, said the ..."."""
    first = next(m for m in range(s.lo, comma + 1) if s.low[m] == ",")
    return first < comma and s.phrase_before(first)[0] == s.lo


def _names_source(s: Sentence, k: int) -> bool:
    if k >= s.hi or s.low[k] == "that" or s.low[k] in TIME:
        return False
    return s.words[k][0].isupper() or s.low[k] in DETERMINER


def _source_end(s: Sentence, k: int) -> int:
    """Past the source that begins at `k`."""
    low, m = s.low, k
    while m < s.hi:
        word = low[m]
        if word == "," or word in BE or word in MODAL:
            return m
        if m > k and (word in ";:()-" or word in DASH):
            return m
        m += 1
    return m


def _takes_up(s: Sentence, k: int) -> bool:
    """Whether the clause goes on at `k` after an attribution in its middle."""
    low = s.low
    if k >= s.hi or low[k].endswith("ing") or low[k] in _NOT_GOING_ON:
        return False
    if low[k] in ("a", "an", "the"):
        return has_verb(low, k + 1, min(s.hi, k + _LOOK_AHEAD), s.finite)
    return True


def _clause_start(s: Sentence, i: int) -> int:
    """Where the clause before an attribution at `i` begins: the sentence, a semicolon, a dash."""
    low, start = s.low, s.lo
    dashes = [m for m in range(s.lo, i) if low[m] in DASH]
    if len(dashes) % 2:
        start = dashes[-1] + 1
    for m in range(i - 1, start - 1, -1):
        if low[m] == ";":
            start = m + 1
            break
    first_said = next((m for m in range(start, i) if low[m] in s.finite), i)
    if low[first_said] in ("said", "says"):
        # X said ..., but ..., he said: the second clause only.
        for m in range(i - 1, first_said, -1):
            if low[m] == "but" or (low[m] == "and" and low[m - 1] == ","):
                return m + 1
    return start
