"""What the pieces around a piece say of it: the second look at a page.

A first forest judges each piece by itself; here is what it found around each one, for the second.
A heading between two paragraphs of the article is of the article as a rule, one between two links
is not. Odds are natural logarithms, cut at -4 and 4: beyond that a piece is sure.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from itertools import accumulate

from ingest.read.html_blocks import Piece

SURE = 4.0
_HEAVIEST = 300  # characters: a longer piece says no more of those like it
_WINDOW = 6
_FAR = 8  # pieces: what is further away is not near, though in the same box

CONTEXT: tuple[str, ...] = (
    "odds", "odds 3 before", "odds 2 before", "odds before", "odds after", "odds 2 after",
    "odds 3 after", "odds of alike", "odds in box", "odds of tag in box", "best near before",
    "best near after", "mean before", "mean after", "best before", "best after",
)  # fmt: skip


def context(pieces: list[Piece], odds: list[float]) -> list[list[float]]:
    """The features of CONTEXT for every piece, from the `odds` that the first forest gave."""
    edge = [-SURE] * 3
    padded = [*edge, *odds, *edge]
    weights = [float(min(len(piece.text), _HEAVIEST)) for piece in pieces]
    boxes = [id(piece.box.parent or piece.box) for piece in pieces]
    means = (
        _others([piece.box.signature for piece in pieces], odds, weights),
        _others(boxes, odds, weights),
        _others(
            [(box, piece.box.tag) for box, piece in zip(boxes, pieces, strict=True)], odds, weights
        ),
    )
    near_before = _best_near(boxes, odds)
    near_after = _best_near(boxes[::-1], odds[::-1])[::-1]
    sums = [0.0, *accumulate(odds)]
    so_far = [-SURE, *accumulate(odds, max)]
    to_come = [-SURE, *accumulate(reversed(odds), max)][::-1]
    count = len(pieces)
    found = []
    for at in range(count):
        start, stop = max(0, at - _WINDOW), min(count, at + 1 + _WINDOW)
        found.append([
            odds[at], *padded[at : at + 3], *padded[at + 4 : at + 7],
            means[0][at], means[1][at], means[2][at], near_before[at], near_after[at],
            (sums[at] - sums[start]) / (at - start) if at else -SURE,
            (sums[stop] - sums[at + 1]) / (stop - at - 1) if at + 1 < count else -SURE,
            so_far[at], to_come[at + 1],
        ])  # fmt: skip
    return found


def _others(keys: Sequence[Hashable], odds: list[float], weights: list[float]) -> list[float]:
    """For each piece the mean of all others with the same key; its own odds where it is alone."""
    sums: dict[Hashable, float] = defaultdict(float)
    whole: dict[Hashable, float] = defaultdict(float)
    for key, value, weight in zip(keys, odds, weights, strict=True):
        sums[key] += value * weight
        whole[key] += weight
    return [
        (sums[key] - value * weight) / (whole[key] - weight) if whole[key] > weight else value
        for key, value, weight in zip(keys, odds, weights, strict=True)
    ]


def _best_near(boxes: list[int], odds: list[float]) -> list[float]:
    """The best of up to three pieces in the same box not long before each."""
    last: dict[int, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=3))
    found = []
    for at, (box, value) in enumerate(zip(boxes, odds, strict=True)):
        seen = last[box]
        found.append(max((v for place, v in seen if at - place <= _FAR), default=-SURE))
        seen.append((at, value))
    return found
