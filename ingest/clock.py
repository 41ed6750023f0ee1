"""What the words of a date stand for: the day, the time of day, the zone.

Dateparser reads them, but for plain English ones: to load it takes a third of a second, and many
archives need it for nothing else. The day and the time are read apart and remembered: an archive
holds few different ones, and reading one takes about a millisecond.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingest.article import Moment, Precision
from ingest.months import named_day

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_LANGUAGES = ["en", "fr", "de", "es", "it", "nl", "pt", "sv", "da", "nb"]

# What Americans say for a zone whatever the season: the date decides.
_SEASONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
# India, Ireland or Israel; Cuba, China or Chicago is settled by use.
_AMBIGUOUS = {"IST"}

_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH_DAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    rf"(?:(?P<month>{_MONTH})\.? (?P<day>\d\d?),?|(?P<date>\d\d?) (?P<name>{_MONTH})\.?,?) "
    r"(?P<year>[12]\d{3})",
    re.IGNORECASE | re.ASCII,
)
_ENGLISH_TIME = re.compile(r"(\d\d?):(\d\d)(?::(\d\d))?(?: ?([ap])m)?", re.IGNORECASE | re.ASCII)

_NUMERIC = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")


def at_time(day: Moment, text: str) -> Moment:
    """The day at the time that `text` says, in its zone where it names one; else the day."""
    time = read_time(text)
    if time is None:
        return day
    zone = _zone_name(text)
    read = datetime.combine(date.fromisoformat(day.value), time.time(), time.tzinfo)
    if zone in _SEASONAL:
        read = _seasonal(read, _SEASONAL[zone])
    elif zone in _AMBIGUOUS:
        read = read.replace(tzinfo=None)
    return stamp(read, re.search(r"\d[:.]\d\d:\d\d", text) is not None)


def stamp(read: datetime, seconds: bool) -> Moment:
    """The moment in ISO 8601, UTC written Z, to the minute or to the second."""
    precision: Precision = "second" if seconds else "minute"
    value = read.isoformat(timespec=f"{precision}s")
    if read.utcoffset() == timedelta(0):
        value = value.removesuffix("+00:00") + "Z"
    return Moment(value, precision)


@lru_cache(maxsize=8192)
def read_day(text: str, day_first: bool | None) -> Moment | None:
    """The day, month or year that `text` says; None where it says none."""
    if plain := english_day(text) or named_day(text):
        return Moment(plain.isoformat(), "day")
    order = "MDY"
    if numeric := _NUMERIC.search(text):
        first, mark, second, year = int(numeric[1]), numeric[2], int(numeric[3]), numeric[4]
        if day_first is None and mark == "/" and first != second and max(first, second) <= 12:
            # 3 April or 4 March: nothing on the page says which, so only the year is sure.
            return Moment(year, "year")
        if first > 12 or (second <= 12 and (day_first or mark == ".")):
            order = "DMY"
    read = _parser(order).get_date_data(text)
    if read.date_obj is None or read.period not in ("day", "month", "year"):
        return None
    when = read.date_obj.date().isoformat()
    if read.period == "month" or not re.search(r"\d.*\d{4}|\d{4}.*\d", text):
        return Moment(when[:7], "month")
    return Moment(when, "day") if read.period == "day" else Moment(when[:4], "year")


@lru_cache(maxsize=8192)
def read_time(text: str) -> datetime | None:
    """The time of day that `text` says, on whatever day, with its zone."""
    if plain := english_time(text):
        return plain
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


def english_day(text: str) -> date | None:
    """A day as "Mon, March 3, 2021" or "3 Mar. 2021", as dateparser reads it; else None."""
    found = _ENGLISH_DAY.fullmatch(text)
    if found is None:
        return None
    month = _MONTHS.index((found["month"] or found["name"])[:3].lower()) + 1
    try:
        return date(int(found["year"]), month, int(found["day"] or found["date"]))
    except ValueError:
        return None


def english_time(text: str) -> datetime | None:
    """A time as "16:15" or "4:15:30 pm", as dateparser reads it, on whatever day; else None."""
    found = _ENGLISH_TIME.fullmatch(text)
    if found is None:
        return None
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(2000, 1, 1, hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        return None


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
    # A tenth of a second to import, and many commands read no date.
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=_LANGUAGES,
        settings={
            "DATE_ORDER": order,
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_LOCALE_DATE_ORDER": False,
        },
    )
