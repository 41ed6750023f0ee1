"""The title without the name of the site, and which of several titles is the article's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from ingest.credits import folded

_BAR = re.compile(r"\s+[|–—»›:·•-]+\s+|\s*[|｜ㅣ]\s*|\s*--+\s*|\s+::\s+")
_AFTER = re.compile(r"\s*[-–—|｜ㅣ·•»›]|, [^\W\d]")


def site_names(publishers: Iterable[str], urls: Iterable[str]) -> frozenset[str]:
    """What the site may be called, folded: its publisher's names and the labels of its hosts."""
    names = {folded(name) for name in publishers}
    for url in urls:
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            continue
        labels = host.split(".")
        names.add(folded(host))
        names.update(folded(label) for label in labels[:-1] if len(label) > 3)
        names.update(folded(".".join(labels[at:])) for at in range(1, len(labels) - 1))
    return frozenset(name for name in names if len(name) > 1)


def without_site(title: str, sites: frozenset[str], others: Iterable[str] = ()) -> str:
    """The title without what only names the site, at its end or its start.

    Where another voice (`others`) is exactly what stands before a bar, the rest is no title.
    """
    for other in others:
        rest = title[len(other) :]
        if title.startswith(other) and len(other) >= 12 and _AFTER.match(rest) and len(rest) <= 60:
            return other
    bars = list(_BAR.finditer(title))[:8]
    if not bars:
        return title
    known = {folded(other) for other in others if len(other) > 12}
    for bar in bars:
        head = title[: bar.start()]
        if folded(head) in known and len(head) * 3 > len(title):
            return head.strip()
    for bar in bars:
        if _names_site(title[bar.end() :], sites) and len(title[: bar.start()]) >= 8:
            return _section_off(title[: bar.start()]).strip()
    last = bars[-1]
    parts = _BAR.split(title)
    if len(parts) > 2 and _names_site(title[last.end() :], sites):
        return title[: bars[0].start()].strip()
    first = bars[0]
    if _names_site(title[: first.start()], sites) and len(title) - first.end() >= 8:
        return title[first.end() :].strip()
    return title


def _section_off(title: str) -> str:
    """The title without a short section between bars: "Five policies | Politics News"."""
    found = re.search(r"\s+\|\s+[\w &]{2,24}\Z", title)
    return title[: found.start()] if found and found.start() >= 12 else title


def _names_site(part: str, sites: frozenset[str]) -> bool:
    name = folded(part)
    if name in sites:
        return True
    if re.search(r"[\d:#]", part):
        return False  # "Harbour Letter #41: tides" is more than its name
    # "Metro News" of Metro, "The Argus Online" of The Argus.
    return 0 < len(part) <= 40 and any(
        len(site) >= 4 and site in name and len(name) <= len(site) + 10 for site in sites
    )
