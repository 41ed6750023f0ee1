"""One sentence while its reported speech is read: its words, who speaks, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ingest.article import Span
from ingest.quotes.bounds import clause_end, phrase_end
from ingest.quotes.clauses import Range, VerbGroup, leading_subject, phrase_before, verb_group
from ingest.quotes.cues import lexicon
from ingest.quotes.grammar import SPEAKING_NOUNS
from ingest.quotes.sentences import Tokens
from ingest.quotes.smallwords import (
    ALSO_NOUN,
    BE,
    CONJUNCTION,
    DASH,
    DETERMINER,
    HAVE,
    NEVER_SOURCE,
    NOBODY,
    PREPOSITION,
    PRONOUN,
    STOP,
    SUBJECT_PRONOUN,
    TIME,
)

_LONGEST_SOURCE = 14
# A nurse who asked not to be named because she was not allowed to speak said: as long as that.
_KEEPS_QUIET = frozenset("asked spoke requested declined refused insisted wished".split())
_LONGEST_CLAUSE = 24
_HAS = HAVE | BE
# Behind a noun these tell of it, with a preposition: "a report published in May".
_PARTICIPLES = frozenset(
    "found seen released published obtained posted dated signed written sent filed discovered"
    " conducted leaked unveiled carried commissioned compiled circulated".split()
)
_BARE_FORMS = frozenset({"set", "put", "cut", "hit"})


class Indirect(NamedTuple):
    """Reported words outside marks: the pieces, the words that name their source, and the cue.

    `rule` is a short name for the construction, `reason` tells it to a reader.
    """

    pieces: tuple[Span, ...]
    mention: Span | None
    cue: Span
    confidence: float
    reason: str
    rule: str

    @property
    def extent(self) -> Span:
        """From the first piece to the last."""
        return tuple.__new__(Span, (self.pieces[0].start, self.pieces[-1].end))


@cache
def finite_forms(language: str) -> frozenset[str]:
    """Forms of cue verbs that can only be finite verbs: no noun phrase holds them."""
    verbs = lexicon(language).verbs.items()
    return (
        frozenset(
            form
            for form, cue in verbs
            if cue.tense in ("past", "third")
            and form not in ALSO_NOUN
            and (cue.tense == "past" or not cue.only_with_marks)
        )
        - _BARE_FORMS
    )


@dataclass(slots=True)
class Sentence:
    """A sentence as token ranges, with what the rules learn on their way through it.

    `stops` are tokens where an attribution begins, `outside` the tokens of attributions. One
    object serves for an article, sentence after sentence: to make one for each takes its time.
    """

    tokens: Tokens
    finite: frozenset[str]
    words: list[str]
    low: list[str]
    lo: int = 0
    hi: int = 0
    subject: Range | None = None
    stops: set[int] = field(default_factory=set)
    outside: set[int] = field(default_factory=set)
    found: list[Indirect] = field(default_factory=list)
    mixed: list[Span] = field(default_factory=list)
    # One rule after another asks for the same.
    _groups: dict[int, VerbGroup] = field(default_factory=dict)
    _sources: dict[int, Range] = field(default_factory=dict)

    def begin(self, lo: int, hi: int) -> None:
        """Turn to the sentence from the token `lo` to before `hi`."""
        self.lo, self.hi, self.subject = lo, hi, None
        self.found, self.mixed = [], []

    def verb_group(self, i: int) -> VerbGroup:
        """The helpers of the verb at a token."""
        group = self._groups.get(i)
        if group is None:
            group = self._groups[i] = verb_group(self.low, self.lo, i)
        return group

    def phrase_before(self, end: int) -> Range:
        """The noun phrase that ends before a token."""
        return phrase_before(self.words, self.low, self.lo, end, self.finite)

    def source_before(self, end: int) -> Range:
        """The subject that ends before a token, its relative clause stepped over.

        In "the judge who heard the case said" it is the judge.
        """
        source = self._sources.get(end)
        if source is None:
            source = self._sources[end] = self._source_before(end)
        return source

    def _source_before(self, end: int) -> Range:
        a, b = self.phrase_before(end)
        low = self.low
        if (noun := self._noun_behind(a)) is not None:
            return noun
        if a == self.lo or (a < b and low[a - 1] in self.finite):
            return a, b  # people who think Trump said: what a verb of speech governs is a subject
        for m in range(min(a, end - 1), max(self.lo, end - _LONGEST_CLAUSE), -1):
            if low[m] in STOP:
                break
            far = end - m >= _LONGEST_SOURCE
            if low[m] == "who" and (not far or low[m + 1] in _KEEPS_QUIET):
                return self.phrase_before(m)
            if far:
                continue
            if low[m] == "that" and low[m + 1] in _HAS and low[b - 1] not in SPEAKING_NOUNS:
                first, last = self.phrase_before(m)  # a company that has yet to light a bulb
                if low[last - 1] in SPEAKING_NOUNS:
                    return first, last
        return a, b

    def _noun_behind(self, first: int) -> Range | None:
        """The letter of "a letter found in an attic suggests"; the attic begins at `first`."""
        low, k = self.low, first - 2
        if k <= self.lo or low[k + 1] not in PREPOSITION or low[k] not in _PARTICIPLES:
            return None
        a, b = self.phrase_before(k)
        return (a, b) if a < b and low[a] in DETERMINER else None

    def leading_subject(self, before: int) -> Range | None:
        """The subject that a later verb of the sentence goes on with."""
        return self.subject or leading_subject(self.words, self.low, self.lo, before, self.finite)

    def may_be_source(self, first: int, end: int) -> bool:
        """Whether a noun phrase can speak: "Monday" and "the time" cannot."""
        head = self.low[end - 1]
        never = head in NEVER_SOURCE and (head in TIME or self.words[end - 1].islower())
        return (
            first < end and not never and head not in PREPOSITION and end - first <= _LONGEST_SOURCE
        )

    def subject_before(self, first: int) -> tuple[Range | None, str]:
        """Who stands before the verb group at `first`, and how it was found."""
        low, lo = self.low, self.lo
        if "'" in low[first] and low[first].partition("'")[0] in SUBJECT_PRONOUN:
            return (first, first + 1), "pronoun"
        if first <= lo:
            return None, "none"
        before = low[first - 1]
        if before in TIME and first - 2 > lo:
            m = first - 1
            while m > lo and (low[m] in TIME or low[m].isdigit()):
                m -= 1
            if low[m] in ("on", "in"):
                m -= 1
            if low[m] not in STOP:
                return self.subject_before(m + 1)
        if before in ("who", "which"):
            return (first - 1, first), "relative"
        if before == "that":
            a, b = self.phrase_before(first - 1)
            return ((first - 1, first) if a < b else None), "relative"
        if before in (",", ")", "-") or before in DASH:
            return self._before_aside(first)
        if before in CONJUNCTION or before == "then":
            return self.leading_subject(first), "carried"
        a, b = self.source_before(first)
        return ((a, b), "subject") if self.may_be_source(a, b) else (None, "none")

    def _before_aside(self, first: int) -> tuple[Range | None, str]:
        """The subject before an apposition or a relative clause: "X, a Y of Z, said"."""
        low, lo, words = self.low, self.lo, self.words
        opener = "(" if low[first - 1] == ")" else ","
        m = first - 2
        while m > lo and low[m] != opener and not (opener == "," and low[m] in DASH):
            m -= 1
        if m > lo:
            a, b = self.source_before(m)
            if self.may_be_source(a, b):
                described = words[b - 1][0].islower() and low[b - 1] not in PRONOUN
                named = words[m + 1][0].isupper() and low[m + 1] not in TIME
                if described and named and opener == ",":
                    return (m + 1, first - 1), "apposition"  # the manager, Colm Fairley, said
                return (a, b), "apposition"
        return self.leading_subject(first), "carried"

    def clause_end(self, k: int, loose: bool = False) -> int:
        """Where the reported clause that begins at `k` ends; `loose` as in `bounds`."""
        return clause_end(self.words, self.low, k, self.hi, self.stops, self.finite, loose)

    def phrase_end(self, k: int, loose: bool) -> int:
        """Where the noun phrase that begins at `k` ends."""
        return phrase_end(self.words, self.low, k, self.hi, self.stops, self.finite, loose)

    def add(
        self,
        ranges: Sequence[Range],
        who: Range | None,
        cue: Range,
        confidence: float,
        rule: str,
        reason: str,
    ) -> None:
        """Keep what a rule found, unless it holds words in marks: then it is mixed speech."""
        if who is not None and self._nobody(who):
            return
        low, tokens = self.low, self.tokens
        pieces = []
        for a, b in ranges:
            while a < b and low[a] in STOP:
                a += 1
            while b > a and low[b - 1] in STOP:
                b -= 1
            if a >= b:
                return
            span = tokens.span(a, b)
            if tokens.has_mask(span):
                self.mixed.append(span)
                return
            pieces.append(span)
        mention = self._mention(who) if who else None
        cued = tokens.span(*cue)
        # There are so many that the time to call Indirect() counts.
        told = (tuple(pieces), mention, cued, confidence, reason, rule)
        self.found.append(tuple.__new__(Indirect, told))

    def _nobody(self, who: Range) -> bool:
        """Whether the source is nobody at all; a report with none is no report."""
        first = self.low[who[0]]
        return first in NOBODY or (first == "no" and self.low[who[0] + 1] == "one")

    def _mention(self, who: Range) -> Span:
        span = self.tokens.span(*who)
        genitive = self.low[who[1] - 1].endswith("'s")
        return Span(span.start, span.end - 2) if genitive else span
