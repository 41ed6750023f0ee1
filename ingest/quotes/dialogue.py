"""Spanish dialogue stands in dashes: —Siéntese —dijo el viejo—. No hay prisa.

Each stretch of speech becomes a run, the attribution between them stays outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.article import Paragraph, Span
from ingest.quotes.cues import Lexicon
from ingest.quotes.marks import SPEECH_KINDS, Run

DASH = "—"  # the mark of these runs
_OPENS = re.compile(r"\s*[—–](?=[^\s\d—–])")
# " —dijo el viejo—. " up to the dash that closes it, or to the end.
_ASIDE = re.compile(
    r"\s[—–](?:(?:le|les|me|nos|se|lo)\s)?(?P<verb>[^\W\d_A-Z]+)[^—–\n]*(?P<close>[—–][.,;:]?|$)"
)


def with_dialogue(
    text: str, paragraphs: Sequence[Paragraph], runs: Sequence[Run], lexicon: Lexicon
) -> list[Run]:
    """The runs with those in dashes, where a verb of speech shows what the dashes are."""
    taken = {run.paragraph for run in runs}
    found: list[Run] = []
    told = False
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind not in SPEECH_KINDS or number in taken:
            continue
        start, end = paragraph.span
        opens = _OPENS.match(text, start, end)
        if opens is None:
            continue
        asides = [*_ASIDE.finditer(text, opens.end(), end)]
        told = told or any(lexicon.verb(m.group("verb")) for m in asides)
        found += _parts(text, number, Span(opens.end(), end), asides)
    return sorted([*runs, *found]) if told else list(runs)


def _parts(text: str, number: int, span: Span, asides: Sequence[re.Match[str]]) -> Iterator[Run]:
    outer = span.start - 1
    at = span.start
    for end, after in [*((m.start(), m.end()) for m in asides), (span.end, span.end)]:
        first, last = at, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield Run(Span(first, last), Span(min(outer, first), last), DASH, number)
        outer = at = after
