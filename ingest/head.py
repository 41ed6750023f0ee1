"""The head of a page: which line is the title, and what the lines around it say."""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.byline import Byline
from ingest.dates import Found, label_alone
from ingest.fields import Fields, is_menu, is_section, read_bare, read_fields
from ingest.furniture import barred, crumbs, rule_for
from ingest.lines import PART
from ingest.names import is_publisher
from ingest.sheet import Sheet
from ingest.units import Unit

_TITLE_LONGEST = 300
_FUNCTION_END = re.compile(
    r"\b(?:a|an|the|of|for|and|or|to|in|on|at|by|with|from|as|is|are|that|but|into|over)\Z",
    re.IGNORECASE,
)
_WINDOW = 8  # units: how far below a standfirst a byline may stand
_STANDFIRST = 320  # characters


def mark_sections(sheet: Sheet) -> None:
    """Keep a section that stands by itself from being taken for a link of the navigation."""
    first = sheet.first_prose()
    for index in list(sheet.open(0, first)):
        if is_section(sheet.units[index].text) and not _in_menu(sheet, index, first):
            sheet.set(index, "field")


def _in_menu(sheet: Sheet, index: int, stop: int) -> bool:
    def menu(at: int) -> bool:
        text = sheet.units[at].text
        rule = rule_for(text)
        return is_section(text) or (rule is not None and rule.reason in ("navigation", "login"))

    above = index > 0 and sheet.units[index].blank_before == 0 and menu(index - 1)
    under = index + 1 < stop and sheet.units[index + 1].blank_before == 0 and menu(index + 1)
    single = above != under and not _neighbours(sheet, index, stop)
    return (above or under) and not single


def _neighbours(sheet: Sheet, index: int, stop: int) -> bool:
    """Whether the menu that touches this line goes on for another line at least."""
    return any(
        0 <= at < stop and (is_section(sheet.units[at].text) or rule_for(sheet.units[at].text))
        for at in (index - 2, index + 2)
    )


def read_head(sheet: Sheet, *, day_first: bool | None) -> tuple[Fields, Span | None, str | None]:
    """Mark title and fields above the body; give what they say, the title's span and its words."""
    fields = Fields()
    sections = [i for i, role in enumerate(sheet.roles) if role == "field"]
    first = _mark_plain(sheet, fields, day_first)
    title = _labelled_title(sheet, fields)
    if title is None:
        title = _choose_title(sheet, first)
    if not title:
        _settle_above(sheet, first, fields, sections)
        return fields, None, None
    for index in title:
        sheet.set(index, "title")
    span = Span(sheet.units[title[0]].span.start, sheet.units[title[-1]].span.end)
    words = " ".join(sheet.units[index].text for index in title)
    if fields.titles:
        label, colon, value = words.partition(":")
        words = value.strip()
        span = Span(span.end - len(words), span.end) if colon else span
    _settle_above(sheet, title[0], fields, sections)
    _settle_below(sheet, title[-1] + 1, max(first, title[-1] + 1), fields)
    return fields, span, words


def _mark_plain(sheet: Sheet, fields: Fields, day_first: bool | None) -> int:
    """Mark the lines that plainly are fields; give the first unit below the head."""
    waiting: int | None = None
    last = -1
    prose: int | None = None
    for index in list(sheet.open()):
        unit = sheet.units[index]
        if prose is not None and index > prose + _WINDOW:
            break
        if label_alone(unit.text) and _date_follows(sheet, index, day_first):
            waiting = index
            continue
        found = read_fields(unit.text, day_first=day_first)
        if found is None or (prose is not None and not (found.bylines or found.dates)):
            if prose is not None or (unit.is_prose and len(unit.text) > _STANDFIRST):
                break
            prose = index if unit.is_prose else None
            continue
        if waiting is not None and waiting == index - 1:
            if label_alone(sheet.units[waiting].text) == "modified":
                found.dates = [Found(d.span, "modified", d.moment, True) for d in found.dates]
            sheet.set(waiting, "field")
        sheet.set(index, "field")
        fields.add(found)
        last = index
    return max(sheet.first_prose(), last + 1)


def _date_follows(sheet: Sheet, index: int, day_first: bool | None) -> bool:
    if index + 1 >= len(sheet) or sheet.units[index + 1].blank_before:
        return False
    below = read_fields(sheet.units[index + 1].text, day_first=day_first)
    return below is not None and bool(below.dates)


def _labelled_title(sheet: Sheet, fields: Fields) -> list[int] | None:
    if not fields.titles:
        return None
    for index, role in enumerate(sheet.roles):
        if role == "field" and sheet.units[index].text.endswith(fields.titles[0]):
            return [index]
    return None


def _choose_title(sheet: Sheet, first: int) -> list[int]:
    candidates = [i for i in sheet.open(0, first) if _may_be_title(sheet.units[i])]
    if not candidates:
        return _sentence_title(sheet, first)
    anchor = _anchor(sheet, first)
    scores = {i: _title_score(sheet, i, anchor, candidates) for i in candidates}
    best = max(candidates, key=lambda i: (scores[i], -i))
    title = [best]
    while title[-1] + 1 in candidates and _title_goes_on(sheet, title[-1]):
        title.append(title[-1] + 1)
    return title


def _may_be_title(unit: Unit) -> bool:
    text = unit.text
    return (
        len(text) <= _TITLE_LONGEST
        and any(character.isalnum() for character in text)
        and not text.endswith((",", ";"))
    )


def _anchor(sheet: Sheet, first: int) -> int | None:
    """The first byline below which no title stands; else the first field."""
    marked = [i for i in range(min(first + _WINDOW, len(sheet))) if sheet.roles[i] == "field"]
    for index in marked:
        found = read_fields(sheet.units[index].text)
        if found is not None and found.bylines:
            return index
    return next((i for i in marked if read_fields(sheet.units[i].text) is not None), None)


def _title_score(sheet: Sheet, index: int, anchor: int | None, candidates: list[int]) -> float:
    unit = sheet.units[index]
    score = float(min(unit.words, 5))
    if is_publisher(unit.text):
        score -= 4
    if len(barred(unit.text)) > 1 or crumbs(unit.text) or is_menu(unit.text):
        score -= 4
    if unit.words == 1:
        score -= 1
    if unit.bullet:
        score -= 2
    if anchor is not None and index < anchor:
        score += 2
        apart = any(sheet.units[i].blank_before >= PART for i in range(index + 1, anchor + 1))
        if not apart and all(i in candidates for i in range(index, anchor)):
            score += 2  # nothing but candidates between it and the byline
    follows = unit.blank_before < PART and index - 1 in candidates
    if follows and sheet.units[index - 1].words >= 3:
        score -= 1.5  # a standfirst rather than the title
    return score


def _title_goes_on(sheet: Sheet, index: int) -> bool:
    above, below = sheet.units[index], sheet.units[index + 1]
    if below.blank_before or len(above.text) < 8:
        return False
    if above.text.isupper() and below.text.isupper():
        return not is_publisher(below.text)
    return below.text[0].islower() or bool(_FUNCTION_END.search(above.text))


def _sentence_title(sheet: Sheet, first: int) -> list[int]:
    """A title that reads as a sentence: a short one by itself above a byline or the body."""
    if first + 1 >= len(sheet):
        return []
    unit, below = sheet.units[first], sheet.units[first + 1]
    if len(unit.lines) > 1 or len(unit.text) > 150 or re.search(r"[.!?]\s", unit.text):
        return []
    marked = sheet.roles[first + 1] == "field"
    apart = below.blank_before > 0 and len(below.text) > len(unit.text)
    if marked or (apart and not unit.text.endswith((".", "”", '"'))):
        return [first]
    return []


def _settle_above(sheet: Sheet, stop: int, fields: Fields, sections: list[int]) -> None:
    """What stands above the title: section, paper, the rest of the page's head."""
    for index in range(stop):
        steps = crumbs(sheet.units[index].text)
        if steps and sheet.roles[index] in (None, "furniture"):
            sheet.discard(index, "breadcrumb")
    kicker = False
    for index in reversed(list(sheet.open(0, stop))):
        text = sheet.units[index].text
        if is_publisher(text) and not fields.publishers:
            fields.publishers.append(text)
            sheet.set(index, "field")
        elif not kicker and index + 1 == stop and _is_kicker(sheet, index) and not sections:
            kicker = True
            fields.sections.append(text)
            sheet.set(index, "field")
        else:
            sheet.discard(
                index, "navigation" if len(barred(text)) > 1 or is_menu(text) else "above the title"
            )
    _settle_sections(sheet, fields, sections, stop)


def _is_kicker(sheet: Sheet, index: int) -> bool:
    text = sheet.units[index].text
    return text.isupper() and len(text.split()) <= 4 and len(barred(text)) == 1


def _settle_sections(sheet: Sheet, fields: Fields, marked: list[int], title: int) -> None:
    """One section: what a field says, else the lone line next to the title, else a breadcrumb."""
    if not fields.sections and marked:
        nearest = min(marked, key=lambda i: (abs(i - title), i))
        fields.sections.append(sheet.units[nearest].text)
    for index in marked:
        if sheet.units[index].text not in fields.sections[:1]:
            sheet.discard(index, "navigation")
    if not fields.sections:
        for index, reason in sheet.reasons.items():
            if reason == "breadcrumb":
                steps = [s for s in crumbs(sheet.units[index].text) if s.casefold() != "home"]
                if steps and len(steps[0].split()) <= 4:
                    fields.sections.append(steps[0])
                return


def _settle_below(sheet: Sheet, start: int, stop: int, fields: Fields) -> None:
    """What stands between the title and the body and is no plain field."""
    for index in list(sheet.open(start, stop)):
        unit = sheet.units[index]
        bare = read_bare(unit.text)
        if bare is not None and _fits(bare, fields):
            sheet.set(index, "field")
            if bare.agencies and not fields.bylines and not fields.agencies:
                bare.bylines.append(Byline(unit.text, (), unit.text))
            fields.add(bare)
        elif len(barred(unit.text)) > 1 and unit.words <= 12:
            sheet.discard(index, "navigation")


def _fits(bare: Fields, fields: Fields) -> bool:
    return not (bare.bylines and fields.bylines)
