"""Lines that say something about the article: by whom, when, where it appeared.

A line counts only where every part of it is understood, so that a sentence never does.
"""

from __future__ import annotations

import re

from ingest.byline import Byline, read_bare_byline, read_byline
from ingest.dates import Found, find_dates
from ingest.furniture import rule_for
from ingest.names import is_agency, is_publisher
from ingest.sheet import Fields

_MOST = 220
_PARTS = re.compile(r"\s{2,}|\s*[|·•]\s*|\s+/+\s+|\s*—\s*")
_INITIALS = re.compile(r"[A-Z]{2,5}")
_ZONES = frozenset("ist est edt gmt bst pst pdt cst cdt cet cest hrs uhr".split())
_BAR = re.compile(r"\s{2}|[|·•—/]")
_TRIM = " ,;:–—-/|·•()[]\t."

_LABELS = {
    "title": "headline|title|hed|article title|document title",
    "byline": "byline|author|authors|by|writer|reporter|author name",
    "publisher": "publication|publication title|newspaper|publisher|journal|outlet|source name|"
    "publication name",
    "source": "source|agency|wire|news agency|provider|credit line",
    "section": "section|category|filed under section|rubric|channel|department|filed in|"
    "published in|posted in|from the section|column",
    "dateline": "dateline|place|location",
    "date": "date|publication date|pub date|published|published on|date published|publish date|"
    "issue date|story date",
    "url": "url|link|permalink|address|web address|original url|source url|article url",
    "ignored": "editor|edited by|editors|producer|produced by|translated by|translator|photo|"
    "photos|photographer|video|length|words|word count|page|pages|comments|views|reads",
}
_LABEL = re.compile(
    "|".join(rf"(?P<{name}>{words})" for name, words in _LABELS.items()), re.IGNORECASE
)
_IN_SECTION = re.compile(
    r"(?i:published|posted|filed|appeared|listed)\s+(?i:in|under)\s+(?P<section>[A-Z“].{1,50})"
)
_PUBLISHED_BY = re.compile(r"(?:source|via|from|published by|courtesy of)\s*:?\s+(?P<name>[A-Z].+)")

# What the parts of a paper are called. Those of a single word stand in capitals or not.
_SECTION_WORDS = frozenset(
    "africa agriculture americas arts asia auto automotive baseball basketball books britain "
    "business canada celebrity china city climate college columnists comment community consumer "
    "court courts crime cricket culture defence defense economy education energy entertainment "
    "environment europe family farming fashion features film finance food football gardening "
    "golf government health hockey home homes house humor industry international investing "
    "ireland justice letters life lifestyle living local london magazine markets media metro "
    "middle money music nation national nature new news north obituaries obituary odd opinion "
    "outdoors people perspective pets philadelphia politics property racing region regional "
    "religion review reviews royals rugby science scotland society soccer south space sport "
    "sports state style tech technology tennis theater theatre top transport travel tv uk us usa "
    "wales weather weird wellness west women work world york eat editorial wildlife analysis "
    "column commentary essay interview profile drink housing village villages council leisure "
    "motoring heritage museums animals".split()
)
_NOT_ALONE = frozenset("new top house north south west middle york home state city eat".split())


def is_section(text: str) -> bool:
    """Whether `text` is, word for word, what a part of a paper is called."""
    if " / " in text:
        return False
    words = re.split(r"\s+|\s*[&/]\s*", text.casefold())
    words = [word for word in words if word not in {"and", "the", "of", ""}]
    if not 1 <= len(words) <= 4 or not text[0].isupper():
        return False
    if len(words) == 1 and words[0] in _NOT_ALONE:
        return False
    return all(word in _SECTION_WORDS for word in words)


def labelled(line: str) -> tuple[str, str] | None:
    """The field and the value of a line like "BYLINE: CORIN DASHWOOD"."""
    label, colon, value = line.partition(":")
    found = _LABEL.fullmatch(label.strip()) if colon and len(label) <= 30 else None
    if found is None or found.lastgroup is None or not value.strip():
        return None
    return found.lastgroup, value.strip()


def read_fields(line: str, *, day_first: bool | None = None) -> Fields | None:
    """What a line says of the article, where it plainly says so; None where it does not.

    A bare name ("Basil Thorncroft") is not plain: see `read_bare`.
    """
    if len(line) > _MOST:
        return None
    fields = Fields()
    if (pair := labelled(line)) and _read_label(fields, *pair, day_first):
        return fields
    dates = find_dates(line, day_first=day_first)
    if not dates and (byline := read_byline(line)):
        fields.bylines.append(byline)
        return fields
    pieces = _pieces(line, dates)
    if not dates and len(pieces) < 2 and not (pieces and _IN_SECTION.fullmatch(pieces[0])):
        return None
    barred = _BAR.search(line) is not None
    fields.dates.extend(dates)
    plain = bool(dates)
    for piece in pieces:
        said = _read_piece(
            fields,
            piece,
            dated=bool(dates),
            barred=barred,
            placed=f"{piece}, " in line,
            day_first=day_first,
        )
        if said is None:
            return None
        plain = plain or said
    return fields if plain and fields else None


def read_bare(line: str) -> Fields | None:
    """What a line between the title and the body may say: a name, a paper, a section."""
    fields = Fields()
    byline = read_bare_byline(line)
    if is_agency(line):
        fields.agencies.append(line)
    elif is_section(line):
        fields.sections.append(line)
    elif is_publisher(line) and not (byline and byline.authors):
        fields.publishers.append(line)
    elif byline is not None:
        fields.bylines.append(byline)
    return fields if fields else None


def is_menu(line: str) -> bool:
    """Whether a line is the sections of a paper, one after the other."""
    words = line.casefold().split()
    return len(words) >= 4 and len(line) <= 120 and all(word in _SECTION_WORDS for word in words)


def _pieces(line: str, dates: list[Found]) -> list[str]:
    rest = line
    for found in reversed(dates):
        # "Posted by Jane Doe on 3 March 2021", "... at 11.20 on 3 March 2021"
        before = rest[: found.span.start].rstrip().removesuffix(" on").removesuffix(" at")
        rest = f"{before} | {rest[found.span.end :]}"
    pieces: list[str] = []
    for piece in (piece.strip(_TRIM) for piece in _PARTS.split(rest)):
        first, _, place = piece.partition(", ")
        # "PTI, Carroway": what stands before the place is told by itself.
        pieces += [first, place] if dates and is_agency(first) and place else [piece]
    return [piece for piece in pieces if piece]


def _read_label(fields: Fields, name: str, value: str, day_first: bool | None) -> bool:
    """Take in a labelled value; False where the line says more than that."""
    if len(_PARTS.split(value)) > 1 and name != "title":
        return False
    if name == "date":
        dates = find_dates(value, day_first=day_first)
        if not dates or _pieces(value, dates):
            return False
        fields.dates.extend(dates)
    elif name == "byline":
        byline = read_byline(value) or read_byline(f"byline: {value}")
        fields.bylines.append(byline or Byline(value, (value,)))
    elif name == "source":
        (fields.agencies if is_agency(value) else fields.publishers).append(value)
    elif name == "section":
        fields.sections.append(value.partition(";")[0].strip())
    elif name == "title":
        fields.titles.append(value)
    elif name == "publisher":
        fields.publishers.append(value)
    elif name == "dateline":
        fields.datelines.append(value)
    elif name == "url" and re.fullmatch(r"https?://\S+", value):
        fields.urls.append(value)
    else:
        return False
    return True


def _read_piece(
    fields: Fields, piece: str, *, dated: bool, barred: bool, placed: bool, day_first: bool | None
) -> bool | None:
    """Take in a part of a line: True where it plainly is a field, None where it is unknown."""
    if pair := labelled(piece):
        return pair[0] == "ignored" or _read_label(fields, *pair, day_first) or None
    if found := _IN_SECTION.fullmatch(piece):
        fields.sections.append(found["section"].strip(" ."))
        return True
    if byline := read_byline(piece):
        fields.bylines.append(byline)
        return True
    if piece in _ZONES or (rule_for(piece) and not is_section(piece)):
        return False
    if is_agency(piece):
        fields.agencies.append(piece)
        return dated
    if is_section(piece):
        fields.sections.append(piece)
        return dated
    bare = read_bare_byline(piece)
    if is_publisher(piece) and not (bare and bare.authors):
        fields.publishers.append(piece)
        return dated
    if bare is not None:
        fields.bylines.append(bare)
        return dated or bare.has_role
    if byline := _role_only(piece, fields):
        fields.bylines.append(byline)
        return True
    if dated and len(piece.split()) <= 3 and piece[0].isupper() and len(piece) <= 30:
        # "3 March | Transport" names a section, "Carroway, 3 March" a place.
        if barred:
            (fields.agencies if _INITIALS.fullmatch(piece) else fields.sections).append(piece)
        elif placed:
            fields.datelines.append(piece)
        return True if barred or placed else None
    return None


def _role_only(piece: str, fields: Fields) -> Byline | None:
    """A role after a name ("Della Prewitt | Staff Writer"): the name is a byline for sure."""
    if not fields.bylines:
        return None
    both = read_bare_byline(f"{fields.bylines[-1].text}, {piece}")
    return Byline() if both is not None and both.has_role else None
