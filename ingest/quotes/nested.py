"""Reports inside one another: the outermost counts."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.article import Span
from ingest.quotes.reading import Indirect


def outermost(found: Sequence[Indirect], mixed: Sequence[Span]) -> Sequence[Indirect]:
    """What was found; a report inside another one, or inside mixed speech, belongs to it."""
    if len(found) < 2 and not mixed:
        return found
    kept: list[Indirect] = []
    every = [(one, one.extent) for one in found]
    for one, extent in every:
        inside = any(_holds(span, extent) for span in mixed)
        if inside or any(_outranks(*other, one, extent) for other in every):
            continue
        if not any(_touch(other, one) for other in kept):
            kept.append(one)
    return kept


def _touch(a: Indirect, b: Indirect) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a.pieces for y in b.pieces)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _outranks(other: Indirect, outer: Span, one: Indirect, inner: Span) -> bool:
    return (
        other is not one
        and _holds(outer, inner)
        and (outer != inner or other.confidence > one.confidence)
    )
