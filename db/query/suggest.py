"""Did you mean: words and names of the archive that are spelled nearly as what was typed.

Spelling distance is by rapidfuzz: compiled, kept well, and hundreds of times faster than Python.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from db.fold import fold, folded_words, words_of
from db.query.nodes import All, Any, At, In, Near, Node, Quoted, Term
from db.query.parse import read

# Where a word of each field comes from: an index and its column.
_INDEXES = {
    "title": ("articles_fts", "title"),
    "byline": ("articles_fts", "byline"),
    "publisher": ("articles_fts", "publisher"),
    "speaker": ("quotes_fts", "speaker"),
    "said": ("quotes_fts", "text"),
    "": ("paragraphs_fts", "text"),
    "para": ("paragraphs_fts", "text"),
}
# Words are seldom mistyped in the first letter; reading the whole vocabulary of a large archive
# takes seconds. Names, which people spell by ear, are compared from any first letter.
_NAMES = ("articles_fts", "quotes_fts")
_MOST_WORDS = 12


def suggest(conn: sqlite3.Connection, typed: str, *shards: sqlite3.Connection) -> str | None:
    """`typed` with each word that the archive does not have put right; None where none can be.

    `shards` are the others of an archive that has several.
    """
    node = read(typed).node
    if node is None:
        return None
    better = typed
    for number, (field, word) in enumerate(dict.fromkeys(_words(node))):
        if number == _MOST_WORDS:
            break
        other = _nearest((conn, *shards), field, word)
        if other:
            as_typed = rf"(?<!\w){re.escape(word)}(?!\w)"
            # What the archive gives back are letters and digits: nothing in it is a pattern.
            better = re.sub(as_typed, other, better, flags=re.IGNORECASE)
    return better if fold(better) != fold(typed) else None


def _words(node: Node, field: str = "") -> Iterator[tuple[str, str]]:
    match node:
        case Term(text, prefix):
            found = words_of(text)
            yield from ((field, word) for word in (found[:-1] if prefix else found))
        case Near(terms, _):
            for term in terms:
                yield from _words(term, field)
        case In(inner_field, inner):
            yield from _words(inner, inner_field)
        case Quoted(inner):
            yield from _words(inner, field)
        case All(wanted, _):
            for part in wanted:
                yield from _words(part, field)
        case Any((At(), *_)):
            return
        case Any(choices):
            for part in choices:
                yield from _words(part, field)


def _nearest(conns: Sequence[sqlite3.Connection], field: str, word: str) -> str | None:
    """The word of the archive nearest to `word`; None where it has `word` or nothing like it."""
    asked = " ".join(folded_words(word))
    if field not in _INDEXES or len(asked) < 3 or any(map(str.isdigit, asked)):
        return None
    sources = [_INDEXES[field]]
    if field in ("", "para"):
        sources += [_INDEXES["title"], _INDEXES["speaker"], _INDEXES["byline"]]
    # One slip in a short word, two in a long one.
    slips = 1 if len(asked) < 6 else 2
    known: dict[str, int] = {}
    for conn, (index, column) in product(conns, sources):
        for term, count in _vocabulary(conn, index, column, asked, slips):
            known[term] = known.get(term, 0) + count
    if asked in known:
        return None
    found = process.extract(asked, list(known), scorer=OSA.distance, score_cutoff=slips, limit=50)
    best = min(found, key=lambda hit: (hit[1], -known[hit[0]], hit[0]), default=None)
    return best[0] if best else None


def _vocabulary(
    conn: sqlite3.Connection, index: str, column: str, asked: str, slips: int
) -> list[tuple[str, int]]:
    view = f"onrecord_words_{index}"
    conn.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{view} USING fts5vocab('main', '{index}', 'col')"
    )
    where = "col = ? AND length(term) BETWEEN ? AND ?"
    values: list[object] = [column, len(asked) - slips, len(asked) + slips]
    if index not in _NAMES or column == "text":
        where += " AND term >= ? AND term < ?"
        values += [asked[0], asked[0] + chr(0x10FFFF)]
    return conn.execute(f"SELECT term, doc FROM temp.{view} WHERE {where}", values).fetchall()
