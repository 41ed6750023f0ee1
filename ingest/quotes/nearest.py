"""Whom a pronoun stands for: the nearest of its gender, by place in the sentence too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.quotes.people import Entity, named_since
from ingest.quotes.shapes import Gender

if TYPE_CHECKING:
    from ingest.quotes.cast import Cast

# How far, in characters, a mention counts as nearer than it is: as the subject of its sentence,
# and where the gender is known and nobody of unknown gender was mentioned later. Somebody without
# a name, of whom no noun tells the gender, counts as further off.
SUBJECT_BONUS = 80
GENDER_BONUS = 40
UNNAMED = 40
# Whom an obituary is about counts as nearer, too.
HERO_BONUS = 60


def nearest(
    cast: Cast, gender: Gender, before: int, asked: int, other: Entity | None
) -> Entity | None:
    """The person of a gender who stands out most before a place in the text.

    Nobody named from `asked` on is meant, where that is not -1, nor `other`.
    """
    if cast.hero is not None and _goes_on(cast, cast.hero, gender, before):
        return cast.hero
    best, most, sure = None, -1, True
    reach = SUBJECT_BONUS + GENDER_BONUS + (HERO_BONUS if cast.hero else 0)
    for entity in cast.latest():
        if entity.last + reach <= most:
            break  # nor can those who were mentioned before
        if entity.gender and entity.gender != gender:
            continue
        if not (0 <= entity.last < before and entity.may_be_person):
            continue
        if entity is other or (0 <= asked <= entity.last and named_since(entity, asked)):
            continue
        sure = sure and bool(entity.gender)
        bonus = GENDER_BONUS if sure else 0
        if entity is cast.hero:
            bonus += HERO_BONUS
        if entity.unnamed and not entity.gender:
            bonus -= UNNAMED
        if entity.salience + bonus > most:
            best, most = entity, entity.salience + bonus
    if best is not None:
        return best
    unsure = [
        e
        for e in cast.latest()
        if 0 <= e.last < before and e.may_be_unsure and e.gender in ("", gender)
    ]
    return max(unsure, key=lambda e: e.salience, default=None)


def _goes_on(cast: Cast, hero: Entity, gender: Gender, before: int) -> bool:
    """Whether a paragraph of an obituary goes on with its hero: "When she was ..."."""
    if hero.gender != gender or not before > cast.paragraph > hero.last:
        return False
    there = (e for e in cast.latest() if cast.paragraph <= e.last < before)
    return not any(e.gender == gender and e.may_be_person for e in there)
