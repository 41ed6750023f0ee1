"""The text reader: where in a text its articles stand.

A form feed, a ruled line or a mark like "Document 1 of 3" may part two articles, and may as well
be the end of a printed page or a break between scenes. What follows decides: it has to begin as an
article does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.article import Capture, Fact, Span
from ingest.captions import is_caption
from ingest.dateline import read_dateline
from ingest.decode import decode
from ingest.fields import read_bare, read_fields
from ingest.furniture import rule_for
from ingest.lines import ENDS_SENTENCE, lines_of
from ingest.read.place import Place, capture_of
from ingest.rights import read_rights
from ingest.units import Unit, units_of

_BOUNDARY = re.compile(
    r"\f"
    r"|^[^\S\n]*(?:([-=_*~#–—═─])\1{4,}|(?:[*] ?){5,})[^\S\n]*\r?$"
    r"|^[^\S\n]*(?:document|article|story|record|item) \d{1,5} of \d{1,5}[^\S\n]*\r?$"
    r"|^[^\S\n]*\d{1,5} of \d{1,5} documents?[^\S\n]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
# Quick to look for, and in most texts not there.
_MAYBE = re.compile(r"\f|([-=_*~#–—═─]) ?\1 ?\1 ?\1|\d [oO][fF] \d")
_HEAD_UNITS = 12
_SHORT_LINE = 45  # characters: a shorter last line may be a signature or a rights line
# More boundaries than this are a drawing, not a file of articles.
_MOST_PARTS = 100_000


def matches(head: bytes, name: str) -> bool:
    """Whatever no other reader takes is text, or says that it is not when it is decoded."""
    return True


def read(place: Place) -> Iterator[Capture]:
    """The whole file as one capture. Raises EmptyFile, BinaryFile, TooLarge, UnreadableFile."""
    data = place.read()
    text, encoding = decode(data, place.source, place.charset)
    yield capture_of(place, data, text, encoding)


def text_capture(place: Place, text: str, facts: tuple[Fact, ...] = ()) -> Capture:
    """A capture of a plain body that came decoded, with what its record says of it."""
    data = text.encode("utf-8", "surrogatepass")
    said = (*place.facts, *facts)
    return capture_of(place, data, text, "utf-8", facts=said, carried=said)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a text that one article takes up.

    `parts` are what is left of `extent` without the ruled lines that part the file.
    """

    extent: Span
    parts: tuple[Span, ...]


def articles_in(text: str) -> list[Stretch]:
    """Where the articles of `text` stand, in order. Characters of the decoded text."""
    marks = list(_BOUNDARY.finditer(text)) if _MAYBE.search(text) else []
    if not marks or len(marks) > _MOST_PARTS:
        return [_stretch([Span(0, len(text))])]
    groups: list[list[Span]] = []
    heads: set[str] = set()  # what the article so far has had at the top of its pages
    prose = False  # whether it has running text
    starts = [(0, 0, "")] + [_part_start(mark) for mark in marks]
    ends = [end for end, _, _ in starts[1:]] + [len(text)]
    for (_, start, kind), end in zip(starts, ends, strict=True):
        part = Span(start, end)
        units = _head_units(text, part)
        has_prose = _has_prose(units)
        whole = kind != "page" or _ends_whole(text, start)
        if not groups or (prose and whole and _begins_article(units, kind, heads)):
            groups.append([part])
            prose = has_prose
            heads = {unit.text.casefold() for unit in units[:_HEAD_UNITS] if not unit.is_prose}
        elif has_prose and prose:
            groups[-1][-1] = Span(groups[-1][-1].start, end)  # the mark is no boundary
        elif units:
            groups[-1].append(part)
            prose = prose or has_prose
    if len(groups) == 1:
        return [_stretch([Span(0, len(text))])]
    return [_stretch(group) for group in groups]


def _stretch(parts: list[Span]) -> Stretch:
    kept = tuple(part for part in parts if part.end > part.start)
    return Stretch(Span(kept[0].start, kept[-1].end), kept)


def _part_start(mark: re.Match[str]) -> tuple[int, int, str]:
    """Where the part before ends, where the next one starts, and what parts them."""
    if mark.group() == "\f":
        return mark.start(), mark.end(), "page"
    if any(character.isalnum() for character in mark.group()):
        return mark.start(), mark.start(), "document"
    return mark.start(), mark.end(), "rule"


def _head_units(text: str, part: Span) -> list[Unit]:
    # The head tells; a part may be megabytes long.
    cut = min(part.end, part.start + 6000)
    return units_of(lines_of(text, Span(part.start, cut)))[: 3 * _HEAD_UNITS]


def _has_prose(units: list[Unit]) -> bool:
    return any(
        unit.is_prose and read_rights(unit.text) is None and rule_for(unit.text) is None
        for unit in units
    )


def _ends_whole(text: str, end: int) -> bool:
    """Whether what stands above a form feed ends otherwise than in the middle of a sentence."""
    above = text[max(0, end - 400) : end].rstrip().rsplit("\n", 1)[-1].strip()
    return len(above) < _SHORT_LINE or ENDS_SENTENCE.search(above[-8:]) is not None


def _begins_article(units: list[Unit], kind: str, heads: set[str]) -> bool:
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
        if kind == "page" and text.casefold() in heads:
            continue  # a running head
        if read_fields(text) is not None or (title and read_bare(text) is not None):
            marked = True
        elif unit.is_prose:
            dated = read_dateline(text) is not None
            if text[0].islower():
                return False
            return title and (marked or dated or (kind == "page" and unit.blank_before > 0))
        elif text[0].islower():
            return False
        else:
            title = True
    return False
