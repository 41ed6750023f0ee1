"""Dates and numbers as people write them, for the templates."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from db.site import foreign

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_HOUR = re.compile(r"(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?\Z")


def day(moment: str | None) -> str:
    """A date as people write it, by its own clock: "3 March 2023", "March 2023", "2023"."""
    if not moment:
        return ""
    year, *rest = moment[:10].split("-")
    if not rest or not rest[0].isdigit() or not 1 <= int(rest[0]) <= 12:
        return year
    words = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {words}" if len(rest) > 1 and rest[1].isdigit() else words


def when(moment: str | None) -> Markup:
    """`day` in an element that has the date for machines too."""
    if not moment:
        return Markup("without date")
    return Markup(f'<time datetime="{escape(moment)}">{escape(day(moment))}</time>')


def origin(publisher: str | None, published: str | None) -> Markup:
    """Where and when an article was published."""
    by = f"{foreign.inline(publisher)}, " if publisher else ""
    return Markup(f'<span class="from">{by}{when(published)}</span>')


def clock(moment: str | None) -> str:
    """The date in words with the time and its zone, where these are known."""
    if not moment or "T" not in moment:
        return day(moment)
    return f"{day(moment)}, {hour(moment)}"


def hour(moment: str) -> str:
    """The time of a moment that has one, with its zone: "16:15 UTC", "16:15:30 +01:00"."""
    found = _HOUR.match(moment.partition("T")[2])
    if found is None:
        return moment.partition("T")[2]
    minutes, seconds, zone = found.groups()
    time = minutes if seconds in (None, ":00") else minutes + seconds
    return " ".join(part for part in (time, "UTC" if zone == "Z" else zone) if part)


def number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"


def many(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun: "1 quote", "1,200 quotes"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
