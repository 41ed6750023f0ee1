"""What the attribution rules share: the paragraph, a quotation's place in it, a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.article import Span
from ingest.quotes.cues import Lexicon
from ingest.quotes.grammar import PERSON_OR_BODY, Grammar
from ingest.quotes.marks import Run
from ingest.quotes.mentions import Phrase
from ingest.quotes.tokens import Block, CueHit, Token

FINITE = frozenset({"past", "third", "none", "base"})
DASHES = frozenset({"—", "–", "―", "-", "--"})
NAMING = frozenset({"name", "dub", "term", "call", "nickname", "label"})
_JUDGING = frozenset(
    "describe call dub label brand hail praise criticise criticize condemn denounce dismiss"
    " nickname deride mock".split()
)
THAT = frozenset({"that", "dass", "que"})
CRIES = "cries of many"
BY = "passive with by"
NO_SUBJECT = "verb without a subject"
HEARSAY = "nobody named beside “heißt es”"
TOLD = "told by nobody named"
_PARTICIPLES = {"fr": ("é", "ée", "és", "ées"), "es": ("ado", "ada", "ados", "adas")}
_HAS = frozenset("a ai ont avait avaient ayant ha han había habían haber".split())
HEARD = "told to a court"
# A cue this strong is the speaker's own; a weaker one ("found", "considered") yields to a clause
# of speech that it stands in: "she declared that she found him rude".
OUTER = 0.9
LONGEST_ROW = 12  # tokens of “a fool”, “a liar” and “a cheat”
LONGEST_LOOK = 40  # tokens before a quotation in which a sign of speech is looked for


class Found(NamedTuple):
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


class Place(NamedTuple):
    """A quotation in its sentence: token, and the range that no other quotation cuts."""

    at: int
    start: int  # of the sentence
    floor: int  # after the quotation before, or the start
    ceiling: int  # the next quotation, or the end
    end: int  # of the sentence


@dataclass(slots=True)
class Reading:
    """One paragraph while the rules read it; `last` is what they found last."""

    text: str
    block: Block
    runs: Sequence[Run]
    words: Grammar
    lexicon: Lexicon
    last: Found | None = None
    subjects: dict[int, tuple[Phrase | None, bool]] = field(default_factory=dict)
    tokens: tuple[Token, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.block.tokens


def takes_clause(hit: CueHit) -> bool:
    """Whether what follows the cue is somebody's words, however long."""
    return hit.cue.strength >= OUTER and "that" in hit.cue.takes and hit.cue.tense != "base"


def cue_span(r: Reading, hit: CueHit) -> Span:
    """The words of a cue."""
    at, length, _ = hit
    tokens = r.tokens
    # There are so many that the time to call Span() counts.
    return tuple.__new__(Span, (tokens[at].start, tokens[at + length - 1].end))


def passive_agent(r: Reading, hit: CueHit) -> int | None:
    """None where the verb is active; else where the agent stands behind "by", -1 for none."""
    if r.words.language in _PARTICIPLES:
        return _agent_abroad(r, hit)
    if hit.cue.tense not in ("past", "participle") or hit.cue.lemma.startswith("be "):
        return None
    tokens, words = r.tokens, r.words
    j = hit.at - 1
    while j >= 0 and (tokens[j].low in words.adverbs or tokens[j].low.endswith("ly")):
        j -= 1
    if j < 0 or tokens[j].low not in words.be:
        behind = hit.at + hit.length
        after = tokens[behind].low if behind < len(tokens) else ""
        if hit.cue.lemma == "accuse" and after == "of":
            return -1  # "PM accused of ...": nobody stands between
        bare = hit.cue.lemma in _JUDGING and after in words.by
        return behind + 1 if bare else None  # "once described by a friend as"
    for k in range(hit.at + hit.length, min(len(tokens), hit.at + 6)):
        if tokens[k].low in words.by:
            return k + 1
    return -1


def _agent_abroad(r: Reading, hit: CueHit) -> int | None:
    """The same in French and Spanish: jugé « injuste » par la gauche, tachado por Lunn."""
    tokens, words = r.tokens, r.words
    if not tokens[hit.at].low.endswith(_PARTICIPLES[words.language]):
        return None
    if hit.at and tokens[hit.at - 1].low in _HAS:
        return None
    near = range(hit.at + hit.length, min(len(tokens), hit.at + 6))
    return next((k + 1 for k in near if tokens[k].low in words.by), None)


def agent_behind(r: Reading, place: Place) -> int | None:
    """Where the agent stands behind "by" after the words: called “a fool”, “a liar”, by Pell."""
    k, end = place.at + 1, min(place.end, place.at + LONGEST_ROW)
    while k < end and (r.tokens[k].kind == "quote" or r.tokens[k].low in (",", "and", "or")):
        k += 1
    return k + 1 if k < end and r.tokens[k].low in r.words.by else None


def of_thing(r: Reading, hit: CueHit, place: Place) -> bool:
    """Whether the verb only tells of the thing before it, which cannot speak: a bill called “a”."""
    tokens, words = r.tokens, r.words
    form = tokens[hit.at].low
    if hit.cue.tense != "past" and not form.endswith(_PARTICIPLES.get(words.language, "-")):
        return False
    k = hit.at - 1
    while k > place.start and tokens[k].low in words.adverbs:
        k -= 1
    low = tokens[k].low
    return (
        k > place.start
        and tokens[k].kind == "word"
        and low not in PERSON_OR_BODY
        and not any(
            low in some
            for some in (words.auxiliaries, words.subjects, words.relatives, words.conjunctions)
        )
    )


def is_introduced(r: Reading, place: Place) -> bool:
    """Whether a colon or comma leads to the quotation."""
    return r.tokens[place.at - 1].low in (":", ",")
