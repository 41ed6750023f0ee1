"""What notes, tags and lists hang on: an article, a quotation or a person, by content.

A thing is found again in any archive that holds its article, or its person, however often the
archive is built anew.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Literal

from db.corrections import now_called
from db.errors import CannotCorrect
from db.keys import ArticleKey, article_key, find_article, find_quote, quote_key
from ingest.fingerprint import fold

ThingKind = Literal["article", "quote", "person"]

# "12" is an article, "12#3" and "12#q3", as in the page's address, its third quotation.
_NUMBERS = re.compile(r"(\d+)(?:#q?(\d+))?")


@dataclass(frozen=True, slots=True)
class Thing:
    """An article; a quotation, `text` being its words; or a person, `text` being the name."""

    kind: ThingKind
    article: ArticleKey | None
    text: str | None = None
    occurrence: int | None = None

    def __str__(self) -> str:
        title = (self.article.title if self.article else None) or "without a title"
        match self.kind:
            case "article":
                return title
            case "quote":
                # Without marks: some are reported in the paper's words.
                return f"{self.text} ({title})"
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is in an archive now. `position` counts the article's quotations from 1."""

    article_id: int | None = None
    quote_id: int | None = None
    position: int | None = None
    person_id: int | None = None

    def __str__(self) -> str:
        if self.position is not None:
            return f"{self.article_id}#{self.position}"
        return f"person {self.person_id}" if self.article_id is None else str(self.article_id)


def article_thing(conn: sqlite3.Connection, article_id: int) -> Thing:
    """The article with this number. Raises CannotCorrect where there is none."""
    key = article_key(conn, article_id)
    if key is None:
        raise CannotCorrect(f"there is no article {article_id}; onrecord search shows the numbers")
    return Thing("article", key)


def quote_thing(conn: sqlite3.Connection, article_id: int, position: int) -> Thing:
    """The article's quotation at `position`, from 1. Raises CannotCorrect where there is none."""
    article_thing(conn, article_id)
    key = quote_key(conn, article_id, position)
    if key is None:
        raise CannotCorrect(f"article {article_id} has no quotation {position}")
    return Thing("quote", key.article, key.text, key.occurrence)


def person_thing(conn: sqlite3.Connection, name: str) -> Thing:
    """Whoever is quoted by this name. Raises CannotCorrect where nobody is."""
    person = _person(conn, name)
    if person is None:
        raise CannotCorrect(
            f'nobody is quoted as "{name}"; give a name that is, an article as 12'
            " or a quotation as 12#3"
        )
    return Thing("person", None, person[1])


def numbers_in(typed: str) -> tuple[int, int | None] | None:
    """The article, and the quotation of it, that "12" or "12#3" names; None for a name."""
    numbers = _NUMBERS.fullmatch(typed.strip())
    if numbers is None:
        return None
    return int(numbers[1]), int(numbers[2]) if numbers[2] else None


def find(conn: sqlite3.Connection, thing: Thing) -> Place | None:
    """Where the thing is in the archive; None where it is not there now."""
    if thing.article is None:
        person = _person(conn, thing.text or "")
        return Place(person_id=person[0]) if person else None
    article_id = find_article(conn, thing.article)
    if article_id is None or thing.kind == "article":
        return None if article_id is None else Place(article_id)
    row = find_quote(conn, article_id, thing.text or "", thing.occurrence or 1)
    if row is None:
        return None
    (position,) = conn.execute("SELECT position FROM quotes WHERE id = ?", [row]).fetchone()
    return Place(article_id, row, position)


def title_at(conn: sqlite3.Connection, place: Place | None) -> str | None:
    """What the article there is called now, with corrections; None for a person."""
    if place is None or place.article_id is None:
        return None
    row = conn.execute("SELECT title FROM articles WHERE id = ?", [place.article_id]).fetchone()
    return row[0] if row else None


def _person(conn: sqlite3.Connection, name: str) -> tuple[int, str] | None:
    name = now_called(conn, name)
    for sql, value in (
        ("SELECT id, name FROM people WHERE full_name = ?", fold(name)),
        ("SELECT id, name FROM people WHERE name = ? ORDER BY id LIMIT 1", name),
    ):
        row = conn.execute(sql, [value]).fetchone()
        if row:
            return int(row[0]), str(row[1])
    return None
