"""The time, as the archive writes it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The time in UTC, to the second, as the archive writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
