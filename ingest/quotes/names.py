"""Candidate names: capitalised words outside marks, without titles and places before them.

A candidate carries what its own words tell: person, organisation or place, the gender of its title
or given name. Who is who comes later, in people.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ingest.article import Span
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
PARTICLES = words("names", "particles", "all")
ORGANISATION_WORDS = words("nouns", "organisation")
PERSON_WORDS = table("nouns", "person")
PLACES = words("places", "places", "all")
LEADING = words("places", "places", "leading")
PLACE_PHRASES = frozenset(p.replace("-", " ") for p in words("places", "places", "phrases"))
TIMES = words("places", "times", "all")
HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss sir lord lady dame herr frau monsieur madame mme mme. señor señora"
    " sr. sra. dr dr. prof prof. professor doctor".split()
)

# Function words that a sentence may begin with; they are never part of a name there.
_OPENERS = {
    "en": """
a an the and but or nor so yet for if in on at to of by as from with without about after before
during since until while when where why how what who whom which whose that this these those then
there here it its he him his she her hers they them their we us our you your i my me not no all
both each every some any many most much more few several one two three four five six seven eight
nine ten other others another such same also still even just only now today yesterday tomorrow
tonight later earlier once again ever never although though because unless whether despite
according like unlike amid among against between beyond under over above below into onto upon
through throughout across along around near off out up down is are was were be been has have had do
does did will would can could may might must shall should let asked speaking writing responding
meanwhile however moreover furthermore instead indeed perhaps maybe yes well oh thus hence
nevertheless nonetheless finally eventually recently currently previously initially additionally
afterwards afterward elsewhere said says told asking citing
noting adding given following including
""",
    "de": """
der die das ein eine einer und aber oder in im am an auf aus bei mit nach von vor zu zum zur er sie
es wir ich ihr sein seine nicht auch noch so wie wenn als dass doch dann da hier dort nun denn
""",
    "fr": """
le la les un une des du de et mais ou en au aux dans par pour sur avec sans il elle ils elles on
nous vous je ce cette ces son sa ses leur selon après avant pendant quand comme si
""",
    "es": """
el los las una unos unas y pero o del al con por para sin sobre según tras ante él ella ellos
ellas nosotros yo su sus este esta estos estas cuando como si no
""",
}
OPENERS = {language: frozenset(text.split()) for language, text in _OPENERS.items()}

_UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_ABBREVIATED = (
    r"(?:Mc[A-Z]|ST|MR|MRS|MS|DR|Mrs?|Ms|Dr|Drs|Messrs|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Cpl|Capt|Cmdr|Prof|Rev|Fr|St|Jr|Sr|Maj|"
    r"Adm|Hon|Mme|Mlle|Sra|Insp|Supt|Det|Pres|Inc|Corp|Ltd|Co|Bros)\."
)
_WORD = (
    rf"(?:{_ABBREVIATED}|(?:[{_UPPER}]\.)+|(?:(?:al|el|ad|as|ash|an|ar)-|[dlDLO][’'])?[{_UPPER}]"
    rf"(?:[\w&]|[’'](?!s\b)(?=\w\w)|-(?=\w))*)"
)
_PARTICLE = (
    r"(?:v[ao]n|de[rnl]?|del?la|d[aiou]|dos|l[aeo]s?|bin|ibn|ben|abu|abd|y|te[rn]|zum?|zur|af)"
)
_LINK = r"(?:of the|of|for the|for|de la|de|der|des|du|del)"
_GAP = r"(?:[ \xa0]|[ ]?\r?\n[ \t]*)"
NAME = re.compile(
    rf"(?<![\w’'@#]){_WORD}(?:{_GAP}(?:{_PARTICLE}{_GAP}){{0,2}}{_WORD}|{_GAP}(?:of|for)(?:{_GAP}the)?"
    rf"{_GAP}{_WORD}|,{_GAP}(?=[JS]r\.|II){_WORD})*"
)
_SPACE = re.compile(r"\s")
_PIECE = re.compile(r"[^\s]+")


class Name(NamedTuple):
    """A candidate name. `span` leaves title and place before it out, `whole` takes them in."""

    span: Span
    whole: Span
    words: tuple[str, ...]
    kind: NameKind
    gender: Gender = ""
    titled: bool = False
    opens_sentence: bool = False
    honorific: bool = False  # the word right before it is "Mr." or the like

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the words of a candidate tell, whatever its place: cached by its text."""

    first: int
    last: int
    kind: NameKind
    gender: Gender
    titled: bool


def find_names(text: str, spans: Iterable[Span], language: str = "en") -> list[Name]:
    """Candidate names in those stretches of a text whose quotations are masked."""
    found: list[Name] = []
    for span in spans:
        for m in NAME.finditer(text, span.start, span.end):
            found += _names_of(text, span, m.start(), m.end(), language)
    return _without_nouns(found) if language == "de" else found


def _without_nouns(names: list[Name]) -> list[Name]:
    """German writes every noun with a capital: a lone one is no name unless it is a surname."""
    surnames = {n.words[-1] for n in names if len(n.words) > 1}
    return [
        n
        for n in names
        if n.kind != "unknown" or n.titled or n.words[-1] in surnames or len(n.words) > 1
    ]


def _names_of(text: str, span: Span, start: int, end: int, language: str) -> list[Name]:
    raw = text[start:end]
    if not _SPACE.search(raw):
        opens = _opens_sentence(text, span.start, start)
        shape = _shape((raw,), opens, language)
        if shape is None:
            return []
        at = Span(start, end)
        return [Name(at, at, (raw,), shape.kind, shape.gender, shape.titled, opens)]
    pieces = [(start + p.start(), start + p.end()) for p in _PIECE.finditer(raw)]
    opens = _opens_sentence(text, span.start, start)
    found: list[Name] = []
    for part, linked in _parts(text, pieces):
        name = _name(text, part, opens and part[0] == pieces[0] and not linked, language)
        if name:
            found.append(name)
    return found


# Capitalised in headlines, and no part of the names round them.
_HEADLINE_VERBS = frozenset(
    """
says said tells told calls called warns warned asks vows denies accuses claims slams blasts urges
admits insists defends attacks mocks praises rips hits has is was will to on in at and or
""".split()
)


def _parts(text: str, pieces: list[tuple[int, int]]) -> list[tuple[list[tuple[int, int]], bool]]:
    """Split at a headline's verb, at a full stop, and at "of" and "for" outside organisations."""
    for i in range(1, len(pieces)):
        word = text[slice(*pieces[i])]
        stop = text[pieces[i - 1][1] - 1] == "." and len(text[slice(*pieces[i - 1])]) > 3
        if word[0].isupper() and (
            word.lower() in _HEADLINE_VERBS or (stop and word.lower() in OPENERS["en"])
        ):
            rest = pieces[i + 1 :] if word.lower() in _HEADLINE_VERBS else pieces[i:]
            head = _linked(text, pieces[:i])
            return head + [(part, True) for part, _ in _parts(text, rest)] if rest else head
    return _linked(text, pieces)


def _linked(text: str, pieces: list[tuple[int, int]]) -> list[tuple[list[tuple[int, int]], bool]]:
    at = next((i for i, (s, e) in enumerate(pieces) if text[s:e] in ("of", "for")), None)
    if at is None or at == 0:
        return [(pieces, False)]
    before = [text[s:e].lower() for s, e in pieces[:at]]
    if before[-1] in ORGANISATION_WORDS or "center" in before or "bank" in before:
        return [(pieces, False)]
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
    return [(pieces[:at], False), *((part, True) for part, _ in _parts(text, rest) if part)]


def _goes_on(word: str) -> bool:
    return (
        word in TITLES or word in PLACES or word in LEADING or word in ("the", "united", "states")
    )


def _opens_sentence(text: str, floor: int, start: int) -> bool:
    at = start - 1
    while at >= floor and text[at] in " \t\n\r\xa0\"'“‘([":
        at -= 1
    return at < floor or text[at] in ".!?…:\x01\x02—–•*-"


def _name(text: str, pieces: list[tuple[int, int]], opens: bool, language: str) -> Name | None:
    words_ = tuple(text[s:e].rstrip(",") for s, e in pieces)
    shape = _shape(words_, opens, language)
    openers = OPENERS[language]
    if shape is None:
        return None
    kept = pieces[shape.first : shape.last]
    end = kept[-1][0] + len(text[slice(*kept[-1])].rstrip(","))
    whole_from = pieces[0][0]
    if shape.first and words_[0].lower() in openers and words_[0].lower() not in TITLES:
        skip = 0
        while skip < shape.first and words_[skip].lower() in openers:
            skip += 1
        whole_from = pieces[skip][0]
    return Name(
        Span(kept[0][0], end),
        Span(whole_from, end),
        words_[shape.first : shape.last],
        shape.kind,
        shape.gender,
        shape.titled,
        opens and not (shape.first and whole_from == kept[0][0]),
        shape.first > 0 and words_[shape.first - 1].lower() in HONORIFICS,
    )


@lru_cache(maxsize=20_000)
def _shape(words_: tuple[str, ...], opens: bool, language: str) -> _Shape | None:
    low = [w.lower() for w in words_]
    openers = OPENERS[language]
    first, last = 0, len(low)
    while first < last and (low[first] in openers and (opens or low[first] in ("i", "the"))):
        first += 1
    gender: Gender = ""
    titled = False
    given = next((i for i in range(first, last) if low[i] in GIVEN), last)
    if first < given <= last - 2 and _before_given(words_, low, first, given, language):
        titled = any(word in TITLES for word in low[first:given])
        for word in low[first:given]:
            gender = "m" if word in TITLES_MALE else "f" if word in TITLES_FEMALE else gender
        first = given
    while first < last - 1:
        word = low[first]
        if word in TITLES and not _names_itself(low, first, last, given):
            titled = True
            gender = "m" if word in TITLES_MALE else "f" if word in TITLES_FEMALE else gender
        elif word in LEADING and (titled or given > first) and not _organisation(low[first:last]):
            pass
        elif low[first : first + 2] == ["united", "states"] and last - first > 2:
            first += 1
        else:
            break
        first += 1
    while last > first and low[last - 1] in TIMES and last - first > 1:
        last -= 1
    if first >= last:
        return None
    kind = _kind(words_[first:last], low[first:last], titled)
    if not gender and kind in ("person", "unknown"):
        word = low[first]
        gender = "m" if word in MALE else "f" if word in FEMALE else ""
    return _Shape(first, last, kind, gender, titled)


def _before_given(
    words_: tuple[str, ...], low: list[str], first: int, given: int, language: str
) -> bool:
    """Whether what stands before a given name is title or employer: Refugee Council Enver Bee."""
    before = low[first:given]
    if all(len(w.rstrip(".")) == 1 for w in before):
        return False
    return (
        len(before) > 1
        or before[0] in TITLES
        or before[-1] in PERSON_WORDS
        or language == "de"
        or before[0] in ORGANISATION_WORDS
        or before[0] in LEADING
        or before[0] in PLACES
        or (words_[first].isupper() and len(words_[first]) < 5)
    ) and not (before[-1] in GIVEN or len(before[-1].rstrip(".")) == 1)


def _names_itself(low: list[str], first: int, last: int, given: int) -> bool:
    """Whether a title word begins the name of a body: "State Department", "Senate Republicans"."""
    if low[first] in HONORIFICS:
        return False
    rest = low[first + 1 : last]
    if low[first] in GIVEN and given == first and len(rest) == 1:
        return True
    return given >= last and rest[-1] in ORGANISATION_WORDS


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
    if joined in LEADING:
        return "place"
    if titled:
        return "person"
    if len(low) == 1 and words_[0].isupper() and 2 <= len(words_[0].replace(".", "")) <= 5:
        return "organisation"
    if len(low) == 1 and low[0] in GIVEN:
        return "person"
    return "unknown"
