"""Facets and timeline of a search over shards: what each of them counts, added up."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from db.search.facets import MOST_PEOPLE, Tally, bars_of, days_of, people_in, tally
from db.search.numbers import Ints, places_in
from db.search.results import Count, Facets
from db.shards.held import Held, Part
from db.shards.ids import joined
from db.shards.looks import Look
from db.shards.persons import Known, OneEach, known, known_by

Looks = Mapping[int, Look]


class Told(NamedTuple):
    """What a shard counts by itself.

    `people` are in order of number, `articles` is how many each is quoted in, and `order` has their
    places, most quoted first.
    """

    tally: Tally
    days: Counter[str]
    people: Ints
    articles: Ints
    order: Ints

    def after(self, first: int) -> int:
        """In how many articles the next one is quoted after so many people."""
        return int(self.articles[self.order[first]]) if len(self.order) > first else 0


def counted(held: Held, looks: Looks) -> tuple[Facets, tuple[Count, ...], int]:
    """The facets, the timeline, and how many hits have no date as fine as that."""
    told = held.each(lambda part: _told(looks[part.number]), list(looks))
    all_, days = Tally(), Counter[str]()
    for number, one in told.items():
        all_.add(one.tally)
        all_.add(_beyond(looks[number]))
        days.update(one.days)
    bars, undated = bars_of(days)
    return all_.facets(_people(held, looks, told)), bars, undated


def _told(look: Look) -> Told:
    reader = look.asked.reader

    def made() -> tuple[Told, int]:
        people, articles = people_in(reader, look.found.shown)
        told = Told(
            tally(look.found, look.weights), days_of(look.found, look.weights),
            people, articles, np.lexsort((people, -articles)),
        )  # fmt: skip
        values = len(told.tally.years) + len(told.tally.publishers) + len(told.days)
        return told, 100 * values + 3 * people.nbytes

    return reader.memory.kept(look.key("told"), made)


def _beyond(look: Look) -> Tally:
    """What copies in other shards add: the values that no copy in this one has."""
    more = Tally()
    for article, copied in look.elsewhere.items():
        own, weight = look.copies_of(article), look.weight(article)
        for year in {day[:4] for day in copied.days} - {day[:4] for day in own.days} - {""}:
            more.years[year] += weight
        for publisher in set(copied.publishers) - set(own.publishers):
            if publisher:
                more.publishers[publisher] += weight
    return more


def _people(held: Held, looks: Looks, told: Mapping[int, Told]) -> tuple[Count, ...]:
    """Who is quoted in most articles, by the first ones of each shard.

    Whoever is among the first of no shard is in at most as many articles as the next ones there
    have together: if that may be enough, more of each are asked for. (R. Fagin, A. Lotem, M. Naor,
    "Optimal aggregation algorithms for middleware", 2001.)
    """
    asked = MOST_PEOPLE * 4
    most = _most(held, told, asked)
    while (unseen := sum(one.after(asked) for one in told.values())) and (
        len(most) < MOST_PEOPLE or -most[-1][0] <= unseen
    ):
        asked *= 8
        most = _most(held, told, asked)
    # Whoever was chosen goes by the number that he or she was chosen by.
    wish = next(iter(looks.values())).wish
    chosen = {joined(*one): wish.filters.person for one in wish.people.items()}
    return tuple(
        Count(chosen.get(person) or person, name, -count)
        for count, person, name in sorted(most, key=lambda one: (one[0], one[2]))
    )


def _most(held: Held, told: Mapping[int, Told], asked: int) -> list[tuple[int, int, str]]:
    """Of the first ones of each shard those with most articles: (-articles, number, name)."""

    def first(part: Part) -> dict[int, Known]:
        one = told[part.number]
        return known(part, one.people[one.order[:asked]].tolist())

    firsts = held.each(first, list(told))
    keys = {one.key for people in firsts.values() for one in people.values() if one.key is not None}

    def every(part: Part) -> list[tuple[Known, int]]:
        local = {n: one for n, one in firsts[part.number].items() if one.key is None}
        return _counts(told[part.number], local | known_by(part, keys))

    gathered: OneEach[int] = OneEach()
    for rows in held.each(every, list(firsts)).values():
        for person, count in rows:
            gathered.add(person, count)
    return heapq.nsmallest(
        MOST_PEOPLE,
        ((-sum(counts), person.person, person.name) for person, counts in gathered),
    )


def _counts(told: Told, people: Mapping[int, Known]) -> list[tuple[Known, int]]:
    """In how many articles each of these people is quoted, those in none left out."""
    wanted = np.array(sorted(people), np.int64)
    at, there = places_in(told.people, wanted)
    numbers = told.articles[at[there]].tolist()
    return [
        (people[one], number) for one, number in zip(wanted[there].tolist(), numbers, strict=True)
    ]
