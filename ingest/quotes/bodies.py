"""Where the name of a body goes on: Food and Drug Administration, Committee on Foreign Relations.

An "and" mostly stands between two names, an "on" before a day. Between two topics, or behind such a
body, they are part of its name.
"""

from __future__ import annotations

import re

from ingest.quotes.namewords import ORGANISATION_WORDS, PLACE_PHRASES, PLACES
from ingest.quotes.wordlists import load, table, words

_TOPICS = table("bodies", "topics")
_ADJECTIVES = words("bodies", "adjectives")
_LISTING = words("bodies", "listing")
_ON = words("bodies", "on")
_TO = words("bodies", "to")

_WORDS = r"[A-Z][\w’'-]*(?:[ \xa0\n][A-Z][\w’'-]*){0,3}"
_ON_WHAT = re.compile(rf"[ \xa0\n]on[ \xa0\n](?:the[ \xa0\n])?{_WORDS}")
_AND_WHAT = re.compile(rf"((?:,[ \xa0\n]{_WORDS})*),?[ \xa0\n](?:and|&)[ \xa0\n]({_WORDS})")
_OF = re.compile(r"(\w+)[ \xa0\n](?:of|for|on)[ \xa0\n](?:the[ \xa0\n])?")
_TO_WHAT = re.compile(rf"[ \xa0\n]to[ \xa0\n](?:the[ \xa0\n])?{_WORDS}")
# Channel 4 News, Brewhouse 24 Ltd
_NUMBER = re.compile(
    r"[ \xa0]\d{1,3}(?:[ \xa0](News|Live|Ltd\.?|Inc\.?|plc|PLC|LLC|Group|Extra)"
    r"|(?![\w.,:%]*\d| [a-z]))"
)
_NUMBERED = frozenset("channel radio studio sky heart bbc".split())
_OF_WHERE = re.compile(rf"[ \xa0\n]of[ \xa0\n]{_WORDS}")
_CAMPUS = re.compile(r"University[ \xa0\n]of[ \xa0\n]")
_WHERE = re.compile(r",[ \xa0\n]([A-Z]\w+(?:[ \xa0\n][A-Z]\w+)?)")
_WORD = re.compile(r"[\w’'-]+")
# How a name goes on behind its first word: "marks" -> " and Spencer".
_RESTS: dict[str, tuple[str, ...]] = {}
for _name in load("bodies")["whole"]["any"].strip().splitlines():
    _first, _rest = re.split(r"(?= (?:and|the|on|for|of|in|to) )", _name.strip(), maxsplit=1)
    _low = _first.rpartition(" ")[2].lower()
    _RESTS[_low] = (*_RESTS.get(_low, ()), _rest)


def may_go_on(name: str) -> bool:
    """Whether the name of a body may go on behind these words, if no number follows."""
    last = name.rpartition(" ")[2].lower()
    if last in PLACES and _CAMPUS.search(name) is not None:
        return True
    return any(last in known for known in (_RESTS, _TO, _ON, _TOPICS, _ADJECTIVES))


def end_of_body(text: str, start: int, end: int, limit: int) -> int:
    """Where the name that stands at `start` and seems to end at `end` ends indeed."""
    last = text[max(text.rfind(" ", start, end), start - 1) + 1 : end].lower()
    if text[end + 1 : end + 2].isdigit() and (m := _NUMBER.match(text, end, limit)) is not None:
        return m.end() if m.group(1) or last in _NUMBERED else end
    if last in _RESTS:
        return next((end + len(r) for r in _RESTS[last] if text.startswith(r, end)), end)
    if last in _TO and (m := _TO_WHAT.match(text, end, limit)) is not None:
        return m.end()  # Committee to Protect Journalists, Prevention of Cruelty to Children
    if last in _ON and (m := _ON_WHAT.match(text, end, limit)) is not None:
        end = _to_topic(text, end, m.end()) or end
        last = text[text.rfind(" ", start, end) + 1 : end].lower()
    if last in PLACES and _CAMPUS.search(text, start, end) is not None:
        m = _WHERE.match(text, end, limit)  # University of California, Los Angeles
        return m.end() if m is not None and _is_place(m.group(1)) else end
    if last not in _TOPICS and last not in _ADJECTIVES:
        return end
    m = _AND_WHAT.match(text, end, limit)
    if m is None:
        return end
    of = _OF.search(text, start, end)
    if of is not None and of.group(1).lower() in _LISTING:
        end = _to_topic(text, m.start(2), m.end()) or end
        where = _OF_WHERE.match(text, end, limit) if end > m.start(2) else None
        return where.end() if where is not None else end  # Physicians and Surgeons of Glasgow
    if m.group(1) or last not in _TOPICS:
        return end
    return _to_body(text, m.start(2), m.end()) or end


def _is_place(name: str) -> bool:
    low = " ".join(name.lower().split())
    return low in PLACES or low in PLACE_PHRASES


def _to_topic(text: str, start: int, end: int) -> int:
    """Where the last topic in a stretch ends; 0 where there is none."""
    found = [m.end() for m in _WORD.finditer(text, start, end) if m.group().lower() in _TOPICS]
    return found[-1] if found else 0


def _to_body(text: str, start: int, end: int) -> int:
    """Where the first word for a body ends that has another before it; 0 where there is none."""
    found = [*_WORD.finditer(text, start, end)]
    bodies = (m.end() for m in found[1:] if m.group().lower() in ORGANISATION_WORDS)
    if found and found[0].group().lower() in _TOPICS:
        own = (m.end() for m in found if m.group().lower() in ("enforcement", "protection"))
        return next(bodies, 0) or next(own, 0)
    return 0
