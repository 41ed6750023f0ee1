"""How the web is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Fact
from ingest.read import MAX_BYTES

DELAY = 2.0


@dataclass(frozen=True, slots=True)
class Manners:
    """How the web is asked: seconds between two requests to a host, and limits for each page."""

    delay: float = DELAY
    timeout: float = 60.0
    max_bytes: int = MAX_BYTES
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a page, by which it can tell later whether the page has changed."""

    final: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What came: `address` as asked for, `validators.final` where it was in the end."""

    address: str
    data: bytes
    facts: tuple[Fact, ...]
    validators: Validators
