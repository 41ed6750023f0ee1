"""Which line of a page is the title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.byline import is_role
from ingest.fields import is_menu
from ingest.furniture import barred, crumbs
from ingest.lines import PART
from ingest.names import is_publisher
from ingest.sheet import Fields, Sheet

_LONGEST = 300
_FUNCTION_END = re.compile(
    r"\b(?:a|an|the|of|for|and|or|to|in|on|at|by|with|from|as|is|are|that|but|into|over)\Z",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"by [^\W\d_]", re.IGNORECASE)
_STEM = re.compile(r"[^\W\d_]{4,}")
_STEM_LENGTH = 5  # letters: "librarian" and "library" are one word here
_BODY_READ = 3000  # characters of the body in which the title's words are looked for

# What speaks for a title, in points. Set by looking at 34 real pages pasted whole.
_A_WORD, _MOST_WORDS = 0.8, 6
_SHARED_WORDS = 4.0
_ABOVE_BYLINE, _NEXT_TO_BYLINE, _BYLINE_REACH = 2.0, 2.0, 6
_FIRST = 2.0
_A_UNIT_AWAY, _MOST_UNITS_AWAY = 0.15, 20


def choose_title(sheet: Sheet, body: int, said: dict[int, Fields]) -> list[int]:
    """The units that make up the title, above the body; none where there is no title.

    `said` holds the fields found so far, by unit.
    """
    candidates = [i for i in sheet.open(0, body) if _may_be_title(sheet, i)]
    candidates = [i for i in candidates if not sheet.units[i].is_prose]
    candidates = [i for i in candidates if not crumbs(sheet.units[i].text)] or candidates
    if not candidates:
        return _sentence_title(sheet, body)
    words = _stems(sheet.units[i].text for i in sheet.open(body, min(len(sheet), body + 20)))
    shared = {i: _share(sheet.units[i].text, words) for i in candidates}
    anchor = next((i for i, found in said.items() if found.bylines), next(iter(said), None))
    scores = {i: _score(sheet, i, body, anchor, shared) for i in candidates}
    best = max(candidates, key=lambda i: (scores[i], -i))
    title = [best]
    while title[-1] + 1 in shared and _goes_on(sheet, title[-1]):
        title.append(title[-1] + 1)
    while title[0] - 1 in shared and _goes_on(sheet, title[0] - 1):
        title.insert(0, title[0] - 1)
    return title


def _stems(texts: Iterable[str]) -> set[str]:
    text = " ".join(texts)[:_BODY_READ].casefold()
    return {word[:_STEM_LENGTH] for word in _STEM.findall(text)}


def _share(text: str, words: set[str]) -> float:
    """How many of the words of a line, of four letters and more, the body holds as well."""
    stems = {word[:_STEM_LENGTH] for word in _STEM.findall(text.casefold())}
    return len(stems & words) / len(stems) if len(stems) > 1 else 0.0


def _may_be_title(sheet: Sheet, index: int) -> bool:
    text = sheet.units[index].text
    if len(text) > _LONGEST or not any(character.isalnum() for character in text):
        return False
    # A title in capitals over several lines may have a comma at the end of one.
    return not text.endswith((",", ";")) or (
        index + 1 < len(sheet) and text.isupper() and _goes_on(sheet, index)
    )


def _score(
    sheet: Sheet, index: int, body: int, anchor: int | None, shared: dict[int, float]
) -> float:
    unit = sheet.units[index]
    score = _A_WORD * min(unit.words, _MOST_WORDS) + _SHARED_WORDS * shared[index]
    score -= _A_UNIT_AWAY * min(body - index, _MOST_UNITS_AWAY)
    if is_publisher(unit.text):
        score -= 4
    if len(barred(unit.text)) > 1 or crumbs(unit.text) or is_menu(unit.text):
        score -= 4
    if unit.bullet:
        score -= 2
    if sum(map(str.isdigit, unit.text)) > len(unit.text) / 5:
        score -= 3
    if index == 0 and "navigation" not in sheet.reasons.values():
        score += _FIRST
    if _BYLINE.match(unit.text) or is_role(unit.text):
        score -= 4
    if anchor is not None and index < anchor <= index + _BYLINE_REACH:
        score += _ABOVE_BYLINE
        apart = any(sheet.units[i].blank_before >= PART for i in range(index + 1, anchor + 1))
        if not apart and all(i in shared for i in range(index, anchor)):
            score += _NEXT_TO_BYLINE
    above = sheet.units[index - 1] if unit.blank_before < PART and index - 1 in shared else None
    if above and above.words >= 3 and (shared[index - 1] > 0.3 or len(shared) <= 3):
        score -= 2.5  # a standfirst rather than the title
    return score


def _goes_on(sheet: Sheet, index: int) -> bool:
    above, below = sheet.units[index], sheet.units[index + 1]
    if below.blank_before or len(above.text) < 8:
        return False
    if above.text.isupper() and below.text.isupper():
        return not is_publisher(below.text) and not is_publisher(above.text)
    return below.text[0].islower() or bool(_FUNCTION_END.search(above.text))


def _sentence_title(sheet: Sheet, body: int) -> list[int]:
    """A title that reads as a sentence: a short one by itself above a byline or the body."""
    first = next(iter(sheet.open()), len(sheet))
    if first > body or first + 1 >= len(sheet):
        return []
    unit, below = sheet.units[first], sheet.units[first + 1]
    marked = sheet.roles[first + 1] == "field"
    longest = _LONGEST if marked else _LONGEST // 2
    if len(unit.lines) > 1 or len(unit.text) > longest or re.search(r"[.!?]\s", unit.text):
        return []
    apart = below.blank_before > 0 and len(below.text) > len(unit.text)
    if marked or (apart and not unit.text.endswith((".", "”", '"'))):
        return [first]
    return []
