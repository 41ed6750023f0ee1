"""Verbs of speech in the passive: "was criticised by X", "was told that CLAUSE", "is said to"."""

from __future__ import annotations

from ingest.quotes.adverbials import skip_adverbials
from ingest.quotes.clauses import VerbGroup
from ingest.quotes.cues import Cue
from ingest.quotes.reading import Sentence
from ingest.quotes.smallwords import HEARSAY, STOP


def passive(s: Sentence, i: int, cue: Cue, n: int, group: VerbGroup) -> None:
    """Read "was criticised by X", "was told that CLAUSE", "is said to"."""
    low, hi = s.low, s.hi
    verb = (group.first, i + n)
    a, b = s.phrase_before(group.first)
    for m in range(i + n, min(hi, i + n + 6)):
        if low[m] in STOP:
            break
        if low[m] == "by" and m + 1 < hi:
            end = next((x for x in range(m + 1, hi) if low[x] in STOP), hi)
            if a < b and m + 1 < end and "object" in cue.takes:
                reason = f"what “{cue.lemma}” speaks of, its source after “by”"
                s.add([(a, b)], (m + 1, end), verb, 0.5 * cue.strength, "passive-by", reason)
            return
    j = skip_adverbials(s.words, low, i + n, hi)
    if j + 1 >= hi:
        return
    impersonal = cue.lemma in HEARSAY and a < b and low[a] == "it"
    if low[j] == "that" and ("told" in cue.takes or impersonal):
        end = s.clause_end(j + 1)
        reason = f"a clause with “that” after “{cue.lemma}”, nobody named as its source"
        s.add([(j + 1, end)], None, verb, 0.5, "passive-told", reason)
    elif low[j] == "to" and cue.lemma in HEARSAY:
        end = s.clause_end(j)
        reason = f"an infinitive after “{cue.lemma}”, nobody named as its source"
        ranges = [(a, b), (j, end)] if a < b else [(j, end)]
        s.add(ranges, None, verb, 0.4, "hearsay", reason)
