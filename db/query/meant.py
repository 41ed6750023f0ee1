"""Of a query that finds nothing, what its marks may have been meant for.

`publisher:pell post` asks for the second word anywhere, and `ferry not tariff` for the word "not":
the search says so, and offers what most people mean by it, where that finds something.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence

from db.query.parse import read

_FIELD = re.compile(
    r"(?<![^\s(\-])(?P<field>title|headline|byline|author|writer|publisher|paper|newspaper|source|"
    r"outlet|speaker|said|cue):(?P<first>[^\s()\":]+)(?P<more>(?:\s+(?!(?:OR|AND|NOT|NEAR)\b)"
    r"[^\s()\":\-][^\s()\":]*)+)",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?<=\S)\s+(?:and\s+)?not\s+(?=\S)", re.IGNORECASE)
_OR = re.compile(r"(?<=\S)\s+or\s+(?=\S)")
_MOST = 6


def meant(conns: Sequence[sqlite3.Connection], typed: str) -> str | None:
    """A reading of `typed` that finds something; None where none of those tried does.

    `conns` are the archive, or the shards of one that has several.
    """
    from db.search.evaluate import articles_found

    for number, other in enumerate(_others(typed)):
        if number == _MOST:
            break
        if read(other).node is not None and any(articles_found(conn, other) for conn in conns):
            return other
    return None


def _others(typed: str) -> Iterator[str]:
    if found := _FIELD.search(typed):
        words = [found["first"], *found["more"].split()]
        # All words behind the field first, then fewer of them.
        for end in range(len(words), 1, -1):
            phrase = f'{found["field"]}:"{" ".join(words[:end])}"'
            rest = " ".join(words[end:])
            yield " ".join(
                f"{typed[: found.start()]}{phrase} {rest} {typed[found.end() :]}".split()
            )
    if _NOT.search(typed):
        yield _NOT.sub(" -", typed)
    if _OR.search(typed):
        yield _OR.sub(" OR ", typed)
