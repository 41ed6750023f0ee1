"""A page while it is being read: its units, and what each has been recognised as so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ingest.article import Furniture, Span
from ingest.byline import Byline
from ingest.dates import Found
from ingest.units import Unit

Role = Literal["furniture", "title", "field", "rights", "caption", "body"]


# Characters: a long paragraph says no more than this of where the body is, and a label takes away
# as much as a short sentence gives.
_PROSE_AT_MOST = 500
_LABEL_WEIGHT = 25
_MARKED_WEIGHT = 10


@dataclass
class Fields:
    """What the lines of a page say of its article. The first to say something is believed."""

    dates: list[Found] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    datelines: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def add(self, other: Fields) -> None:
        """Take over what another line says."""
        for name in self.__dataclass_fields__:
            getattr(self, name).extend(getattr(other, name))

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


@dataclass
class Sheet:
    """Units with their roles; the reason for each unit of furniture; what each field says."""

    units: list[Unit]
    roles: list[Role | None] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    said: dict[int, Fields] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.roles:
            self.roles = [None] * len(self.units)

    def __len__(self) -> int:
        return len(self.units)

    def set(self, index: int, role: Role) -> None:
        """Say what a unit is. What was said before no longer counts."""
        self.roles[index] = role
        self.reasons.pop(index, None)

    def tell(self, index: int, fields: Fields) -> None:
        """Say that a unit is a field, and what it says of the article."""
        self.set(index, "field")
        self.said[index] = fields

    def discard(self, index: int, reason: str) -> None:
        """Say that a unit is furniture, and why."""
        self.roles[index] = "furniture"
        self.reasons[index] = reason

    def open(self, start: int = 0, stop: int | None = None) -> Iterator[int]:
        """The units in a stretch that nothing has been said of."""
        for index in range(start, len(self.units) if stop is None else stop):
            if self.roles[index] is None:
                yield index

    def first_prose(self) -> int:
        """The first unit of running text; the number of units where there is none."""
        found = (i for i in self.open() if self.units[i].is_prose)
        return next(found, len(self.units))

    def core(self) -> tuple[int, int]:
        """The first and the last unit of the body: the stretch that is densest in running text.

        Blurbs in a menu or a footer are running text as well; labels around them outweigh them.
        Without any running text: the number of units, and -1.
        """
        best, first, last = 0, len(self.units), -1
        weight, start = 0, 0
        for index, (unit, role) in enumerate(zip(self.units, self.roles, strict=True)):
            if role in (None, "body") and unit.is_prose:
                weight += min(len(unit.text), _PROSE_AT_MOST)
            else:
                weight -= _LABEL_WEIGHT if role is None else _MARKED_WEIGHT
            if weight > best:
                best, first, last = weight, start, index
            if weight <= 0:
                weight, start = 0, index + 1
        return first, last

    def last_prose(self) -> int:
        """The last unit of running text; -1 where there is none."""
        for index in range(len(self.units) - 1, -1, -1):
            if self.roles[index] is None and self.units[index].is_prose:
                return index
        return -1

    def furniture(self) -> tuple[Furniture, ...]:
        """The lines that are no part of the article, each with the reason."""
        return tuple(
            Furniture(Span(line.start, line.end), self.reasons[index])
            for index, role in enumerate(self.roles)
            if role == "furniture"
            for line in self.units[index].lines
        )
