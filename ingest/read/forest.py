"""Two forests of decision trees say which pieces of a page are its article.

The first judges each piece by its measures, the second by these and by what the first found around
it (`html_context`). They are made by `tests/bench/train_body.py` and stand in
`ingest/data/body_model.json`, which holds thresholds and no words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ingest.read.html_blocks import Piece
from ingest.read.html_context import CONTEXT, SURE, context
from ingest.read.html_features import NAMES

Tree = Any  # [feature, threshold, left, right] or a number
# Each tree, and the sums beyond which those after it change nothing that matters.
Forest = list[tuple[Tree, float, float]]


@lru_cache(maxsize=1)
def shipped() -> tuple[Forest, Forest]:
    """Both forests of `data/body_model.json`. Raises RuntimeError for those of other features."""
    model = json.loads(files("ingest").joinpath("data/body_model.json").read_text("utf-8"))
    if model["names"] != [*NAMES, *CONTEXT]:
        raise RuntimeError("data/body_model.json was made from other features: train it again")
    return forests(model)


def forests(model: dict[str, Any]) -> tuple[Forest, Forest]:
    """The forests of a model as train_body writes it."""
    return _bounded(model["first"], SURE), _bounded(model["second"], 0.0)


def _bounded(trees: list[Tree], sure: float) -> Forest:
    steps: Forest = []
    lowest = highest = 0.0
    for tree in reversed(trees):
        steps.append((tree, -sure - highest, sure - lowest))
        leaves = list(_leaves(tree))
        lowest, highest = lowest + min(leaves), highest + max(leaves)
    return steps[::-1]


def _leaves(tree: Tree) -> Iterator[float]:
    if isinstance(tree, list):
        yield from _leaves(tree[2])
        yield from _leaves(tree[3])
    else:
        yield tree


def are_article(pieces: list[Piece], made: tuple[Forest, Forest] | None = None) -> list[bool]:
    """Whether each of the measured pieces is rather part of the article than not."""
    first, second = made or shipped()
    odds = [max(-SURE, min(SURE, _odds(first, piece.features))) for piece in pieces]
    around = context(pieces, odds)
    return [
        _odds(second, piece.features + more) > 0 for piece, more in zip(pieces, around, strict=True)
    ]


def _odds(forest: Forest, features: list[float]) -> float:
    """The log of the odds, as far as it matters: half of the trees, as a rule."""
    total = 0.0
    for node, low, high in forest:
        while node.__class__ is list:
            node = node[2] if features[node[0]] <= node[1] else node[3]
        total += node
        if total < low or total > high:
            break
    return total
