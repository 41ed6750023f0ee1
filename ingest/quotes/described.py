"""Whom "the spokeswoman", "the company" or "Pike's sister" stands for among those named so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.quotes.endings import is_calling
from ingest.quotes.genders import gender_by_article, gender_of
from ingest.quotes.grammar import BODY_NOUNS, EPITHETS, PEOPLE_NOUNS, PERSON_NOUNS, POSTS
from ingest.quotes.mentions import Phrase
from ingest.quotes.people import GROUP_NOUNS, OWN, Entity, may_be_called
from ingest.quotes.shapes import Gender

if TYPE_CHECKING:
    from ingest.quotes.cast import Cast

INDEFINITE = frozenset(
    "a an another one two three four five six seven eight nine ten some several many un une ein"
    " eine una".split()
)
POSSESSIVES = frozenset("his her their its our my your sein seine ihr ihre son sa su".split())
_AGE = re.compile(r"-year-old$|-jährige[nr]?$")
# In English hardly ever epithets.
_ALSO_ENGLISH = frozenset("student coach trainer manager director magistrate skipper".split())
# Whoever is told so by what he or she did was named before.
_OF_ONE_KNOWN = frozenset("auteur auteure autrice autora titular".split())
_LATTER = frozenset(
    (
        "celui-ci",
        "celle-ci",
        "ce dernier",
        "cette dernière",
        "the latter",
        "este último",
        "esta última",
        "letzterer",
    )
)
# Behind "el" or "la", of whoever speaks: la alicantina, el leonés, la cacereña.
_FROM_TOWN = re.compile(r"..(?:ense|eñ[oa]|[ai]n[oa]|és|esa)$")
_SHE = ("celle-ci", "dernière", "última", "letztere")
_ANYBODY = frozenset({"man", "woman", "boy", "girl"})
_NEAR = 120  # characters in which the sentence before names what "it" stands for
_GENITIVE = re.compile("['’]s? ")


def is_of(described: str, head: str) -> bool:
    """Whether words tell of somebody by naming another: "Pike's sister", not "Pike's letter"."""
    return (
        head in PERSON_NOUNS or head in PEOPLE_NOUNS or head in BODY_NOUNS
    ) and _GENITIVE.search(described) is not None


def _is_proper(phrase: Phrase, text: str) -> bool:
    """Whether only names stand between article and role: "the Love Shack winner"."""
    first, *between, _ = phrase.span.of(text).split()
    return first.lower() == "the" and all(word[0].isupper() for word in between)


def standing_for(cast: Cast, described: str, phrase: Phrase, text: str) -> Entity | None:
    """The person or body that a description stands for; None for somebody new.

    `described` are its words, casefolded.
    """
    if described in _LATTER:
        at = phrase.span.start
        wrong: Gender = "m" if described.endswith(_SHE) else "f"
        if cast.grammar.language == "en":
            wrong = ""
        people = (
            e
            for e in cast.latest()
            if e.name and e.may_be_person and e.last < at and (not wrong or e.gender != wrong)
        )
        return next(people, None)
    words = described.split()
    if cast.grammar.language == "fr" and described.startswith(("l'", "l’")):
        words = ["les", *described[2:].split()]  # which tells no gender
    first, before = words[0], phrase.span.start
    elided = first == "les" and cast.grammar.language == "fr" and len(words) < 4
    head = words[1] if elided and len(words) > 1 else phrase.low
    if first in INDEFINITE:
        return None
    if head in BODY_NOUNS and is_of(described, head):
        return next((e for e in cast.latest() if e.unnamed.casefold() == described), None)
    best = told_before(cast, described, phrase)
    if best is not None:
        other = best.unnamed and best.unnamed.casefold() != described
        plain = other and head in BODY_NOUNS and len(words) == 2
        # "A company plans ..." may be told before the company's name.
        named = _last_thing(cast, before) if plain and head not in OWN else None
        # ... but not the town of "la mairie de Lorville".
        inside = best.last + len(best.unnamed)
        return named if named is not None and named.last > inside else best
    if len(words) == 3 and words[1].endswith("-based"):
        words = [first, head]  # the Basel-based group
    if len(words) == 4 and words[2] == "of" and words[3] in INDEFINITE:
        words = words[:2]  # the mother of four
    if len(words) > 3 and head in EPITHETS and _is_proper(phrase, text):
        return last_person(cast, before)  # the Love Shack winner
    language = cast.grammar.language
    by_past = language != "en" and (head in _OF_ONE_KNOWN or _is_former(head, language))
    if by_past and first in cast.grammar.determiners:
        words = [first, head]  # "el exjugador de la Real"
    elif is_calling(head, language) and words[1:2] == [head]:
        words = words[:2]  # die Archäologin von der Universität Orrin
    if first in POSSESSIVES or first not in cast.grammar.determiners or len(words) > 3:
        return None
    if head in BODY_NOUNS and len(words) == 2:
        body = last_body(cast, before, head)
        if body is not None and body.unnamed:
            return None  # "the council" is not "the company"
        if head == "paper" and (" study" in text or " researchers" in text):
            return body  # nor is it one that prints
        return body or (None if head in GROUP_NOUNS | OWN else _last_thing(cast, before))
    if head in _ANYBODY:
        return None  # "the man" is seldom whom the text has named
    if head in PERSON_NOUNS and gender_of(head):
        last = cast.last_of(gender_of(head), before)
        other = last is not None and last.unnamed and last.head not in _ANYBODY
        return None if other else last  # the neighbour is not "the defendant"
    if language == "es" and _FROM_TOWN.search(head) and words[1:] == [head]:
        return cast.last_of(gender_by_article(language, first), before)
    foreign = (head in _ALSO_ENGLISH and language != "en") or is_calling(head, language)
    if head in EPITHETS or foreign or by_past or _AGE.search(words[1] if len(words) > 1 else head):
        gender = gender_by_article(language, first)
        return cast.last_of(gender, before) if gender else last_person(cast, before)
    return None


def told_before(cast: Cast, described: str, phrase: Phrase) -> Entity | None:
    """Whoever was called so, or was said to be that."""
    head, before = phrase.low, phrase.span.start
    latest = list(cast.latest())
    for entity in latest:
        if entity.unnamed and entity.unnamed.casefold() == described:
            return entity
    known = [
        e
        for e in latest
        if head in e.roles and 0 <= e.last < before and may_hold(e, described, head)
    ]
    if head in BODY_NOUNS or described.count(" ") == 1:
        known += [e for e in cast.named_with(head) if 0 <= e.last < before]
    return max(known, key=lambda e: (not e.unnamed, e.salience), default=None)


def may_hold(entity: Entity, described: str, head: str) -> bool:
    """Whether somebody with a role can be called so: the housing minister is no prime minister."""
    before, _, _ = described.partition(f" {head}")
    post = before.rpartition(" ")[2]
    if post not in POSTS:
        return True
    held = {told.split()[0] for told in entity.posts if told.endswith(f" {head}")}
    return post in held or POSTS.isdisjoint(held)


def _last_thing(cast: Cast, before: int) -> Entity | None:
    """A name that nothing shows to be a person, as "the company" may stand for it."""
    things = [
        e
        for e in cast.latest()
        if 0 <= e.last < before and e.kind == "unknown" and e.stands and not (e.roles or e.gender)
    ]
    found = max(things, key=lambda e: (not e.evidence, e.salience), default=None)
    if found is not None:
        found.thing = True
    return found


def _is_former(word: str, language: str) -> bool:
    """Whether a word tells what somebody was: "exjugador", "ex-ministre", but not "experto"."""
    was = word.removeprefix("ex").removeprefix("-")
    return was != word and (
        word.startswith("ex-") or was in PERSON_NOUNS or is_calling(was, language)
    )


def last_spoken_of(cast: Cast, before: int) -> Entity | None:
    """What "it" stands for: the last body, or what may be one: "I wrote to Skybird. It said"."""
    body = last_body(cast, before)
    entity = next(cast.latest(), None)
    if entity is None or not 0 < before - entity.last < _NEAR or entity is body:
        return body
    plain = entity.kind == "unknown" and len(entity.name) == 1 and entity.stands
    if not plain or entity.roles or entity.gender or entity.evidence:
        return body
    if body is not None and body.salience > entity.salience:
        return body
    entity.thing = True
    return entity


def last_body(cast: Cast, before: int, head: str = "it") -> Entity | None:
    """The body last named before a place in the text that can be called by a noun."""
    bodies = [
        e for e in cast.latest() if e.is_body and 0 <= e.last < before and may_be_called(e, head)
    ]
    return max(bodies, key=lambda e: e.salience, default=None)


def last_person(cast: Cast, before: int) -> Entity | None:
    """The named person who stands out most before a place in the text."""
    people = [
        e
        for e in cast.latest()
        if e.name and 0 <= e.last < before and (e.may_be_person or (e.may_be_unsure and e.stands))
    ]
    return max(people, key=lambda e: e.salience, default=None)
