"""Somebody without a name whom later text names: "a judge" and then "Judge Ana Lund"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter

from ingest.quotes.described import INDEFINITE
from ingest.quotes.genders import gender_by_article
from ingest.quotes.grammar import AT_COURT, SOLE
from ingest.quotes.people import Entity

_LEAD = 700  # characters from the start in which the first paragraph of a report begins
_AGED = re.compile(r",? \(?\d{1,3}\b[,)]| \(\d{1,3} Jahre\)")
# What is told of whoever stands trial, in the sentence that first names him.
_TRIED = re.compile(
    r"\b(?:charged|accused of|on trial|stands? trial|pleaded|pleads|denie[sd]|convicted|sentenced"
    r"|jailed|guilty|angeklagt|verurteilt|vorgeworfen|Prozess gegen|Mandant(?:in)?|jugée?s?"
    r"|condamnée?|procès d|poursuivie?|mise? en examen|cliente?|acusad[oa] de|condenad[oa]"
    r"|juicio contra|juzgad[oa])\b"
)
_STOP = re.compile(r"\n|(?<![\s.][^\W\d_])[.?!…]\s")
_REACH = 200  # characters on either side of a name in which its sentence is looked at
_FIRST = 3  # mentions by name


def named_later(entity: Entity, by_role: Mapping[str, list[Entity]]) -> Entity | None:
    """Who holds the office of which most stories have one: "a judge has ruled", "the judge"."""
    if entity.head not in SOLE or entity.unnamed.split()[0].lower() not in INDEFINITE:
        return None
    known = by_role.get(entity.head, [])
    start = entity.mentions[0].span.start
    return known[0] if len(known) == 1 and known[0].mentions[0].span.start > start else None


def in_lead(entity: Entity, cast: Sequence[Entity], mask: str) -> Entity | None:
    """Who the second paragraph names with an age: "A baker won ...", "Ada Lunn, 29, had ..."."""
    start = entity.mentions[0].span.start
    if start > _LEAD or entity.unnamed.split()[0].lower() not in INDEFINITE:
        return None
    if start and mask[start - 1] != "\n":
        return None
    spans = ((e.mentions[0].span, e) for e in cast if len(e.name) > 1 and e.mentions)
    opening = (m for m in spans if m[0].start > start and mask[m[0].start - 1] == "\n")
    _, named = min(opening, key=itemgetter(0), default=(None, None))
    if named is None or (entity.gender and named.gender and entity.gender != named.gender):
        return None
    first, end = named.mentions[0].span
    near = mask.count("\n", start, first) <= 2
    return named if near and _AGED.match(mask, end) else None


def on_trial(entity: Entity, tried: Sequence[Entity], language: str) -> Entity | None:
    """The only one of whom a text tells that he stands trial, for "the defendant"."""
    if len(entity.unnamed.split()) > 2:
        return None
    gender = gender_by_article(language, entity.unnamed) or entity.gender
    known = [e for e in tried if not gender or e.gender in ("", gender)]
    return known[0] if len(known) == 1 else None


def tried_of(cast: Sequence[Entity], mask: str) -> list[Entity]:
    """Those of whom a text tells that they stand trial, by name."""
    return [
        e
        for e in cast
        if e.name
        and (e.may_be_person or e.may_be_unsure)
        and AT_COURT.isdisjoint(e.roles)
        and _is_tried(e, mask)
    ]


def _is_tried(entity: Entity, mask: str) -> bool:
    """Whether one of the first sentences with a name tells of a trial."""
    named = [m.span for m in entity.mentions if m.kind in ("name", "surname")]
    for start, end in named[:_FIRST]:
        first = max(0, start - _REACH)
        stops = [m.end() for m in _STOP.finditer(mask, first, start)]
        behind = _STOP.search(mask, end, end + _REACH)
        last = behind.start() if behind else end + _REACH
        if _TRIED.search(mask, stops[-1] if stops else first, last):
            return True
    return False
