"""Which of several claims about an article is believed: they are weighed, not ranked.

Claims that mean the same add their weights up: two places that agree outweigh a better one alone.
What loses stays among the article's facts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from ingest.article import Fact, FactField, Moment, Precision
from ingest.credits import folded, read_credit
from ingest.headings import site_names, without_site

# Places that repeat another: they add little to what that one says.
_ECHOES = {"meta twitter:title": "meta og:title", "meta parsely-title": "meta og:title"}
_ECHO = 0.3
_MOST_NAMES = 12


def values_of(facts: Iterable[Fact], field: FactField) -> list[str]:
    """What the facts say of a field, in order."""
    return [fact.value for fact in facts if fact.field == field]


def settle_plain(facts: tuple[Fact, ...], field: FactField) -> str | None:
    """The value with the most weight; of spellings of one value the heaviest one."""
    support: dict[str, float] = defaultdict(float)
    best: dict[str, Fact] = {}
    for fact in facts:
        if fact.field == field:
            key = folded(fact.value) or fact.value
            support[key] += fact.weight
            if key not in best or fact.weight > best[key].weight:
                best[key] = fact
    if not support:
        return None
    return best[max(support, key=support.__getitem__)].value


def houses(facts: tuple[Fact, ...]) -> frozenset[str]:
    """What the site, its publisher and the agency are called, folded."""
    # Some pages give their title as the name of the application.
    titles = [folded(value) for value in values_of(facts, "title")]
    publishers = [
        fact.value
        for fact in facts
        if fact.field in ("publisher", "agency")
        and (len(fact.value) <= 12 or titles.count(folded(fact.value)) < 2)
    ]
    return site_names(publishers, values_of(facts, "url"))


def settle_title(facts: tuple[Fact, ...]) -> str | None:
    """The title, without the site's name."""
    claims = [fact for fact in facts if fact.field == "title"]
    sites = houses(facts)
    values = [fact.value for fact in claims]
    origins = {fact.origin: fact.value for fact in claims}
    support: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, str]] = {}
    for fact in claims:
        title = without_site(fact.value, sites, values)
        key = folded(title)
        if not key or (key in sites and len(claims) > 1):
            continue
        weight = fact.weight
        if (heard := origins.get(_ECHOES.get(fact.origin, ""))) is not None:
            weight *= _ECHO if folded(without_site(heard, sites, values)) == key else 0.7
        support[key] += weight
        if key not in best or weight > best[key][0]:
            best[key] = weight, title
    if not support:
        return None
    return best[max(support, key=support.__getitem__)][1]


def settle_authors(facts: tuple[Fact, ...]) -> tuple[tuple[str, ...], str | None]:
    """The people who wrote it, in order, and a body that is named where no people are."""
    sites = houses(facts)
    claims: dict[str, list[str]] = defaultdict(list)
    weights: dict[str, float] = {}
    bodies: list[str] = []
    for fact in facts:
        if fact.field != "author":
            continue
        kind = re.search(r"\((\w*Organi[sz]ation|Corporation)\)", fact.origin)
        credit = read_credit(fact.value, sites)
        bodies += [fact.value] if kind else credit.bodies
        if credit.people and not kind:
            claims[fact.origin] += [p for p in credit.people if p not in claims[fact.origin]]
            weights[fact.origin] = max(fact.weight, weights.get(fact.origin, 0))
    claims = {origin: names for origin, names in claims.items() if len(names) <= _MOST_NAMES}
    if not claims:
        return (), next(iter(bodies), None)
    sets = {origin: frozenset(map(folded, names)) for origin, names in claims.items()}

    def support(origin: str) -> float:
        return sum(weights[other] * _likeness(sets[origin], sets[other]) for other in claims)

    chosen = max(claims, key=support)
    # A list that holds all the names and more is the fuller one where the page shows it.
    for origin in claims:
        if sets[origin] > sets[chosen] and origin.startswith("byline") and weights[origin] >= 0.6:
            chosen = origin
    return tuple(claims[chosen]), None


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def settle_section(facts: tuple[Fact, ...]) -> str | None:
    """The section; the first one where a page lists its keywords as such."""
    section = settle_plain(facts, "section")
    return re.split(r"\s*[|,;]\s+", section)[0] if section and len(section) > 30 else section


def settle_moment(facts: tuple[Fact, ...], field: FactField) -> Moment | None:
    """The date with the most weight. Claims of one day agree, however precise they are."""
    support: dict[str, float] = defaultdict(float)
    claims = [fact for fact in facts if fact.field == field]
    instants = {fact.value: _instant(fact.value) for fact in claims}
    for fact in claims:
        for day in {other.value[:10] for other in claims if _agree(fact, other, instants)}:
            support[day] += fact.weight
    if not support:
        return None

    def rank(day: str) -> tuple[bool, float, bool]:
        # A claim of a year alone agrees with every day in it: never prefer it to one. Of two
        # clocks that say the same, the article's own tells the day, not Greenwich's.
        own = any(f.value[:10] == day and re.search(r"[+-]\d\d:\d\d\Z", f.value) for f in claims)
        return len(day) == 10, round(support[day], 6), own

    best = max(support, key=rank)
    of_day = [fact for fact in claims if fact.value[:10] == best]
    value = max(of_day, key=lambda f: (f.weight >= 0.5 and "T" in f.value, f.weight)).value
    return moment_of(value)


def _instant(value: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read if read.tzinfo else None


def _agree(one: Fact, other: Fact, instants: dict[str, datetime | None]) -> bool:
    if one.value[:10] == other.value[:10]:
        return True
    first, second = instants[one.value], instants[other.value]
    return first is not None and first == second


def moment_of(value: str) -> Moment:
    """An ISO 8601 value with the precision that its length tells."""
    clock = value.partition("T")[2]
    precision: Precision
    if clock:
        precision = "second" if re.match(r"\d\d:\d\d:\d\d", clock) else "minute"
    else:
        precision = "year" if len(value) == 4 else "month" if len(value) == 7 else "day"
    return Moment(value, precision)
