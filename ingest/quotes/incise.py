"""French newspapers leave the marks open round an attribution: « Moi, soupire Le Goff, je reste. »

Such a run becomes two, with the attribution between them, so that the rules find it as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.article import Span
from ingest.quotes.cues import Lexicon
from ingest.quotes.marks import Run

_WHO = r"(?=[^\W\d_a-z]|l[ea] |l[’']|une? |s(?:on|a) )"
_INCISE = re.compile(
    r",\s(?P<verb>[^\W\d_]+)(?:-t)?[\s-](?:(?:il|elle)\b[^,.«»“”]{0,50}[,.]"
    rf"|{_WHO}[^,.«»“”]{{2,50}}\."
    rf"|{_WHO}[^,«»“”]{{2,50}}(?:,\s[^,«»“”]{{2,50}})?,)(?P<end>\s)"
)


def split_incises(text: str, runs: Sequence[Run], lexicon: Lexicon) -> list[Run]:
    """The runs, each cut where a verb of speech and its subject stand between commas in it."""
    return [part for run in runs for part in _parts(text, run, lexicon)]


def _parts(text: str, run: Run, lexicon: Lexicon) -> Iterator[Run]:
    m = _INCISE.search(text, run.span.start, run.span.end) if run.mark in '«“"' else None
    if m is None or lexicon.verb(m.group("verb")) is None:
        yield run
        return
    before, after = m.start() + 1, m.end("end")
    yield run._replace(span=Span(run.span.start, before), outer=Span(run.outer.start, before))
    rest = Span(after, run.outer.end)
    yield run._replace(span=Span(after, run.span.end), outer=rest, continues=False)
