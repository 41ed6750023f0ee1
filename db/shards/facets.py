"""Facets and timeline of a search over shards: what each of them counts, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from db.search.facets import MOST_PEOPLE, Tally, bars_of
from db.search.results import Count, Facets
from db.shards.finding import Wish
from db.shards.held import Held
from db.shards.ids import joined
from db.shards.looks import Look
from db.shards.persons import most


def facets_of(
    held: Held, looks: Mapping[int, Look], wish: Wish
) -> tuple[Facets, tuple[Count, ...], int]:
    """The facets, the timeline, and how many hits have no date as fine as that."""
    all_, days = Tally(), Counter[str]()
    told = held.each(lambda part: looks[part.number].tally(), list(looks))
    for tally, own_days in told.values():
        all_.add(tally)
        days.update(own_days)
    found = most(
        held, MOST_PEOPLE,
        lambda part, asked: looks[part.number].speakers(asked),
        lambda part, keys: looks[part.number].speakers_of(keys),
    )  # fmt: skip
    found.sort(key=lambda one: (-one[1], one[0].name))
    # Whoever was chosen goes by the number that he or she was chosen by.
    chosen = {joined(*one): wish.filters.person for one in wish.people.items()}
    people = [Count(chosen.get(one.person) or one.person, one.name, n) for one, n in found]
    bars, undated = bars_of(days)
    return all_.facets(tuple(people)), bars, undated
