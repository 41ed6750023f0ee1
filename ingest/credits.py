"""Who a page's markup names as its writers: people in readable case, bodies apart.

Markup names one writer or several in one value ("Jane Doe and Tom Roe"), with "By" or without, and
as often the paper, an agency, an account's name or an address instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.byline import is_role, read_bare_byline, read_byline
from ingest.names import SUFFIXES, is_agency, is_name, is_publisher, readable

_BY = re.compile(
    r"\A\s*(?:(?:written |posted |reported |text |story |words )?by|von|par|por|di|door|av|af|text|"
    r"author|autor|byline)\s*[:：]?\s+|\A\s*(?:autorka|autore|auteur|tekst|texte|автор|авторы|текст|"
    r"szerző|yazar|kirjoittaja|συντάκτης|بقلم|كتب)\s*[:：]\s*|\A\s*(?:文|取材・文|責任編集|记者|記者)\s*[:：/／]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*[;|/、，；]\s*|\s*,\s*(?:and|&)\s+|\s*,\s*|\s+(?:and|&|und|et|y|e|og|och|en|with)\s+",
    re.IGNORECASE,
)
_ROLE_ENDS = re.compile(
    r"\s*(?:기자|논설위원|특파원|記者|记者)\Z|\s+\((?:text|foto|photos?)\)\Z", re.IGNORECASE
)
_NOBODY = re.compile(
    r"admin(?:istrator)?|editor(?:s|ial)?|staff|unknown|anonymous|none|null|web ?desk|news ?desk|"
    r"redaktion|redaction|rédaction|redacción|redazione|redactie|redaksjonen|newsroom|"
    r"guest|author|e-?mail.*|contact.*|follow.*|view .*|more .*|share|tweet|"
    r"(?:(?:facebook|twitter|linkedin|instagram|whatsapp|x)\b ?)+",
    re.IGNORECASE,
)
# What people of some callings have printed after their names.
_DEGREES = frozenset(
    "md phd dphil ms msc ma ba bsc mba jd rd rdn ld rn np pa mph do dds dvm cfa cfp cpa esq edd "
    "psyd lcsw faap facs obe cbe mbe kc qc mp frs".split()
) | {suffix.replace(".", "") for suffix in SUFFIXES}
_LONGEST = 80  # characters of one name


@dataclass(frozen=True, slots=True)
class Credit:
    """The people that a value names, in order, and the bodies: papers, desks, agencies."""

    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


def folded(text: str) -> str:
    """A name as names are compared: case, accents' composition, marks and spaces do not count."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in text if character.isalnum())


def unsigned(line: str) -> str:
    """A line that names writers without the word that says so: "Door Jan de Wit"."""
    return _BY.sub("", line, count=1)


def read_credit(value: str, houses: Iterable[str] = ()) -> Credit:
    """Read one value that names writers. `houses` are names, folded, that are no person's."""
    value = " ".join(value.split())
    value = unsigned(value)
    if not value or "@" in value or re.match(r"https?:|www\.|[\W\d_]+\Z", value, re.IGNORECASE):
        return Credit()
    known = set(houses)
    whole = _ROLE_ENDS.sub("", value)
    if folded(whole) in known or ("," not in whole and is_publisher(whole)):
        return Credit(bodies=(whole,))
    people: list[str] = []
    bodies: list[str] = []
    for part in _parts(value):
        part = _ROLE_ENDS.sub("", part).strip(" ,-–—")
        if part.endswith(".") and part.split()[-1].casefold() not in SUFFIXES:
            part = part.rstrip(".")
        if people and part.casefold().replace(".", "") in _DEGREES:
            people[-1] = f"{people[-1]}, {part}{'.' if part.casefold() in ('jr', 'sr') else ''}"
        elif _names_house(part, known) or is_publisher(part) or is_agency(part):
            bodies.append(part)
        elif _NOBODY.fullmatch(part) or (people and is_role(part)):
            continue
        elif _could_be_name(part):
            people.append(readable(part))
    return Credit(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(bodies)))


def _names_house(part: str, known: set[str]) -> bool:
    """Whether a part is the house's name, or opens with it: "MDR THÜRINGEN" of MDR."""
    first = part.split()[0]
    return folded(part) in known or (len(first) > 2 and first.isupper() and folded(first) in known)


def _parts(value: str) -> list[str]:
    parts = [part for part in _SPLIT.split(value) if part]
    if len(parts) < 2:
        return [value]
    # "Rolf Lindgren und Söhne" is one body: parts have to be names, but for a suffix or a role.
    names = [is_name(part) or part.casefold().replace(".", "") in _DEGREES for part in parts]
    if names[0] or sum(names) * 2 >= len(parts) or (not value.isascii() and len(parts[0]) <= 5):
        return parts
    return [value]


def _could_be_name(part: str) -> bool:
    if not 2 <= len(part) <= _LONGEST or any(c.isdigit() for c in part) or "http" in part:
        return False
    words = part.split()
    if len(words) > 6 or (is_role(part) and not is_name(part)):
        return False
    if part.isascii() and part.islower():
        return False  # the name of an account
    return any(character.isalpha() for character in part)


def _is_nobody(name: str, known: set[str]) -> bool:
    return folded(name) in known or _NOBODY.fullmatch(name) is not None


def read_pieces(pieces: list[str], houses: Iterable[str] = ()) -> Credit:
    """Read a byline that the page shows, given as the texts of its elements.

    Only what is surely a name counts here: such places hold dates, roles and buttons as well.
    """
    known = set(houses)
    people: list[str] = []
    bodies: list[str] = []
    for piece in pieces:
        piece = unsigned(piece)
        parts = [part.strip(" .,") for part in _SPLIT.split(_ROLE_ENDS.sub("", piece)) if part]
        for part in parts:
            if folded(part) in known or is_publisher(part):
                bodies.append(part)
            elif is_name(part) and not is_role(part) and not _is_nobody(part, known):
                people.append(readable(part))
    line = " ".join(pieces)
    bare = unsigned(line)
    found = read_byline(line) or (read_bare_byline(bare) if bare[:1].isalpha() else None)
    whole = found.authors if found else ()
    fuller = len(whole) >= max(len(people), 1)
    if found and fuller and not any(_is_nobody(name, known) for name in whole):
        return Credit(whole, tuple(b for b in (found.agency, found.publisher) if b))
    return Credit(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(bodies)))
