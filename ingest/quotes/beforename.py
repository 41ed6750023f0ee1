"""What stands before a name and is no part of it: titles, roles, employers."""

from __future__ import annotations

import re

from ingest.quotes.endings import is_german_role
from ingest.quotes.namewords import (
    GIVEN,
    HONORIFICS,
    LEADING,
    ORGANISATION_WORDS,
    PEOPLE_WORDS,
    PERSON_WORDS,
    PLACES,
    TIMES,
    TITLES,
)

# Roles that begin names of people, places and works as well.
_ALSO_NAMES = frozenset("cook baker butcher hunter child king prince queen star page model".split())

# Posts that the word before them tells more of: Industry Minister, Works Secretary.
_HELD = frozenset(
    "minister secretary commissioner spokesman spokeswoman spokesperson correspondent editor"
    " analyst economist councillor councilman councilwoman collector magistrate registrar".split()
)
# What is no title by itself: "Home Depot", "Home Secretary Ada Lunn".
FIELDS = frozenset("home health education energy trade press".split())
# A name of some words that ends with one of these is a role: NARD President.
ROLE_LAST = frozenset(
    "president minister secretary chairman chairwoman chairperson governor commissioner spokesman"
    " spokeswoman spokesperson ambassador founder co-founder ceo cfo".split()
)
# Behind whom one word is enough of a name: CIA Director Burns.
_POSTS = ROLE_LAST | frozenset(
    "ceo cfo chief director manager sen sen. rep rep. gov gov. superintendent mayor premier".split()
)
# So end the trades that a sentence may begin with: "Qualifier Kinga Ostrow beat her".
_TRADES = ("ier", "eer", "ist", "ician", "woman", "ender", "yer")
_LINKS = frozenset({"and", "&", "of", "for", "on", "the"})
_CALLINGS = ("ist", "ician", "grapher", "arian")  # Scientologist Ada Lunn


def held(low: list[str], first: int, last: int) -> int:
    """Where the post stands that the words at `first` tell more of; `first` where there is none."""
    for at in range(first + 1, min(first + 4, last - 1)):
        if low[at] in _HELD and not organisation(low[first:last]):
            return at
    return first


def role_within(low: list[str], first: int, last: int, german: bool) -> int:
    """Where the last role stands between whom it is held for and a name; `first` without one."""
    for at in range(last - 2, first, -1):
        word, rest = low[at], low[at + 1 : last]
        if word in GIVEN or word in _ALSO_NAMES or word in FIELDS:
            continue
        many = len(rest) > 1 and (is_title(word) or word in PERSON_WORDS)
        if word in _POSTS or many or (german and is_german_role(word)):
            return at if all(_may_be_name(other) for other in rest) else first
    return first


def _may_be_name(word: str) -> bool:
    return not (
        word in _LINKS
        or word in TITLES
        or word in ORGANISATION_WORDS
        or word in LEADING
        or word in PLACES
        or word in TIMES
    )


def before_given(
    words_: tuple[str, ...], low: list[str], first: int, given: int, language: str, opens: bool
) -> bool:
    """Whether what stands before a given name is title or employer: Refugee Council Enver Bee."""
    before = low[first:given]
    if all(len(w.rstrip(".")) == 1 for w in before):
        return False
    if before[0] in HONORIFICS and len(before) > 1 and not _known(before[-1]):
        return False  # Dr. Wen Li Castellan
    return (
        len(before) > 1
        or before[0] in TITLES
        or before[-1] in PERSON_WORDS
        or before[-1].endswith(_CALLINGS)
        or before[-1] in PEOPLE_WORDS
        or (opens and before[-1].endswith(_TRADES))
        or language == "de"
        or (language in ("fr", "es") and _UNELIDED.sub("", before[-1]) in _OFFICES)
        or before[0] in ORGANISATION_WORDS
        or before[0] in LEADING
        or before[0] in PLACES
        or (words_[first].isupper() and len(words_[first]) < 5)
    ) and not (before[-1] in GIVEN or len(before[-1].rstrip(".")) == 1)


def _known(word: str) -> bool:
    """Whether a word tells a role, a body or a place."""
    return (
        word in TITLES
        or word in PERSON_WORDS
        or word in ORGANISATION_WORDS
        or word in LEADING
        or word in PLACES
    )


_UNELIDED = re.compile("^l[’']")
# Whose minister may stand right before a name: "ministre de la Justice Odile Lunn".
_OFFICES = frozenset(
    "budget justice intérieur finances économie travail santé culture éducation transports logement"
    " agriculture défense armées écologie énergie numérique sports enseignement tourisme industrie"
    " hacienda justicia interior economía trabajo sanidad cultura educación transportes vivienda"
    " agricultura defensa igualdad industria turismo exteriores urbanismo obras movilidad".split()
)
_OF_TITLE = frozenset("elect designate general gen in-chief at-large".split())


def is_title(word: str) -> bool:
    base, _, rest = word.partition("-")
    if base in ("co", "ex", "vice") and (rest in TITLES or rest in PERSON_WORDS):
        return True
    return word in TITLES or (rest.rstrip(".") in _OF_TITLE and base in TITLES)


def role_before(low: list[str], first: int, last: int) -> bool:
    """Whether a role stands before two words or more that are a name: Driver Otto Maas."""
    word = low[first]
    return (
        last - first > 2
        and word in PERSON_WORDS
        and word not in GIVEN
        and word not in _ALSO_NAMES
        and not organisation(low[first:last])
    )


def names_itself(low: list[str], first: int, last: int, given: int) -> bool:
    """Whether a title word begins the name of a body: "State Department", "Senate Republicans"."""
    if low[first] in HONORIFICS:
        return False
    rest = low[first + 1 : last]
    if rest[0] in ("to", "for"):
        return True  # Campaign to Protect Rural England, Transport for London
    if low[first] in GIVEN and given == first and len(rest) == 1:
        return True
    return given >= last and (
        rest[-1] in ORGANISATION_WORDS
        # House Committee on Oversight
        or (rest[0] in ORGANISATION_WORDS and not {"on", "of", "for"}.isdisjoint(rest))
    )


def organisation(low: list[str]) -> bool:
    return any(word in ORGANISATION_WORDS for word in low)
