"""From mentions to people: one person for a full name, a surname, a title, a pronoun, a description.

Mentions are taken in the order of the text. A full name opens a person or joins the one it fits;
a lone surname goes to whom it was last used for; a pronoun to the last person of its gender.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.article import Mention, MentionKind, Person, PersonKind, Span
from ingest.quotes.grammar import (
    BODY_NOUNS,
    DOCUMENT_NOUNS,
    FEMALE_NOUNS,
    MALE_NOUNS,
    PEOPLE_NOUNS,
    PERSON_NOUNS,
    Grammar,
)
from ingest.quotes.names import FEMALE, GIVEN, MALE, PARTICLES, SUFFIXES, Gender, Name, NameKind
from ingest.quotes.phrases import Phrase

_INITIAL = re.compile(r"^[^\W\d_]\.?$")


@dataclass(slots=True)
class Entity:
    """A person or body while the article is read."""

    name: tuple[str, ...]
    kind: NameKind
    gender: Gender = ""
    forms: list[str] = field(default_factory=list)
    descriptions: list[Span] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    last: int = -1
    speaks: bool = False
    unnamed: str = ""

    @property
    def surname(self) -> str:
        return surname_of(self.name)


def surname_of(words: Sequence[str]) -> str:
    """The last word of a name that is no suffix, casefolded, accents kept."""
    for word in reversed(words):
        if word.lower() not in SUFFIXES:
            return word.casefold()
    return ""


class Cast:
    """The people of one article, filled in the order of the text."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.entities: list[Entity] = []
        self._by_word: dict[str, list[Entity]] = {}
        self._at: dict[int, Entity] = {}
        self._recent: list[Entity] = []

    def at(self, start: int) -> Entity | None:
        """Whoever the mention that starts there stands for."""
        return self._at.get(start)

    def see_name(self, name: Name) -> Entity | None:
        """Take in a name; None for places, days and words that only begin a sentence."""
        if name.kind in ("place", "time"):
            return None
        found = self._match(name)
        if found is None:
            if len(name.words) == 1 and name.opens_sentence and name.kind == "unknown":
                return None
            found = Entity(name.words, name.kind, name.gender)
            self._add(found)
        self._join(found, name)
        return found

    def force_name(self, name: Name) -> Entity:
        """Take in a name that the text has speak, whatever it looked like."""
        found = self._match(name)
        if found is None:
            found = Entity(name.words, name.kind, name.gender)
            self._add(found)
        self._join(found, name)
        return found

    def _add(self, entity: Entity) -> None:
        self.entities.append(entity)
        for word in {w.casefold() for w in entity.name}:
            self._by_word.setdefault(word, []).append(entity)

    def _join(self, entity: Entity, name: Name) -> None:
        if name.text not in entity.forms:
            entity.forms.append(name.text)
        if _fuller(name.words, entity.name):
            for word in {w.casefold() for w in name.words} - {w.casefold() for w in entity.name}:
                self._by_word.setdefault(word, []).append(entity)
            entity.name = name.words
        if name.gender and (name.titled or not entity.gender):
            entity.gender = name.gender
        if entity.kind == "unknown" or (name.titled and name.kind == "person"):
            entity.kind = name.kind if name.kind != "unknown" else entity.kind
        kind: MentionKind = "name" if len(name.words) > 1 else "surname"
        if kind == "surname" and entity.kind == "organisation":
            kind = "abbreviation" if name.text.isupper() else "name"
        self._mention(entity, Mention(name.span, kind))

    def _mention(self, entity: Entity, mention: Mention) -> None:
        entity.mentions.append(mention)
        entity.last = mention.span.start
        self._at[mention.span.start] = entity

    def _match(self, name: Name) -> Entity | None:
        words = tuple(w.casefold() for w in name.words)
        known = self._by_word.get(surname_of(name.words), ())
        if len(words) == 1:
            for entity in sorted(known, key=lambda e: -e.last):
                if _agrees(entity, name) and _stands_for(words[0], entity):
                    return entity
            return self._by_initials(name)
        for entity in sorted(known, key=lambda e: -e.last):
            if _same_full_name(words, tuple(w.casefold() for w in entity.name)) and (
                _agrees(entity, name)
            ):
                return entity
        return None

    def _by_initials(self, name: Name) -> Entity | None:
        letters = name.text.replace(".", "")
        if not letters.isupper() or len(letters) < 2:
            return None
        for entity in reversed(self.entities):
            if len(entity.name) < 2:
                continue
            initials = "".join(w[0] for w in entity.name if w[0].isupper())
            if initials.upper() == letters:
                return entity
        return None

    def see_pronoun(self, low: str, span: Span, avoid: Entity | None = None) -> Entity | None:
        """The last person that a pronoun agrees with."""
        words = self.grammar
        gender: Gender = "m" if low in words.he else "f" if low in words.she else ""
        if not gender:
            return self._last_body(span.start) if low == "it" else None
        found = self._last_of(gender, span.start)
        if found is not None:
            found.gender = found.gender or gender
            self._mention(found, Mention(span, "pronoun"))
        return found

    def see_relative(self, phrase: Phrase) -> Entity | None:
        """The person before "who"."""
        before = phrase.antecedent
        found = self._at.get(before.span.start) if before is not None else None
        if found is not None:
            self._mention(found, Mention(phrase.span, "pronoun"))
        return found

    def _last_of(self, gender: Gender, before: int) -> Entity | None:
        best, unsure = None, None
        for entity in self.entities:
            if entity.kind == "organisation" or entity.last >= before or entity.last < 0:
                continue
            if entity.gender == gender and (best is None or entity.last > best.last):
                best = entity
            if not entity.gender and _person_like(entity) and (
                unsure is None or entity.last > unsure.last
            ):
                unsure = entity
        return best if best is not None and (unsure is None or best.last >= 0) else unsure

    def _last_body(self, before: int) -> Entity | None:
        bodies = [e for e in self.entities if e.kind == "organisation" and 0 <= e.last < before]
        return max(bodies, key=lambda e: e.last, default=None)

    def see_description(self, phrase: Phrase, text: str) -> Entity:
        """The person that "the spokeswoman" or "the company" stands for; an unnamed one else."""
        found = self._at.get(phrase.span.start)
        if found is not None:
            return found
        described = phrase.span.of(text)
        found = self._described(described, phrase)
        if found is None:
            found = Entity((), "unknown", _gender_of(phrase.low), unnamed=" ".join(described.split()))
            found.roles.append(phrase.low)
            self.entities.append(found)
        else:
            found.descriptions.append(phrase.span)
        self._mention(found, Mention(phrase.span, "description"))
        return found

    def _described(self, described: str, phrase: Phrase) -> Entity | None:
        folded = " ".join(described.split()).casefold()
        first = folded.split()[0]
        before = phrase.span.start
        for entity in self.entities:
            if entity.unnamed and entity.unnamed.casefold() == folded and first not in ("a", "an", "another"):
                return entity
        if first in ("a", "an", "another", "one", "some", "several", "many") or first not in self.grammar.determiners:
            return None
        known = [
            e for e in self.entities
            if 0 <= e.last < before and phrase.low in e.roles and (first not in ("a", "an"))
        ]
        if known and first not in self.grammar.possessives:
            return max(known, key=lambda e: e.last)
        if len(folded.split()) > 3:
            return None
        if phrase.low in BODY_NOUNS:
            return self._last_body(before)
        if phrase.low in PERSON_NOUNS and first in ("the", "der", "die", "le", "la", "el"):
            gender = _gender_of(phrase.low)
            return self._last_of(gender, before) if gender else None
        return None

    def describe(self, entity: Entity, description: Span | None, text: str) -> None:
        """Keep what the article calls somebody."""
        if description is None or description in entity.descriptions:
            return
        entity.descriptions.append(description)
        for word in re.findall(r"\w+", description.of(text).lower()):
            if word in PERSON_NOUNS:
                entity.roles.append(word)
                entity.gender = entity.gender or _gender_of(word)

    def people(self) -> tuple[tuple[Person, ...], dict[int, int]]:
        """Those worth a record, in order of first mention, and where each entity went."""
        kept = [e for e in self.entities if e.speaks or _surely_person(e)]
        kept.sort(key=lambda e: min((m.span.start for m in e.mentions), default=1 << 60))
        return tuple(_person(e) for e in kept), {id(e): i for i, e in enumerate(kept)}


def _agrees(entity: Entity, name: Name) -> bool:
    if name.gender and entity.gender and name.gender != entity.gender and name.titled:
        return False
    if name.kind == "organisation" and entity.kind == "person":
        return False
    return not (name.kind == "person" and name.titled and entity.kind == "organisation")


def _stands_for(word: str, entity: Entity) -> bool:
    words = tuple(w.casefold() for w in entity.name)
    if entity.kind == "organisation":
        return words[0] == word or (len(words) == 1 and words[-1] == word)
    return word in (words[0], entity.surname) or (len(words) > 2 and word in words)


def _same_full_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if a == b:
        return True
    a, b = _core(a), _core(b)
    if not a or not b or a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    first, other = a[0], b[0]
    if first == other:
        return True
    if _INITIAL.match(first) or _INITIAL.match(other):
        return first[0] == other[0]
    short, long = sorted((first, other), key=len)
    return len(short) >= 3 and long.startswith(short)


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in SUFFIXES)


def _fuller(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    if len(new) != len(old):
        return len(new) > len(old)
    if " ".join(old).isupper() and not " ".join(new).isupper():
        return True
    return sum(map(len, new)) > sum(map(len, old)) and not " ".join(new).isupper()


def _gender_of(word: str) -> Gender:
    return "m" if word in MALE_NOUNS else "f" if word in FEMALE_NOUNS else ""


def _person_like(entity: Entity) -> bool:
    return entity.kind == "person" or (
        entity.kind == "unknown" and (len(entity.name) in (2, 3) or entity.speaks)
    ) or bool(entity.unnamed and entity.roles and entity.roles[0] in PERSON_NOUNS)


def _surely_person(entity: Entity) -> bool:
    return entity.kind == "person" and len(entity.name) > 1 and entity.name[0].lower() in GIVEN


def _person(entity: Entity) -> Person:
    if entity.unnamed:
        return Person(entity.unnamed, "unnamed", (), tuple(entity.descriptions), tuple(entity.mentions))
    name = " ".join(entity.name)
    if name.isupper() and len(entity.name) > 1 and entity.kind != "organisation":
        name = _readable(name)
    others = tuple(form for form in entity.forms if form != " ".join(entity.name))
    kind: PersonKind = "organisation" if entity.kind == "organisation" else "person"
    mentions = tuple(sorted(entity.mentions, key=lambda m: m.span))
    return Person(name, kind, others, tuple(entity.descriptions), mentions)


def _readable(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)
