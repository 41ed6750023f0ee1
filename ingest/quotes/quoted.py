"""Whom a text quotes: "the paper quoted X as saying", "X was quoted as saying"."""

from __future__ import annotations

from ingest.quotes.clauses import Range
from ingest.quotes.reading import Sentence
from ingest.quotes.rules import Reading, passive_agent
from ingest.quotes.tokens import CueHit

QUOTE = frozenset({"quote", "cite"})
_FORMS = frozenset("quoted cited quotes cites quoting citing".split())
_SAYING = frozenset({"saying", "telling", "writing"})
_LOOK_AHEAD = 14  # tokens between the two verbs


def quoted(r: Reading, hit: CueHit) -> tuple[int, int] | None:
    """Where the words for whoever is quoted begin and end; None where the verb quotes nobody."""
    behind = hit.at + hit.length
    if hit.cue.lemma not in QUOTE or passive_agent(r, hit) is not None:
        return None
    for k in range(behind + 1, min(len(r.tokens) - 1, behind + _LOOK_AHEAD)):
        if r.tokens[k].kind == "quote":
            return None
        if r.tokens[k].low == "as" and r.tokens[k + 1].low in _SAYING:
            return behind, k
    return None


def as_saying(s: Sentence, k: int) -> bool:
    """Whether "as saying" stands behind a verb that quotes somebody and ends before `k`."""
    return any(
        s.low[m] == "as" and s.low[m + 1] in _SAYING
        for m in range(k, min(s.hi - 1, k + _LOOK_AHEAD))
    )


def quoted_source(s: Sentence, i: int) -> Range | None:
    """Who is quoted as saying what the verb at `i` reports."""
    for m in range(i - 2, max(s.lo, i - _LOOK_AHEAD), -1):
        if s.low[m] in _FORMS:
            if m + 1 < i - 1 and s.low[m + 1] != "by":
                return m + 1, i - 1
            return s.subject_before(s.verb_group(m).first)[0]
    return None
