"""Dates as people type them into a search box: a year, a month or a day."""

from __future__ import annotations

import datetime
import re

_TYPED = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)


def day(typed: str) -> str | None:
    """The date as the archive writes it ("2023", "2023-05", "2023-05-17"); None if it is none."""
    match = _TYPED.fullmatch(typed)
    if match is None:
        return None
    year, month, of_month = match.groups()
    try:
        datetime.date(int(year), int(month or 1), int(of_month or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, of_month) if part)])
