"""Where one word or phrase was found: in which articles, in how many of their paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from db.query import Node
from db.query.fts import is_plain
from db.query.nodes import In, Quoted, Term
from db.search.memory import Reader
from db.search.numbers import NONE, Flags, Ints, columns, numbers_of, selected

# More paragraphs of an article than this say no more.
MOST_PLACES = 63
# `Leaf.how` has the number of places in its lower bits, and these.
TITLE, BYLINE = 64, 128
_HEADS = ("title", "byline")
# The paragraphs of a commoner word are not kept: its articles are read through when they are shown.
_MOST_ROWS = 50_000
# Up to here there is room for a byte for every number of an article.
_NEAR = 1_000_000
_SIDES: tuple[Literal["left"], Literal["right"]] = "left", "right"
# Title, byline and text of a word in one statement, which asks FTS5 as three would.
_ROWS = "(SELECT group_concat(rowid) FROM {0} WHERE {0} MATCH ?)"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where one word or phrase was found, by article in order of number.

    `how` counts the places in each article, up to 63, with 64 for its title and 128 for its byline.
    `rows` are the paragraphs, where these are known, those of the first article first, and `of`
    says which article each is of.
    """

    articles: Ints
    how: np.ndarray[tuple[int], np.dtype[np.uint8]]
    rows: Ints | None = None
    of: Ints | None = None

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        parts = (self.articles, self.how, self.rows, self.of)
        return sum(part.nbytes for part in parts if part is not None)

    def rows_of(self, articles: list[int]) -> list[int]:
        """The paragraphs of these articles that have it, where `rows` are known."""
        assert self.rows is not None
        assert self.of is not None
        starts, ends = (self.of.searchsorted(articles, side).tolist() for side in _SIDES)
        found: list[int] = []
        for start, end in zip(starts, ends, strict=True):
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
    if not is_plain(node):
        leaf = _counted(reader, node, "paragraphs", "p.article_id")
        heads = [
            selected(reader.conn, *reader.compiler.texts(node, "articles", (column,)))
            for column in _HEADS
        ]
        return _with_heads(leaf, heads)
    rows, *heads = _rows(reader, node, ("text",), *((column,) for column in _HEADS))
    return _together(rows, reader.articles_of(rows), heads)


def rows_of(reader: Reader, node: Node) -> Ints:
    """The paragraphs in which FTS5 alone can tell that the words of `node` stand."""
    return _rows(reader, node, ("text",))[0]


def _rows(reader: Reader, node: Node, *columns: tuple[str, ...]) -> list[Ints]:
    """The rows that have the words in each of these columns of paragraphs or articles.

    FTS5 gives them in order.
    """
    word = reader.compiler.alone(node) if isinstance(node, Term) and not node.prefix else ""
    known: dict[tuple[str, ...], Ints | None] = {}
    if word:
        known["text",] = reader.rows_with(word)
    asked = [own for own in columns if known.get(own) is None]
    tables = ["paragraphs_fts" if own == ("text",) else "articles_fts" for own in asked]
    found = iter(
        reader.conn.execute(
            f"SELECT {', '.join(map(_ROWS.format, tables)) or 'NULL'}",
            [reader.compiler.match(node, own) for own in asked],
        ).fetchone()
    )
    rows = []
    for own in columns:
        these = known.get(own)
        rows.append(numbers_of(next(found)) if these is None else these)
    return rows


def _together(rows: Ints, of: Ints, heads: list[Ints]) -> Leaf:
    """From paragraphs with the article of each, and the articles that have it in their head."""
    if len(rows) > _MOST_ROWS:
        last = max(int(part.max(initial=0)) for part in (of, *heads))
        if last <= max(8 * len(of), _NEAR):
            how = np.minimum(np.bincount(of, minlength=last + 1), MOST_PLACES).astype(np.uint8)
            for ids, mark in zip(heads, (TITLE, BYLINE), strict=True):
                how[ids] |= mark
            articles = (how != 0).nonzero()[0]
            return Leaf(articles, how[articles])
    return _with_heads(_of_rows(rows, of), heads)


def _with_heads(leaf: Leaf, heads: list[Ints]) -> Leaf:
    """With the articles whose title and whose byline has it."""
    titles, bylines = heads
    if not len(titles) and not len(bylines):
        return leaf
    articles = np.concatenate((leaf.articles, titles, bylines))
    how = np.empty(len(articles), np.uint8)
    text, title = len(leaf.articles), len(leaf.articles) + len(titles)
    how[:text] = leaf.how
    how[text:title] = TITLE
    how[title:] = BYLINE
    # Three lists in order, one behind the other: quick to merge.
    order = articles.argsort(kind="stable")
    articles = articles.take(order)
    firsts = _changes(articles).nonzero()[0]
    how = np.bitwise_or.reduceat(how.take(order), firsts)
    return Leaf(articles.take(firsts), how, leaf.rows, leaf.of)


def _changes(numbers: Ints) -> Flags:
    """Which of some numbers in order, at least one, is another than the one before."""
    found = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=found[1:])
    return found


def _paragraphs(reader: Reader, node: Node) -> Leaf:
    if not is_plain(node):
        return _counted(reader, node, "paragraphs", "p.article_id")
    rows = rows_of(reader, node)
    return _of_rows(rows, reader.articles_of(rows))


def _of_rows(rows: Ints, of: Ints) -> Leaf:
    """From paragraphs, in order, with the article of each."""
    if not len(rows):
        return Leaf(NONE, np.empty(0, np.uint8), rows, of)
    if (of[1:] < of[:-1]).any():
        order = np.argsort(of, kind="stable")
        rows, of = rows[order], of[order]
    starts = _changes(of).nonzero()[0]
    held = np.empty(len(starts), np.int64)
    np.subtract(starts[1:], starts[:-1], out=held[:-1])
    held[-1] = len(of) - starts[-1]
    how = np.minimum(held, MOST_PLACES).astype(np.uint8)
    articles = of.take(starts).astype(np.int64)
    return Leaf(articles, how, rows, of) if len(rows) <= _MOST_ROWS else Leaf(articles, how)


def _counted(reader: Reader, node: Node, unit: str, column: str) -> Leaf:
    assert unit in ("paragraphs", "quotes")
    select = f"{column} AS article, count(*) AS held"
    sql = reader.compiler.rows(node, unit, select)  # type: ignore[arg-type]
    grouped = f"{sql.text} GROUP BY {column}"
    articles, held = columns(reader.conn, grouped, ("article", "held"), sql.values)
    return Leaf(articles, np.minimum(held, MOST_PLACES).astype(np.uint8))
