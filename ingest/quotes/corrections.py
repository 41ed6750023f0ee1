"""What an article says of itself: "An earlier version of this article said ..." is no saying."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter

from ingest.article import Span

_HINTS = {"de": ("ersion", "assung"), "es": ("ersión",)}
_BEFORE = r"(?:\b(?:[Aa]n?|[Tt]he|[Oo]ur)\s)?\b"
_EARLIER = r"(?:[Ee]arlier|[Pp]revious|[Oo]riginal|[Pp]rior|[Ii]nitial)\s(?:\w+\s)?versions?"
_WHOLE = re.compile(
    rf"{_BEFORE}{_EARLIER}\sof\s(?:this|the|our)\s(?:\w+\s)?(?:article|story|report|piece|post|page"
    r"|column|item|review|obituary|newsletter|transcript|headline|caption|graphic|map|chart)\b"
    r"|\b[Ii]n\s(?:einer|der)\s(?:früheren|ersten|ursprünglichen|vorherigen)\s(?:Version|Fassung)"
    r"\s(?:dieses|des)\s(?:Artikels|Textes|Beitrags|Berichts)"
    r"|\b(?:[Ee]ine|[Dd]ie)\s(?:frühere|erste|ursprüngliche|vorherige)\s(?:Version|Fassung)"
    r"\s(?:dieses|des)\s(?:Artikels|Textes|Beitrags|Berichts)"
    r"|\b(?:[Uu]ne|[Ll]a)\s(?:première\s)?version\s(?:précédente|antérieure|initiale|originale)?\s?"
    r"de\s(?:cet\sarticle|l[’']article|ce\stexte)"
    r"|\b(?:[Uu]na|[Ll]a)\s(?:primera\s)?versión\s(?:anterior|previa|original|inicial)?\s?"
    r"(?:de\s(?:este|esta)|del|de\sla)\s(?:artículo|texto|noticia|información)"
)
_BARE = re.compile(
    rf"{_BEFORE}{_EARLIER}(?=\s(?:had\s|also\s)?(?:said|\w+ed|\w+ly)\b)"
    r"|\b[Ii]n\s(?:einer|der)\s(?:früheren|ersten|ursprünglichen)\s(?:Version|Fassung)(?=\shieß)"
)
_NOTES = ("amended", "orrect", "larif")
_FAR = 2_000  # characters; no sentence and hardly a paragraph is as long
_REACH = (60, 90)  # characters before and behind a hint that are looked at


def own_text(text: str, language: str) -> list[Span]:
    """Where an article speaks of an earlier version of itself."""
    hints = [at for hint in _HINTS.get(language, ("ersion",)) for at in _places(text, hint)]
    if not hints:
        return []
    found = _near(_WHOLE, text, hints)
    if found or any(note in text for note in _NOTES):
        found += _near(_BARE, text, hints)
    return sorted(set(found))


def _places(text: str, hint: str) -> Iterator[int]:
    at = text.find(hint)
    while at >= 0:
        yield at
        at = text.find(hint, at + len(hint))


def _near(pattern: re.Pattern[str], text: str, hints: Sequence[int]) -> list[Span]:
    """Where a pattern matches beside the hints: to search all of a text takes its time."""
    before, behind = _REACH
    near = (pattern.search(text, max(0, at - before), at + behind) for at in hints)
    return [Span(*m.span()) for m in near if m is not None]


def tells_of(text: str, spans: Sequence[Span], mention: Span | None) -> bool:
    """Whether a mention is one of these, or the "it" of a sentence behind in the paragraph."""
    if mention is None:
        return False
    span = _last(spans, mention.end)
    if span is None:
        return False
    if span.end > mention.start:
        return True
    near = mention.start - span.end <= _FAR and text.find("\n", span.end, mention.start) < 0
    return near and mention.of(text).lower() == "it"


def in_sentence(text: str, spans: Sequence[Span], at: int) -> bool:
    """Whether nothing ends a sentence between one of these and a later place."""
    span = _last(spans, at)
    if span is None or at - span.end > _FAR:
        return False
    return span.end <= at and _ENDS.search(text, span.end, at) is None


def _last(spans: Sequence[Span], before: int) -> Span | None:
    """The last of the spans, which are in order, that begins before a place in the text."""
    at = bisect_left(spans, before, key=itemgetter(0))
    return spans[at - 1] if at else None


_ENDS = re.compile(r"[.!?]\s|\n")
