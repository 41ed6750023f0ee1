"""Dates as markup states them: ISO 8601 in all its dialects, RFC 2822, and words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.dates import find_dates, parse_moment

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d?-\d\d?|\d{4}/\d\d?/\d\d?|\d{8}(?=T|\Z))"
    r"(?:[T ]+(?P<time>\d\d?:\d\d(?::\d\d)?|\d{4}(?:\d\d)?)(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d?:?\d\d|[+-]\d\d)?)?",
    re.IGNORECASE,
)
_EARLIEST, _LATEST = 1600, 2100


def stamp(value: str) -> str | None:
    """A date as an ISO 8601 value cut at its precision, with a zone where one is given.

    None where it is no date. Days and months in figures count as unknown where they may be either.
    """
    value = value.strip()
    if found := _ISO.match(value):
        if (read := _iso(found)) is not None:
            return read
    elif re.fullmatch(r"\d{10}(?:\d{3})?", value):  # seconds or milliseconds since 1970
        when = datetime.fromtimestamp(int(value[:10]), UTC)
        return when.isoformat(timespec="seconds").replace("+00:00", "Z")
    if re.match(r"[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{4} \d", value):
        try:
            return parsedate_to_datetime(value).isoformat().replace("+00:00", "Z")
        except (ValueError, IndexError, TypeError):
            pass
    try:
        return parse_moment(value).value
    except ValueError:
        dates = find_dates(value[:200])
        return dates[0].moment.value if dates else None


def _iso(found: re.Match[str]) -> str | None:
    day = found["day"].replace("/", "-")
    if "-" not in day:
        day = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    year, month, date = day.split("-")
    value = f"{year}-{month:0>2}-{date:0>2}"
    time, zone = found["time"], found["zone"] or ""
    if time and ":" not in time:
        time = ":".join(re.findall("..", time))
    try:
        read = datetime.fromisoformat(value)
        if not _EARLIEST <= read.year <= _LATEST:
            return None
        if time is None:
            return value
        time = time if time[1] != ":" else f"0{time}"
        datetime.fromisoformat(f"{value}T{time}")
    except ValueError:
        return None
    if zone.upper() in ("Z", "UTC", "GMT"):
        zone = "Z"
    elif zone:
        digits = zone[1:].replace(":", "")
        digits = digits.zfill(2) + "00" if len(digits) <= 2 else digits.zfill(4)
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
        zone = "Z" if zone[1:] == "00:00" else zone
    return f"{value}T{time}{zone}"
