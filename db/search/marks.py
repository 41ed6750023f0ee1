"""Single words marked in texts, as FTS5's `highlight` marks them, without asking FTS5.

To ask it costs a search of the index for every text. Where a word and a text have only letters that
every tokenizer takes alike, a regular expression finds the same; other texts FTS5 marks as before.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from db.fold import folded_words, words_of
from db.query import Compiler, Node
from db.query.near import holds
from db.query.nodes import Any, Term
from db.search.excerpt import END, START

# What papers print besides ASCII and FTS5 takes for the end of a word: quotation marks, dashes,
# dots, spaces, signs of currency and the like.
_PLAIN = re.compile("[\x00-\x7f‘’“”‚„‹›«»–—…•·\u00a0\u2009\u202f€£¥§©®°†‡]*")
_LETTER = "[0-9A-Za-z]"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its marks, how many, and how many of the words are in it."""

    text: str
    hits: int
    held: int


class Marks:
    """Marks the words of a query in titles, bylines, paragraphs and quotations."""

    def __init__(self, conn: sqlite3.Connection, compiler: Compiler, terms: tuple[Term, ...]):
        self.conn = conn
        self.compiler = compiler
        self.terms = terms
        each = [_pattern(term) for term in terms]
        self._each = [re.compile(_whole(one), re.IGNORECASE | re.ASCII) for one in each]
        self._every = re.compile(_whole("|".join(each)), re.IGNORECASE | re.ASCII)

    @classmethod
    def of(
        cls, conn: sqlite3.Connection, compiler: Compiler, nodes: tuple[Node, ...]
    ) -> Marks | None:
        """For the words of a query; None where one of them is no single plain word."""
        terms = tuple(node for node in nodes if isinstance(node, Term) and is_plain(node, compiler))
        return cls(conn, compiler, terms) if terms and len(terms) == len(nodes) else None

    def mark(self, text: str | None, table: str, column: str, row: int) -> Marked | None:
        """The text of a column, marked; None where no word is in it."""
        if not text:
            return None
        if not (text.isascii() or _PLAIN.fullmatch(text)):
            return self._by_index(text, table, column, row)
        marked, hits = self._every.subn(_MARKED, text)
        if not hits:
            return None
        if len(self._each) == 1:
            return Marked(marked, hits, len(self.terms))
        held = sum(pattern.search(text) is not None for pattern in self._each)
        return Marked(marked, hits, held)

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
        return Marked(found[0], found[0].count(START), held) if found else None


_MARKED = rf"{START}\g<0>{END}"


def is_plain(term: Term, compiler: Compiler) -> bool:
    """Whether a term is one word of ASCII letters and figures that the archive spells so alone."""
    words = words_of(term.text)
    return (
        len(words) == 1
        and words[0].isascii()
        and len(folded_words(words[0])) == 1
        and len(term.text.split()) == 1
        and not compiler.spell(words[0], term.prefix)
    )


def _pattern(term: Term) -> str:
    word = re.escape(folded_words(term.text)[0])
    return f"{word}{_LETTER}*" if term.prefix else word


def _whole(pattern: str) -> str:
    return f"(?<!{_LETTER})(?:{pattern})(?!{_LETTER})"
