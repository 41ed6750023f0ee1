"""Attributions that stand outside what they report: "..., X said", "according to X, ..."."""

from __future__ import annotations

from ingest.quotes.addressed import addressee_end
from ingest.quotes.adverbials import skip_adverbials
from ingest.quotes.clauses import Range, has_verb, stands_alone
from ingest.quotes.cues import Cue
from ingest.quotes.edges import (
    clause_start,
    closed_by_source,
    closes,
    has_clause,
    headline,
    names_source,
    opens_with_name,
    source_end,
    speaks,
    takes_up,
)
from ingest.quotes.reading import Sentence
from ingest.quotes.sentences import MASK
from ingest.quotes.smallwords import (
    BE,
    CONJUNCTION,
    DASH,
    DETERMINER,
    MODAL,
    PRONOUN,
    RELATIVE,
    STOP,
)

# Verbs that stand before their subject without marks: "..., said Pell".
_INVERTS = frozenset("say write add note explain report tweet argue warn recall".split())
_OPENS_CLAUSE = frozenset("that whether if how why what".split())
_DETERMINES = frozenset("the a an his her their its".split())
_MAKES_PUBLIC = frozenset({"released", "conducted", "published", "obtained", "issued"})


def according(s: Sentence, i: int, n: int) -> None:
    """Read "According to X, CLAUSE" and "CLAUSE, according to X", in the middle too."""
    low, hi = s.low, s.hi
    k = i + n
    end = source_end(s, k)
    if end <= k:
        return
    who_end = next(
        (m for m in range(k + 1, end) if low[m] in RELATIVE or low[m] in _MAKES_PUBLIC), end
    )
    before = i
    while before > s.lo and low[before - 1] in STOP:
        before -= 1
    start = clause_start(s, i)
    if (
        end + 1 < hi
        and low[end] == ","
        and (low[end + 1] in RELATIVE or low[end + 1] in ("a", "an"))
    ):
        # According to X, who led the study, CLAUSE
        end = next((m for m in range(end + 1, hi) if low[m] == ","), end)
    goes_on = end < hi and low[end] == ","
    if goes_on and end + 1 < hi and low[end + 1][0] == MASK:
        return  # ..., in the words of X, and words in marks
    rest = s.clause_end(end + 1) if goes_on else end
    ranges: list[Range] = []
    if before > start and not (before - start == 1 and low[start] in CONJUNCTION):
        ranges.append((start, before))
        s.stops.add(before)
        if goes_on and rest > end + 2 and takes_up(s, end + 1):
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
    after = low[i + n] if i + n < hi else ""
    if after in _OPENS_CLAUSE or (
        after in _DETERMINES and low[i - 1] != "," and "told" not in cue.takes
    ):
        return False
    group = s.verb_group(i)
    if group.infinitive or (group.be and cue.tense != "ing"):
        return False
    if cue.tense in ("ing", "participle") and group.bare:
        return False
    k = skip_adverbials(s.words, low, i + n, hi)
    if "told" in cue.takes and k < hi and low[k] not in STOP:
        k = addressee_end(s, k)
    closed = closes(s, k)
    if not closed and (group.first <= lo or low[group.first - 1] != ","):
        return False
    first, end = s.source_before(group.first)
    if first < end:
        if closed and low[first - 1] == "as" and first > lo and speaks(s, i, first, end):
            return _as_said(s, first - 1, (first, end), (group.first, i + n), cue, k)
        if not closed or first <= lo + 1 or not speaks(s, i, first, end):
            return False
        if low[first - 1] != "," and low[first - 1] not in DASH:
            return False
        return _attribute(s, first - 1, (first, end), (group.first, i + n), cue, k)
    if (
        (cue.lemma in _INVERTS or (cue.strength >= 0.9 and closed_by_source(s, i + n)))
        and group.bare
        and group.first > lo
        and low[group.first - 1] == ","
        and names_source(s, i + n)
    ):
        stop = source_end(s, i + n)
        if (
            has_clause(s, i + n + 1, stop)
            or opens_with_name(s, group.first - 1)
            or (stop < hi and (low[stop] in BE or low[stop] in MODAL))
        ):
            return False
        comma = group.first - 1
        if stands_alone(low, clause_start(s, comma), comma, s.finite):
            stop = hi  # what follows the name is an apposition
        return _attribute(s, comma, (i + n, source_end(s, i + n)), (i, i + n), cue, stop)
    return _after_apposition(s, i, group.first, closed, cue, n)


def _attribute(s: Sentence, comma: int, who: Range, verb: Range, cue: Cue, k: int) -> bool:
    """Keep the clause before an attribution, and what goes on with it after `k`."""
    low, hi = s.low, s.hi
    start = clause_start(s, comma)
    if comma <= start or (k + 1 < hi and MASK in (low[k][0], low[k + 1][0])):
        return False
    ranges = [(start, comma)]
    if k < hi and low[k] == "," and takes_up(s, k + 1):
        rest = s.clause_end(k + 1)
        if rest > k + 2:
            ranges.append((k + 1 + (low[k + 1] in CONJUNCTION), rest))
    elif comma - start < 3 or not (
        stands_alone(low, start, comma, s.finite) or headline(s, start, cue, k)
    ):
        return False
    s.stops.add(comma)
    s.outside.update(range(comma, verb[1]))
    s.subject = who
    where = "after" if len(ranges) == 1 else "inside"
    reason = f"“{low[verb[1] - 1]}” and its subject stand {where} the clause"
    s.add(ranges, who, verb, round(0.9 * cue.strength, 2), "post-" + where, reason)
    return True


def _as_said(s: Sentence, at: int, who: Range, verb: Range, cue: Cue, k: int) -> bool:
    """Read "As X noted, CLAUSE" and "CLAUSE, as X noted"."""
    low, hi = s.low, s.hi
    if at == s.lo:
        if k >= hi or low[k] != "," or not has_verb(low, k + 1, hi, s.finite):
            return False
        ranges = [(k + 1, s.clause_end(k + 1))]
    elif low[at - 1] == "," and k >= hi and at - 1 - clause_start(s, at - 1) > 2:
        ranges = [(clause_start(s, at - 1), at - 1)]
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
    who = (a, b)
    if s.words[b - 1][0].islower() and s.words[m + 1][0].isupper() and low[b - 1] not in PRONOUN:
        who = (m + 1, first - 1)  # its governor, Per Aas, said
    start = clause_start(s, a - 1)
    s.stops.add(a - 1)
    s.subject = who
    reason = f"“{low[i]}” stands after the clause, its subject before an apposition"
    sure = round(0.85 * cue.strength, 2)
    s.add([(start, a - 1)], who, (i, i + n), sure, "post-apposition", reason)
    return True
