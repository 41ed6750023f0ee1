"""Who says a quotation, from the words of its sentence: one rule after another, the nearest first.

A rule gives the phrase that stands for the speaker, the cue, and its own name as the reason. What
no rule settles is left to turns.py, which carries speakers over from the quotations before.
"""

from __future__ import annotations

from bisect import bisect_left

from ingest.quotes.after import from_after, told_after
from ingest.quotes.before import from_before
from ingest.quotes.behind import phrase_after
from ingest.quotes.dropped import without_subject
from ingest.quotes.further import (
    from_colon,
    from_label,
    from_noun,
    from_sentence_before,
    from_sentence_end,
    from_subject,
)
from ingest.quotes.grammar import DOCUMENT_NOUNS
from ingest.quotes.heard import court_told, told_to_court
from ingest.quotes.inversion import ends_phrase, inverted
from ingest.quotes.konjunktiv import by_mood
from ingest.quotes.rules import (
    BY,
    OUTER,
    Found,
    Place,
    Reading,
    agent_behind,
    is_introduced,
)
from ingest.quotes.tokens import cues_between


def places(r: Reading) -> list[Place]:
    """Every quotation of the paragraph in its sentence."""
    found = []
    quotes = [i for i, token in enumerate(r.tokens) if token[0] == "quote"]
    done = 0
    for start, end in r.block.sentences:
        if done == len(quotes) or quotes[done] >= end:
            continue
        ats = quotes[done : bisect_left(quotes, end)]
        done += len(ats)
        for n, at in enumerate(ats):
            floor = ats[n - 1] + 1 if n else start
            ceiling = ats[n + 1] if n + 1 < len(ats) else end
            found.append(tuple.__new__(Place, (at, start, floor, ceiling, end)))
    return found


def attribution(r: Reading, place: Place) -> Found | None:
    """The first rule that holds for a quotation with words of its own in its sentence."""
    r.last = by_another(r, place) or first_rule(r, place)
    if r.words.language == "es" and (r.last is None or r.last.phrase is None):
        r.last = without_subject(r, place, r.last)
    elif r.words.language == "de":
        r.last = by_mood(r, place, r.last)
    return r.last


def by_another(r: Reading, place: Place) -> Found | None:
    """An agent of its own behind one verb for all: called “a wonder” by Pell, “a folly” by Orr."""
    if r.last is None or r.last.reason != BY or place.floor == place.start:
        return None
    agent = agent_behind(r, place)
    phrase = phrase_after(r.tokens, agent, place.end, r.words) if agent is not None else None
    return None if phrase is None else r.last._replace(phrase=phrase)


def first_rule(r: Reading, place: Place) -> Found | None:
    """The rules in their order."""
    run = r.runs[r.tokens[place.at].run]
    bare = place.floor == place.at
    last = r.text[run.span.start : run.span.end].rstrip("’'”\"")[-1:] or "’"
    earlier = None if bare else from_before(r, place)
    near = earlier is not None and (earlier.gap <= 1 or is_introduced(r, place))
    if not near and r.last is not None and is_listed(r, place):
        return r.last
    if earlier is None and place.start < place.floor < place.at and not _told_next(r, place, last):
        carried = _same_sentence(r, place)
        if carried is not None:
            return carried
    if earlier is not None and near and earlier.phrase is not None:
        return _closing(r, place, earlier, last) or earlier
    noun = from_noun(r, place) if not bare and not near else None
    if noun is not None and (
        earlier is None or (noun.content and noun.closes and noun.gap < earlier.gap)
    ):
        return noun
    heard = told_to_court(r, place) if place.at + 1 < place.ceiling and earlier is None else None
    if heard is not None:
        return heard
    later = from_after(r, place, last)
    if later is not None and earlier is not None and _in_clause(r, place, earlier):
        return earlier
    if later is not None and (bare or last in ",?!—–―-" or earlier is None):
        # "An aide told them it was "late," according to a memo"
        inner = earlier is not None and earlier.content and earlier.phrase is not None
        paper = later.phrase is not None and later.phrase.low in DOCUMENT_NOUNS
        return earlier if inner and paper and later.reason == "according to" else later
    if bare:
        return (
            later or from_sentence_end(r, place) or from_label(r) or from_sentence_before(r, place)
        )
    end = from_sentence_end(r, place)
    if end is not None and (earlier is None or earlier.strength < OUTER):
        return end
    found = earlier or from_colon(r, place) or from_label(r)
    return found or court_told(r, place) or from_subject(r, place)


def _told_next(r: Reading, place: Place, last: str) -> bool:
    """Whether a verb and its subject follow at once: “Left,” cried Pell, and “right,” cried Orr."""
    if last not in ",?!" or place.at + 1 >= place.ceiling:
        return False
    hits = cues_between(r.block.cues, place.at + 1, place.at + 2)
    found = inverted(r, hits[0], place.ceiling) if hits else None
    return found is not None and ends_phrase(r, found, place.ceiling)


def _in_clause(r: Reading, place: Place, earlier: Found) -> bool:
    """Whether the words end a clause that leads in: "When Pell called it “late,” Orr said"."""
    tokens, first = r.tokens, place.start
    if tokens[first].low in ("but", "and", "even"):
        first += 1
    return (
        tokens[first].low in _LEADING
        and earlier.phrase is not None
        and earlier.cue is not None
        and earlier.phrase.first <= first + _LONGEST_LEAD
        and not any(t.low == "," for t in tokens[first : earlier.phrase.first])
    )


_LEADING = frozenset("when while as after although though because since".split())
_LONGEST_LEAD = 12  # tokens between the conjunction and its subject


def _same_sentence(r: Reading, place: Place) -> Found | None:
    """A fragment without a cue of its own goes with the one before it in the sentence."""
    last = r.last
    if last is None or last.cue is None or last.phrase is None:
        return None
    gap = 1 if place.at - place.floor <= 5 else 3
    return last._replace(gap=gap, reason="same sentence as the quotation before")


def _closing(r: Reading, place: Place, earlier: Found, last: str) -> Found | None:
    """The attribution that ends the sentence, where all of the sentence is its content."""
    told = earlier.gap == 0 and earlier.strength >= OUTER and is_introduced(r, place)
    if told or last != ",":
        return None
    closing = told_after(r, place.at + 1, place.ceiling, last, bare=False)
    return closing if closing is not None and closing.closes else None


def is_listed(r: Reading, place: Place) -> bool:
    """Whether only "and a" or the like stands after the quotation before."""
    if place.floor == place.start or place.at - place.floor > 4:
        return False
    between = r.tokens[place.floor : place.at]
    return bool(between) and all(
        t.low in r.words.determiners or t.low in (",", ";", "and", "or", "und", "et", "y", "as")
        for t in between
    )
