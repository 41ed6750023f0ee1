"""The time, as the archive writes it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from time import time


def now() -> str:
    """The time in UTC, to the second, as the archive writes it."""
    return _written(int(time()))


@lru_cache(maxsize=1)
def _written(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat().replace("+00:00", "Z")
