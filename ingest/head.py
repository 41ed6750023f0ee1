"""The head of a page: what the lines around the title say."""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.byline import Byline, is_role, together
from ingest.dates import Found, label_alone
from ingest.fields import is_menu, read_bare, read_fields
from ingest.furniture import barred, crumbs
from ingest.headline import choose_title
from ingest.names import is_agency, is_publisher
from ingest.section import is_kicker, names_section, section_of_crumbs, settle_sections
from ingest.sheet import Fields, Sheet

_FOR_PAPER = re.compile(r"\A(?i:special(?:ly)? (?:to|for)|for|of|with)\s+(?:the\s+)?")
_STAFF = re.compile(
    r"\s+(?:news\s+|newsroom\s+)?(?:staff|reporters?|(?:staff\s+)?(?:writers?|reporters?)|"
    r"correspondents?|contributors?|editors?)\Z",
    re.IGNORECASE,
)
_WINDOW = 8  # units: how far below a standfirst a byline may stand
_STANDFIRST = 320  # characters
_IN_BRACKETS = re.compile(r"\s*\([^()]{2,40}\)\Z")  # the edition or the town of a paper
_TOP = 10  # units: a paragraph above this is at the top of the page
_NEAR = 8  # units: fields further above the title are about something else


def read_head(sheet: Sheet, *, day_first: bool | None) -> tuple[Fields, Span | None, str | None]:
    """Mark title and fields above the body; give what they say, the title's span and its words."""
    sections = [i for i, role in enumerate(sheet.roles) if role == "field"]
    body = _body_start(sheet)
    said = _mark_plain(sheet, body, day_first)
    end = max([body, *(index + 1 for index in said)])
    title = _labelled_title(sheet, said)
    labelled = bool(title)
    if not title:
        title = choose_title(sheet, body, said)
    fields = Fields()
    if not title:
        _merge(sheet, fields, said, body)
        _settle_above(sheet, body, fields, sections)
        fields.sections += section_of_crumbs(sheet)
        return fields, None, None
    for index in title:
        sheet.set(index, "title")
    for index in list(sheet.open(title[-1] + 1)):
        if sheet.units[index].text.casefold() == sheet.units[title[0]].text.casefold():
            sheet.discard(index, "the title again")
    _merge(sheet, fields, said, title[0])
    _settle_above(sheet, title[0], fields, sections)
    _settle_below(sheet, title[-1] + 1, end, fields)
    fields.sections += section_of_crumbs(sheet)
    span = Span(sheet.units[title[0]].span.start, sheet.units[title[-1]].span.end)
    words = " ".join(sheet.units[index].text for index in title)
    if labelled:
        words = fields.titles[0]
        span = Span(span.end - len(words), span.end)
    return fields, span, words


def _body_start(sheet: Sheet) -> int:
    """Where the body starts. A paragraph at the top of a page without a menu is no blurb."""
    body, _ = sheet.core()
    top = sheet.first_prose()
    menu = sum(sheet.reasons.get(index) == "navigation" for index in range(top))
    return top if top < min(body, _TOP) and menu <= 3 and any(sheet.open(0, top)) else body


def _merge(sheet: Sheet, fields: Fields, said: dict[int, Fields], title: int) -> None:
    """Put together what the lines near the title say; those far above it are no fields of it."""
    for index, found in said.items():
        if index < title - _NEAR:
            sheet.discard(index, "above the title")
        else:
            fields.add(found)


def _mark_plain(sheet: Sheet, body: int, day_first: bool | None) -> dict[int, Fields]:
    """Mark the lines that plainly are fields, above the body and under a standfirst."""
    said: dict[int, Fields] = {}
    waiting = -2
    for index in list(sheet.open(0, min(len(sheet), body + _WINDOW))):
        unit = sheet.units[index]
        if label_alone(unit.text) and _date_follows(sheet, index, day_first):
            waiting = index
            continue
        found = read_fields(unit.text, day_first=day_first)
        if index >= body and (found is None or not (found.bylines or found.dates)):
            if index > body or len(unit.text) > _STANDFIRST:
                break
            continue
        if found is None:
            continue
        if waiting == index - 1:
            if label_alone(sheet.units[waiting].text) == "modified":
                found.dates = [Found(d.span, "modified", d.moment, True) for d in found.dates]
            sheet.tell(waiting, found)
        sheet.tell(index, found)
        said[index] = found
    return said


def _date_follows(sheet: Sheet, index: int, day_first: bool | None) -> bool:
    if index + 1 >= len(sheet) or sheet.units[index + 1].blank_before:
        return False
    below = read_fields(sheet.units[index + 1].text, day_first=day_first)
    return below is not None and bool(below.dates)


def _labelled_title(sheet: Sheet, said: dict[int, Fields]) -> list[int]:
    for index, found in said.items():
        if found.titles and sheet.units[index].text.endswith(found.titles[0]):
            return [index]
    return []


def _settle_above(sheet: Sheet, stop: int, fields: Fields, sections: list[int]) -> None:
    """What stands above the title: section, paper, the rest of the page's head."""
    for index in range(stop):
        steps = crumbs(sheet.units[index].text)
        if steps and sheet.roles[index] in (None, "furniture"):
            sheet.discard(index, "breadcrumb")
    kicker = False
    for index in reversed(list(sheet.open(0, stop))):
        text = _IN_BRACKETS.sub("", sheet.units[index].text)
        if is_publisher(text) and not fields.publishers:
            _take(sheet, index, fields, Fields(publishers=[text]))
        elif not kicker and index + 1 == stop and not sections and is_kicker(sheet, index):
            kicker = True
            _take(sheet, index, fields, Fields(sections=[text]))
        else:
            sheet.discard(
                index, "navigation" if len(barred(text)) > 1 or is_menu(text) else "above the title"
            )
    settle_sections(sheet, fields, sections, stop)


def _take(sheet: Sheet, index: int, fields: Fields, said: Fields) -> None:
    sheet.tell(index, said)
    fields.add(said)


def _settle_below(sheet: Sheet, start: int, stop: int, fields: Fields) -> None:
    """What stands between the title and the body and is no plain field."""
    for index in list(sheet.open(start, stop)):
        unit = sheet.units[index]
        if paper := _paper_below(sheet, index, fields):
            _take(sheet, index, fields, Fields(publishers=[paper]))
            continue
        bare = read_bare(unit.text)
        if bare is not None and _fits(bare, fields) and not _is_subject(sheet, start, bare):
            if bare.agencies and not fields.bylines and not fields.agencies:
                bare.bylines.append(Byline(unit.text, (), unit.text))
            _take(sheet, index, fields, bare)
        elif bare is not None and _second_author(sheet, index, bare):
            fields.bylines[-1] = together(fields.bylines[-1], bare.bylines[0])
            sheet.tell(index, Fields(bylines=fields.bylines[-1:]))
            sheet.tell(index - 1, Fields(bylines=fields.bylines[-1:]))
        elif fields.bylines and is_role(unit.text) and not unit.is_prose:
            sheet.discard(index, "writer's role")
        elif len(barred(unit.text)) > 1 and unit.words <= 12:
            sheet.discard(index, "navigation")
        elif not fields.sections and names_section(sheet, index, start):
            _take(sheet, index, fields, Fields(sections=[unit.text]))
    for index in range(start, stop):
        # "Special to The Argus" is known for a role, and names the paper.
        role = sheet.reasons.get(index) == "writer's role"
        if role and (paper := _paper_below(sheet, index, fields)):
            _take(sheet, index, fields, Fields(publishers=[paper]))


def _paper_below(sheet: Sheet, index: int, fields: Fields) -> str:
    """The paper on the line right below the writer's: "Pell Post", "For the Argus", "Argus Staff".

    There even "Pell Post" is one, which elsewhere may as well be a person.
    """
    unit = sheet.units[index]
    above = sheet.said.get(index - 1)
    signed = above is not None and any(byline.authors for byline in above.bylines)
    if unit.blank_before or not signed or fields.publishers or unit.words > 8:
        return ""
    named = _FOR_PAPER.sub("", unit.text).strip(" .")
    named = _STAFF.sub("", named) or named
    return named if is_publisher(named, loose=True) and not is_agency(named) else ""


def _is_subject(sheet: Sheet, start: int, bare: Fields) -> bool:
    """Whether a bare name is whom the title right above is about, and not who wrote it."""
    names = [name for byline in bare.bylines for name in byline.authors]
    return any(name in sheet.units[start - 1].text for name in names)


def _second_author(sheet: Sheet, index: int, bare: Fields) -> bool:
    """Whether a name stands right below the line of another author."""
    if sheet.units[index].blank_before or not bare.bylines or not bare.bylines[0].authors:
        return False
    above = sheet.said.get(index - 1)
    return above is not None and bool(above.bylines) and bool(above.bylines[0].authors)


def _fits(bare: Fields, fields: Fields) -> bool:
    return not (bare.bylines and fields.bylines)
