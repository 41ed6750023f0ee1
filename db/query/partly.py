"""Of a sentence that nobody printed, the longest part that somebody did.

Whoever checks a quotation pastes it whole; where a paper changed a word, its neighbours still
stand there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from time import monotonic

from db.fold import words_of
from db.query.fts import expression
from db.query.meant import meant
from db.query.nodes import All, Node, Term
from db.query.parse import read
from db.query.suggest import suggest

# Fewer words are no sentence, and no part of one.
LEAST = 5
_LEAST_PART = 4
_SECONDS = 0.5


def suggestions(conns: Sequence[sqlite3.Connection], typed: str) -> Iterator[str]:
    """Other queries that may find something: as it may have been meant, with a word put right, or
    of a part of a sentence.

    `conns` are the archive, or the shards of one that has several.
    """
    if not conns:
        return
    if (other := meant(conns, typed)) is not None:
        yield other
    if (other := suggest(conns[0], typed, *conns[1:])) is not None:
        yield other
    if (part := longest_part(conns, typed)) is not None:
        yield part


def longest_part(conns: Sequence[sqlite3.Connection], typed: str) -> str | None:
    """The longest part of a sentence that stands in a paragraph, as a phrase; None without one."""
    words = _sentence(read(typed).node)
    if len(words) < LEAST:
        return None
    until = monotonic() + _SECONDS
    best: list[str] = []
    start = 0
    # What a longer part has to hold is found before it.
    for end in range(1, len(words) + 1):
        while start < end and not _stands(conns, words[start:end]):
            start += 1
            if monotonic() > until:
                return _phrase(best, words)
        if end - start > len(best):
            best = words[start:end]
    return _phrase(best, words)


def _phrase(best: list[str], words: list[str]) -> str | None:
    enough = max(_LEAST_PART, len(words) // 3) <= len(best) < len(words)
    return f'"{" ".join(best)}"' if enough else None


def _sentence(node: Node | None) -> list[str]:
    """The words of a query that is one phrase, or words side by side; none of any other."""
    match node:
        case Term(text, False):
            return [word for word in text.split() if words_of(word)]
        case All(wanted, ()):
            terms = [one.text for one in wanted if isinstance(one, Term) and not one.prefix]
            return terms if len(terms) == len(wanted) and not any(map(_has_space, terms)) else []
        case _:
            return []


def _has_space(text: str) -> bool:
    return " " in text


def _stands(conns: Sequence[sqlite3.Connection], words: list[str]) -> bool:
    match = expression(Term(" ".join(words)))
    asked = "SELECT 1 FROM paragraphs_fts WHERE paragraphs_fts MATCH ? LIMIT 1"
    return bool(match) and any(conn.execute(asked, [match]).fetchone() for conn in conns)
