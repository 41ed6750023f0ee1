"""Which articles meet a query, and how well.

An article meets it as a whole: one word may stand in the title and another in the last paragraph.
No index holds whole articles (it would be as large as that of the paragraphs), so each word gives
its articles and these are put together here, as arrays of numbers in order. Nothing asks FTS5 for
`bm25`, which reads every occurrence and is what makes common words slow.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence

import numpy as np

from db.query import Node, read
from db.query.nodes import All, Any, In, Near, Quoted, Term
from db.search.leaves import BYLINE, MOST_PLACES, TITLE, Leaf, leaf_of
from db.search.memory import Reader, reading
from db.search.numbers import (
    NONE,
    Floats,
    Ints,
    common,
    either,
    places_in,
    selected,
    without,
)

# BM25 with the paragraphs that hold a word for its frequency: k as usual. A word of the title says
# what the article is about: it weighs more than any number of paragraphs.
_K = 1.2
_IN_TITLE = 1.5
_IN_BYLINE = 0.6

# By `Leaf.how`.
BASE: Floats = np.array([
    (how & MOST_PLACES) / ((how & MOST_PLACES) + _K)
    + (_IN_TITLE if how & TITLE else 0) + (_IN_BYLINE if how & BYLINE else 0)
    for how in range(256)
])  # fmt: skip


def rarity(every: int, held: int) -> float:
    """What a word that `held` of all articles have counts for."""
    return math.log(1 + (every - held + 0.5) / (held + 0.5))


class Evaluation:
    """Evaluates a query over whole articles. `leaves` are what the score is made of.

    A `shard` looks for every word, though it may have no article for the query: how rare the word
    is in all shards together is known only then.
    """

    def __init__(self, reader: Reader, *, shard: bool = False) -> None:
        self.reader = reader
        self.every_word = shard
        self.leaves: list[Leaf] = []

    def articles(self, node: Node) -> Ints:
        """The ids of the articles that meet `node`, in order."""
        match node:
            case Term() | Near() | In("para" | "title", _) | Quoted():
                leaf = leaf_of(self.reader, node)
                self.leaves.append(leaf)
                return leaf.articles
            case Any(choices):
                found = NONE
                # An article that meets one choice may have words of the others.
                before, self.every_word = self.every_word, True
                for choice in choices:
                    found = either(found, self.articles(choice))
                self.every_word = before
                return found
            case All(wanted, unwanted):
                return self._all(wanted, unwanted)
            case _:
                return selected(self.reader.conn, *self.reader.compiler.articles(node))

    def _all(self, wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> Ints:
        found: Ints | None = None
        for node in wanted:
            these = self.articles(node)
            found = these if found is None else common(found, these)
            if not len(found) and not self.every_word:
                return NONE
        if found is None:
            found = selected(self.reader.conn, "SELECT id FROM articles")
        for node in unwanted:
            # What is unwanted has no part in the score.
            found = without(found, Evaluation(self.reader).articles(node))
        return found

    def sizes(self) -> list[int]:
        """How many articles there are, and how many of them each leaf was found in."""
        return [self.reader.articles, *(len(leaf.articles) for leaf in self.leaves)]

    def scores(self, found: Ints, sizes: Sequence[int] | None = None) -> Floats:
        """How well each of `found` answers: higher is better, 0 where no words were asked for.

        `sizes` are those of all shards together, where this is one of them.
        """
        every, *held = sizes or self.sizes()
        scores: Floats | None = None
        for leaf, size in zip(self.leaves, held, strict=True):
            worth = BASE * rarity(every, size)
            if found is leaf.articles and scores is None:
                scores = worth.take(leaf.how)
                continue
            if scores is None:
                scores = np.zeros(len(found))
            at, there = places_in(leaf.articles, found)
            scores[there] += worth[leaf.how[at[there]]]
        return np.zeros(len(found)) if scores is None else scores


def articles_found(conn: sqlite3.Connection, typed: str | None) -> list[int]:
    """The ids of all articles that meet what was typed, in order."""
    node = read(typed).node
    if node is None:
        return []
    with reading(conn) as reader:
        return [int(article) for article in Evaluation(reader).articles(node)]
