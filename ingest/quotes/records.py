"""The records of quotations: pieces that belong together, who said them, how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.article import Person, Quote, Span
from ingest.quotes.cast import Cast
from ingest.quotes.marks import Run
from ingest.quotes.settle import people_of
from ingest.quotes.transcripts import TURN, Turn
from ingest.quotes.turns import Said


def quotes_in_marks(
    runs: Sequence[Run], said: Sequence[Said], cast: Cast
) -> tuple[list[Quote], tuple[Person, ...], Callable[[int], int | None]]:
    """The quotations in marks, the people, and who is mentioned where, as an index into these."""
    people, places_of = people_of(cast)

    def person_at(start: int) -> int | None:
        entity = cast.at(start)
        return places_of.get(id(entity)) if entity else None

    groups: dict[int, list[Said]] = {}
    leader: dict[int, int] = {}
    for item in said:
        first = item.run if item.joins is None else leader.get(item.joins, item.run)
        leader[item.run] = first
        groups.setdefault(first, []).append(item)
    quotes = [
        Quote((run.span,), "other", confidence=0.8, reason="a nickname in a name")
        for i, run in enumerate(runs)
        if i not in leader
    ]
    for items in groups.values():
        pieces = tuple([runs[item.run].span for item in items])
        quotes.append(_quote(pieces, items[0], person_at))
    return quotes, people, person_at


def quote_of_turn(turn: Turn, person_at: Callable[[int], int | None]) -> Quote:
    """A turn of a transcript, whose words stand in no marks."""
    person = person_at(turn.who.start)
    return Quote(turn.pieces, "direct", person, turn.who, None, None, 0.8, TURN)


def _quote(pieces: tuple[Span, ...], head: Said, person_at: Callable[[int], int | None]) -> Quote:
    found = head.found
    if head.kind == "other":
        return Quote(pieces, "other", confidence=0.6, reason="no speech")
    if found is None:
        return Quote(pieces, head.kind, confidence=0.5, reason="no speaker found")
    phrase = found.phrase
    person = mention = described = None
    if phrase is not None:
        person, mention = person_at(phrase.span.start), phrase.span
        described = phrase.description
    told = (pieces, head.kind, person, mention, found.cue, described)
    # There are so many that the time to call Quote() counts.
    return tuple.__new__(Quote, (*told, round(found.confidence, 3), found.reason))
