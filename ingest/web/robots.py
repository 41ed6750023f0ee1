"""What a site lets programs ask for: robots.txt as RFC 9309 has it, read by Protego.

Protego instead of the standard library's parser, which knows neither wildcards nor the rule that
the longest match decides; Scrapy reads robots.txt with it.
"""

from __future__ import annotations

from protego import Protego

from ingest.web.client import NAME, Answer

# Characters; the standard asks for no less. A file over MOST_BYTES is no robots.txt.
MOST_READ, MOST_BYTES = 512_000, 5_000_000
# Nobody waits for an hour between two pages (seconds).
MOST_DELAY = 60.0


class Rules:
    """The rules of one site, as its robots.txt has them."""

    def __init__(self, text: str = "") -> None:
        self._read = Protego.parse(text[:MOST_READ])

    def allow(self, url: str) -> bool:
        """Whether we may ask for `url`."""
        return bool(self._read.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """The seconds it wants between two requests, cut at MOST_DELAY; 0 where it wants none."""
        stated = self._read.crawl_delay(NAME)
        return min(max(stated or 0.0, 0.0), MOST_DELAY)


def rules_of(answer: Answer) -> Rules | None:
    """The rules that the answer for robots.txt gives; None where nothing may be asked for.

    A site that has no such file allows everything; one that cannot say, nothing.
    """
    if answer.status == 200:
        return Rules(answer.data.decode("utf-8-sig", "replace"))
    if 400 <= answer.status < 500 and answer.status != 429:
        return Rules()
    return None
