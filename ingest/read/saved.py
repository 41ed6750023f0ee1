"""What programs that save pages write into them: the address, and when it was saved.

What is saved out of a web archive has the address of the page in that of the archive.

Sources: SingleFile's header comment (its option "infobar"), the "mark of the web" that browsers
put on the first lines, HTTrack's comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from ingest.article import Fact
from ingest.read.stamps import stamp

_HEAD = 20_000  # characters
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\b(?P<rest>.{0,4000}?)-->", re.DOTALL | re.IGNORECASE
)
_SINGLE_URL = re.compile(r"^\s*url:\s*(?P<url>\S+)", re.MULTILINE | re.IGNORECASE)
_SINGLE_DATE = re.compile(r"^\s*saved date:\s*(?P<date>[^\r\n]{10,100})", re.MULTILINE | re.I)
_BROWSER = re.compile(r"<!--\s*saved from url=\(\d{4}\)(?P<url>\S{4,2000})\s*-->", re.IGNORECASE)
_HTTRACK = re.compile(
    r"<!-- Mirrored from (?P<url>\S{4,2000}) by HTTrack .{0,80}?, (?P<date>\w{3}, \d[^>]{10,30}?)"
    r" -->"
)
# How web archives call a page: its time and its address behind theirs.
_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web|archive\.(?:today|ph|is|md|li|vn|fo))/"
    r"(?P<time>\d{4}\.?\d\d\.?\d\d-?\d{4,6})(?:[a-z]{2}_)?/(?P<url>https?://[^\s\"'<>]+)",
    re.IGNORECASE,
)
_WOMBAT = re.compile(r"""__wm\.wombat\(\s*"(?P<url>https?://[^"]+)"\s*,\s*"(?P<time>\d{14})\"""")
_IN_HEAD = re.compile(
    r"<(?:link|meta)\b[^>]{0,300}?(?:canonical|bookmark|og:url)[^>]{0,300}>", re.IGNORECASE
)
_TOOLBAR = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL
)
_JS_DATE = re.compile(
    r"\w{3} (?P<day>\w{3} \d\d? \d{4} \d\d:\d\d:\d\d) (?:GMT|UTC)(?P<zone>[+-]\d{4})?"
)


def saved_facts(text: str) -> tuple[Fact, ...]:
    """The address and the date of saving that the head of a saved page states, if it does."""
    return tuple(_facts(text[:_HEAD]))


def archived_at(url: str) -> tuple[str, str] | None:
    """The page's own address and the time of its capture, of an address in a web archive."""
    found = _ARCHIVED.match(url)
    return (found["url"], _time(found["time"])) if found else None


def without_toolbar(page: str) -> str:
    """A page without what the Wayback Machine puts above it."""
    return _TOOLBAR.sub("", page) if "WAYBACK TOOLBAR" in page else page


def _time(digits: str) -> str:
    d = re.sub(r"\D", "", digits).ljust(14, "0")
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z"


def _archived(head: str) -> Iterator[Fact]:
    """What a page that was saved out of a web archive says of itself."""
    if wombat := _WOMBAT.search(head):
        found: tuple[str, str] | None = (wombat["url"], _time(wombat["time"]))
    else:
        links = " ".join(_IN_HEAD.findall(head))
        address = _ARCHIVED.search(links)
        found = archived_at(address.group()) if address else None
    if found:
        yield Fact("url", found[0], "web archive", 1.0)
        yield Fact("captured", found[1], "web archive", 1.0)


def _facts(head: str) -> Iterator[Fact]:
    if single := _SINGLE_FILE.search(head):
        if url := _SINGLE_URL.search(single["rest"]):
            yield Fact("url", url["url"], "SingleFile header", 1.0)
        if (date := _SINGLE_DATE.search(single["rest"])) and (when := _js_date(date["date"])):
            yield Fact("captured", when, "SingleFile header", 1.0)
    elif browser := _BROWSER.search(head):
        yield Fact("url", browser["url"], "browser's saved-from line", 1.0)
    elif copy := _HTTRACK.search(head):
        address = copy["url"] if "://" in copy["url"] else f"http://{copy['url']}"
        yield Fact("url", address, "HTTrack comment", 0.9)
        if when := stamp(copy["date"]):
            yield Fact("captured", when, "HTTrack comment", 0.9)
    else:
        yield from _archived(head)


def _js_date(value: str) -> str | None:
    """The date as JavaScript prints it, in ISO 8601."""
    if (found := _JS_DATE.match(value)) is None:
        return stamp(value)
    try:
        read = datetime.strptime(
            f"{found['day']} {found['zone'] or '+0000'}", "%b %d %Y %H:%M:%S %z"
        )
    except ValueError:
        return None
    return read.isoformat().replace("+00:00", "Z")
