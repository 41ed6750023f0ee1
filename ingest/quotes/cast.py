"""From mentions to people: one person for full name, surname, title, pronoun and description.

Mentions are taken in the order of the text. A full name opens a person or joins the one it fits;
a lone surname goes to whom it was last used for; a pronoun to whoever of its gender stands out
most, by how lately and in which place of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter

from ingest.article import Mention, MentionKind, Span
from ingest.quotes.described import (
    is_of,
    last_person,
    last_spoken_of,
    standing_for,
    told_before,
)
from ingest.quotes.genders import gender_by_article, gender_of
from ingest.quotes.grammar import MEN_FROM, PERSON_NOUNS, PERSON_OR_BODY, WOMEN_FROM, Grammar
from ingest.quotes.mentions import Phrase
from ingest.quotes.names import NO_SPEAKER, Name
from ingest.quotes.nearest import SUBJECT_BONUS, nearest
from ingest.quotes.people import Entity, agrees, fits, folded, fuller, stands_alone, stands_for
from ingest.quotes.shapes import Gender

# Only so many of those mentioned last are looked at, which keeps time linear in any text.
RECENT = 60
FAR = 200  # characters behind which a surname need not be whose it was last


class Cast:
    """The people of one article, filled in the order of the text."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.entities: list[Entity] = []
        self._by_word: dict[str, list[Entity]] = {}
        self._by_words: dict[tuple[str, ...], Entity] = {}
        self._by_initials: dict[str, Entity] = {}
        self._recent: dict[Entity, None] = {}  # whoever was mentioned last is the last
        self._at: dict[int, Entity] = {}
        self.obituary = False
        self.hero: Entity | None = None
        self.paragraph = 0  # of an obituary: where the one begins that a pronoun stands in

    def at(self, start: int) -> Entity | None:
        """Whoever the mention that starts there stands for."""
        return self._at.get(start)

    def see_name(
        self, name: Name, *, speaks: bool = False, leads: bool = False, thing: bool = False
    ) -> Entity | None:
        """Take in a name; None for places and days that do not speak.

        `leads` tells that it is the first name of its sentence.
        """
        if name.kind in NO_SPEAKER and not speaks:
            return None
        found = self._match(name)
        if found is None:
            found = Entity(name.words, name.kind, name.gender, thing=thing)
            self.entities.append(found)
            self._index(found, name.words)
            if self.obituary and self.hero is None and found.kind != "organisation":
                self.hero = found
        self._join(found, name, speaks or leads)
        return found

    def _index(self, entity: Entity, words: tuple[str, ...]) -> None:
        for word in folded(words):
            known = self._by_word.setdefault(word, [])
            if entity not in known[-RECENT:]:
                known.append(entity)
        if len(words) > 1:
            self._by_initials["".join([w[0] for w in words if w[0].isupper()])] = entity

    def _join(self, entity: Entity, name: Name, subject: bool) -> None:
        words = name.words
        if words not in entity.forms:
            entity.forms[words] = None
            self._by_words.setdefault(words, entity)
            if words is not entity.name and fuller(words, entity.name):
                self._index(entity, words)
                entity.name = words
        kind: MentionKind = "name"
        if len(words) == 1:
            if len(entity.name) > 1:
                entity.evidence += 1  # a surname alone is how people are called again
            kind = "surname"
        if name.gender and (name.titled or not entity.gender):
            entity.gender = name.gender
        if name.titled:
            entity.evidence += 1
        if entity.kind in ("unknown", "place", "time") or (name.titled and name.kind == "person"):
            entity.kind = name.kind if name.kind != "unknown" else entity.kind
        if kind == "surname" and (entity.is_body or stands_alone(name, entity)):
            kind = "abbreviation" if words[0].isupper() else "name"
        self._mention(entity, name.span, kind, subject or name.opens_sentence)

    def _mention(self, entity: Entity, span: Span, kind: MentionKind, subject: bool) -> None:
        # There are so many that the time to call Mention() counts.
        entity.mentions.append(tuple.__new__(Mention, (span, kind)))
        start = span.start
        entity.last = start
        self._recent.pop(entity, None)
        self._recent[entity] = None
        salience = start + SUBJECT_BONUS if subject else start
        if salience > entity.salience:
            entity.salience = salience
        self._at[start] = entity

    def _match(self, name: Name) -> Entity | None:
        words = folded(name.words)
        if len(words) > 1:
            return self._match_full(name, words)
        if not words:
            return None
        known: Sequence[Entity] = self._by_word.get(words[0], ())
        if len(known) > 1:
            known = list(known[-RECENT:])
            hero = self.hero
            known.sort(key=lambda e: (e.surname != words[0], e is not hero, -e.salience))
            if name.span.start - known[0].last > FAR:
                # Of a family, the one who was called by it alone is meant again.
                known.sort(key=lambda e: (e.surname != words[0], name.words not in e.forms))
        for entity in known:
            if agrees(entity, name) and stands_for(words[0], entity):
                return entity
        letters = name.text.replace(".", "") if name.words[0].isupper() else ""
        return self._by_initials.get(letters) if letters.isupper() and len(letters) > 1 else None

    def _match_full(self, name: Name, words: tuple[str, ...]) -> Entity | None:
        """Whom a name of several words stands for; `words` are those as they are compared."""
        same = self._by_words.get(name.words)
        if same is not None and agrees(same, name):
            return same
        by_last, by_first = self._by_word.get(words[-1]), self._by_word.get(words[0])
        if by_last is None and by_first is None:
            return None  # as most
        near: dict[Entity, None] = dict.fromkeys(
            [*(by_last or ())[-RECENT:], *(by_first or ())[-RECENT:]]
        )
        for entity in sorted(near, key=attrgetter("last"), reverse=True):
            if fits(entity, name, words):
                return entity
        return None

    def latest(self) -> Iterator[Entity]:
        """Those mentioned last, the latest first."""
        return islice(reversed(self._recent), RECENT)

    def named_with(self, word: str) -> list[Entity]:
        """Those mentioned lately in whose names a word stands."""
        known = self._by_word.get(word, ())[-RECENT:]
        return [e for e in known if word in folded(e.name)]

    def see_pronoun(
        self, low: str, span: Span, *, subject: bool = False, asked: int = -1, but: int = -1
    ) -> Entity | None:
        """Whoever a pronoun stands for, by gender and by who stands out.

        From `asked` on, the text tells what somebody was asked about: nobody named there is meant,
        nor whoever is mentioned at `but`.
        """
        words = self.grammar
        gender: Gender = "m" if low in words.he else "f" if low in words.she else ""
        found = self.last_of(gender, span.start, asked, but) if gender else None
        if low == "it":
            found = last_spoken_of(self, span.start)
        elif low == "su":  # his or hers
            found = last_person(self, span.start)
        if found is not None:
            if subject:  # "his" alone may be anybody's, and a wrong gender would stay
                found.gender = found.gender or gender
            self._mention(found, span, "pronoun", subject)
        return found

    def see_relative(self, phrase: Phrase) -> Entity | None:
        """The person before "who": by name, or "the mayor" right before it."""
        before, start = phrase.antecedent, phrase.span.start
        found = self._at.get(before.span.start) if before is not None else None
        if before is None:
            last = next(self.latest(), None)
            mention = last.mentions[-1] if last is not None else None
            if mention is not None and mention.kind == "description":
                found = last if 0 < start - mention.span.end <= len(", ") else None
        if found is not None:
            self._mention(found, phrase.span, "pronoun", True)
        return found

    def last_of(self, gender: Gender, before: int, asked: int = -1, but: int = -1) -> Entity | None:
        """The person of a gender who stands out most before a place in the text."""
        return nearest(self, gender, before, asked, self._at.get(but))

    def see_from(self, span: Span, word: str) -> Entity | None:
        """Whom "the Spaniard" stands for, if anybody was named."""
        gender: Gender = "m" if word in MEN_FROM else "f" if word in WOMEN_FROM else ""
        found = self.last_of(gender, span.start) if gender else last_person(self, span.start)
        if found is not None:
            self._mention(found, span, "description", True)
        return found

    def see_description(self, phrase: Phrase, text: str, *, speaks: bool = True) -> Entity:
        """The person that "the spokeswoman" or "the company" stands for; an unnamed one else."""
        described = " ".join(phrase.span.of(text).split())
        found = self._at.get(phrase.span.start)
        if found is not None and (found.unnamed or phrase.low not in PERSON_OR_BODY):
            return found  # else the name only goes before the noun: "Pell campaign officials"
        found = standing_for(self, described.casefold(), phrase, text)
        if found is None:
            return self.see_unnamed(phrase, text, speaks=speaks)
        if not found.unnamed:
            found.descriptions.append(phrase.span)
        self._mention(found, phrase.span, "description", speaks)
        return found

    def see_it(self, span: Span, body: Phrase, text: str) -> None:
        """The pronoun for a body that the text calls by no name in the sentence before."""
        described = " ".join(body.span.of(text).split()).casefold()
        found = self._at.get(body.span.start)
        if found is None or (is_of(described, body.low) and not found.unnamed):
            found = told_before(self, described, body)
        self._mention(found or self.see_unnamed(body, text), span, "pronoun", True)

    def see_again(self, span: Span, before: int) -> bool:
        """The pronoun for whatever the one that starts at `before` stands for, if anything."""
        found = self._at.get(before)
        if found is not None:
            self._mention(found, span, "pronoun", True)
        return found is not None

    def see_unnamed(self, phrase: Phrase, text: str, *, speaks: bool = False) -> Entity:
        """Somebody new whom the text calls by no name."""
        described = " ".join(phrase.span.of(text).split())
        gender = gender_of(phrase.low)
        if not gender and phrase.low in PERSON_NOUNS:
            gender = gender_by_article(self.grammar.language, described)
        found = Entity((), "unknown", gender, unnamed=described, head=phrase.low)
        found.roles.add(phrase.low)
        self.entities.append(found)
        self._mention(found, phrase.span, "description", speaks)
        return found

    def point(self, start: int, entity: Entity) -> None:
        """Let the mention that starts there stand for somebody else."""
        self._at[start] = entity
