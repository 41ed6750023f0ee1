"""What there is to cite of an article or of a quotation in it, read from the archive."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from db.cite.names import Name, split_name
from db.errors import NotHeld
from db.fold import fold
from ingest.article import Moment, Precision, QuoteKind

_STRAIGHT = re.compile(r'"([^"]*)"')
UNTITLED = "[Untitled article]"
_PARTS: dict[Precision, int] = {"year": 1, "month": 2, "day": 3, "minute": 3, "second": 3}
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation to cite: its number in the article, the words, who said them, and where.

    `first` and `last` are the numbers of its paragraphs as the archive counts them, from 1.
    """

    position: int
    kind: QuoteKind
    words: str
    speaker: str | None
    first: int
    last: int

    @property
    def locator(self) -> str:
        """The paragraphs as a number or a range: "7", "7-8"."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Reference:
    """An article to cite, with the quotation where it is one that is cited.

    `published` is when it first appeared, by the article's own clock; when it was changed is no
    part of a citation. `accessed` is when the archive's first capture was made. `article_id` is
    the archive's number. `keywords` and `remarks` are what a person put to it: tags and notes.
    """

    article_id: int
    title: str | None = None
    authors: tuple[Name, ...] = ()
    agency: str | None = None
    publisher: str | None = None
    section: str | None = None
    language: str | None = None
    published: Moment | None = None
    url: str | None = None
    accessed: Moment | None = None
    quotation: Quotation | None = None
    keywords: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """The title on one line; a description in brackets where there is none."""
        return one_line(self.title or "") or UNTITLED

    @property
    def container(self) -> str | None:
        """What it appeared in: the publisher, or else the host of its address."""
        return one_line(self.publisher or "") or _host(self.url)

    @property
    def credited(self) -> tuple[Name, ...]:
        """The authors; the agency where no author is named."""
        return self.authors or ((Name(literal=self.agency),) if self.agency else ())

    @property
    def key(self) -> str:
        """Its name in a bibliography, the same each time: "quayle2021-7", "quayle2021-7-q3"."""
        first = self.credited[0].sorted_by if self.credited else self.container or ""
        name = re.sub(r"[^a-z]", "", fold(first))[:24] or "article"
        year = self.published.value[:4] if self.published else ""
        quote = f"-q{self.quotation.position}" if self.quotation else ""
        return f"{name}{year}-{self.article_id}{quote}"

    @property
    def note(self) -> str | None:
        """The quotation with its speaker and place, in words; None for an article."""
        said = self.quotation
        if said is None:
            return None
        words = one_line(said.words)
        shown = words if said.kind == "indirect" else f"“{inside_marks(words)}”"
        how = "indirectly" if said.kind == "indirect" else None
        label = "para." if said.first == said.last else "paras."
        where = f"{label} {said.locator.replace('-', '–')}"
        return f"{shown} ({', '.join(filter(None, (said.speaker, how, where)))})"


def one_line(text: str) -> str:
    """`text` without control characters, every run of white space a single space."""
    shown = (c for c in text if c.isspace() or unicodedata.category(c) != "Cc")
    return " ".join("".join(shown).split())


def inside_marks(text: str) -> str:
    """`text` to be put between double quotation marks: those within become single ones."""
    return _STRAIGHT.sub(r"‘\1’", text).replace("“", "‘").replace("”", "’")


def date_parts(moment: Moment) -> list[int]:
    """Year, month and day as far as they are known, by the moment's own clock."""
    return [int(part) for part in moment.value[:10].split("-")][: _PARTS[moment.precision]]


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _row(conn: sqlite3.Connection, sql: str, *numbers: int) -> Any:
    try:
        return conn.execute(sql, numbers).fetchone()
    except OverflowError:  # a number beyond SQLite's largest
        return None


def reference(conn: sqlite3.Connection, article_id: int) -> Reference:
    """The article `article_id` as it reads now. Raises NotHeld where the archive has none."""
    row = _row(
        conn,
        "SELECT title, authors, agency, publisher, section, language, published,"
        " published_precision, url, (SELECT coalesce(saved, captured) FROM captures"
        "  WHERE article_id = articles.id ORDER BY captures.id LIMIT 1)"
        " FROM articles WHERE id = ?",
        article_id,
    )
    if row is None:
        raise NotHeld(f"has no article {article_id}")
    title, authors, agency, publisher, section, language, published, precision, url, seen = row
    return Reference(
        article_id=article_id,
        title=title,
        authors=tuple(split_name(name) for name in json.loads(authors) if name.strip()),
        agency=agency,
        publisher=publisher,
        section=section,
        language=language,
        published=Moment(published, precision) if published else None,
        url=url,
        accessed=Moment(seen, _PRECISIONS.get(len(seen), "minute")) if seen else None,
    )


def reference_of_quote(conn: sqlite3.Connection, article_id: int, quote_position: int) -> Reference:
    """The article with its quotation number `quote_position`, counted from 1.

    Raises NotHeld where the archive has no such article or quotation.
    """
    article = reference(conn, article_id)
    row = _row(
        conn,
        "SELECT quotes.position, quotes.kind, quotes.text, quotes.speaker,"
        " min(paragraphs.position), max(paragraphs.position) FROM quotes"
        " JOIN quote_pieces ON quote_pieces.quote_id = quotes.id"
        " JOIN paragraphs ON paragraphs.id = quote_pieces.paragraph_id"
        " WHERE quotes.article_id = ? AND quotes.position = ? GROUP BY quotes.id",
        article_id,
        quote_position,
    )
    if row is None:
        raise NotHeld(f"article {article_id} has no quotation {quote_position}")
    return replace(article, quotation=Quotation(*row))
