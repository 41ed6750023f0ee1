"""What is a web address, and when two of them are one page in other clothes."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def is_address(place: str) -> bool:
    """Whether a place is on the web, not a file."""
    return _ADDRESS.match(place) is not None


# The same one is asked for to find an article, and to keep it.
@lru_cache(maxsize=1024)
def same_address_key(url: str) -> str:
    """What all the addresses of one page share: no scheme, www, fragment, last slash or tracking.

    Tracking parameters are those that courlan knows (utm_..., fbclid and the like); any other, as
    ?page=2, is part of the address. Never raises: what is no address is its own key.
    """
    # A tenth of a second to import, which a text without an address need not wait.
    from courlan import normalize_url

    try:
        parts = urlsplit(normalize_url(url.strip(), trailing_slash=False))
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    if parts.scheme not in ("http", "https") or not host:
        return url.strip()
    return urlunsplit(("", host + port, parts.path.rstrip("/"), parts.query, "")).lstrip("/")
