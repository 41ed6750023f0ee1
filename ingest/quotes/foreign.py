"""Indirect speech in German, French and Spanish: the plainest constructions only.

"Selon X, ...", "X a dit que ...", "..., dijo X", "X erklärte, ...", "Laut X ...". What is not
plain is left alone; English has rules of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.article import Span
from ingest.quotes.cues import Cue, lexicon
from ingest.quotes.reading import Indirect
from ingest.quotes.sentences import MASK, Tokens
from ingest.quotes.smallwords import DASH, STOP

_LONGEST_SOURCE = 14
_BETWEEN = 6  # tokens between a verb and its "que"


@dataclass(frozen=True, slots=True)
class _Language:
    """The words that lead a reported clause in, helper verbs, and words that break it off."""

    that: frozenset[str]
    helpers: frozenset[str]
    breaks: frozenset[str]
    verb_second: bool = False


def _of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LANGUAGES = {
    "de": _Language(_of("dass daß"), _of("hat haben hatte hatten"), _of("aber doch"), True),
    "fr": _Language(_of("que"), _of("a ont avait avaient s'est"), _of("mais tandis alors")),
    "es": _Language(_of("que"), _of("ha han había habían se"), _of("pero mientras")),
}
_ELIDED = ("qu'",)
_ARTICLES = _of("le la les un une des el los las una unos unas der die das den ein eine")
_NO_SUBJECT = _of("al a au aux à contra contre")  # acusó al Gobierno de
_PRONOUNS = _of("er sie il elle ils elles él ella ellos ellas")
_INDEFINITE = _of("un une una unos unas ein eine einen des")
_SMALL = _of(
    "der die das des dem den ein eine einer eines und von vom für am im in zu zur zum sowie an bei"
)


def find_foreign(tokens: Tokens, language: str) -> list[Indirect]:
    """The indirect speech of an article in one of the three languages, in order."""
    known = lexicon(language)
    triggers = known.verbs.keys() | known.phrases.keys()
    found: list[Indirect] = []
    for lo, hi in tokens.sentences:
        clause = _Clause(tokens, lo, min(hi, lo + 250), _LANGUAGES[language])
        for i in range(lo, clause.hi):
            low = tokens.lower[i]
            if low not in triggers:
                continue
            cue = known.phrase_at(tokens.lower, i) or known.verbs.get(low)
            one = clause.read(i, cue) if cue else None
            if one is not None:
                found.append(one)
                break
    return found


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: Tokens
    lo: int
    hi: int
    language: _Language

    def read(self, i: int, cue: Cue) -> Indirect | None:
        """What the cue at `i` reports."""
        length = cue.form.count(" ") + 1
        if "source" in cue.takes:
            return self._according(i, length, cue)
        if "that" not in cue.takes or cue.only_with_marks:
            return None
        return self._that(i, length, cue) or self._after(i, length, cue)

    def _according(self, i: int, n: int, cue: Cue) -> Indirect | None:
        low, lo, hi = self.tokens.lower, self.lo, self.hi
        end = self._source_end(i + n)
        if end == i + n:
            return None
        if i > lo + 1:
            before = i - 1 if low[i - 1] == "," else i
            return self._made([(lo, before)], (i + n, end), (i, i + n), cue, "the source after")
        if end >= hi:
            return None
        start = end + 1 if low[end] == "," else end
        who = (i + n, end)
        named = self._named(start) if low[end] == "," else start
        if named > start:
            who, start = (start, named), named + 1  # "Selon le procureur, Luc Vande, ..."
        return self._made([(start, hi)], who, (i, i + n), cue, "the source after")

    def _named(self, k: int) -> int:
        """Past the name between commas that begins at `k`; `k` where there is none."""
        words, m = self.tokens.words, k
        while m < min(self.hi, k + 5) and (words[m][0].isupper() or words[m] == "-"):
            m += 1
        return m if m - k > 1 and m < self.hi and words[m] == "," else k

    def _that(self, i: int, n: int, cue: Cue) -> Indirect | None:
        """Read "X a dit que ...", "X sagte, dass ...", "X erklärte, ..."."""
        low, lo, hi = self.tokens.lower, self.lo, self.hi
        first = i
        while first > lo and low[first - 1] in self.language.helpers:
            first -= 1
        who = self._subject(first)
        if who is None:
            return None
        for m in range(i + n, min(hi, i + n + _BETWEEN)):
            if low[m] in self.language.that:
                return self._made([(m + 1, hi)], who, (first, i + n), cue, "a clause after")
            if low[m].startswith(_ELIDED):
                return self._made([(m, hi)], who, (first, i + n), cue, "a clause after")
            if low[m] in STOP and not (self.language.verb_second and low[m] == ","):
                return None
        k = i + n
        if self.language.verb_second and k + 2 < hi and low[k] == "," and first == i:
            return self._made([(k + 1, hi)], who, (first, k), cue, "a clause after")
        return None

    def _after(self, i: int, n: int, cue: Cue) -> Indirect | None:
        """Read "..., dijo X", "..., sagte X", "..., a déclaré X"."""
        low, lo = self.tokens.lower, self.lo
        first = i
        while first > lo and low[first - 1] in self.language.helpers:
            first -= 1
        if first < lo + 4 or low[first - 1] != ",":
            return None
        end = self._source_end(i + n)
        if end == i + n or not self.language.that.isdisjoint(low[i + n : end]):
            return None
        if low[i + n] in _INDEFINITE or low[i + n] in _NO_SUBJECT:
            return None  # "La ministra, Begoña Artal, ha prometido una solución"
        return self._made([(lo, first - 1)], (i + n, end), (first, i + n), cue, "a clause before")

    def _subject(self, end: int) -> tuple[int, int] | None:
        low, start = self.tokens.lower, self.lo
        if end - 3 > start and low[end - 1] == ",":
            return self._apposed(end - 1)
        for m in range(end - 1, max(self.lo, end - _LONGEST_SOURCE) - 1, -1):
            if low[m] in STOP or low[m][0] == MASK or low[m] in self.language.that:
                start = m + 1
                break
        if not 0 < end - start < _LONGEST_SOURCE or low[end - 1] in _ARTICLES:
            return None
        return start, end

    def _apposed(self, comma: int) -> tuple[int, int] | None:
        """The name between commas, or before what these tell of it: "Inma Lunn, alcaldesa,"."""
        low, words = self.tokens.lower, self.tokens.words
        for m in range(comma - 1, max(self.lo, comma - _LONGEST_SOURCE), -1):
            if low[m] == ",":
                named = words[m + 1][0].isupper()
                return (m + 1, comma) if named else self._subject(m)
            if low[m] in STOP or low[m][0] == MASK or low[m] in self.language.that:
                return None
        return None

    def _source_end(self, k: int) -> int:
        words, low = self.tokens.words, self.tokens.lower
        named = False
        if k < self.hi and low[k] in _PRONOUNS:
            return k + 1  # wies er als falsch zurück
        for m in range(k, self.hi):
            if low[m] in (",", ";", ":", "(") or low[m] in DASH or low[m][0] == MASK:
                return m
            if self.language.verb_second and named and words[m].islower() and low[m] not in _SMALL:
                return m  # Laut der Stadt bleibt ...
            named = named or words[m][0].isupper()
        return self.hi

    def _made(
        self,
        ranges: list[tuple[int, int]],
        who: tuple[int, int],
        cue_at: tuple[int, int],
        cue: Cue,
        how: str,
    ) -> Indirect | None:
        pieces = []
        for a, b in self._trimmed(ranges):
            if a >= b or any(word[0] == MASK for word in self.tokens.lower[a:b]):
                return None
            pieces.append(self._span(a, b))
        sure = round(0.85 * cue.strength, 2)
        reason = f"{how} “{cue.lemma}”"
        return Indirect(tuple(pieces), self._span(*who), self._span(*cue_at), sure, reason, how)

    def _trimmed(self, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        low = self.tokens.lower
        for a, b in ranges:
            for m in range(a + 2, b - 1):
                if low[m] == ";" or (low[m] == "," and low[m + 1] in self.language.breaks):
                    b = m
                    break
            while a < b and low[a] in STOP:
                a += 1
            while b > a and low[b - 1] in STOP:
                b -= 1
            yield a, b

    def _span(self, a: int, b: int) -> Span:
        return self.tokens.span(a, b)
