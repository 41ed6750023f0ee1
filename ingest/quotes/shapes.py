"""What the words of a candidate name tell: person, organisation or place, gender, title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from ingest.quotes.beforename import (
    FIELDS,
    ROLE_LAST,
    before_given,
    held,
    is_title,
    names_itself,
    organisation,
    role_before,
    role_within,
)
from ingest.quotes.cues import lexicon
from ingest.quotes.endings import is_german_body, is_german_calling, is_german_role
from ingest.quotes.grammar import FROM
from ingest.quotes.namewords import (
    FEMALE,
    GIVEN,
    LANDFORMS,
    LEADING,
    MALE,
    ORGANISATION_WORDS,
    PERSON_WORDS,
    PLACE_PHRASES,
    PLACES,
    TIMES,
    TITLES,
    TITLES_FEMALE,
    TITLES_MALE,
    TRADERS,
    is_given,
)
from ingest.quotes.wordlists import words

Gender = Literal["m", "f", ""]
NameKind = Literal["person", "organisation", "place", "unknown", "time"]

_CAMEL = re.compile(
    r"^(?!(?:Ma?c|Dell?|[DL][aeiou]|Fitz|V[ao]n|San|St|Jo|Mar|Ke|Ja|Sha|[AE]l|O)[’']?[A-Z])"
    r"[^\W\d]*[a-z][A-Z]"
)
_ADDRESSED = frozenset(
    "mayor president chairman chairwoman chair speaker secretary ambassador minister moderator"
    " justice foreman vice-president".split()
)
_HONOURED = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "madam", "madame"})
_ELIDED = re.compile(r"(?:[LDJCNSM]|Qu)[’'][^\W\d_A-ZÀ-Þ]")
_SHORTENED = words("nouns", "shortened")
_ALSO_SURNAMES = frozenset(
    "bishop major judge dean marshal page pope prince king earl baron".split()
)
_INSIDE_BODY = ("of", "for", "&", "and", "to", "on", "against", "without")
_IRISH = frozenset("bord garda post taisce chomhairle".split())  # An Bord Pleanála
# Before a title, or a body whose member is told: "Former Rovers striker".
_MODIFIERS = frozenset({"former", "acting", "interim", "ex"})

_FROM_WHERE = ("-based", "-born", "-area", "-made", "-backed", "-educated", "-trained", "-raised")
_STATES = frozenset("virginia georgia carolina dakota montana".split())
_DON: dict[str, Gender] = {"don": "m", "doña": "f"}
_KIN = frozenset("mann frau söhne töchter eltern opa oma enkel enkelin onkel tante".split())
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())


@cache
def openers_of(language: str) -> frozenset[str]:
    """Words that a sentence may begin with and that are no part of a name there."""
    found = words("openers", "openers", language)
    if language in ("fr", "es"):  # "Añadió que ..." has no subject
        found |= frozenset(lexicon(language).verbs)
    elif language == "en":  # "Replied Ada Lunn: ..."
        verbs = lexicon(language).verbs.items()
        found |= {w for w, cue in verbs if w.endswith("ed") and cue.quotes and "post" in cue.takes}
    return found


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
    openers, german = openers_of(language), language == "de"
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
    if language == "es" and last - first > 1 and low[first] in _DON:
        gender, first, titled = _DON[low[first]], first + 1, True
    if opens and last - first > 1 and low[first] in TRADERS:
        first += 1  # Drugmaker Orvelis
    given = next(
        (i for i in range(first, last) if is_given(low[i]) and not _is_town(low, i, last)), last
    )
    if given == first < last - 2 and words_[first].isupper() and not words_[first + 1].isupper():
        # "BART Police Chief Ed Alvarez"
        given = next((i for i in range(first + 1, last) if low[i] in GIVEN), last)
    if first < given <= last - 2 and before_given(words_, low, first, given, language, opens):
        titled = any(word in TITLES for word in low[first:given])
        for word in low[first:given]:
            gender = "m" if word in TITLES_MALE else "f" if word in TITLES_FEMALE else gender
        first = given
    if last - first > 2 and language == "fr" and low[first] in FROM:
        first += 1  # le Belge Wout Hendrickx
    described = (i for i in range(first, last - 1) if low[i].endswith(_FROM_WHERE))
    first = next(described, first - 1) + 1  # "Texas-based Ada Lunn"
    while first < last - 1:
        word = low[first]
        if (
            (
                is_title(word)
                or role_before(low, first, last)
                or (german and _is_post(low, first, last))
            )
            and not names_itself(low, first, last, given)
            and not (word in FIELDS and not is_title(low[first + 1]) and given > first + 1)
        ):
            titled = titled or word not in _MODIFIERS
            gender = "m" if word in TITLES_MALE else "f" if word in TITLES_FEMALE else gender
        elif word in LEADING and (titled or given > first) and not organisation(low[first:last]):
            pass
        elif low[first : first + 2] == ["united", "states"] and last - first > 2:
            first += 1
        elif (at := held(low, first, last)) > first:
            first, titled = at, True  # Industry Minister Cecilie Haug
        elif given > first and (at := role_within(low, first, last, german)) > first:
            first, titled = at, True  # SoftBank CEO Masayoshi Son
        else:
            break
        first += 1
    named = german and last - first == 2 and low[first] in GIVEN  # Horst Mai, Lea Winter
    while last > first and low[last - 1] in TIMES and last - first > 1 and not named:
        last -= 1
    if last - first > 1 and low[last - 1] in ROLE_LAST and low[first] not in GIVEN:
        return None  # "NARD President, Dr Bello,"
    if last - first == 1 and first and low[first] in _ADDRESSED and low[first - 1] in _HONOURED:
        return None  # "Mr. Mayor, where was it?"
    if language == "fr" and last - first == 1 and _ELIDED.match(words_[first]) is not None:
        return None  # L’opposition
    if first >= last or (last - first == 1 and _is_no_name(words_[first], low[first])):
        return None
    kind = _kind(words_[first:last], low[first:last], titled)
    if german and kind == "unknown" and last - first > 1 and is_german_body(low[first]):
        kind = "organisation"  # Amtsgericht Nordhorn
    if not gender and kind in ("person", "unknown"):
        word = low[first] if low[first] in GIVEN else low[first].partition("-")[0]
        gender = "m" if word in MALE else "f" if word in FEMALE else ""
    return Shape(first, last, kind, gender, titled)


def _is_post(low: list[str], first: int, last: int) -> bool:
    """Whether a German word is a role: alone, or by its ending before two words or more."""
    word = low[first]
    if last - first == 2 and is_given(low[first + 1]) and word in PERSON_WORDS | _KIN:
        return True  # ihr Mann Karl-Heinz
    owner = word.removesuffix("s")  # zum Tod des Regisseurs Hanno Lunn
    if is_german_role(word) or is_german_role(owner):
        return True
    return last - first > 2 and not is_given(word) and is_german_calling(owner)


def _is_town(low: list[str], at: int, last: int) -> bool:
    """Whether a given name is a place before a post: Virginia Gov. Ada Lunn, Jackson Mayor Poe."""
    after = at + 2
    if after >= last or not is_title(low[at + 1]):
        return False
    if low[at] in _STATES:
        return True
    post = low[at + 1]
    return (
        post not in _ALSO_SURNAMES
        and after < last - 1
        and (low[after] in GIVEN or is_title(low[after]) or post in ("mayor", "sheriff"))
    )


def _is_no_name(word: str, low: str) -> bool:
    """Whether a lone word in capitals is no name: CEO, MSP, DNA, AD105."""
    if low[2:].isdigit() and low[:2] in ("ad", "bc"):
        return True
    return word.isupper() and len(word) < 6 and (low in PERSON_WORDS or low in _SHORTENED)


def _kind(words_: tuple[str, ...], low: list[str], titled: bool) -> NameKind:
    joined = " ".join(low)
    if low[0] in TIMES and len(low) == 1:
        return "time"
    if joined in PLACES or joined in PLACE_PHRASES:
        return "unknown" if titled else "place"
    if len(low) > 1 and is_given(low[0]) and low[-1] not in ORGANISATION_WORDS:
        return "person"
    if organisation(low) or any(word in low for word in _INSIDE_BODY):
        return "organisation"
    if len(low) > 2 and (low[1] == "the" or low[-1] == "watch"):
        return "organisation"  # Save the Children, Human Rights Watch
    if joined in LEADING or (len(low) > 1 and low[-1] in LANDFORMS and not titled):
        return "place"
    if titled:
        return "person"
    if len(low) == 1 and words_[0].isupper() and 2 <= len(words_[0].replace(".", "")) <= 5:
        return "organisation"
    if len(low) == 1 and is_given(low[0]):
        return "person"
    if len(low) == 1 and _CAMEL.search(words_[0]) is not None:
        return "organisation"  # ProPublica, but DeMoro
    return "unknown"
