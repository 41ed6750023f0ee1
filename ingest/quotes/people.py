"""What is known of one person or body while an article is read, and how two names compare."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.article import Mention, Person, PersonKind, Span
from ingest.quotes.grammar import BODY_NOUNS, PERSON_NOUNS
from ingest.quotes.names import Name
from ingest.quotes.namewords import GIVEN, HONOURS, LEADING, ORGANISATION_WORDS, PLACES, SUFFIXES
from ingest.quotes.shapes import Gender, NameKind
from ingest.quotes.wordlists import load

_INITIAL = re.compile(r"^[^\W\d_]\.?$")
_FORMAL = {low: full for full, short in load("names")["short"].items() for low in short.split()}
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(slots=True, eq=False)
class Entity:
    """A person or body while the article is read.

    `posts` are roles with the word before them, "housing minister".
    `evidence` counts what speaks for a person: a role, an age, a title, words of their own.
    `salience` is where it last stood out, in characters of the text; `stands` tells that it was
    named by itself, not as "Repair crews" and "Route 9"; `unnamed` is the description of somebody
    without a name.
    """

    name: tuple[str, ...]
    kind: NameKind
    gender: Gender = ""
    forms: dict[tuple[str, ...], None] = field(default_factory=dict)  # in order of first use
    descriptions: list[Span] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)
    last: int = -1
    salience: int = -1
    evidence: int = 0
    speaks: bool = False
    thing: bool = False
    stands: bool = False
    unnamed: str = ""
    head: str = ""

    @property
    def surname(self) -> str:
        """The last word of the name that is no suffix, casefolded."""
        return surname_of(self.name)

    @property
    def is_body(self) -> bool:
        """Whether it is an organisation, by its name or by what it is called."""
        if self.unnamed:
            return self.head in BODY_NOUNS
        return self.kind == "organisation" or self.thing

    @property
    def may_be_person(self) -> bool:
        """Whether a pronoun for a person can stand for it."""
        if self.unnamed:
            return self.head in PERSON_NOUNS
        return self.kind == "person" or (
            self.kind == "unknown" and not self.thing and self.evidence > 0
        )

    @property
    def may_be_unsure(self) -> bool:
        """Whether a full name, with nothing to show what it names, may be somebody's."""
        return self.kind == "unknown" and len(self.name) > 1 and not self.thing


@lru_cache(maxsize=20_000)
def surname_of(words: tuple[str, ...]) -> str:
    """The last word of a name that is no suffix, casefolded, accents kept."""
    for word in reversed(words):
        if word.lower() not in SUFFIXES:
            return word.casefold()
    return ""


@lru_cache(maxsize=20_000)
def folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name as they are compared: casefolded, without suffixes."""
    return tuple(w.casefold().rstrip(".") for w in words if w.lower() not in SUFFIXES)


def agrees(entity: Entity, name: Name) -> bool:
    """Whether gender and kind let a name stand for somebody."""
    if name.gender and entity.gender and name.gender != entity.gender and name.titled:
        return False
    if name.kind == "organisation" and entity.kind == "person":
        return False
    return not (name.kind == "person" and name.titled and entity.kind == "organisation")


def fits(entity: Entity, name: Name, words: tuple[str, ...]) -> bool:
    """Whether a name of several words can be somebody's; `words` are as they are compared."""
    if not agrees(entity, name):
        return False
    if len(entity.name) > 1:
        return same_name(words, entity.name)
    if entity.is_body:  # "Google" is no Google Stadia
        if words[0] == entity.surname:
            return words[-1] in ORGANISATION_WORDS
        return words[-1] == entity.surname and (words[0] in LEADING or words[0] in PLACES)
    return entity.surname in words


def stands_for(word: str, entity: Entity) -> bool:
    """Whether one word alone can name somebody: surname, given name, or a body's first word."""
    words = folded(entity.name)
    if not words:
        return False
    if entity.kind == "organisation":
        known = word in ORGANISATION_WORDS or entity.name[0].isupper()
        known = known and words[-1] not in ORGANISATION_WORDS and words[1:2] not in _OF
        return words[0] == word and (len(words) == 1 or not known)
    return word in words


_OF = (("de",), ("du",), ("del",), ("des",))  # "la Junta" is the Junta de Andalucía


def stands_alone(name: Name, entity: Entity) -> bool:
    """Whether a single word is the given name of somebody, or all of the name."""
    return len(entity.name) == 1 or folded(name.words)[-1] != entity.surname


def same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names are one person's: initials, short forms, left-out words."""
    a, b = folded(a), folded(b)
    if a == b:
        return True
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if len(a) > 1 and (b[-len(a) :] == a or (b[: len(a)] == a and len(b) == len(a) + 1)):
        return True
    if a[-1] != b[-1]:
        return False
    first, other = a[0], b[0]
    if len(a) == 1 or first == other:
        return True
    if _INITIAL.match(first) or _INITIAL.match(other):
        return first[0] == other[0]
    if _FORMAL.get(first, first) == _FORMAL.get(other, other):
        return True
    short, long = sorted((first, other), key=len)
    return len(short) >= 3 and long.startswith(short)


def fuller(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    """Whether a form says more than another: more words, longer words, not all capitals."""
    if len(new) != len(old):
        return len(new) > len(old)
    if new == old:
        return False
    shouted, was_shouted = " ".join(new).isupper(), " ".join(old).isupper()
    if was_shouted != shouted:
        return was_shouted
    return sum(map(len, new)) > sum(map(len, old))


def named_since(entity: Entity, start: int) -> bool:
    """Whether somebody was called otherwise than by a pronoun from a place in the text on."""
    return any(m.span.start >= start and m.kind != "pronoun" for m in entity.mentions[-4:])


# Nouns for bodies of one sort: what bears another such noun in its name is not called so.
_SORTS = frozenset(
    "union party council committee commission board bank club police hospital airline cabinet"
    " parliament senate congress court".split()
)
# "The company" is not the paper that tells of it.
_FIRMS = frozenset("company firm team operator manufacturer maker developer supplier".split())
_MEDIA = frozenset(
    "times post gazette herald journal news telegraph courier tribune guardian echo wire press"
    " mail mirror observer chronicle independent radio".split()
)
_PRINTED = frozenset({"paper", "newspaper", "magazine", "journal"})
# Of these no name tells, but of sport and music.
GROUP_NOUNS = frozenset("team jury panel family crew band orchestra church".split())

# Nor of these: whoever is meant is not the body that was named last.
OWN = frozenset(
    "opposition government state nation country prosecution regierung gouvernement gobierno"
    " oposición parquet défense accusation justice tribunal cour préfecture mairie ministère"
    " direction gendarmerie syndicat ayuntamiento ministerio patronal alcaldía council"
    " county town borough parish municipality"
    " committee court cabinet ministry ministerium consistorio diputación cabildo generalitat"
    " tribunal stadtverwaltung verwaltung rathaus gericht staatsanwaltschaft polizei"
    " feuerwehr fiscalía policía municipalité commissariat".split()
)
_TELLING = _SORTS | _FIRMS | GROUP_NOUNS | OWN | _PRINTED


def may_be_called(entity: Entity, head: str) -> bool:
    """Whether a body can be "the team": a council by its name cannot."""
    if head not in _TELLING:
        return True
    words = {*folded(entity.name), *entity.roles}
    if head in words or "club" in words:
        return True
    if head in OWN:
        return False
    if head in _PRINTED and _MEDIA.isdisjoint(words):
        return False  # "the paper" is no university's name
    if head in _FIRMS and not _MEDIA.isdisjoint(words):
        return False
    if head in GROUP_NOUNS:
        return BODY_NOUNS.isdisjoint(words)
    return head not in _SORTS or _SORTS.isdisjoint(words)


def is_surely_person(entity: Entity) -> bool:
    """Whether somebody is worth a record without a word said."""
    return entity.kind == "person" and len(entity.name) > 1 and entity.name[0].lower() in GIVEN


def person_of(entity: Entity) -> Person:
    """The record of an entity, its mentions in order as they are."""
    mentions = tuple(entity.mentions)
    descriptions = tuple(sorted(entity.descriptions))
    if entity.unnamed:
        # There are so many that the time to call Person() counts.
        told = (entity.unnamed, "unnamed", (), descriptions, mentions)
        return tuple.__new__(Person, told)
    words = entity.name
    while len(words) > 2 and words[-1].lower() in HONOURS:
        words = words[:-1]
    name = " ".join(words)
    shown = name
    if name.isupper() and len(words) > 1 and entity.kind != "organisation":
        shown = _LETTERS.sub(lambda m: m.group().capitalize(), name)
    forms = map(" ".join, entity.forms)
    others = tuple([form for form in forms if form != name and form != shown])
    kind: PersonKind = "organisation" if entity.is_body or entity.kind == "place" else "person"
    return tuple.__new__(Person, (shown, kind, others, descriptions, mentions))
