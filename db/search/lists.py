"""The first articles of a common word, worked out ahead of searches (`db.ahead`).

Which articles come first does not depend on how rare a word is, so what is kept is how each of them
has it, and a score is made of that as it is for any other search.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from db.query.nodes import Term
from db.search.asked import Asked
from db.search.evaluate import worth_of
from db.search.leaves import Leaf
from db.search.numbers import NONE, Ints
from db.search.ranking import Ranking, ranking
from db.search.results import Filters, Sort
from db.search.survey import Survey

# So many articles are listed by each order: the first page, wherever it is shown.
LISTED = 20
# The orders that are listed, each in a column of `ahead_lists`.
ORDERS: dict[Sort, str] = {"relevance": "best", "newest": "newest"}
# How many articles, whether any has copies, and whether the paragraphs are listed.
_HEAD = struct.Struct("<B??")


@dataclass(frozen=True, slots=True)
class Listing:
    """The first articles of a result, with the paragraphs that have the word, article after
    article, where these are listed.
    """

    ranking: Ranking
    held: Ints
    rows: Ints | None

    def rows_of(self, wanted: slice) -> list[int] | None:
        """The paragraphs of a stretch of the list that have the word; None where not known."""
        if self.rows is None:
            return None
        ends = np.append(0, np.cumsum(self.held))[[wanted.start, min(wanted.stop, len(self.held))]]
        found: list[int] = self.rows[slice(*ends.tolist())].tolist()
        return found


def listing(asked: Asked) -> Listing | None:
    """What was worked out ahead for a page; None where nothing was, or something was written."""
    node, state = asked.node, asked.reader.ahead
    if state is None or not state.lists or asked.sort not in ORDERS or not isinstance(node, Term):
        return None
    if asked.slice.stop > LISTED or node.prefix or not asked.fold_copies:
        return None
    if asked.filters != Filters() or not (word := asked.compiler.alone(node)):
        return None
    return asked.reader.memory.noted(
        ("listing", node, asked.sort), lambda: _read(asked, word, state.number)
    )


def _read(asked: Asked, word: str, every: int) -> Listing | None:
    row = asked.conn.execute(
        f"SELECT found, total, {ORDERS[asked.sort]} FROM ahead_lists WHERE word = ?", [word]
    ).fetchone()
    return None if row is None else _from_bytes(row[0], row[1], row[2], every)


def to_bytes(found: Survey, leaf: Leaf) -> bytes | None:
    """The first articles of what was found for a word, to be stored; None where a number is too
    large for that.
    """
    first = ranking(found, LISTED)
    articles, copies = first.first, first.copies
    data = [leaf.how[np.searchsorted(leaf.articles, articles)].tobytes()]
    numbers = [articles]
    if copies.any():
        numbers.append(copies)
    is_listed = False
    if leaf.rows is not None and leaf.of is not None:
        start, end = (leaf.of.searchsorted(articles, side) for side in ("left", "right"))
        held = end - start
        is_listed = int(held.max(initial=0)) < 1 << 8
        if is_listed:
            data.append(held.astype(np.uint8).tobytes())
            spans = zip(start.tolist(), end.tolist(), strict=True)
            numbers += [leaf.rows[slice(*span)] for span in spans]
    if any(int(part.max(initial=0)) >= 1 << 32 for part in numbers):
        return None
    head = _HEAD.pack(len(articles), bool(copies.any()), is_listed)
    return b"".join([head, *data, *(part.astype("<u4").tobytes() for part in numbers)])


def _from_bytes(found: int, total: int, data: bytes, every: int) -> Listing:
    number, has_copies, is_listed = _HEAD.unpack_from(data)
    at = _HEAD.size
    how = np.frombuffer(data, np.uint8, number, at)
    at += number
    held = NONE
    if is_listed:
        held = np.frombuffer(data, np.uint8, number, at).astype(np.int64)
        at += number
    numbers = np.frombuffer(data, "<u4", offset=at).astype(np.int64)
    copies = numbers[number : 2 * number] if has_copies else np.zeros(number, np.int64)
    rows = numbers[number * (1 + has_copies) :] if is_listed else None
    scores = worth_of(every, found).take(how)
    return Listing(Ranking(total, found, numbers[:number], scores, copies), held, rows)
