"""The section that an article appeared in: a line of its own, or a step of a breadcrumb."""

from __future__ import annotations

import re

from ingest.fields import is_section
from ingest.furniture import barred, crumbs, rule_for
from ingest.sheet import Fields, Sheet

_HOMES = frozenset({"home", "startseite", "accueil", "inicio", "start", "homepage", "hjem", "hem"})


def mark_sections(sheet: Sheet) -> None:
    """Keep a section that stands by itself from being taken for a link of the navigation."""
    first, _ = sheet.core()
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


def is_kicker(sheet: Sheet, index: int) -> bool:
    """Whether a line above the title that nothing else is known of stands for the section."""
    text = sheet.units[index].text
    if len(barred(text)) > 1 or len(text.split()) > 4:
        return False
    # In capitals anywhere; else at the very top, right above the title: "Village voices".
    words = re.split(r"\s+(?:[&+]\s+)?", text)
    alone = index == 0 and len(words) <= 3 and not any(u.blank_before for u in sheet.units[1:2])
    return text.isupper() or (alone and text[0].isupper() and all(map(str.isalpha, words)))


def settle_sections(sheet: Sheet, fields: Fields, marked: list[int], title: int) -> None:
    """One section: what a field says, else the lone line next to the title."""
    if not fields.sections and marked:
        nearest = min(marked, key=lambda i: (abs(i - title), i))
        said = Fields(sections=[sheet.units[nearest].text])
        sheet.tell(nearest, said)
        fields.add(said)
    for index in marked:
        if sheet.units[index].text not in fields.sections[:1]:
            sheet.discard(index, "navigation")


def section_of_crumbs(sheet: Sheet) -> list[str]:
    """The section that a breadcrumb names; an empty list where none does."""
    for index, reason in sheet.reasons.items():
        if reason == "breadcrumb":
            steps = [s for s in crumbs(sheet.units[index].text) if s.casefold() not in _HOMES]
            return steps[:1] if steps and len(steps[0].split()) <= 4 else []
    return []


def names_section(sheet: Sheet, index: int, start: int) -> bool:
    """Whether a short line below the title stands where a section does.

    So does one between the byline and the date, and one that the breadcrumb has as well.
    """
    text = sheet.units[index].text
    if not text[0].isupper() or len(text.split()) > 4 or text[-1] in ".!?:,…":
        return False
    if any(text in crumbs(sheet.units[at].text) for at in range(start)):
        return True
    words = [word for word in text.split() if word not in {"&", "and"}]
    above, below = sheet.said.get(index - 1), sheet.said.get(index + 1)
    if above is None or sheet.units[index].blank_before or not all(map(str.isalpha, words)):
        return False
    if below is None:  # below the last of the fields, and not the heading of what follows
        apart = index + 1 < len(sheet) and sheet.units[index + 1].blank_before > 0
        return apart and bool(above.dates) and not text.isupper()
    return sheet.units[index + 1].blank_before == 0 and bool(above.dates) != bool(below.dates)
