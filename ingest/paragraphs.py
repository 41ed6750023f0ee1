"""The body of an article: paragraphs, and which of them are headings, list items, captions."""

from __future__ import annotations

import re

from ingest.article import Paragraph, ParagraphKind, Span
from ingest.sheet import Sheet
from ingest.units import Unit, join

_HEADING_LONGEST = 100
_HEADING_WORDS = 14
_QUESTION_WORDS = 8
_QUOTE_INDENT = 4
_SPEAKER = re.compile(r"(?:[A-Z]|[A-Z][\w.]+(?: [A-Z][\w.]+)?): ")  # who asks in an interview


def paragraphs_of(sheet: Sheet) -> tuple[Paragraph, ...]:
    """The paragraphs of what the sheet leaves for the body, captions among them, in order."""
    body = [i for i, role in enumerate(sheet.roles) if role in (None, "body")]
    quoted = _quote_indent(sheet, body)
    found: list[Paragraph] = []
    for index, role in enumerate(sheet.roles):
        unit = sheet.units[index]
        if role == "caption":
            found.append(Paragraph(unit.span, unit.text, "caption"))
        elif role in (None, "body"):
            found.append(_paragraph(sheet, body, index, quoted))
    return tuple(found)


def _paragraph(sheet: Sheet, body: list[int], index: int, quoted: int | None) -> Paragraph:
    unit = sheet.units[index]
    kind = _kind(sheet, body, index, quoted)
    if kind != "list_item":
        return Paragraph(unit.span, unit.text, kind)
    lines = [line.text for line in unit.lines]
    lines[0] = lines[0][unit.bullet :]
    return Paragraph(Span(unit.span.start + unit.bullet, unit.span.end), join(lines), kind)


def _kind(sheet: Sheet, body: list[int], index: int, quoted: int | None) -> ParagraphKind:
    unit = sheet.units[index]
    if unit.bullet and _in_list(sheet, index):
        return "list_item"
    if quoted is not None and min(line.indent for line in unit.lines) >= quoted:
        return "block_quote"
    if _is_heading(sheet, index):
        return "heading"
    return "text"


def _in_list(sheet: Sheet, index: int) -> bool:
    """One bullet makes no list: another stands beside it, or a line that announces it."""
    mark = _mark(sheet.units[index])
    for at in (index - 1, index + 1):
        if 0 <= at < len(sheet) and sheet.roles[at] in (None, "body"):
            beside = sheet.units[at]
            if beside.bullet and _mark(beside) == mark:
                return True
            if at < index and beside.text.endswith(":"):
                return True
    return False


def _mark(unit: Unit) -> str:
    first = unit.lines[0].text[: unit.bullet].strip()
    return "1" if any(character.isalnum() for character in first) else first


def _is_heading(sheet: Sheet, index: int) -> bool:
    unit = sheet.units[index]
    if len(unit.lines) > 2 or len(unit.text) > _HEADING_LONGEST or unit.words > _HEADING_WORDS:
        return False
    if unit.text[-1] == "?":
        if unit.words > _QUESTION_WORDS or unit.text[0] in "“\"'‘" or unit.text[:-1].count("?"):
            return False
        if _SPEAKER.match(unit.text):
            return False
    elif unit.ends_sentence or unit.text[-1] in ",-–—" or _is_speech(unit.text):
        return False
    if not (unit.text[0].isupper() or unit.text[0].isdigit() or unit.text[0] in "‘“\"'¿¡"):
        return False
    return not _in_table(sheet, index) and _heads_text(sheet, index)


def _in_table(sheet: Sheet, index: int) -> bool:
    """Whether a short line right above it says that this is one of several."""
    if (
        index == 0
        or sheet.units[index].blank_before
        or sheet.roles[index - 1] not in (None, "body")
    ):
        return False
    above = sheet.units[index - 1]
    return not above.is_prose and not above.ends_sentence


def _is_speech(text: str) -> bool:
    # A line in double quotation marks with more outside them is speech and who said it.
    return text[0] in '“"' and text[-1] not in '”"'


def _heads_text(sheet: Sheet, index: int) -> bool:
    for at in range(index + 1, len(sheet)):
        role = sheet.roles[at]
        below = sheet.units[at]
        if role == "caption" or (role == "furniture" and at == index + 1):
            continue
        if role not in (None, "body"):
            return False
        return below.is_prose or below.bullet > 0 or below.ends_sentence
    return False


def _quote_indent(sheet: Sheet, body: list[int]) -> int | None:
    """The indent from which a paragraph is a block quotation; None where the page has none."""
    if len(body) < 3:
        return None
    flush = sorted(min(line.indent for line in sheet.units[i].lines) for i in body)
    usual = flush[len(flush) // 2]
    deep = [indent for indent in flush if indent >= usual + _QUOTE_INDENT]
    return usual + _QUOTE_INDENT if deep and len(deep) <= len(flush) / 3 else None
