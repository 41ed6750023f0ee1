"""Who says a quotation, from the words of its sentence: one rule after another, the nearest first.

A rule gives the phrase that stands for the speaker, the cue, and its own name as the reason. What
no rule settles is left to turns.py, which carries speakers over from the quotations before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.quotes.cues import Lexicon
from ingest.quotes.grammar import (
    BODY_NOUNS,
    DOCUMENT_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    SPEAKING_NOUNS,
    Grammar,
)
from ingest.quotes.marks import Run
from ingest.quotes.phrases import Phrase, phrase_after, phrase_ending, subject_before
from ingest.quotes.tokens import Block, CueHit, Token, cues_between

FINITE = frozenset({"past", "third", "none", "base"})
_DASHES = frozenset({"—", "–", "―", "-", "--"})
_SKIPPED = _DASHES | frozenset(",)'’”\"")
_NAMING = frozenset({"name", "dub", "term", "call", "nickname", "label"})
_CRIES = frozenset("chants cries shouts screams cheers boos chant calls".split())
# Verbs that name or judge with somebody's own words: these do not yield to the clause round them.
_FIRM = frozenset(
    "call describe label brand dub denounce dismiss deride praise hail accuse criticise criticize"
    " condemn".split()
) | {"refer to"}
TIME_NOUNS = frozenset(
    "year month week day night morning evening afternoon weekend decade years months weeks days"
    " time hour hours ago".split()
)
_THAT = frozenset({"that", "dass", "que"})
_LIGHT = frozenset({"that", ",", ":", "as", "dass", "que"})
PERSON_OR_BODY = PERSON_NOUNS | PEOPLE_NOUNS | BODY_NOUNS
# A cue this strong is the speaker's own; a weaker one ("found", "considered") yields to a clause
# of speech that it stands in: "she declared that she found him rude".
OUTER = 0.9


def _takes_clause(hit: CueHit) -> bool:
    return hit.cue.strength >= OUTER and "that" in hit.cue.takes and hit.cue.tense != "base"


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found. `cue` is None where no word marks the speech."""

    phrase: Phrase | None
    cue: Span | None
    reason: str
    confidence: float
    strength: float = 0.0
    gap: int = 0  # tokens between the cue and the quotation
    weak: bool = False  # a verb of thinking or wanting, which yields to the clause round it
    closes: bool = False  # the sentence ends with the attribution: all of it is the speaker's
    content: bool = False  # the quotation stands in a clause that the cue reports


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation in its sentence: token, and the range that no other quotation cuts."""

    at: int
    start: int  # of the sentence
    floor: int  # after the quotation before, or the start
    ceiling: int  # the next quotation, or the end
    end: int  # of the sentence


class Reader:
    """The rules over one paragraph."""

    def __init__(
        self, text: str, block: Block, runs: Sequence[Run], words: Grammar, lexicon: Lexicon
    ) -> None:
        self.text = text
        self.block = block
        self.tokens = block.tokens
        self.runs = runs
        self.words = words
        self.lexicon = lexicon
        self._last: Found | None = None
        self._subjects: dict[int, tuple[Phrase | None, bool]] = {}

    def places(self) -> list[Place]:
        """Every quotation of the paragraph in its sentence."""
        found = []
        for start, end in self.block.sentences:
            ats = [i for i in range(start, end) if self.tokens[i].kind == "quote"]
            for n, at in enumerate(ats):
                floor = ats[n - 1] + 1 if n else start
                ceiling = ats[n + 1] if n + 1 < len(ats) else end
                found.append(Place(at, start, floor, ceiling, end))
        return found

    def attribution(self, place: Place) -> Found | None:
        """The first rule that holds for a quotation with words of its own in its sentence."""
        self._last = self._attribution(place)
        return self._last

    def _listed(self, place: Place) -> bool:
        """Whether only "and a" or the like stands after the quotation before."""
        if place.floor == place.start or place.at - place.floor > 4:
            return False
        between = self.tokens[place.floor : place.at]
        return bool(between) and all(
            t.low in self.words.determiners or t.low in (",", ";", "and", "or", "und", "et", "y", "as")
            for t in between
        )

    def _attribution(self, place: Place) -> Found | None:
        tokens = self.tokens
        run = self.runs[tokens[place.at].run]
        bare = place.floor == place.at
        last = self.text[run.span.start : run.span.end].rstrip("’'”\"")[-1:] or "’"
        before = self.before(place) if place.at > place.start and not bare else None
        near = before is not None and (before.gap <= 1 or self._introduced(place))
        if not near and self._last is not None and self._listed(place):
            return self._last
        if before is None and not bare and place.floor > place.start:
            last_found = self._last
            if last_found is not None and last_found.cue is not None and last_found.phrase is not None:
                far = 1 if place.at - place.floor <= 5 else 3
                return replace(last_found, gap=far, reason="same sentence as the quotation before")
        if before is not None and near and before.phrase is not None:
            told = before.gap == 0 and before.strength >= OUTER and self._introduced(place)
            closing = None if told or last != "," else self._after(place.at + 1, place.ceiling, last, bare=False)
            return closing if closing is not None and closing.closes else before
        noun = self.noun(place) if not bare and not near else None
        if noun is not None and (before is None or (noun.content and noun.closes and noun.gap < before.gap)):
            return noun
        after = self.after(place, last)
        if after is not None and (bare or last in ",?!—–―-" or before is None):
            return after
        if not bare:
            end = self.sentence_end(place)
            if end is not None and (before is None or before.strength < OUTER):
                return end
            return before or self.introduced(place) or self.label() or self.bystander(place)
        return after or self.sentence_end(place) or self.label() or self.preceding(place)

    def preceding(self, place: Place) -> Found | None:
        """Who speaks or acts in the sentence before, where the quotation has none of its own."""
        sentences = self.block.sentences
        at = next((n for n, s in enumerate(sentences) if s[0] == place.start), 0)
        if at == 0:
            return None
        start, end = sentences[at - 1]
        if any(t.kind == "quote" for t in self.tokens[start:end]):
            return None
        for hit in reversed(cues_between(self.block.cues, start, end)):
            if hit.cue.kind != "verb" or hit.cue.strength < 0.75 or hit.cue.tense not in FINITE:
                continue
            if self._passive(hit) is not None:
                continue
            phrase, _ = self._subject(hit, start)
            if phrase is not None and (phrase.kind != "description" or phrase.low in PERSON_OR_BODY):
                return Found(phrase, None, "speaks in the sentence before", 0.65, 0.5)
        phrase = self.main_subject(start, end)
        if phrase is None or phrase.kind == "description" or (
            phrase.name is not None and phrase.name.kind == "organisation"
        ):
            return None
        return Found(phrase, None, "subject of the sentence before", 0.5, 0.4)

    def bystander(self, place: Place) -> Found | None:
        """No cue at all: the subject of the sentence, if it is a person."""
        phrase = self.main_subject(place.start, place.at)
        if phrase is None or phrase.kind == "description" or (
            phrase.name is not None and phrase.name.kind == "organisation"
        ):
            return None
        return Found(phrase, None, "subject of the sentence, no verb of speech", 0.4, 0.0, 9)

    def label(self) -> Found | None:
        """NAME: at the start of a line, as in transcripts and headlines."""
        tokens = self.tokens
        for i in range(min(6, len(tokens) - 1)):
            token = tokens[i]
            if token.low == ":" and i:
                name = tokens[i - 1]
                if name.name is not None and name.name.kind not in ("time", "place"):
                    phrase = Phrase("name", name.name.span, 0, i - 1, name.name, None, name.low)
                    return Found(phrase, None, "name and colon before the line", 0.8, 0.9, 2)
                return None
            if token.kind not in ("word", "name"):
                return None
        return None

    def _introduced(self, place: Place) -> bool:
        return self.tokens[place.at - 1].low in (":", ",")

    # After: "...," said NAME. "...," NAME said. "..." - NAME

    def after(self, place: Place, last: str) -> Found | None:
        tokens = self.tokens
        found = self._after(place.at + 1, place.ceiling, last, bare=place.floor == place.at)
        if found is None and place.at + 1 == place.end and place.end < len(tokens) and last in "?!.…":
            start, end = self.block.sentence_of(place.end)
            quote = next((i for i in range(start, end) if tokens[i].kind == "quote"), end)
            strict = last == "."
            found = self._after(start, quote, last, bare=True, own_sentence=True)
            if found and strict and (found.gap > 0 or quote < end):
                return None
        return found

    def _after(
        self, start: int, ceiling: int, last: str, *, bare: bool, own_sentence: bool = False
    ) -> Found | None:
        tokens, words = self.tokens, self.words
        j = start
        if not bare and start < ceiling and tokens[start].kind != "point" and last not in ",?!" and (
            tokens[start - 2].low in words.determiners or tokens[start - 2].low == "'s"
        ):
            return None  # the "Avatar" star posted
        dash = False
        if bare and j + 1 < ceiling and tokens[j].low == ":" and tokens[j + 1].kind == "name":
            dash = True
            j += 1
        while j < ceiling and tokens[j].kind == "point" and tokens[j].low in _SKIPPED:
            dash = dash or tokens[j].low in _DASHES
            j += 1
        likened = j + 1 < ceiling and tokens[j].low in ("as", "wie", "comme", "como")
        if likened:
            j += 1  # "...", as Cruz said
        if words.language == "de" and tokens[j : j + 1] and tokens[j].low == "so":
            phrase = phrase_after(tokens, j + 1, ceiling, words)  # „...“, so Brodersen
            if phrase is not None:
                cue = Span(tokens[j].start, tokens[j].end)
                return Found(phrase, cue, "according to", 0.9, 0.9)
        if j >= ceiling:
            return None
        comma = j > start or last in ",?!—–―-"
        hit = self._cue_at(j, ceiling)
        if hit is not None:
            found = self._inverted(hit, ceiling)
            if found is not None and (bare or self._ends_phrase(found, ceiling)):
                return found
        if tokens[j].kind == "word" and (
            tokens[j].low in words.conjunctions and tokens[j].low not in words.determiners
            or tokens[j].low in words.prepositions
            or (tokens[j].low in words.relatives and tokens[j].low not in words.determiners)
        ):
            return None
        hits = cues_between(self.block.cues, j, min(ceiling, j + 35))
        for hit in hits:
            if hit.cue.kind != "verb" or hit.cue.tense == "ing" or not hit.cue.quotes:
                continue
            if self._passive(hit) is not None or (likened and hit.cue.lemma in _NAMING):
                continue
            phrase = subject_before(tokens, hit.at, j, words)
            if phrase is None:
                continue
            if phrase.first > j + 1 and phrase.kind == "description" and comma and all(
                t.kind in ("word", "name") for t in tokens[j : phrase.first]
            ):
                span = Span(tokens[j].start, phrase.span.end)
                phrase = Phrase("description", span, j, phrase.last, low=phrase.low)
            elif phrase.first > j + 1 and not (comma and phrase.kind != "description"):
                break
            rest = self._rest(hit.at + hit.length, ceiling)
            return Found(
                phrase, self._cue_span(hit), "name and verb after the quotation",
                0.97 if comma else 0.85, hit.cue.strength, rest if own_sentence else 0,
                closes="post" in hit.cue.takes and hit.cue.strength >= OUTER
                and self._closes(hit.at + hit.length),
            )
        if bare and comma and not dash:
            found = self._any_verb(j, ceiling)
            if found is not None:
                return found
        if any(h.cue.kind == "verb" and h.cue.tense == "past" and h.cue.strength >= 0.9 for h in hits):
            return None
        if dash or (bare and comma and last == ","):
            phrase = phrase_after(tokens, j, ceiling, words)
            if phrase is not None and phrase.kind == "name" and not own_sentence:
                reason = "dash and name after the quotation" if dash else "name after the quotation"
                return Found(phrase, None, reason, 0.8)
        return None

    def _any_verb(self, start: int, ceiling: int) -> Found | None:
        """"...," an angry Holland retaliated: beside a quotation any verb may mark speech."""
        tokens, words = self.tokens, self.words
        for k in range(start + 1, min(ceiling, start + 12)):
            token = tokens[k]
            if token.kind == "point" and token.low not in ",":
                return None
            if token.kind != "word" or not (token.low.endswith("ed") and len(token.low) > 4):
                continue
            if k + 1 < ceiling and tokens[k + 1].kind == "name":
                continue
            phrase = subject_before(tokens, k, start, words)
            if phrase is None or phrase.first > start:
                continue
            if phrase.kind == "description" and phrase.low not in SPEAKING_NOUNS:
                continue
            span = Span(token.start, token.end)
            return Found(phrase, span, "name and any verb after the quotation", 0.75, 0.6)
        return None

    def _ends_phrase(self, found: Found, ceiling: int) -> bool:
        """Whether the speaker closes the clause; else the verb may have another subject."""
        if found.phrase is None:
            return False
        if found.phrase.kind == "description" and found.phrase.low not in SPEAKING_NOUNS:
            return False
        after = found.phrase.last + 1
        return after >= ceiling or self.tokens[after].kind in ("point", "quote") or (
            self.tokens[after].low in self.words.ends
        )

    def _closes(self, start: int) -> bool:
        end = self.block.sentence_of(start - 1)[1]
        return sum(1 for t in self.tokens[start:end] if t.kind != "point") <= 4 and not any(
            t.kind == "quote" for t in self.tokens[start:end]
        )

    def _rest(self, start: int, ceiling: int) -> int:
        return sum(1 for t in self.tokens[start:ceiling] if t.kind != "point") > 4

    def _cue_at(self, j: int, ceiling: int) -> CueHit | None:
        tokens, words = self.tokens, self.words
        for _ in range(3):
            if j >= ceiling:
                return None
            hits = cues_between(self.block.cues, j, j + 1)
            if hits:
                return hits[0]
            low = tokens[j].low
            if tokens[j].kind != "word" or not (
                low in words.adverbs
                or low.endswith("ly")
                or (words.language != "en" and low in words.auxiliaries)
            ):
                return None
            j += 1
        return None

    def _inverted(self, hit: CueHit, ceiling: int) -> Found | None:
        cue = hit.cue
        if cue.kind == "phrase" and "source" in cue.takes:
            phrase = phrase_after(self.tokens, hit.at + hit.length, ceiling, self.words)
            return phrase and Found(phrase, self._cue_span(hit), "according to", 0.95, cue.strength)
        if cue.kind != "verb" or not cue.quotes or cue.tense not in FINITE:
            return None
        phrase = phrase_after(self.tokens, hit.at + hit.length, ceiling, self.words)
        if phrase is None:
            return None
        if phrase.kind == "pronoun" and self.words.language == "en":
            after = phrase.last + 1
            if after < ceiling and self.tokens[after].kind in ("word", "name"):
                return None  # "said he would"
        return Found(
            phrase, self._cue_span(hit), "verb and name after the quotation", 0.97, cue.strength
        )

    # Before: NAME said, "..." NAME called it "..." NAME: "..."

    def before(self, place: Place) -> Found | None:
        """The cue before the quotation in its sentence: the nearest, or the clause it stands in."""
        tokens = self.tokens
        best: Found | None = None
        for hit in cues_between(self.block.cues, place.start, place.floor + 12):
            if self._parenthesis(hit, place):
                return self._from_cue(hit, place)
        for hit in reversed(cues_between(self.block.cues, place.start, place.at)):
            if hit.at < place.floor and (best is not None or not _takes_clause(hit)):
                continue
            if best is not None and not best.weak:
                break
            found = self._from_cue(hit, place)
            if found is None or (best is not None and found.phrase is None):
                continue
            if best is None or (best.strength < OUTER and (_takes_clause(hit) or self._stressed(hit))):
                best = found
            if best.strength >= OUTER:
                break
        if best is None and tokens[place.at - 1].low == ":":
            return self.introduced(place)
        return best or self._characterised(place)

    def _parenthesis(self, hit: CueHit, place: Place) -> bool:
        """Whether the speaker stands between commas: "The deal, Pell said, is a ..."."""
        end = hit.at + hit.length
        if hit.cue.kind != "verb" or "post" not in hit.cue.takes or hit.cue.strength < OUTER:
            return False
        if end >= place.at or self.tokens[end].low != "," or end + 1 == place.at:
            return False
        phrase = subject_before(self.tokens, hit.at, place.start, self.words)
        return phrase is not None and phrase.first > place.start and (
            self.tokens[phrase.first - 1].low == ","
        )

    def _characterised(self, place: Place) -> Found | None:
        """Any verb with "as" before the quotation: hailed the deal as a "breakthrough"."""
        tokens, words = self.tokens, self.words
        near = place.at - 1
        if tokens[near].low in words.determiners:
            near -= 1
        if near <= place.floor or tokens[near].low not in ("as", "als", "comme", "como"):
            return None
        for k in range(near - 1, max(place.start, near - 14), -1):
            token = tokens[k]
            if token.kind == "quote" or token.low == ";":
                return None
            if token.kind != "word" or not token.low.endswith("ed") or token.low in SPEAKING_NOUNS:
                continue
            if tokens[k - 1].low in words.be or tokens[k - 1].low in words.determiners:
                continue
            phrase = subject_before(tokens, k, place.start, words)
            if phrase is None or (phrase.kind == "description" and phrase.low not in SPEAKING_NOUNS):
                continue
            span = Span(token.start, token.end)
            return Found(phrase, span, "described with as", 0.8, 0.8, 1)
        return None

    def _from_cue(self, hit: CueHit, place: Place) -> Found | None:
        tokens, words, cue = self.tokens, self.words, hit.cue
        low = tokens[hit.at].low
        behind = hit.at + hit.length
        gap = sum(1 for t in tokens[behind : place.at] if t.low not in _LIGHT)
        span = self._cue_span(hit)
        if 1 < gap < 6 and "object" in cue.takes and tokens[place.at - 1].low in ("for", "as", "of"):
            gap = 1
        if cue.kind == "phrase":
            if "source" not in cue.takes:
                return None
            phrase = phrase_after(tokens, behind, place.at, words)
            return phrase and Found(phrase, span, "according to", 0.9, cue.strength, gap)
        clause = any(t.low in _THAT for t in tokens[behind : place.at])
        if cue.only_with_marks and gap > 1 and tokens[place.at - 1].low not in (",", ":") and not clause:
            return None
        if not cue.quotes and gap > 12:
            return None
        if gap > 3 and self._aside(hit, place):
            return None
        passive = self._passive(hit)
        if passive is not None:
            if passive < 0:
                if gap == 0 and cue.strength >= OUTER:
                    return Found(None, span, "passive", 0.5, cue.strength)
                return None
            phrase = phrase_after(tokens, passive, place.at, words)
            return phrase and Found(phrase, span, "passive with by", 0.8, cue.strength, gap, True)
        opener = tokens[hit.at - 1].low if hit.at > place.start else ""
        if opener in ("", ",") and cue.tense in ("past", "third"):
            turned = self._inverted(hit, place.at)  # "In other words, explained Nancy Cordes: ..."
            if (
                turned is not None
                and turned.phrase is not None
                and "object" not in cue.takes
                and cue.lemma != "tell"
                and (turned.phrase.kind == "name" or turned.phrase.low in PERSON_NOUNS)
                and self._ends_phrase(turned, place.at)
            ):
                return replace(turned, gap=0, reason="verb and name before the quotation")
        if low in words.asked and opener in ("", ",", "when"):
            return None
        phrase, direct = self._subject(hit, place.start)
        if phrase is not None and self._reduced(hit, phrase, gap):
            return None
        confidence = 0.95 if gap <= 1 else 0.85
        if phrase is None:
            return Found(None, span, "verb before the quotation", 0.6, cue.strength, gap)
        reason = "name and verb before the quotation" if direct else "subject of the sentence"
        confidence -= 0 if direct else 0.1
        firm = cue.lemma in _FIRM or cue.strength >= OUTER or cue.only_with_marks
        firm = firm or (gap == 0 and self._introduced(place))
        if cue.tense == "base" and (opener in words.auxiliaries or opener == "not"):
            firm = False
        weak = not (firm and direct and gap <= 3 and opener != "to")
        content = _takes_clause(hit) or (behind < place.at and tokens[behind].low in _THAT)
        return Found(phrase, span, reason, confidence, cue.strength, gap, weak, False, content)

    def _reduced(self, hit: CueHit, phrase: Phrase, gap: int) -> bool:
        """Whether the verb is passive with its auxiliary left out: "a user labelled ..."."""
        if hit.cue.tense != "past" or phrase.kind != "description" or hit.cue.strength >= OUTER:
            return False
        if phrase.low not in SPEAKING_NOUNS:
            return True
        if hit.cue.lemma not in _NAMING or gap > 1:
            return False
        before = self.tokens[max(0, phrase.first - 5) : phrase.first]
        return not any(t.low in ("what", "which", "that") for t in before)

    def _stressed(self, hit: CueHit) -> bool:
        """A base form that is the verb of its clause: "it does say that"."""
        return hit.cue.tense == "base" and hit.cue.strength >= OUTER and hit.at > 0 and (
            self.tokens[hit.at - 1].low in ("does", "did", "do", "would", "will", "could")
        )

    def _aside(self, hit: CueHit, place: Place) -> bool:
        """Whether the verb stands in a clause of its own: "as Rubio has said", ", he said,"."""
        tokens = self.tokens
        end = hit.at + hit.length
        if end < place.at - 1 and tokens[end].low == "," and tokens[end + 1].low != "that":
            for k in range(hit.at - 1, max(place.start, hit.at - 6) - 1, -1):
                if tokens[k].low == "as" and k > place.start + 2:
                    return True
        return False

    def _subject(self, hit: CueHit, start: int) -> tuple[Phrase | None, bool]:
        """The subject of a cue, and whether it stands right before it."""
        tokens, words = self.tokens, self.words
        known = self._subjects.get(hit.at)
        if known is not None:
            return known
        phrase: Phrase | None = None
        direct = True
        before = tokens[hit.at - 1] if hit.at > start else None
        loose = before is None or before.low == "to" or (
            hit.cue.tense == "ing"
            and (
                before.kind in ("point", "quote")
                or before.low in words.conjunctions
                or before.low in words.prepositions
                or (before.kind == "name" and hit.at - 2 >= start
                    and tokens[hit.at - 2].low in words.prepositions
                    and tokens[hit.at - 2].low != "with")
            )
        )
        if not loose:
            phrase = subject_before(tokens, hit.at, start, words)
            if phrase is not None and hit.cue.tense == "ing" and phrase.kind == "description" and (
                phrase.low not in PERSON_OR_BODY
            ):
                phrase = self._inherited(hit, start) or self.main_subject(start, hit.at) or phrase
        if phrase is not None and phrase.kind == "description" and self._adjunct(phrase):
            main = self.main_subject(start, hit.at)
            if main is not None and (main.kind != "description" or main.low in SPEAKING_NOUNS):
                phrase = main
        if phrase is None:
            direct = False
            if hit.cue.tense == "ing" and before is not None and before.low == ",":
                phrase = self.main_subject(start, hit.at) or self._inherited(hit, start)
            else:
                phrase = self._inherited(hit, start) or self.main_subject(start, hit.at)
        self._subjects[hit.at] = (phrase, direct)
        return phrase, direct

    def _adjunct(self, phrase: Phrase) -> bool:
        """Whether the words before the verb are no subject: "the report released last year found"."""
        if phrase.low in SPEAKING_NOUNS:
            return False
        return phrase.low in TIME_NOUNS or phrase.low.isdigit()

    def _inherited(self, hit: CueHit, start: int) -> Phrase | None:
        """The subject of the verb before in the sentence: "he called her weak and said ..."."""
        for other in reversed(cues_between(self.block.cues, start, hit.at)):
            if other.cue.kind != "verb" or self._passive(other) is not None:
                continue
            behind = other.at + other.length
            if self.tokens[other.at - 1].kind == "quote" or (
                behind < hit.at and self.tokens[behind].low == ","
            ):
                inverted = self._inverted(other, hit.at) if other.cue.tense in FINITE else None
                if inverted is not None and inverted.phrase is not None and (
                    self.tokens[other.at - 1].kind == "quote"
                ):
                    return inverted.phrase
            phrase, _ = self._subject(other, start)
            if phrase is not None:
                return phrase
        return None

    def introduced(self, place: Place) -> Found | None:
        """A colon and no verb of speech: "She disagreed: ...", "From Chair Petra Ostrander: ..."."""
        sign = self.tokens[place.at - 1].low
        said = self.runs[self.tokens[place.at].run].span.of(self.text)
        first = next((c for c in said if c.isalpha()), "")
        after = self.tokens[place.at + 1].low if place.at + 1 < place.end else "."
        if sign != ":" and not (
            sign == "," and first.isupper() and len(said.split()) > 4 and after != ","
        ):
            return None
        return self.introduction(place.floor, place.at - 1)

    def introduction(self, start: int, end: int) -> Found | None:
        """Who the words before a colon announce."""
        tokens, words = self.tokens, self.words
        phrase = self.main_subject(start, end)
        if phrase is None:
            for i in range(end - 1, start - 1, -1):
                if tokens[i].kind == "name" and tokens[i].name:
                    phrase = phrase_ending(tokens, i, start, words)
                    break
        if phrase is None:
            return None
        verb = self._verb_after(phrase.last + 1, end)
        return Found(phrase, verb, "colon before the quotation", 0.85, 0.5)

    def _past_dateline(self) -> int:
        """Where the text begins behind "MANCHESTER, N.H. (AP) - "."""
        tokens = self.tokens
        for i in range(1, min(9, len(tokens))):
            if tokens[i].low in _DASHES:
                return i + 1 if tokens[i + 1 : i + 2] else 0
            if tokens[i].kind == "word" and not tokens[i].capital:
                return 0
        return 0

    def _verb_after(self, start: int, end: int) -> Span | None:
        for token in self.tokens[start:end]:
            if token.kind == "word" and token.low.endswith(("ed", "s")) and len(token.low) > 3 and (
                token.low not in self.words.determiners
            ):
                return Span(token.start, token.end)
        return None

    def main_subject(self, start: int, end: int) -> Phrase | None:
        """The first phrase of a sentence that can speak, past what opens it."""
        tokens, words = self.tokens, self.words
        i = self._past_dateline() if start == 0 else start
        while i < end and tokens[i].kind == "point":
            i += 1
        if i < end and tokens[i].kind == "word" and (
            tokens[i].low in words.prepositions or tokens[i].low in words.conjunctions
            or tokens[i].low.endswith(("ing", "ed"))
        ):
            comma = next((k for k in range(i, min(end, i + 25)) if tokens[k].low == ","), None)
            if comma is not None and comma + 1 < end:
                rest = self.main_subject(comma + 1, end)
                if rest is not None:
                    return rest
        for k in range(i, min(end, i + 40)):
            token = tokens[k]
            follows = tokens[k + 1] if k + 1 < len(tokens) else None
            if token.kind == "word" and token.low in words.subjects and token.low != "it":
                return phrase_ending(tokens, k, start, words)
            if token.kind == "name" and token.name and token.name.kind not in ("time", "place"):
                if token.name.opens_sentence and token.low.endswith(("ing", "ly", "ed")):
                    continue
                if follows is not None and (
                    follows.low == "'s" or (follows.kind == "word" and follows.low in SPEAKING_NOUNS)
                ):
                    continue
                if k > i and tokens[k - 1].low in words.prepositions:
                    continue
                if follows is not None and follows.kind == "word" and k + 2 < end and (
                    tokens[k + 2].kind == "name"
                    and not (follows.low in words.auxiliaries or follows.low in words.prepositions
                             or follows.low in words.conjunctions or follows.low.endswith(("ed", "s")))
                ):
                    continue
                return phrase_ending(tokens, k, start, words)
            if token.kind == "word" and token.low in SPEAKING_NOUNS and not (
                follows is not None and (follows.kind == "name" or follows.low in SPEAKING_NOUNS or follows.low == "'s")
            ):
                return phrase_ending(tokens, k, start, words)
        return None

    # Further off: the end of the sentence, a noun

    def sentence_end(self, place: Place) -> Found | None:
        """The sentence ends with "..., NAME said" behind other words."""
        tokens, words = self.tokens, self.words
        for hit in reversed(cues_between(self.block.cues, place.at + 1, place.end)):
            if hit.cue.kind == "phrase":
                if "source" in hit.cue.takes:
                    return self._inverted(hit, place.end)
                continue
            if "post" not in hit.cue.takes or hit.cue.tense not in FINITE or self._passive(hit) is not None:
                continue
            floor = place.at + 1
            phrase = subject_before(tokens, hit.at, floor, words)
            if phrase is None or phrase.first <= floor:
                inverted = self._inverted(hit, place.end) if tokens[hit.at - 1].low == "," else None
                if inverted:
                    return inverted
                continue
            opener = tokens[phrase.first - 1]
            if opener.low != "," and opener.kind != "quote":
                continue
            return Found(phrase, self._cue_span(hit), "end of the sentence", 0.85, hit.cue.strength)
        return None

    def noun(self, place: Place) -> Found | None:
        """A noun of speech and whose it is: "his claim that ...", "Pell's statement ..."."""
        tokens, words = self.tokens, self.words
        if place.at - place.floor >= 2 and tokens[place.at - 1].low == "of" and (
            tokens[place.at - 2].low in _CRIES
        ):
            span = Span(tokens[place.at - 2].start, tokens[place.at - 2].end)
            return Found(None, span, "cries of many", 0.6, 0.8, 1, content=True)
        for i in range(place.at - 1, place.floor, -1):
            token = tokens[i]
            speech = token.low in self.lexicon.nouns
            if token.kind != "word" or not (speech or token.low in DOCUMENT_NOUNS):
                continue
            content = i + 1 < place.at and tokens[i + 1].low in _THAT
            if i + 1 < place.at and not content and tokens[i + 1].low not in ("of", "about", "as"):
                continue
            span = Span(token.start, token.end)
            for k in range(i - 1, max(place.floor, i - 4) - 1, -1):
                owner = tokens[k]
                if owner.low == "'s" and k > place.floor:
                    phrase = phrase_ending(tokens, k - 1, place.floor, words)
                    return phrase and Found(phrase, span, "noun of speech before", 0.7, 0.7, place.at - i - 2, False, speech, content)
                if owner.low in words.possessives:
                    pronoun = Phrase("pronoun", Span(owner.start, owner.end), k, k, low=owner.low)
                    return Found(pronoun, span, "noun of speech before", 0.7, 0.7, place.at - i - 2, False, speech, content)
        return None

    def _passive(self, hit: CueHit) -> int | None:
        """None where the verb is active; else where the agent stands behind "by", -1 for none."""
        if hit.cue.tense not in ("past", "participle") or hit.cue.lemma.startswith("be "):
            return None
        tokens, words = self.tokens, self.words
        j = hit.at - 1
        while j >= 0 and (tokens[j].low in words.adverbs or tokens[j].low.endswith("ly")):
            j -= 1
        if j < 0 or tokens[j].low not in words.be:
            return None
        for k in range(hit.at + hit.length, min(len(tokens), hit.at + 6)):
            if tokens[k].low in words.by:
                return k + 1
        return -1

    def _cue_span(self, hit: CueHit) -> Span:
        return Span(self.tokens[hit.at].start, self.tokens[hit.at + hit.length - 1].end)


def intro_of(block: Block) -> tuple[int, int] | None:
    """The last sentence of a paragraph that ends with a colon, without the colon."""
    if not block.tokens or block.tokens[-1].low != ":":
        return None
    start, end = block.sentences[-1]
    return start, end - 1


def is_word(token: Token) -> bool:
    """Whether a token is a word or a name."""
    return token.kind in ("word", "name")
