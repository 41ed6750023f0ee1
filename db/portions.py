"""An article that is too long for one page, in portions: a book, a protocol, a page gone wrong."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

# Beyond either a browser is slow to show a page. Few articles of a paper have a tenth of that.
_PARAGRAPHS = 1_000
MOST_LETTERS = 400_000  # also the most that is shown of a single paragraph
_PLACE = re.compile(r"([pq])([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Portion:
    """Paragraphs `first` to `last` of an article, by their numbers; portion `number` of `many`."""

    number: int
    many: int
    first: int
    last: int


def portion_of(
    conn: sqlite3.Connection, article_id: int, number: int = 1, place: str | None = None
) -> Portion:
    """A portion of an article by its number, or the one that has a place: "p7" or "q3".

    A number beyond the last is the last; a place that is not there leaves it at the number.
    """
    found = _portions(conn, article_id)
    paragraph = _paragraph(conn, article_id, place)
    if paragraph is not None:
        number = next((n for n, (_, last) in enumerate(found, 1) if paragraph <= last), 1)
    number = min(max(number, 1), len(found))
    return Portion(number, len(found), *found[number - 1])


def _portions(conn: sqlite3.Connection, article_id: int) -> list[tuple[int, int]]:
    """The first and the last paragraph of each portion; one empty one for no paragraphs at all."""
    found: list[tuple[int, int]] = []
    first = last = count = letters = 0
    for position, size in conn.execute(
        "SELECT position, length(text) FROM paragraphs WHERE article_id = ? ORDER BY position",
        [article_id],
    ):
        if count and (count == _PARAGRAPHS or letters + size > MOST_LETTERS):
            found.append((first, last))
            count = letters = 0
        first = position if not count else first
        last, count, letters = position, count + 1, letters + size
    return [*found, (first, last)]


def _paragraph(conn: sqlite3.Connection, article_id: int, place: str | None) -> int | None:
    match = _PLACE.fullmatch(place or "")
    if match is None:
        return None
    if match[1] == "p":
        return int(match[2])
    row = conn.execute(
        "SELECT p.position FROM quotes AS q JOIN paragraphs AS p ON p.id = q.paragraph_id"
        " WHERE q.article_id = ? AND q.position = ?",
        [article_id, int(match[2])],
    ).fetchone()
    return row[0] if row else None
