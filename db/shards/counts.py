"""Facets and timeline of a search over shards: what each of them counts, added up."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping

from db.search.facets import MOST_PEOPLE, Tally, bars_of
from db.search.results import Count, Facets
from db.shards.finding import Wish
from db.shards.held import Held
from db.shards.ids import joined
from db.shards.looks import Look
from db.shards.persons import OneEach

Looks = Mapping[int, Look]


def counted(held: Held, looks: Looks, wish: Wish) -> tuple[Facets, tuple[Count, ...], int]:
    """The facets, the timeline, and how many hits have no date as fine as that."""
    all_, days = Tally(), Counter[str]()
    told = held.each(lambda part: looks[part.number].tally(), list(looks))
    for tally, own_days in told.values():
        all_.add(tally)
        days.update(own_days)
    bars, undated = bars_of(days)
    return all_.facets(_people(held, looks, wish)), bars, undated


def _people(held: Held, looks: Looks, wish: Wish) -> tuple[Count, ...]:
    """Who is quoted in most articles, by the first ones of each shard.

    Whoever is among the first of no shard is in at most as many articles as the next ones there
    have together: if that may be enough, more of each are asked for. (R. Fagin, A. Lotem, M. Naor,
    "Optimal aggregation algorithms for middleware", 2001.)
    """
    asked = MOST_PEOPLE * 4
    most, unseen = _most(held, looks, asked)
    while unseen and (len(most) < MOST_PEOPLE or -most[-1][0] <= unseen):
        asked *= 8
        most, unseen = _most(held, looks, asked)
    # Whoever was chosen goes by the number that he or she was chosen by.
    chosen = {joined(*one): wish.filters.person for one in wish.people.items()}
    return tuple(
        Count(chosen.get(person) or person, name, -count)
        for count, person, name in sorted(most, key=lambda one: (one[0], one[2]))
    )


def _most(held: Held, looks: Looks, asked: int) -> tuple[list[tuple[int, int, str]], int]:
    """Of the first ones of each shard those with most articles: (-articles, number, name).

    And in how many articles somebody can be who is not among them.
    """
    firsts = held.each(lambda part: looks[part.number].first_people(asked), list(looks))
    keys = {one.key for people, _ in firsts.values() for one, _ in people if one.key is not None}
    named = held.each(lambda part: looks[part.number].people_named(keys), list(firsts))
    gathered: OneEach[int] = OneEach()
    for number, people in named.items():
        local = [one for one in firsts[number][0] if one[0].key is None]
        for person, count in [*people, *local]:
            gathered.add(person, count)
    most = heapq.nsmallest(
        MOST_PEOPLE,
        ((-sum(counts), person.person, person.name) for person, counts in gathered),
    )
    return most, sum(after for _, after in firsts.values())
