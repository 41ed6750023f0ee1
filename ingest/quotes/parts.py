"""Where one name ends and the next begins among capitalised words: at verbs, "of" and "for"."""

from __future__ import annotations

from ingest.quotes.namewords import (
    GIVEN,
    HONORIFICS,
    LEADING,
    ORGANISATION_WORDS,
    PARTICLES,
    PEOPLE_WORDS,
    PERSON_WORDS,
    PLACES,
    TITLES,
)
from ingest.quotes.shapes import openers_of

# Capitalised in headlines, and no part of the names round them.
_HEADLINE_VERBS = frozenset(
    """
says said tells told calls called warns warned asks vows denies accuses claims slams blasts urges
admits insists defends attacks mocks praises rips hits has is was will to on in at and or just
responds announces reveals explains endorses apologizes refuses hints shows got gets put
""".split()
)


def parts(
    text: str, pieces: list[tuple[int, int]], opens: bool
) -> list[tuple[list[tuple[int, int]], bool]]:
    """The names in what a pattern matched, as pieces of the text; whether something goes before.

    Split at a headline's verb, at a full stop, and at "of" and "for" outside organisations.
    """
    for i in range(1, len(pieces)):
        word = text[slice(*pieces[i])]
        stop = text[pieces[i - 1][1] - 1] == "." and len(text[slice(*pieces[i - 1])]) > 3
        low = word.lower()
        verb = low in _HEADLINE_VERBS and not _is_name_too(low, text[slice(*pieces[i - 1])])
        if word[0].isupper() and (verb or (stop and low in openers_of("en"))):
            rest = pieces[i + 1 :] if verb else pieces[i:]
            head = _linked(text, pieces[:i], opens)
            return head + [(part, True) for part, _ in parts(text, rest, False)] if rest else head
    return _linked(text, pieces, opens)


def _is_name_too(low: str, before: str) -> bool:
    """Whether a verb is somebody's name behind that word: Senator Will Hurd, Edward Said."""
    known = before.lower()
    if low == "will":
        return known in TITLES or known in PERSON_WORDS
    return low == "said" and (known in GIVEN or known in PARTICLES)


_OF_BODY = frozenset("center centers centre centres bank chamber transport".split())
_BANDS = frozenset("friends knights daughters sons brotherhood sisters guild fellowship".split())


def _linked(
    text: str, pieces: list[tuple[int, int]], opens: bool
) -> list[tuple[list[tuple[int, int]], bool]]:
    at = next((i for i, (s, e) in enumerate(pieces) if text[s:e] in ("of", "for")), None)
    if at is None or at == 0:
        return [(pieces, False)]
    before = [text[s:e].lower() for s, e in pieces[:at]]
    if before[-1] in ORGANISATION_WORDS or not _OF_BODY.isdisjoint(before):
        return [(pieces, False)]
    if before[-1] in _BANDS and (
        text.startswith("of the ", pieces[at][0])
        or text[slice(*pieces[-1])].lower() in ORGANISATION_WORDS
    ):
        return [(pieces, False)]  # Friends of the Earth, Friends of Hexley Library
    if before[-1] in PEOPLE_WORDS and not (opens and at == 1):
        return [(pieces, False)]  # Physicians for Human Rights
    if before[-1] in TITLES and (named := _named_behind(text, pieces, at)):
        return [(pieces[named:], False)]  # Director of Public Prosecutions Max Hill
    if text[slice(*pieces[at])] == "of" and before[-1] in TITLES:
        # "Secretary of State John Kerry": the title goes on behind "of".
        skip = at + 1
        while skip < len(pieces) and _goes_on(text[slice(*pieces[skip])].lower()):
            skip += 1
        if skip < len(pieces):
            return [(pieces[skip:], False)]
        return [(pieces[:at], False), (pieces[at + 1 :], True)]
    rest = pieces[at + 1 :]
    if rest and text[slice(*rest[0])] == "the":
        rest = rest[1:]
    return [(pieces[:at], False), *((part, True) for part, _ in parts(text, rest, False) if part)]


def _named_behind(text: str, pieces: list[tuple[int, int]], at: int) -> int:
    """Where a full name begins behind what a title is held for; 0 where there is none."""
    for i in range(at + 2, len(pieces) - 1):
        word = text[slice(*pieces[i])]
        if word.lower() in GIVEN or (word.lower() in HONORIFICS and word.lower() in TITLES):
            return i
    return 0


_OF_WHAT = frozenset({"the", "united", "states", "opposition", "staff"})


def _goes_on(word: str) -> bool:
    return word in TITLES or word in PLACES or word in LEADING or word in _OF_WHAT
