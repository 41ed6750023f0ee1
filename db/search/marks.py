"""Single words marked in texts, as FTS5's `highlight` marks them, without asking FTS5.

To ask it costs a search of the index for every text. Where a word and a text have only letters that
every tokenizer takes alike, looking through the text finds the same; other texts FTS5 marks.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from db.query import Compiler, Node
from db.query.near import holds
from db.query.nodes import Any, Term
from db.search.excerpt import END, START, WHOLE, excerpt, hits_in, segments
from db.search.results import Segment, Segments

# What papers print besides ASCII and FTS5 takes for the end of a word: quotation marks, dashes,
# dots, spaces, signs of currency and the like.
_PLAIN = re.compile("[\x00-\x7f‘’“”‚„‹›«»–—…•·\u00a0\u2009\u202f€£¥§©®°†‡]*")


class Marked(NamedTuple):
    """A text in which words stand: in how many places, and how many of the words.

    `spans` are the places; where there are none, FTS5 has marked the text.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    hits: int
    held: int

    @property
    def excerpt(self) -> Segments:
        """As segments, of a long text about as much as a result shows."""
        whole = self.segments
        return whole if len(self.text) <= WHOLE else excerpt(whole)

    @property
    def segments(self) -> Segments:
        """As segments. Most places that are found are not shown, and need none."""
        return _segments(self.text, self.spans) if self.spans else segments(self.text)


class Marks:
    """Marks the words of a query in titles, bylines, paragraphs and quotations."""

    def __init__(self, conn: sqlite3.Connection, compiler: Compiler, terms: tuple[Term, ...]):
        self.conn = conn
        self.compiler = compiler
        self.terms = terms
        self._words = [(compiler.alone(term), term.prefix) for term in terms]

    @classmethod
    def of(
        cls, conn: sqlite3.Connection, compiler: Compiler, nodes: tuple[Node, ...]
    ) -> Marks | None:
        """For the words of a query; None where one of them is no single plain word."""
        terms = tuple(node for node in nodes if isinstance(node, Term) and compiler.alone(node))
        return cls(conn, compiler, terms) if terms and len(terms) == len(nodes) else None

    def mark(self, text: str | None, table: str, column: str, row: int) -> Marked | None:
        """The text of a column, marked; None where no word is in it."""
        if not text:
            return None
        if not (text.isascii() or _PLAIN.fullmatch(text)):
            return self._by_index(text, table, column, row)
        lowered = text.lower()
        spans: list[tuple[int, int]] = []
        held = 0
        for word, prefix in self._words:
            if word in lowered:
                before = len(spans)
                _find(lowered, word, prefix, spans)
                held += len(spans) > before
        if not spans:
            return None
        if held > 1:
            spans = sorted(set(spans))
        return Marked(text, tuple(spans), len(spans), held)

    def _by_index(self, text: str, table: str, column: str, row: int) -> Marked | None:
        held = sum(holds(term, text) for term in self.terms)
        if not held:
            return None
        at = ("title", "byline", "publisher").index(column) if table == "articles" else 0
        found = self.conn.execute(
            f"SELECT highlight({table}_fts, {at}, ?, ?) FROM {table}_fts"
            f" WHERE {table}_fts MATCH ? AND rowid = ?",
            [START, END, self.compiler.match(Any(self.terms), (column,)), row],
        ).fetchone()
        return Marked(found[0], (), hits_in(found[0]), held) if found else None


def _segments(text: str, spans: Sequence[tuple[int, int]]) -> Segments:
    """A text of plain letters as `db.search.excerpt.segments` has it, with these stretches as hits.

    None of its letters has a mark that would belong to the hit before it.
    """
    found: list[Segment] = []
    start, at = spans[0]
    if start:
        found.append((text[:start], False))
    for begin, end in spans[1:]:
        between = text[at:begin]
        if between and not between.isspace():
            found += (text[start:at], True), (between, False)
            start = begin
        at = end
    found.append((text[start:at], True))
    if at < len(text):
        found.append((text[at:], False))
    return tuple(found)


def _find(lowered: str, word: str, prefix: bool, spans: list[tuple[int, int]]) -> None:
    """Add where a word stands in a text in which all letters and figures are ASCII."""
    size, last, at = len(word), len(lowered), lowered.find(word)
    while at >= 0:
        end = at + size
        if not (at and lowered[at - 1].isalnum()):
            while prefix and end < last and lowered[end].isalnum():
                end += 1
            if end == last or not lowered[end].isalnum():
                spans.append((at, end))
        at = lowered.find(word, end)
