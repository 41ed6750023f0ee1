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
from dataclasses import dataclass

import numpy as np

from db.query import Node, read
from db.query.compile import Sql
from db.query.fts import is_plain
from db.query.nodes import All, Any, In, Near, Quoted, Term
from db.search.memory import Reader, reading
from db.search.numbers import (
    NONE,
    Floats,
    Ints,
    columns,
    common,
    either,
    in_order,
    places_in,
    selected,
    without,
)

# BM25 with the paragraphs that hold a word for its frequency: k as usual. A word of the title says
# what the article is about: it weighs more than any number of paragraphs.
_K = 1.2
_IN_TITLE = 1.5
_IN_BYLINE = 0.6

# More paragraphs of an article than this say no more.
_MOST_PLACES = 63
# The paragraphs of a commoner word are not kept: its articles are read through when they are shown.
_MOST_ROWS = 50_000
# `Leaf.how` has the number of places in its lower bits, and these.
_TITLE, _BYLINE = 64, 128
_BASE: Floats = np.array([
    (how & _MOST_PLACES) / ((how & _MOST_PLACES) + _K)
    + (_IN_TITLE if how & _TITLE else 0) + (_IN_BYLINE if how & _BYLINE else 0)
    for how in range(256)
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where one word or phrase was found, by article in order of number.

    `how` counts the places in each article, up to 63, with 64 for its title and 128 for its byline.
    `rows` are the paragraphs, where these are known, those of the first article first, and `starts`
    says where each article's begin.
    """

    articles: Ints
    how: np.ndarray[tuple[int], np.dtype[np.uint8]]
    rows: Ints | None = None
    starts: Ints | None = None

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        parts = (self.articles, self.how, self.rows, self.starts)
        return sum(part.nbytes for part in parts if part is not None)

    def rows_of(self, articles: list[int]) -> list[int]:
        """The paragraphs of these articles that have it, where `rows` are known."""
        assert self.rows is not None
        assert self.starts is not None
        at, there = places_in(self.articles, np.array(articles, np.int64))
        at = at[there]
        found: list[int] = []
        for start, end in zip(self.starts[at].tolist(), self.starts[at + 1].tolist(), strict=True):
            found += self.rows[start:end].tolist()
        return found


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
                return _ids(self.reader, self.reader.compiler.articles(node))

    def _all(self, wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> Ints:
        found: Ints | None = None
        for node in wanted:
            these = self.articles(node)
            found = these if found is None else common(found, these)
            if not len(found) and not self.every_word:
                return NONE
        if found is None:
            found = _ids(self.reader, Sql("SELECT id FROM articles"))
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
        scores = np.zeros(len(found))
        every, *held = sizes or self.sizes()
        for leaf, size in zip(self.leaves, held, strict=True):
            rarity = math.log(1 + (every - size + 0.5) / (size + 0.5))
            worth = _BASE * rarity
            if found is leaf.articles:
                scores += worth[leaf.how]
            else:
                at, there = places_in(leaf.articles, found)
                scores[there] += worth[leaf.how[at[there]]]
        return scores


def articles_found(conn: sqlite3.Connection, typed: str | None) -> list[int]:
    """The ids of all articles that meet what was typed, in order."""
    node = read(typed).node
    if node is None:
        return []
    with reading(conn) as reader:
        return [int(article) for article in Evaluation(reader).articles(node)]


def leaf_of(reader: Reader, node: Node) -> Leaf:
    """Where a word, a phrase or a quotation that is asked for was found."""

    def made() -> tuple[Leaf, int]:
        leaf = _made(reader, node)
        return leaf, leaf.size

    return reader.memory.kept(node, made)


def known_leaf(reader: Reader, node: Node) -> Leaf | None:
    """Where a word was found, with the paragraphs, if that is remembered."""
    leaf: Leaf | None = reader.memory.known(node)
    return leaf if leaf is not None and leaf.rows is not None else None


def _made(reader: Reader, node: Node) -> Leaf:
    match node:
        case In("para", inner):
            return _paragraphs(reader, inner)
        case Quoted():
            return _counted(reader, node, "quotes", "q.article_id")
        case In("title", _):
            titles = _ids(reader, reader.compiler.articles(node))
            return Leaf(titles, np.full(len(titles), _TITLE, np.uint8))
    compiler = reader.compiler
    heads = [
        _ids(reader, compiler.texts(node, "articles", (column,))) for column in ("title", "byline")
    ]
    leaf = _paragraphs(reader, node)
    more = either(*heads)
    if not len(more):
        return leaf
    articles = either(leaf.articles, more)
    at = np.searchsorted(articles, leaf.articles)
    how = np.zeros(len(articles), np.uint8)
    how[at] = leaf.how
    for ids, mark in zip(heads, (_TITLE, _BYLINE), strict=True):
        how[np.searchsorted(articles, ids)] |= mark
    if leaf.rows is None or leaf.starts is None:
        return Leaf(articles, how)
    held = np.zeros(len(articles) + 1, np.int32)
    held[at + 1] = np.diff(leaf.starts)
    return Leaf(articles, how, leaf.rows, np.cumsum(held, dtype=np.int32))


def _paragraphs(reader: Reader, node: Node) -> Leaf:
    if not is_plain(node):
        return _counted(reader, node, "paragraphs", "p.article_id")
    match = reader.compiler.match(node, ("text",))
    sql = "SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH ?"
    rows = selected(reader.conn, sql, [match])
    of = reader.articles_of(rows)
    if not bool((of[1:] >= of[:-1]).all()):
        order = np.argsort(of, kind="stable")
        rows, of = rows[order], of[order]
    first = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1]))) if len(of) else NONE
    starts = np.append(first, len(of)).astype(np.int32)
    how = np.minimum(np.diff(starts), _MOST_PLACES).astype(np.uint8)
    articles = of[first].astype(np.int64)
    return Leaf(articles, how, rows, starts) if len(rows) <= _MOST_ROWS else Leaf(articles, how)


def _counted(reader: Reader, node: Node, unit: str, column: str) -> Leaf:
    assert unit in ("paragraphs", "quotes")
    select = f"{column} AS article, count(*) AS held"
    sql = reader.compiler.rows(node, unit, select)  # type: ignore[arg-type]
    grouped = f"{sql.text} GROUP BY {column}"
    articles, held = columns(reader.conn, grouped, ("article", "held"), sql.values)
    return Leaf(articles, np.minimum(held, _MOST_PLACES).astype(np.uint8))


def _ids(reader: Reader, sql: Sql) -> Ints:
    return in_order(selected(reader.conn, sql.text, sql.values))
