"""Last corrections to a cast, and the records of those worth one."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from ingest.article import Person
from ingest.quotes.cast import Cast
from ingest.quotes.described import INDEFINITE, POSSESSIVES, may_hold
from ingest.quotes.grammar import ACCUSED, PERSON_NOUNS
from ingest.quotes.latername import in_lead, named_later, on_trial, tried_of
from ingest.quotes.names import Name
from ingest.quotes.people import Entity, agrees, is_surely_person, person_of, surname_of

_ANYBODY = INDEFINITE | POSSESSIVES


def people_of(cast: Cast) -> tuple[tuple[Person, ...], dict[int, int]]:
    """Those worth a record, in order of first mention, and where each entity went."""
    kept = [e for e in cast.entities if e.mentions and (e.speaks or is_surely_person(e))]
    for entity in kept:
        entity.mentions.sort(key=itemgetter(0))
    kept.sort(key=lambda e: e.mentions[0].span.start)
    return tuple(map(person_of, kept)), {id(e): i for i, e in enumerate(kept)}


def settle(cast: Cast, full_names: Sequence[Name], mask: str) -> None:
    """Last corrections: names told elsewhere, descriptions that came before their person."""
    for name in full_names:
        for entity in cast.entities:
            if (
                len(entity.name) == 1
                and len(name.words) > 1
                and agrees(entity, name)
                and (entity.surname == surname_of(name.words))
            ):
                entity.name = name.words
    by_role: dict[str, list[Entity]] = {}
    for entity in cast.entities:
        for role in entity.roles if entity.name else ():
            by_role.setdefault(role, []).append(entity)
    tried: list[Entity] | None = None
    for entity in cast.entities:
        if not entity.unnamed:
            continue
        later = None
        if entity.head in PERSON_NOUNS and entity.mentions:
            later = named_later(entity, by_role) or in_lead(entity, cast.entities, mask)
        if later is None and entity.head in ACCUSED:
            tried = tried_of(cast.entities, mask) if tried is None else tried
            later = on_trial(entity, tried, cast.grammar.language)
        if later is not None:
            _merge(cast, entity, later)
            continue
        told = entity.unnamed.casefold()
        words = told.split()
        long = len(words) > 3 and not (words[0] == "the" and words[2] == "of")
        if not words or long or words[0] in _ANYBODY:
            continue
        known = [e for e in by_role.get(entity.head, []) if may_hold(e, told, entity.head)]
        if len(known) == 1 and entity.head in PERSON_NOUNS:
            _merge(cast, entity, known[0])


def _merge(cast: Cast, entity: Entity, into: Entity) -> None:
    into.mentions += entity.mentions
    into.descriptions += [m.span for m in entity.mentions if m.kind == "description"]
    into.speaks = into.speaks or entity.speaks
    for mention in entity.mentions:
        cast.point(mention.span.start, into)
    entity.mentions = []
