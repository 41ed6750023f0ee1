"""Dates of publication and of change, with the precision that the page gives.

Regular expressions find what has the shape of a date in a line; `clock` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ingest.article import Moment, Span
from ingest.clock import at_time, read_day, stamp
from ingest.months import DAY as NAMED_DAY

DateRole = Literal["published", "modified", "other"]

_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fév|avr|mai|juin|juil|aoû|déc|mär|okt|dez|"
    "ene|abr|ago|dic|gen|mag|giu|lug|set|ott|mrt|mei|maa|fev|out|maj|des"
)
_MONTH = rf"(?:{_MONTHS})[^\W\d_]{{0,8}}\.?"
_WEEKDAY = (
    r"(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so|mié|jue|"
    r"sáb|dom|gio|seg|ter|qua|qui|sex|maa|din|woe|don|vri|zat|zon|mån|tis|ons|tor|fre|lör|sön)"
    r"[^\W\d_]{0,8}(?:-feira)?\.?"
)
_YEAR = r"(?:1[6-9]|20)\d\d"
_DAY = rf"""
    (?:{_WEEKDAY},?\s+)?(?:the\s+)?
    (?:
      {_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}
    | \d{{1,2}}(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:of\s+|de\s+)?
      {_MONTH},?[\s-]+(?:de\s+|del\s+)?{_YEAR}
    | {_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}
    | \d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}
    | {_MONTH},?\s+(?:de\s+)?{_YEAR}
    | {NAMED_DAY}
    )
    (?:,?\s+{_WEEKDAY}(?=\s|$|,))?
"""
_ZONE = r"(?:\(?(?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)?\)?|[+-]\d\d:?\d\d|\(?[A-Z]{2,4}\)?|Z)(?!\w)"
_TIME = rf"""
    (?:kl\.?\s*|um\s+|à\s+)?
    (?:\d{{1,2}}(?:[:.h]\d\d(?::\d\d(?:\.\d+)?)?(?:\s*[ap]\.?\s?m\b\.?)?|\s*[ap]\.?\s?m\b\.?)
      |noon|midnight)
    (?:\s?(?:uhr|hrs|hours|h)\b\.?)?(?:\s*(?-i:{_ZONE}))?
"""
_GAP = r"(?:\s*[,/|·•–—-]\s*|\s+(?:at|um|à|a\s+las|kl\.?|om|в|о|klo)\s+|\s*T(?=\d)|\s+)+"
_DATE = re.compile(
    rf"(?<![\w.,/-])(?:{_TIME}{_GAP}(?:on\s+)?)?{_DAY}(?:(?:{_GAP}|(?=\d{{1,2}}:\d\d)){_TIME})?(?!\w)",
    re.IGNORECASE | re.VERBOSE,
)
_DAY_ALONE = re.compile(_DAY, re.IGNORECASE | re.VERBOSE)
_TIME_ALONE = re.compile(_TIME, re.IGNORECASE | re.VERBOSE)
_LABEL = re.compile(
    r"""(?:^|[\s(|/·•,;–—-])
    (?P<label>
      (?P<modified>(?:last\s+)?(?:updated?|modified|revised|edited|changed|amended|actualizado|
        aktualisiert|mis\s+à\s+jour(?:\s+le)?|aggiornato|bijgewerkt|uppdaterad|oppdatert|stand|обновлено|zaktualizowano|aktualizováno|
        güncelleme|päivitetty|更新))
    | (?P<other>print(?:ed)?|load[- ]?date|retrieved|accessed|downloaded|saved|archived|captured)
    | (?P<published>(?:first\s+|originally\s+|was\s+)?(?:published|posted|created|issued|filed|
        aired|broadcast|uploaded|released|added)|
        (?:publication|pub\.?|publish|issue|release|article|story|post)
        [\s-]?(?:date|time)|date(?:\s+published)?|publié|publicado|veröffentlicht|pubblicato|
        gepubliceerd|publicerad|publisert|опубликовано|дата|opublikowano|data|发布时间|公開)
    )
    (?:\s+(?:online|on|at|le|am|el|il|op|den|in\s+print))?(?:\s+date)?\s*[:：]?\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL_ALONE = re.compile(
    r"(?:first )?(published|posted|updated|last updated|date)(?: on)?:?", re.I
)
_HAS_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: `span` counts characters of the line, label included."""

    span: Span
    role: DateRole
    moment: Moment
    labelled: bool


def find_dates(line: str, *, day_first: bool | None = None) -> list[Found]:
    """The full dates in a line, in order, with what their labels say of them."""
    if not _HAS_YEAR.search(line):
        return []
    found: list[Found] = []
    floor = 0
    for match in _DATE.finditer(line):
        moment = _moment(match.group(), day_first)
        if moment is None:
            continue
        label = _LABEL.search(line, floor, match.start())
        role: DateRole = "published"
        start = match.start()
        if label:
            role = "modified" if label["modified"] else "other" if label["other"] else "published"
            start = label.start("label")
        found.append(Found(Span(start, match.end()), role, moment, label is not None))
        floor = match.end()
    return found


def label_alone(line: str) -> DateRole | None:
    """The role that a line gives to the date on the next one ("Published"), if it is such."""
    if len(line) > 20 or not (label := _LABEL_ALONE.fullmatch(line)):
        return None
    return "modified" if "updated" in label[1].lower() else "published"


def parse_moment(value: str) -> Moment:
    """Read a date that a person gives: "2023", "2021-03", "3 March 2021 16:15", ISO 8601.

    Raises ValueError where it is none, with a line that says what would do.
    """
    value = value.strip()
    if re.fullmatch(r"\d{4}", value) and value != "0000":
        return Moment(value, "year")
    if month := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value):
        return Moment(f"{month[1]}-{month[2]}", "month")
    found = _iso(value)
    if found is None and len(value) <= 100:
        matched = _DATE.fullmatch(value)
        found = _moment(matched.group(), None) if matched else None
    if found is None:
        raise ValueError(
            f"{value!r} is no date: write 2021, 2021-03, 2021-03-03 or 2021-03-03T16:15"
        )
    return found


def _iso(value: str) -> Moment | None:
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    if "T" not in value and ":" not in value:
        return Moment(read.date().isoformat(), "day")
    seconds = re.search(r"\d:\d\d:\d\d", value) is not None
    return stamp(read.replace(microsecond=0), seconds)


def _moment(text: str, day_first: bool | None) -> Moment | None:
    """The moment that a match of the date pattern stands for."""
    day_match = _DAY_ALONE.search(text)
    if day_match is None:
        return None
    day_text = " ".join(day_match.group().split())
    day = read_day(day_text, day_first)
    if day is None or day.precision != "day":
        return day
    rest = text[: day_match.start()] + " " + text[day_match.end() :]
    time_match = _TIME_ALONE.search(rest)
    if time_match is None:
        return day
    return at_time(day, " ".join(time_match.group().split()))


_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})/(?:1[6-9]|20)\d\d\b")


def day_comes_first(text: str) -> bool | None:
    """How the page writes dates in figures: the day first, the month first, or not to be told."""
    for numeric in _NUMERIC.finditer(text) if "/" in text else ():
        if int(numeric[1]) > 12:
            return True
        if int(numeric[2]) > 12:
            return False
    return None


def iter_years(text: str) -> Iterator[str]:
    """The years in `text`, as written."""
    for match in re.finditer(rf"(?<!\d){_YEAR}(?!\d)", text):
        yield match.group()
