"""What the words of a candidate name tell: person, organisation or place, gender, title."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.quotes.endings import is_german_role
from ingest.quotes.wordlists import table, words

Gender = Literal["m", "f", ""]
NameKind = Literal["person", "organisation", "place", "unknown", "time"]

MALE = words("names", "given", "male")
FEMALE = words("names", "given", "female")
EITHER = words("names", "given", "either")
GIVEN = MALE | FEMALE | EITHER
TITLES_MALE = words("names", "titles", "male")
TITLES_FEMALE = words("names", "titles", "female")
TITLES = table("names", "titles")
SUFFIXES = words("names", "suffixes", "all")
HONOURS = words("names", "honours", "all")
PARTICLES = words("names", "particles", "all")
ORGANISATION_WORDS = words("nouns", "organisation")
PERSON_WORDS = table("nouns", "person")
# So end the trades that a sentence may begin with: "Qualifier Kinga Ostrow beat her".
_TRADES = ("ier", "eer", "ist", "ician", "woman", "ender", "yer")
PEOPLE_WORDS = words("nouns", "people")
_SHORTENED = words("nouns", "shortened")
PLACES = words("places", "places", "all")
LEADING = words("places", "places", "leading")
LANDFORMS = words("places", "places", "landforms")
PLACE_PHRASES = frozenset(p.replace("-", " ") for p in words("places", "places", "phrases"))
TIMES = words("places", "times", "all")
HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss sir lord lady dame herr frau monsieur madame mme mme. señor señora"
    " sr. sra. dr dr. prof prof. professor doctor".split()
)

# Roles that begin names of people, places and works as well.
_ALSO_NAMES = frozenset("cook baker butcher hunter child king prince queen star page model".split())

# Posts that the word before them tells more of: Industry Minister, Works Secretary.
_HELD = frozenset(
    "minister secretary commissioner spokesman spokeswoman spokesperson correspondent editor"
    " analyst economist councillor councilman councilwoman collector magistrate registrar".split()
)
_IRISH = frozenset("bord garda post taisce chomhairle".split())  # An Bord Pleanála
# What is no title by itself: "Home Depot", "Home Secretary Ada Lunn".
_FIELDS = frozenset("home health education energy trade press".split())
# A name of some words that ends with one of these is a role: NARD President.
_ROLE_LAST = frozenset(
    "president minister secretary chairman chairwoman chairperson governor commissioner spokesman"
    " spokeswoman spokesperson ambassador founder co-founder ceo cfo".split()
)
# Behind whom one word is enough of a name: CIA Director Burns.
_POSTS = _ROLE_LAST | frozenset(
    "ceo cfo chief director manager sen sen. rep rep. gov gov. superintendent mayor premier".split()
)
# Before a title, or a body whose member is told: "Former Rovers striker".
_MODIFIERS = frozenset({"former", "acting", "interim", "ex"})

_FROM_WHERE = ("-based", "-born", "-area", "-made", "-backed", "-educated", "-trained", "-raised")
_CALLINGS = ("ist", "ician", "grapher", "arian")  # Scientologist Ada Lunn
_STATES = frozenset("virginia georgia carolina dakota montana".split())
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
OPENERS = {language: words("openers", "openers", language) for language in ("en", "de", "fr", "es")}


@dataclass(frozen=True, slots=True)
class Shape:
    """What the words of a candidate tell, whatever its place: cached by its text."""

    first: int
    last: int
    kind: NameKind
    gender: Gender
    titled: bool


@lru_cache(maxsize=20_000)
def shape_of(words_: tuple[str, ...], opens: bool, language: str) -> Shape | None:
    """Which words are the name, and what they tell."""
    low = [w.lower() for w in words_]
    openers, german = OPENERS[language], language == "de"
    first, last = 0, len(low)
    while (
        first < last
        and (opens or low[first] in ("i", "the"))
        and (low[first] in openers or low[first].partition("-")[0] in _TENS)
    ):
        if low[first] == "an" and first + 1 < last and low[first + 1] in _IRISH:
            break
        first += 1
    gender: Gender = ""
    titled = False
    given = next((i for i in range(first, last) if low[i] in GIVEN), last)
    if given == first < last - 2 and (
        (words_[first].isupper() and not words_[first + 1].isupper())
        or (_is_title(low[first + 1]) and low[first] in _STATES)
    ):  # "BART Police Chief Ed Alvarez", "Virginia Gov. Ada Lunn"
        given = next((i for i in range(first + 1, last) if low[i] in GIVEN), last)
    if first < given <= last - 2 and _before_given(words_, low, first, given, language, opens):
        titled = any(word in TITLES for word in low[first:given])
        for word in low[first:given]:
            gender = "m" if word in TITLES_MALE else "f" if word in TITLES_FEMALE else gender
        first = given
    described = (i for i in range(first, last - 1) if low[i].endswith(_FROM_WHERE))
    first = next(described, first - 1) + 1  # "Texas-based Ada Lunn"
    while first < last - 1:
        word = low[first]
        if (
            (_is_title(word) or _role_before(low, first, last) or (german and is_german_role(word)))
            and not _names_itself(low, first, last, given)
            and not (word in _FIELDS and not _is_title(low[first + 1]) and given > first + 1)
        ):
            titled = titled or word not in _MODIFIERS
            gender = "m" if word in TITLES_MALE else "f" if word in TITLES_FEMALE else gender
        elif word in LEADING and (titled or given > first) and not _organisation(low[first:last]):
            pass
        elif low[first : first + 2] == ["united", "states"] and last - first > 2:
            first += 1
        elif (held := _held(low, first, last)) > first:
            first, titled = held, True  # Industry Minister Cecilie Haug
        elif given > first and (held := _role_within(low, first, last, german)) > first:
            first, titled = held, True  # SoftBank CEO Masayoshi Son
        else:
            break
        first += 1
    while last > first and low[last - 1] in TIMES and last - first > 1:
        last -= 1
    if last - first > 1 and low[last - 1] in _ROLE_LAST and low[first] not in GIVEN:
        return None  # "NARD President, Dr Bello,"
    if first >= last or (last - first == 1 and _is_no_name(words_[first], low[first])):
        return None
    kind = _kind(words_[first:last], low[first:last], titled)
    if not gender and kind in ("person", "unknown"):
        word = low[first]
        gender = "m" if word in MALE else "f" if word in FEMALE else ""
    return Shape(first, last, kind, gender, titled)


def _held(low: list[str], first: int, last: int) -> int:
    """Where the post stands that the words at `first` tell more of; `first` where there is none."""
    for at in range(first + 1, min(first + 4, last - 1)):
        if low[at] in _HELD and not _organisation(low[first:last]):
            return at
    return first


def _role_within(low: list[str], first: int, last: int, german: bool) -> int:
    """Where the last role stands between whom it is held for and a name; `first` without one."""
    for at in range(last - 2, first, -1):
        word, rest = low[at], low[at + 1 : last]
        if word in GIVEN or word in _ALSO_NAMES or word in _FIELDS:
            continue
        many = len(rest) > 1 and (_is_title(word) or word in PERSON_WORDS)
        if word in _POSTS or many or (german and is_german_role(word)):
            return at if all(_may_be_name(other) for other in rest) else first
    return first


def _may_be_name(word: str) -> bool:
    return not (
        word in TITLES
        or word in ORGANISATION_WORDS
        or word in LEADING
        or word in PLACES
        or word in TIMES
    )


def _before_given(
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


_OF_TITLE = frozenset("elect designate general gen in-chief at-large".split())


def _is_title(word: str) -> bool:
    base, _, rest = word.partition("-")
    if base in ("co", "ex", "vice") and (rest in TITLES or rest in PERSON_WORDS):
        return True
    return word in TITLES or (rest.rstrip(".") in _OF_TITLE and base in TITLES)


def _is_no_name(word: str, low: str) -> bool:
    """Whether a lone word in capitals is no name: CEO, MSP, DNA."""
    return word.isupper() and len(word) < 6 and (low in PERSON_WORDS or low in _SHORTENED)


def _role_before(low: list[str], first: int, last: int) -> bool:
    """Whether a role stands before two words or more that are a name: Driver Otto Maas."""
    word = low[first]
    return (
        last - first > 2
        and word in PERSON_WORDS
        and word not in GIVEN
        and word not in _ALSO_NAMES
        and not _organisation(low[first:last])
    )


def _names_itself(low: list[str], first: int, last: int, given: int) -> bool:
    """Whether a title word begins the name of a body: "State Department", "Senate Republicans"."""
    if low[first] in HONORIFICS:
        return False
    rest = low[first + 1 : last]
    if low[first] in GIVEN and given == first and len(rest) == 1:
        return True
    return given >= last and (
        rest[-1] in ORGANISATION_WORDS
        # House Committee on Oversight
        or (rest[0] in ORGANISATION_WORDS and not {"on", "of", "for"}.isdisjoint(rest))
    )


def _organisation(low: list[str]) -> bool:
    return any(word in ORGANISATION_WORDS for word in low)


def _kind(words_: tuple[str, ...], low: list[str], titled: bool) -> NameKind:
    joined = " ".join(low)
    if low[0] in TIMES and len(low) == 1:
        return "time"
    if joined in PLACES or joined in PLACE_PHRASES:
        return "unknown" if titled else "place"
    if len(low) > 1 and low[0] in GIVEN and low[-1] not in ORGANISATION_WORDS:
        return "person"
    if _organisation(low) or "of" in low or "for" in low or "&" in low:
        return "organisation"
    if joined in LEADING or (len(low) > 1 and low[-1] in LANDFORMS and not titled):
        return "place"
    if titled:
        return "person"
    if len(low) == 1 and words_[0].isupper() and 2 <= len(words_[0].replace(".", "")) <= 5:
        return "organisation"
    if len(low) == 1 and low[0] in GIVEN:
        return "person"
    return "unknown"
