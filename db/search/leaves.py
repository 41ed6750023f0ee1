"""Where one word or phrase was found: in which articles, in how many of their paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from db.query import Node
from db.query.fts import is_plain
from db.query.nodes import In, Quoted, Term
from db.search.memory import Reader
from db.search.numbers import NONE, Ints, columns, either, places_in, selected

# More paragraphs of an article than this say no more.
MOST_PLACES = 63
# `Leaf.how` has the number of places in its lower bits, and these.
TITLE, BYLINE = 64, 128
# The paragraphs of a commoner word are not kept: its articles are read through when they are shown.
_MOST_ROWS = 50_000


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
            titles = selected(reader.conn, *reader.compiler.articles(node))
            return Leaf(titles, np.full(len(titles), TITLE, np.uint8))
    compiler = reader.compiler
    heads = [
        selected(reader.conn, *compiler.texts(node, "articles", (column,)))
        for column in ("title", "byline")
    ]
    if not is_plain(node):
        return _with_heads(_counted(reader, node, "paragraphs", "p.article_id"), heads)
    rows = rows_of(reader, node)
    of = reader.articles_of(rows)
    if len(rows) > _MOST_ROWS and (leaf := _of_many(of, heads)) is not None:
        return leaf
    return _with_heads(_of_rows(rows, of), heads)


def rows_of(reader: Reader, node: Node) -> Ints:
    """The paragraphs in which FTS5 alone can tell that the words of `node` stand."""
    if isinstance(node, Term) and not node.prefix and (word := reader.compiler.alone(node)):
        rows = reader.rows_with(word)
        if rows is not None:
            return rows
    match = reader.compiler.match(node, ("text",))
    sql = "SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH ?"
    return selected(reader.conn, sql, [match])


def _of_many(of: Ints, heads: list[Ints]) -> Leaf | None:
    """From the article of each place, for a word of many; None where numbers are far apart."""
    ends = [int(part.max(initial=0)) for part in (of, *heads)]
    if max(ends) > 8 * len(of):
        return None
    how = np.minimum(np.bincount(of, minlength=max(ends) + 1), MOST_PLACES).astype(np.uint8)
    for ids, mark in zip(heads, (TITLE, BYLINE), strict=True):
        how[ids] |= mark
    articles = np.flatnonzero(how)
    return Leaf(articles, how[articles])


def _with_heads(leaf: Leaf, heads: list[Ints]) -> Leaf:
    """With the articles whose title and whose byline has it."""
    more = either(*heads)
    if not len(more):
        return leaf
    articles = either(leaf.articles, more)
    at = np.searchsorted(articles, leaf.articles)
    how = np.zeros(len(articles), np.uint8)
    how[at] = leaf.how
    for ids, mark in zip(heads, (TITLE, BYLINE), strict=True):
        how[np.searchsorted(articles, ids)] |= mark
    if leaf.rows is None or leaf.starts is None:
        return Leaf(articles, how)
    held = np.zeros(len(articles) + 1, np.int32)
    held[at + 1] = np.diff(leaf.starts)
    return Leaf(articles, how, leaf.rows, np.cumsum(held, dtype=np.int32))


def _paragraphs(reader: Reader, node: Node) -> Leaf:
    if not is_plain(node):
        return _counted(reader, node, "paragraphs", "p.article_id")
    rows = rows_of(reader, node)
    return _of_rows(rows, reader.articles_of(rows))


def _of_rows(rows: Ints, of: Ints) -> Leaf:
    """From paragraphs and the article of each."""
    if not bool((of[1:] >= of[:-1]).all()):
        order = np.argsort(of, kind="stable")
        rows, of = rows[order], of[order]
    first = np.flatnonzero(np.concatenate(([True], of[1:] != of[:-1]))) if len(of) else NONE
    starts = np.append(first, len(of)).astype(np.int32)
    how = np.minimum(np.diff(starts), MOST_PLACES).astype(np.uint8)
    articles = of[first].astype(np.int64)
    return Leaf(articles, how, rows, starts) if len(rows) <= _MOST_ROWS else Leaf(articles, how)


def _counted(reader: Reader, node: Node, unit: str, column: str) -> Leaf:
    assert unit in ("paragraphs", "quotes")
    select = f"{column} AS article, count(*) AS held"
    sql = reader.compiler.rows(node, unit, select)  # type: ignore[arg-type]
    grouped = f"{sql.text} GROUP BY {column}"
    articles, held = columns(reader.conn, grouped, ("article", "held"), sql.values)
    return Leaf(articles, np.minimum(held, MOST_PLACES).astype(np.uint8))
