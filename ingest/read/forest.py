"""Two forests of decision trees say which pieces of a page are its article.

The first judges each piece by its measures, the second by these and by what the first found around
it (`html_context`). They are made by `tests/bench/train_body.py` and stand in
`ingest/data/body_model.json`, which holds thresholds and no words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ingest.read.html_blocks import Piece
from ingest.read.html_context import CONTEXT, SURE, context
from ingest.read.html_features import NAMES

Tree = Any  # [feature, threshold, left, right] or a number
# The log of the odds that these features give, exact as far as it matters.
Forest = Callable[[list[float]], float]
_AT_ONCE = 4  # trees between two looks at whether the others still matter


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
    """A forest that stops where the trees left cannot bring it back between -sure and sure.

    It is made into a function of Python, one expression a tree: to walk through the trees as lists
    takes three times as long.
    """
    lines = []
    lowest = highest = 0.0
    for number, tree in reversed(list(enumerate(trees))):
        if number % _AT_ONCE == _AT_ONCE - 1:
            low, high = -sure - highest, sure - lowest
            lines.append(f" if odds < {low!r} or odds > {high!r}: return odds")
        lines.append(f" odds += {_written(tree)}")
        leaves = list(_leaves(tree))
        lowest, highest = lowest + min(leaves), highest + max(leaves)
    made: dict[str, Any] = {}
    source = ["def forest(f):", " odds = 0.0", *reversed(lines), " return odds"]
    exec(compile("\n".join(source), "<forest>", "exec"), made)  # of numbers only, see _written
    forest: Forest = made["forest"]
    return forest


def _written(tree: Tree) -> str:
    """A tree as an expression of the features `f`."""
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, left, right = tree
    below, above = _written(left), _written(right)
    return f"({below} if f[{int(feature)}] <= {float(threshold)!r} else {above})"


def _leaves(tree: Tree) -> Iterator[float]:
    if isinstance(tree, list):
        yield from _leaves(tree[2])
        yield from _leaves(tree[3])
    else:
        yield tree


def are_article(pieces: list[Piece], made: tuple[Forest, Forest] | None = None) -> list[bool]:
    """Whether each of the measured pieces is rather part of the article than not."""
    first, second = made or shipped()
    odds = [max(-SURE, min(SURE, first(piece.features))) for piece in pieces]
    around = context(pieces, odds)
    return [second(piece.features + more) > 0 for piece, more in zip(pieces, around, strict=True)]
