"""German names among German nouns, which all have capitals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.quotes.endings import is_german_calling, is_german_role
from ingest.quotes.namewords import GIVEN

if TYPE_CHECKING:
    from ingest.quotes.names import Name

_THE = frozenset({"der", "des", "die", "den", "dem"})
_LINKS = _THE | {"von"}
# Behind a full name these begin a phrase: "Nora Lunn den Gästen", "Arne Holm zu Beginn".
_BREAKS = _THE | {"zu", "zum", "zur"}
_POLITE = frozenset("Sie Ihnen Ihr Ihre Ihren Ihrer Ich Du Wir Er Es".split())
_FROM = frozenset({"von", "vom"})


# Behind these stands what there is so much of: "zu sechs Jahren Haft", "Millionen Euro".
_MEASURES = frozenset(
    "jahr jahre jahren monat monate monaten woche wochen tag tage tagen stunde stunden minute"
    " minuten uhr euro cent prozent million millionen milliarde milliarden tonne tonnen liter"
    " meter metern kilometer kilometern quadratmeter hektar grad kilo gramm dutzend stück".split()
)
_DATES = frozenset("im seit bis ab anfang ende mitte vom zum am".split())


def without_nouns(text: str, names: Sequence[Name]) -> list[Name]:
    """German writes every noun with a capital: a lone one is no name unless it is a surname."""
    names = [
        n
        for n in names
        if n.words[0] not in _THE  # "Sprecher der Polizei" has no name
        and _POLITE.isdisjoint(n.words)  # "Stehen Sie dazu?"
        and n.words[0].lower() not in _MEASURES
        and (n.kind != "unknown" or n.titled or not _is_phrase(n.words))
    ]
    surnames = {n.words[-1] for n in names if len(n.words) > 1}
    return [
        _as_surname(text, n) if n.kind == "time" and n.words[-1] in surnames else n
        for n in names
        if n.kind != "unknown" or n.titled or n.words[-1] in surnames or len(n.words) > 1
    ]


def _as_surname(text: str, name: Name) -> Name:
    """A month or day that is somebody's name: "sagt Mai", but "im Mai"."""
    before = text[max(0, name.span.start - 8) : name.span.start].split()
    dated = bool(before) and (before[-1].lower() in _DATES or before[-1][-1] == ".")
    return name if dated or len(name.words) > 1 else name._replace(kind="unknown")


def _is_phrase(words: tuple[str, ...]) -> bool:
    """Whether two nouns with an article between look like a name: "Angaben der Bahn"."""
    return len(words) > 2 and words[1] in _THE and words[0].lower() not in GIVEN


def before_phrase(raw: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A full name without the phrase behind it: "Nora Lunn" in "Nora Lunn den Gästen"."""
    words = [raw[s:e] for s, e in pieces]
    role = len(words) > 3 and _is_role(words[0].lower())
    for at in range(2, len(words)):
        named = role or any(word.lower() in GIVEN for word in words[: at - 1])
        if named and words[at] in _BREAKS and words[at - 1][0].isupper():
            return pieces[:at]
        full = role and at > 2  # Expertin Hanne Brock, whatever Brock is
        if named and words[at] in _FROM and (full or words[at - 1].lower() not in GIVEN):
            return pieces[:at]  # Sabine Kern von der Initiative
    return pieces


def _is_role(word: str) -> bool:
    return word not in GIVEN and (is_german_role(word) or is_german_calling(word))


def behind_noun(raw: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """German has nouns in capitals before a name: "Ansicht der Rätin Sibel Kara"."""
    words = [raw[s:e] for s, e in pieces]
    at = next((i for i, word in enumerate(words) if word in _LINKS), 0)
    if not at or words[0].lower() in GIVEN or len(words) - at < 3:
        return pieces
    if any(w.lower() in GIVEN for w in words[1:at]) or (at > 2 and _is_role(words[0].lower())):
        return pieces  # Expertin Sina Adler von der Zentrale
    return behind_noun(raw, pieces[at + 1 :])
