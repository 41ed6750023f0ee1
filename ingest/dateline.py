"""The dateline at the head of the first paragraph: "PARIS (AP) —"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.article import Moment
from ingest.dates import find_dates
from ingest.names import is_agency

_PLACE = r"[^\W\d_][^\d()—:;!?“”\"]{1,60}?"
_MONTH = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATELINE = re.compile(
    rf"""(?:(?P<place>{_PLACE})(?:,\s+|\s+(?:[–—-]\s+(?=\d))?)?)??
    (?P<day>(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?
        (?:(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?
          |\d{{1,2}}\.?\s+[^\W\d_]{{3,12}}\s+\d{{4}})\s*)?
    (?:(?:--\s*)?\((?P<agency>[^()]{{2,50}})\)\s*|/(?P<wire>[A-Z][\w\ .&-]{{1,40}})/\s*)?
    (?P<dash>—|–|--+|(?<=\))\s*_(?=\s)|\s-(?=\s)|:(?=\s))\s*(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_ENGLISH = re.compile(_MONTH, re.IGNORECASE)
_DASH = re.compile(r"[—–:]|--| - |\) _ ")
# Words in capitals that open a paragraph and are no place.
_NO_PLACE = frozenset(
    "breaking update updated correction note analysis opinion exclusive watch editorial review "
    "comment advisory editors warning live video photos q a tip fact clarification".split()
)
_SMALL = frozenset(
    "of the and de la le du des del di da den der am an upon sur on in el al y".split()
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was written, as printed, the agency named with it, and the day if it is whole.

    The day is that of the writing: with a year it stands for the one of publication where nothing
    else does, as in press releases.
    """

    place: str | None = None
    agency: str | None = None
    day: Moment | None = None


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph opens with; None where it opens with none."""
    head = paragraph[:160]
    found = _DATELINE.match(head) if _DASH.search(head) else None
    if found is None:
        return None
    place = (found["place"] or "").strip(" ,") or None
    agency, day, dash = found["agency"] or found["wire"], found["day"], found["dash"]
    dates = find_dates(day) if day else []
    moment = dates[0].moment if dates and dates[0].moment.precision == "day" else None
    if day and not moment and not _ENGLISH.search(day):
        return None
    if agency is not None and not (is_agency(agency) or agency[0].isupper() or day):
        agency = None
    if place is None:
        return Dateline(None, agency, moment) if agency and day else None
    if not _is_place(place, sure=bool(agency or day), colon=dash == ":"):
        return None
    return Dateline(place, agency, moment)


def _is_place(place: str, *, sure: bool, colon: bool) -> bool:
    head, *parts = [part.strip() for part in place.split(",")]
    words = re.split(r"[\s/-]+", head)
    if len(parts) > 2 or not 1 <= len(words) <= 6 or words[0].casefold() in _NO_PLACE:
        return False
    if any(not part or not part[0].isupper() or len(part.split()) > 4 for part in parts):
        return False
    capitals = all(word.isupper() or word.lower() in _SMALL for word in words if word)
    if capitals and sum(map(str.isalpha, head)) >= 3:
        return not colon or sure or (len(head) >= 4 and not parts)
    named = all(word[:1].isupper() or word.lower() in _SMALL for word in words)
    # In mixed case only the agency or the day tells a place from "Wages – the kitchen ...".
    return sure and named and head[0].isupper()
