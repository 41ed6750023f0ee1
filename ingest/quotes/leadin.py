"""Clauses beside the main one: "When I repeat this, he beams", "An officer, he recalls, asked"."""

from __future__ import annotations

from ingest.quotes.rules import Reading
from ingest.quotes.tokens import Block, CueHit


def led_in(r: Reading, start: int, end: int) -> int:
    """Where the main clause begins behind "When ...,": `start` where nothing leads in."""
    if r.tokens[start].low not in _LEADING:
        return start
    return next((k for k in range(start, min(end, start + 20)) if r.tokens[k].low == ","), start)


_LEADING = frozenset("when as after while once wenn als quand lorsque cuando".split())


def between_commas(r: Reading, hit: CueHit, start: int) -> bool:
    """Whether verb and subject stand between commas: "An officer, he recalls, asked her"."""
    behind = hit.at + hit.length
    return (
        hit.at - 2 > start
        and r.tokens[hit.at - 2].low == ","
        and behind < len(r.tokens)
        and r.tokens[behind].low == ","
    )


def intro_of(block: Block) -> tuple[int, int] | None:
    """The last sentence of a paragraph that ends with a colon, without the colon."""
    if not block.tokens or block.tokens[-1].low != ":":
        return None
    start, end = block.sentences[-1]
    return start, end - 1
