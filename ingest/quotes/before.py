"""Attribution before a quotation: NAME said, "..." NAME called it "..." NAME: "..."."""

from __future__ import annotations

from ingest.quotes.behind import phrase_after
from ingest.quotes.between import is_object, past_adverb, tells_of, tells_who
from ingest.quotes.characterised import characterised, from_standpoint, verb_behind
from ingest.quotes.further import from_colon
from ingest.quotes.grammar import PERSON_NOUNS, PERSON_OR_BODY, SPEAKING_NOUNS
from ingest.quotes.inversion import inverted
from ingest.quotes.mentions import Phrase
from ingest.quotes.phrases import ALONE, OBJECTS, subject_before
from ingest.quotes.rules import (
    BY,
    NAMING,
    NO_SUBJECT,
    OUTER,
    THAT,
    TOLD,
    Found,
    Place,
    Reading,
    agent_behind,
    cue_span,
    is_introduced,
    of_thing,
    passive_agent,
    takes_clause,
)
from ingest.quotes.separable import separable
from ingest.quotes.smallwords import NOBODY
from ingest.quotes.subjects import subject_of
from ingest.quotes.tokens import CueHit, cues_between
from ingest.quotes.views import from_view

# Verbs that name or judge with somebody's own words: these do not yield to the clause round them.
_FIRM = frozenset(
    "call describe label brand dub denounce dismiss deride praise hail accuse criticise criticize"
    " condemn qualifier juger calificar tildar tachar".split()
) | {"refer to"}
# In the passive, too, these tell of somebody's own words: were deemed "too swishy".
_ABOUT = frozenset("accuse deem brand dub".split())
_TOLD_OF = OBJECTS | {"this", "that", "these", "those"}
_WHO = (PERSON_OR_BODY, PERSON_NOUNS)
_GOES_ON = frozenset("but and although mais et pero y aber und".split())
_BIDS = frozenset("tell ask order warn urge advise instruct".split())
_LIGHT = THAT | {",", ":", "as"}


def from_before(r: Reading, place: Place) -> Found | None:
    """The cue before the quotation in its sentence: the nearest, or the clause it stands in."""
    tokens = r.tokens
    best: Found | None = None
    for hit in cues_between(r.block.cues, place.start, place.floor + 12):
        if is_parenthesis(r, hit, place):
            return from_cue(r, hit, place)
        if (told := _inserted(r, hit, place)) is not None:
            return told
    for hit in reversed(cues_between(r.block.cues, place.start, place.at)):
        if hit.at < place.floor and (best is not None or not takes_clause(hit)):
            continue
        if best is not None and not best.weak:
            break
        found = from_cue(r, hit, place)
        if found is None or (best is not None and found.phrase is None):
            continue
        if best is None or takes_clause(hit) or is_stressed(r, hit):
            best = found
        if best.strength >= OUTER and best.content:
            break
    if best is None and tokens[place.at - 1].low == ":":
        return from_colon(r, place)
    best = best or characterised(r, place) or from_standpoint(r, place) or from_view(r, place)
    if best is None and r.words.language == "de":
        best = verb_behind(r, place) or separable(r, place)
    return best


def from_cue(r: Reading, hit: CueHit, place: Place) -> Found | None:
    """What one cue before the quotation says of its speaker."""
    tokens, words, cue = r.tokens, r.words, hit.cue
    low = tokens[hit.at].low
    behind = hit.at + hit.length
    between = [t.low for t in tokens[behind : place.at]]
    gap = len(between) - sum(map(_LIGHT.__contains__, between))
    span = cue_span(r, hit)
    if 1 < gap < 6 and "object" in cue.takes and tokens[place.at - 1].low in ("for", "as", "of"):
        gap = 1
    if 1 < gap < 6 and cue.tense == "ing" and cue.lemma in NAMING and is_object(r, behind, place):
        gap = 1
    if cue.kind == "phrase":
        if "source" not in cue.takes:
            return None
        if low == "zufolge":  # der Chemikerin zufolge
            phrase = subject_before(tokens, hit.at, place.start, words)
        else:
            phrase = phrase_after(tokens, behind, place.at, words)
        return (
            None if phrase is None else Found(phrase, span, "according to", 0.9, cue.strength, gap)
        )
    if (
        cue.only_with_marks
        and gap > 1
        and tokens[place.at - 1].low not in (",", ":")
        and THAT.isdisjoint(between)
    ):
        return None
    if not cue.quotes and gap > 12:
        return None
    if gap > 3 and is_aside(r, hit, place):
        return None
    passive = passive_agent(r, hit)
    if passive is None and gap <= 1 and cue.lemma in _FIRM and of_thing(r, hit, place):
        passive = agent_behind(r, place)  # a message described as “contempt” by the union
    if passive is not None:
        passive = agent_behind(r, place) or passive
        if passive < 0:
            accused = gap <= 1 and cue.lemma in _ABOUT
            if accused or (gap == 0 and cue.strength >= OUTER):
                return Found(None, span, "passive", 0.5, cue.strength, weak=not accused)
            if gap == 1 and cue.lemma in _BIDS and tokens[behind].low == "to":
                return Found(
                    None, span, TOLD, 0.5, cue.strength, weak=True
                )  # was told to “buy a van”
            if cue.lemma in ("tell", "tell it") and gap < 6:
                return Found(None, span, TOLD, 0.5, cue.strength)  # was told that it was “fine”
            return None
        ceiling = place.at if passive < place.at else place.end
        helpers = (k for k in range(passive + 1, ceiling) if tokens[k].low in words.auxiliaries)
        ceiling = next(helpers, ceiling)  # called “a” by the union was dropped
        phrase = phrase_after(tokens, passive, ceiling, words)
        weak = gap > 1 or words.language == "en"
        return None if phrase is None else Found(phrase, span, BY, 0.8, cue.strength, gap, weak)
    opener = tokens[hit.at - 1].low if hit.at > place.start else ""
    if opener in ("", ",") and cue.tense in ("past", "third", "none"):
        turned = inverted(r, hit, place.at)  # "In other words, explained Nancy Cordes: ..."
        if (
            turned is not None
            and turned.phrase is not None
            and (turned.phrase.kind == "name" or turned.phrase.low in _WHO[words.language == "en"])
            and takes_clause(hit)
            and cue.lemma != "tell"
            and (
                r.tokens[past_adverb(r, turned.phrase.last + 1)].low in (":", ",")
                or tells_of(r, turned.phrase.last + 1, place)
            )
            and (
                place.at - past_adverb(r, turned.phrase.last + 1) <= 1
                or tells_who(r, turned.phrase.last + 1, place)
                or tells_of(r, turned.phrase.last + 1, place)
                or (opener and tokens[turned.phrase.last + 2].low in _GOES_ON)
            )
        ):
            return turned._replace(gap=0, reason="verb and name before the quotation")
    if low in words.asked and opener in ("", ",", "when"):
        return None
    if cue.lemma == "say" and cue.tense == "past" and tokens[behind].low == "to":
        return None  # "an image said to show a whale"
    phrase, direct = subject_of(r, hit, place.start)
    if phrase is not None and phrase.low in NOBODY:
        return None  # "said that nobody had complained “except the hens”"
    led = gap == 0 and is_introduced(r, place)
    if phrase is not None and not led and is_reduced(r, hit, phrase, gap):
        return None
    confidence = 0.95 if gap <= 1 else 0.85
    if phrase is None:
        why = NO_SUBJECT if words.language == "es" else "verb before the quotation"
        return Found(None, span, why, 0.6, cue.strength, gap)
    reason = "name and verb before the quotation" if direct else "subject of the sentence"
    confidence -= 0 if direct else 0.1
    firm = cue.lemma in _FIRM or cue.strength >= OUTER or cue.only_with_marks
    firm = firm or (gap == 0 and is_introduced(r, place))
    if cue.tense == "base" and (opener in words.auxiliaries or opener == "not"):
        firm = False
    if hit.cue.tense == "ing" and opener in words.be and cue.only_with_marks:
        firm = False  # "said he had been speaking ..."
    weak = not (firm and direct and gap <= 3 and opener != "to")
    content = takes_clause(hit) or (behind < place.at and tokens[behind].low in THAT)
    return Found(phrase, span, reason, confidence, cue.strength, gap, weak, False, content)


def is_aside(r: Reading, hit: CueHit, place: Place) -> bool:
    """Whether the verb stands in a clause of its own: "as Rubio has said", ", he said,"."""
    tokens = r.tokens
    end = hit.at + hit.length
    if end < place.at - 1 and tokens[end].low == "," and tokens[end + 1].low != "that":
        for k in range(hit.at - 1, max(place.start, hit.at - 6) - 1, -1):
            if tokens[k].low == "as" and k > place.start + 2:
                return True
    return False


def is_stressed(r: Reading, hit: CueHit) -> bool:
    """A base form that is the verb of its clause: "it does say that"."""
    return (
        hit.cue.tense == "base"
        and hit.cue.strength >= OUTER
        and hit.at > 0
        and (r.tokens[hit.at - 1].low in ("does", "did", "do", "would", "will", "could"))
    )


def is_reduced(r: Reading, hit: CueHit, phrase: Phrase, gap: int) -> bool:
    """Whether the verb is passive with its auxiliary left out: "a user labelled ..."."""
    if hit.cue.tense != "past" or phrase.kind != "description" or hit.cue.strength >= OUTER:
        return False
    if phrase.low not in SPEAKING_NOUNS and phrase.low not in ALONE:
        return True
    if hit.cue.lemma not in NAMING or gap > 1:
        return False
    if r.tokens[hit.at + hit.length].low in _TOLD_OF:
        return False  # "The council called it ...", "her brother called that ..."
    before = r.tokens[max(0, phrase.first - 5) : phrase.first]
    return not any(t.low in ("what", "which", "that") for t in before)


def _inserted(r: Reading, hit: CueHit, place: Place) -> Found | None:
    """The speaker behind the verb between commas: "The rest, says Lunn, is a “gift”"."""
    start = hit.at - 1
    if start <= place.start or r.tokens[start].low != "," or "post" not in hit.cue.takes:
        return None
    if hit.cue.strength < OUTER or cues_between(r.block.cues, hit.at + hit.length, place.at):
        return None
    found = inverted(r, hit, place.at)
    behind = found.phrase.last + 1 if found is not None and found.phrase is not None else place.at
    if behind + 1 >= place.at or r.tokens[behind].low != ",":
        return None
    if r.tokens[behind + 1].low in r.words.relatives or r.tokens[behind + 1].low.endswith("ing"):
        return None
    return found


def is_parenthesis(r: Reading, hit: CueHit, place: Place) -> bool:
    """Whether the speaker stands between commas: "The deal, Pell said, is a ..."."""
    end = hit.at + hit.length
    if hit.cue.kind != "verb" or "post" not in hit.cue.takes or hit.cue.strength < OUTER:
        return False
    if end >= place.at or r.tokens[end].low != "," or end + 1 == place.at:
        return False
    if hit.cue.tense == "base" and r.tokens[hit.at - 1].low == "to":
        return False  # Lunn, the chair, declined to elaborate, but Pell called it
    phrase = subject_before(r.tokens, hit.at, place.start, r.words)
    return (
        phrase is not None
        and phrase.first > place.start
        and (r.tokens[phrase.first - 1].low == ",")
    )
