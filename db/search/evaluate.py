"""Which articles meet a query, and how well.

An article meets it as a whole: one word may stand in the title and another in the last paragraph.
No index holds whole articles (it would be as large as that of the paragraphs), so each word gives
its set of articles and the sets are put together here. Nothing asks FTS5 for `bm25`, which reads
every occurrence and is what makes common words slow.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.query import Compiler, Node
from db.query.compile import Sql
from db.query.nodes import All, Any, In, Near, Quoted, Term

# BM25 with the paragraphs that hold a word for its frequency: k as usual. A word of the title says
# what the article is about: it weighs more than any number of paragraphs.
_K = 1.2
_IN_TITLE = 1.5
_IN_BYLINE = 0.6


@dataclass(slots=True)
class Leaf:
    """Where one word or phrase was found: places in each article, titles, bylines."""

    places: dict[int, int]
    titles: set[int] = field(default_factory=set)
    bylines: set[int] = field(default_factory=set)

    def articles(self) -> set[int]:
        """Every article that has it."""
        return self.places.keys() | self.titles | self.bylines


class Evaluation:
    """Evaluates a query over whole articles. `leaves` are what the score is made of.

    A `shard` looks for every word, though it may have no article for the query: how rare the word
    is in all shards together is known only then.
    """

    def __init__(
        self, conn: sqlite3.Connection, compiler: Compiler, *, shard: bool = False
    ) -> None:
        self.conn = conn
        self.compiler = compiler
        self.shard = shard
        self.leaves: list[Leaf] = []

    def articles(self, node: Node) -> set[int]:
        """The ids of the articles that meet `node`."""
        match node:
            case Term() | Near():
                return self._leaf(self._words(node))
            case In("para", inner):
                return self._leaf(Leaf(self._counted(inner, "paragraphs", "p.article_id")))
            case Quoted():
                return self._leaf(Leaf(self._counted(node, "quotes", "q.article_id")))
            case Any(choices):
                return set().union(*map(self.articles, choices))
            case All(wanted, unwanted):
                return self._all(wanted, unwanted)
            case In("title", inner):
                return self._leaf(Leaf({}, self._ids(self.compiler.articles(node))))
            case _:
                return self._ids(self.compiler.articles(node))

    def _all(self, wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> set[int]:
        found: set[int] | None = None
        for node in wanted:
            these = self.articles(node)
            found = these if found is None else found & these
            if not found and not self.shard:
                return set()
        if found is None:
            found = self._ids(Sql("SELECT id FROM articles"))
        for node in unwanted:
            # What is unwanted has no part in the score.
            found = found - Evaluation(self.conn, self.compiler).articles(node)
        return found

    def _leaf(self, leaf: Leaf) -> set[int]:
        self.leaves.append(leaf)
        return leaf.articles()

    def _words(self, node: Node) -> Leaf:
        places = self._counted(node, "paragraphs", "p.article_id")
        heads = [
            self._ids(self.compiler.texts(node, "articles", (column,)))
            for column in ("title", "byline")
        ]
        return Leaf(places, *heads)

    def _counted(self, node: Node, unit: str, column: str) -> dict[int, int]:
        assert unit in ("paragraphs", "quotes")
        rows = self.compiler.rows(node, unit, f"{column}, count(*)")  # type: ignore[arg-type]
        return dict(self.conn.execute(f"{rows.text} GROUP BY {column}", rows.values).fetchall())

    def _ids(self, rows: Sql) -> set[int]:
        return {row[0] for row in self.conn.execute(rows.text, rows.values)}

    def sizes(self) -> list[int]:
        """How many articles there are, and how many of them each leaf was found in."""
        (every,) = self.conn.execute("SELECT count(*) FROM articles").fetchone()
        return [every, *(len(leaf.articles()) for leaf in self.leaves)]

    def scores(self, found: set[int], sizes: Sequence[int] | None = None) -> dict[int, float]:
        """How well each of `found` answers: higher is better, 0 where no words were asked for.

        `sizes` are those of all shards together, where this is one of them.
        """
        scores = dict.fromkeys(found, 0.0)
        every, *held = sizes or self.sizes()
        for leaf, size in zip(self.leaves, held, strict=True):
            rarity = math.log(1 + (every - size + 0.5) / (size + 0.5))
            worth = [rarity * count / (count + _K) for count in range(65)]
            for article_id in found & leaf.places.keys():
                scores[article_id] += worth[min(leaf.places[article_id], 64)]
            for heads, bonus in ((leaf.titles, _IN_TITLE), (leaf.bylines, _IN_BYLINE)):
                for article_id in found & heads:
                    scores[article_id] += rarity * bonus
        return scores
