"""What the words round a name tell of it: a place the text was written in, a thing, an owner."""

from __future__ import annotations

import re

from ingest.quotes.grammar import BODY_NOUNS, FROM, PERSON_NOUNS, POSTS, THINGS
from ingest.quotes.names import Name

# "SALTMERE — ", "SALTMERE, N.D. (Coastwire) - "
_DATELINE = re.compile(r"(?:, ?[\w. ]{2,24})?(?: \([\w ]{2,16}\))? ?(?:—|–|--|- )")
# "The Victorian breakwater": no name, unless a verb stands behind it ("the Guardian reported").
ADJECTIVE = re.compile(
    r"[A-Z][a-z]+(?:ian|ean|ese|ish)\s(?!(?:was|is|has|had|will|would|said|says|of|in|and|or)\b)"
    r"(?![a-z]+ed\b)[a-z]"
)
_OF = re.compile(r"['’]s?((?: [\w-]+){1,4}),? [A-Z]")  # Pike's sister Dana
_BESIDE = re.compile(r"(?: ([a-z-]+))? ([a-z-]+) [A-Z]")  # Rovers striker Lee
_AILMENTS = ("disease", "syndrome", "lymphoma", "palsy")  # Alzheimer's
_BEFORE_POSTS = BODY_NOUNS | POSTS | frozenset("managing executive head senior deputy".split())
_THING = re.compile(r" (?:[a-z]+ )??([a-z-]{3,})(?![\w’'])")
_PLACED = ("esidents of ", "eople of ", " near ", " outside ", " town of ", " village of ")
THE = tuple(f(word) for word in ("the ", "die ", "das ") for f in (str, str.title, str.upper))
_OF_THERE = (*THE, " le ", " la ", " l'", " l’", "Le ", "La ", "L'", "L’")
GENITIVE = ("'s", "’s")


def is_dateline(mask: str, name: Name) -> bool:
    """Whether what a paragraph begins with is the place it was written in: "SALTMERE — "."""
    start, end = name.span
    return (
        name.kind != "organisation"
        and mask[start:end].isupper()
        and _DATELINE.match(mask, end) is not None
    )


def is_from(mask: str, name: Name) -> bool:
    """Whether a name only tells where somebody comes from: "the Spaniard"."""
    return (
        len(name.words) == 1
        and name.words[0].lower() in FROM
        and mask.endswith(_OF_THERE, 0, name.whole.start)
    )


def owns(mask: str, end: int) -> bool:
    """Whether the name that ends there tells of the next one: Pike's sister, Rovers striker."""
    if mask.startswith(GENITIVE, end) or (
        mask[end - 1] == "s" and mask[end : end + 1] in ("'", "’")
    ):
        of = _OF.match(mask, end)
        return of is not None and not PERSON_NOUNS.isdisjoint(of.group(1).split())
    beside = _BESIDE.match(mask, end)
    return (
        beside is not None
        and beside.group(2) in PERSON_NOUNS
        and (beside.group(1) is None or beside.group(1) in _BEFORE_POSTS)
    )


def is_of_thing(mask: str, end: int) -> bool:
    """Whether a name only tells which thing is meant: the Brightwater ferry."""
    m = _THING.match(mask, end)
    return m is not None and m.group(1).rstrip("s") in THINGS


def stands(mask: str, name: Name) -> bool:
    """Whether a name stands for itself, and does not only go before a noun or a number."""
    if len(name.words) > 1 and not name.opens_sentence:
        return True
    if len(name.words) == 1 and mask.endswith(_PLACED, 0, name.span.start):
        return False
    after = mask[name.span.end : name.span.end + 2]
    if after[:1] != " ":
        return after[1:] != "s" or not mask.startswith(_AILMENTS, name.span.end + 3)
    if (
        after[1:].islower()
        and len(name.words) == 1
        and ADJECTIVE.match(mask, name.span.start) is not None
    ):
        return False
    return not (name.opens_sentence and len(name.words) == 1) and not after[1:].isdigit()
