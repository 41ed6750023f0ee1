"""What the tests of quotations read off a text: its quotations as short tuples and records."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Person
from ingest.quotes import find_quotes
from tests.quality.scoring import paragraphs_of


@dataclass(frozen=True)
class Read:
    """One quotation in words instead of offsets."""

    words: tuple[str, ...]
    who: str | None
    mention: str | None
    cue: str | None
    kind: str
    description: str | None
    reason: str


def quotations(text: str, kinds: tuple[str, ...] = ("direct", "mixed")) -> list[Read]:
    """The quotations of a text whose paragraphs are its lines."""
    quotes, people = find_quotes(text, paragraphs_of(text))
    return [
        Read(
            tuple(piece.of(text) for piece in q.pieces),
            people[q.person].name if q.person is not None else None,
            q.mention.of(text) if q.mention else None,
            q.cue.of(text) if q.cue else None,
            q.kind,
            q.description.of(text) if q.description else None,
            q.reason,
        )
        for q in quotes
        if q.kind in kinds
    ]


def one(text: str) -> Read:
    """The only quotation of a text."""
    (found,) = quotations(text)
    return found


def speakers(text: str) -> list[str | None]:
    """Who says each of the quotations, in order."""
    return [found.who for found in quotations(text)]


def people(text: str) -> dict[str, Person]:
    """The people of a text by name."""
    return {p.name: p for p in find_quotes(text, paragraphs_of(text))[1]}
