"""Files held against the ledger, and what has to be read of them gathered in parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.cluster.ledger import Ledger
from ingest.cluster.plan import Limits, Part, Unit, is_to_be_cut, standing_of


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that is in as it is now, with so many articles."""

    unit: Unit
    articles: int


class _Gathering:
    """Units for one shard, given back in parts of which none is over the limits."""

    def __init__(self, limits: Limits, target: str | None) -> None:
        self._limits = limits
        self._target = target
        self._held: list[Unit] = []
        self._size = 0

    def add(self, unit: Unit) -> Iterator[Part]:
        """Take a unit; a part that is full with those before it."""
        full = self._size + unit.size > self._limits.size or len(self._held) >= self._limits.files
        if self._held and full:
            yield from self.rest()
        self._held.append(unit)
        self._size += unit.size

    def rest(self) -> Iterator[Part]:
        """What is left."""
        if self._held:
            yield Part(tuple(self._held), self._target)
        self._held, self._size = [], 0


def plan(
    units: Iterable[Unit], ledger: Ledger, limits: Limits, *, look_up: bool
) -> Iterator[Part | Known | Unit]:
    """What is to be done: parts to read, and web archives to cut, as they are. Some are known.

    What was in before, and is another now, is read into the shard that it was in. Without `look_up`
    nothing counts as known.
    """
    fresh = _Gathering(limits, None)
    again: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        stands = standing_of(unit, ledger.taken(unit.location), look_up=look_up)
        if stands.known is not None:
            yield Known(unit, stands.known)
        elif stands.target is not None:
            again[stands.target].append(unit)
        elif is_to_be_cut(unit, limits):
            yield unit
        else:
            ledger.drop(unit.location)
            yield from fresh.add(unit)
    yield from fresh.rest()
    yield from _again(again, limits)


def plan_cut(
    units: Sequence[Unit], ledger: Ledger, limits: Limits, *, look_up: bool
) -> Iterator[Part | Known]:
    """What is to be done of the stretches of one web archive."""
    rows = ledger.taken(units[0].location)
    places = {(unit.start, unit.end) for unit in units}
    for one, _ in rows:
        if (one.start, one.end) not in places:
            ledger.drop(one.location, one.start)
    fresh = _Gathering(limits, None)
    again: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        stands = standing_of(unit, rows, look_up=look_up)
        if stands.known is not None:
            yield Known(unit, stands.known)
        elif stands.target is not None:
            again[stands.target].append(unit)
        else:
            yield from fresh.add(unit)
    yield from fresh.rest()
    yield from _again(again, limits)


def _again(again: dict[str, list[Unit]], limits: Limits) -> Iterator[Part]:
    for file, units in again.items():
        gathering = _Gathering(limits, file)
        for unit in units:
            yield from gathering.add(unit)
        yield from gathering.rest()
