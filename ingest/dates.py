"""Dates of publication and of change, with the precision that the page gives.

Regular expressions find what has the shape of a date, dateparser reads it. The day and the time of
day are read apart and remembered: an archive holds few different ones, and reading is slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateparser.date import DateDataParser

from ingest.article import Moment, Precision, Span

DateRole = Literal["published", "modified", "other"]

_LANGUAGES = ["en", "fr", "de", "es", "it", "nl", "pt", "sv", "da", "nb"]
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
_GAP = r"(?:\s*[,/|·•–—-]\s*|\s+(?:at|um|à|a\s+las|kl\.?|om)\s+|\s*T(?=\d)|\s+)+"
_DATE = re.compile(
    rf"(?<![\w.,/-])(?:{_TIME}{_GAP}(?:on\s+)?)?{_DAY}(?:{_GAP}{_TIME})?(?!\w)",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL = re.compile(
    r"""(?:^|[\s(|/·•,;–—-])
    (?P<label>
      (?P<modified>(?:last\s+)?(?:updated?|modified|revised|edited|changed|amended|actualizado|
        aktualisiert|mis\s+à\s+jour(?:\s+le)?|aggiornato|bijgewerkt|uppdaterad|oppdatert))
    | (?P<other>print(?:ed)?|load[- ]?date|retrieved|accessed|downloaded|saved|archived|captured)
    | (?P<published>(?:first\s+|originally\s+|was\s+)?(?:published|posted|created|issued|filed|
        uploaded|released|added)|(?:publication|pub\.?|publish|issue|release|article|story|post)
        [\s-]?(?:date|time)|date(?:\s+published)?|publié|publicado|veröffentlicht|pubblicato|
        gepubliceerd|publicerad|publisert)
    )
    (?:\s+(?:online|on|at|le|am|el|il|op|den|in\s+print))?(?:\s+date)?\s*[:：]?\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL_ALONE = re.compile(
    r"(?:first )?(published|posted|updated|last updated|date)(?: on)?:?", re.I
)
_HAS_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")

# What Americans say for a zone whatever the season: the date decides.
_SEASONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
# India, Ireland or Israel; Cuba, China or Chicago is settled by use.
_AMBIGUOUS = {"IST"}


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
    return _stamp(read.replace(microsecond=0), seconds)


def _moment(text: str, day_first: bool | None) -> Moment | None:
    """The moment that a match of the date pattern stands for."""
    day_match = _DAY_ALONE.search(text)
    if day_match is None:
        return None
    day_text = " ".join(day_match.group().split())
    day = _read_day(day_text, day_first)
    if day is None or day.precision != "day":
        return day
    rest = text[: day_match.start()] + " " + text[day_match.end() :]
    time_match = _TIME_ALONE.search(rest)
    if time_match is None:
        return day
    zone = _zone_name(time_match.group())
    stamp = _read_time(" ".join(time_match.group().split()))
    if stamp is None:
        return day
    read = datetime.combine(date.fromisoformat(day.value), stamp.time(), stamp.tzinfo)
    if zone in _SEASONAL:
        read = _seasonal(read, _SEASONAL[zone])
    elif zone in _AMBIGUOUS:
        read = read.replace(tzinfo=None)
    return _stamp(read, re.search(r"\d[:.]\d\d:\d\d", time_match.group()) is not None)


_DAY_ALONE = re.compile(_DAY, re.IGNORECASE | re.VERBOSE)
_TIME_ALONE = re.compile(_TIME, re.IGNORECASE | re.VERBOSE)


def _stamp(read: datetime, seconds: bool) -> Moment:
    precision: Precision = "second" if seconds else "minute"
    value = read.isoformat(timespec=f"{precision}s")
    if read.utcoffset() == timedelta(0):
        value = value.removesuffix("+00:00") + "Z"
    return Moment(value, precision)


@lru_cache(maxsize=8192)
def _read_day(text: str, day_first: bool | None) -> Moment | None:
    numeric = re.search(r"\b(\d{1,2})([-/.])(\d{1,2})\2\d{4}", text)
    order = "MDY"
    if numeric:
        first, second = int(numeric[1]), int(numeric[3])
        if day_first is None and numeric[2] == "/" and first <= 12 and second <= 12 != first:
            if first != second:
                # 3 April or 4 March: nothing on the page says which, so only the year is sure.
                return Moment(numeric[0][-4:], "year")
        elif day_first or numeric[2] == "." or first > 12:
            order = "DMY"
        if day_first and second <= 12:
            order = "DMY"
    read = _parser(order).get_date_data(text)
    if read.date_obj is None or read.period not in ("day", "month", "year"):
        return None
    when = read.date_obj.date().isoformat()
    if read.period == "month" or not re.search(r"\d.*\d{4}|\d{4}.*\d", text):
        return Moment(when[:7], "month")
    return Moment(when, "day") if read.period == "day" else Moment(when[:4], "year")


@lru_cache(maxsize=8192)
def _read_time(text: str) -> datetime | None:
    text = re.sub(
        r"(?<=\d)[.h](?=\d\d\b)",
        ":",
        re.sub(r"\(|\)|\b(?:uhr|hrs|hours|kl\.?|um|à)\b", "", text, flags=re.I),
    ).strip()
    read: datetime | None = _parser("MDY").get_date_data(text).date_obj
    if read is None:
        return None
    zone: tzinfo | None = None
    if (offset := read.utcoffset()) is not None:
        zone = timezone(offset)
    return read.replace(tzinfo=zone, microsecond=0)


def _zone_name(text: str) -> str:
    letters = re.findall(r"[A-Z]{2,4}", text)
    return letters[-1] if letters else ""


def _seasonal(read: datetime, name: str) -> datetime:
    try:
        return read.replace(tzinfo=ZoneInfo(name))
    except ZoneInfoNotFoundError:  # a system without the zone table
        return read


@lru_cache(maxsize=4)
def _parser(order: str) -> DateDataParser:
    return DateDataParser(
        languages=_LANGUAGES,
        settings={
            "DATE_ORDER": order,
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_LOCALE_DATE_ORDER": False,
        },
    )


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
