"""The text reader: where in a text its articles stand.

A form feed, a ruled line or a mark like "Document 1 of 3" may part two articles, and may as well
be the end of a printed page or a break between scenes. What follows decides: it has to begin as an
article does.
"""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.captions import is_caption
from ingest.dateline import read_dateline
from ingest.fields import read_bare, read_fields
from ingest.furniture import rule_for
from ingest.lines import lines_of
from ingest.rights import read_rights
from ingest.units import Unit, units_of

_BOUNDARY = re.compile(
    r"\f"
    r"|^[^\S\n]*(?:([-=_*~#–—═─])\1{4,}|(?:[*] ?){5,})[^\S\n]*\r?$"
    r"|^[^\S\n]*(?:document|article|story|record|item) \d{1,5} of \d{1,5}[^\S\n]*\r?$"
    r"|^[^\S\n]*\d{1,5} of \d{1,5} documents?[^\S\n]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_UNITS = 12
# More boundaries than this are a drawing, not a file of articles.
_MOST_PARTS = 5000


def articles_in(text: str) -> list[Span]:
    """The stretches of `text` that hold one article each, in order; the rules between them in none.

    A text without boundaries is one stretch. Characters of the decoded text.
    """
    marks = list(_BOUNDARY.finditer(text))
    if not marks or len(marks) > _MOST_PARTS:
        return [Span(0, len(text))]
    extents: list[Span] = []
    prose = False  # whether the stretch so far holds running text
    starts = [(0, 0, "")] + [_part_start(mark) for mark in marks]
    for number, (end_before, start, kind) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(text)
        part = Span(start, end)
        units = _head_units(text, part)
        new = not extents or (prose and _begins_article(units, kind))
        if new:
            extents.append(part)
            prose = _has_prose(units)
        elif units or end_before != start:
            extents[-1] = Span(extents[-1].start, max(extents[-1].end, _last(text, part)))
            prose = prose or _has_prose(units)
    return extents


def _part_start(mark: re.Match[str]) -> tuple[int, int, str]:
    """Where the part before ends, where the next one starts, and what parts them."""
    if mark.group() == "\f":
        return mark.start(), mark.end(), "page"
    if any(character.isalnum() for character in mark.group()):
        return mark.start(), mark.start(), "document"
    return mark.start(), mark.end(), "rule"


def _last(text: str, part: Span) -> int:
    return part.end if text[part.start : part.end].strip() else part.start


def _head_units(text: str, part: Span) -> list[Unit]:
    # The head tells; a part may be megabytes long.
    cut = min(part.end, part.start + 6000)
    return units_of(lines_of(text, Span(part.start, cut)))[: 3 * _HEAD_UNITS]


def _has_prose(units: list[Unit]) -> bool:
    return any(unit.is_prose and read_rights(unit.text) is None for unit in units)


def _begins_article(units: list[Unit], kind: str) -> bool:
    if not _has_prose(units):
        return False
    if kind == "document":
        return True
    title = False
    marked = False
    for unit in units[:_HEAD_UNITS]:
        text = unit.text
        if rule_for(text) is not None or is_caption(text) or read_rights(text) is not None:
            continue
        if read_fields(text) is not None or (title and read_bare(text) is not None):
            marked = True
        elif unit.is_prose:
            dated = read_dateline(text) is not None
            return title and (marked or dated or (kind == "page" and unit.blank_before > 0))
        elif text[0].islower():
            return False
        else:
            title = True
    return False
