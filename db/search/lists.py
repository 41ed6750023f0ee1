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
from db.search.evaluate import BASE, rarity
from db.search.heads import fullest
from db.search.leaves import Leaf
from db.search.marks import Marks
from db.search.matches import SHOWN
from db.search.memory import Reader
from db.search.numbers import Ints
from db.search.ranking import Listed, ranking
from db.search.results import Filters, Sort
from db.search.survey import Survey

# So many articles are listed by each order: the first page, wherever it is shown; of rarer words
# that of most places.
LISTED = 20
LISTED_OF_RARE = 10
# The orders that are listed, each in a column of `ahead_lists`.
ORDERS: dict[Sort, str] = {"relevance": "best", "newest": "newest"}
# How many articles, and whether any has copies.
_HEAD = struct.Struct("<B?")
_BASE: list[float] = BASE.tolist()


@dataclass(frozen=True, slots=True)
class Listing:
    """The first of the articles found for a word, of which `total` are shown and `articles` found,
    with the paragraphs that are shown, article after article, and how many of each.
    """

    total: int
    articles: int
    listed: list[Listed]
    rows: list[int]
    held: bytes

    def page(self, wanted: slice) -> tuple[list[Listed], list[int]] | None:
        """A stretch of the list with its paragraphs; None where it is not among the first ones."""
        if wanted.stop > len(self.listed) < self.total:
            return None
        first = sum(self.held[: wanted.start])
        return self.listed[wanted], self.rows[first : first + sum(self.held[wanted])]


def word_ahead(asked: Asked) -> str:
    """The word that alone is asked for, while what was worked out ahead holds for it; else ""."""
    node, state = asked.node, asked.reader.ahead
    if state is None or not state.lists or not isinstance(node, Term) or node.prefix:
        return ""
    if not asked.fold_copies or asked.filters != Filters():
        return ""
    return asked.compiler.alone(node)


def listing(asked: Asked) -> Listing | None:
    """What was worked out ahead for a page; None where nothing was, or something was written."""
    if asked.slice.stop > LISTED or asked.sort not in ORDERS or not (word := word_ahead(asked)):
        return None
    return asked.reader.memory.noted(
        ("listing", asked.node, asked.sort), lambda: _read(asked, word, asked.reader.articles)
    )


def _read(asked: Asked, word: str, every: int) -> Listing | None:
    row = asked.conn.execute(
        f"SELECT found, total, {ORDERS[asked.sort]} FROM ahead_lists WHERE word = ?", [word]
    ).fetchone()
    if row is None or row[2] is None:
        return None
    try:
        return _from_bytes(row[0], row[1], row[2], every)
    except (TypeError, ValueError, struct.error):
        # It is not as it was written: the word is looked for as others are.
        return None


def to_bytes(reader: Reader, term: Term, leaf: Leaf, found: Survey, number: int) -> bytes | None:
    """So many first articles of what was found for a word, to be stored; None where one of their
    numbers is too large for that.
    """
    first = ranking(found, number)
    rows = _shown(reader, term, leaf, first.first)
    numbers = [first.first, np.array([row for own in rows for row in own], np.int64)]
    if first.copies.any():
        numbers.insert(1, first.copies)
    if any(int(part.max(initial=0)) >= 1 << 32 for part in numbers):
        return None
    how = leaf.how[np.searchsorted(leaf.articles, first.first)]
    data = [_HEAD.pack(len(how), len(numbers) > 2), how.tobytes(), bytes(map(len, rows))]
    return b"".join([*data, *(part.astype("<u4").tobytes() for part in numbers)])


def _shown(reader: Reader, term: Term, leaf: Leaf, articles: Ints) -> list[list[int]]:
    """The paragraphs of each article that a page shows."""
    rows: list[list[int] | None] = [None] * len(articles)
    if leaf.rows is not None and leaf.of is not None:
        start, end = (leaf.of.searchsorted(articles, side).tolist() for side in ("left", "right"))
        rows = [
            leaf.rows[a:b].tolist() if b - a <= SHOWN else None
            for a, b in zip(start, end, strict=True)
        ]
    many = [one for one, own in zip(articles.tolist(), rows, strict=True) if own is None]
    marks = Marks(reader.conn, reader.compiler, (term,))
    places = fullest(reader, marks, many) if many else {}
    return [
        [row for _, row, _ in places.get(one, ())] if own is None else own
        for one, own in zip(articles.tolist(), rows, strict=True)
    ]


def _from_bytes(found: int, total: int, data: bytes, every: int) -> Listing:
    number, has_copies = _HEAD.unpack_from(data)
    start = _HEAD.size + number
    how, held = data[_HEAD.size : start], data[start : start + number]
    # So few are quicker without arrays.
    numbers = struct.unpack(f"<{number * (1 + has_copies) + sum(held)}I", data[start + number :])
    copies = numbers[number : 2 * number] if has_copies else (0,) * number
    worth = rarity(every, found)
    scores = [_BASE[one] * worth for one in how]
    listed = list(map(Listed, numbers[:number], scores, copies))
    if len(listed) != number:
        raise ValueError
    return Listing(total, found, listed, list(numbers[number * (1 + has_copies) :]), held)
