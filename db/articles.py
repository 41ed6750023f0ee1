"""One article as a reader sees it: its text with who says what, where it came from, its copies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.parts import Part, Saying, parts_of, with_hits
from db.portions import MOST_LETTERS, Portion, portion_of
from db.search.highlights import Stretch, highlights
from db.texts import text_of

# Of each list beside the text no more is shown; the tables have all.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the body in parts; `cut` where it is so long that its end is left out."""

    position: int
    kind: str
    text: str
    parts: tuple[Part, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Speaking:
    """Somebody who speaks in the article, and where."""

    name: str
    person_id: int | None
    order: int
    description: str | None
    sayings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One capture: where the article was read, when, in which encoding and format, whose it is."""

    location: str
    captured: str
    saved: str | None
    format: str
    encoding: str
    url: str | None
    revision: int
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the same words."""

    id: int
    title: str | None
    publisher: str | None
    published: str | None
    kind: str
    shared: float


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything that the page of an article shows. `row` holds the columns of `articles`.

    The passages, their sayings and speakers are those of `portion`; most articles have only one.
    """

    row: dict[str, Any]
    portion: Portion
    authors: tuple[str, ...]
    passages: tuple[Passage, ...]
    sayings: tuple[Saying, ...]
    speakers: tuple[Speaking, ...]
    furniture: tuple[tuple[str, str], ...]
    origins: tuple[Origin, ...]
    addresses: tuple[str, ...]
    revisions: tuple[tuple[int, str], ...]
    copies: tuple[Copy, ...]
    facts: tuple[tuple[str, str, str], ...]

    @property
    def unclaimed(self) -> int:
        """How many quotations nobody was found for."""
        return sum(said.speaker is None and said.kind != "other" for said in self.sayings)

    @property
    def same_in(self) -> tuple[str, ...]:
        """The other papers that print it word for word: copies of that kind are one article."""
        papers = dict.fromkeys(origin.publisher for origin in self.origins)
        return tuple(paper for paper in papers if paper and paper != self.row["publisher"])


def article_page(
    conn: sqlite3.Connection,
    article_id: int,
    typed: str | None = None,
    *,
    portion: int = 1,
    place: str | None = None,
) -> ArticlePage | None:
    """The article with that number; None where there is none.

    The words of the query `typed` are marked in its text. Of a very long article it is the portion
    of that number, or the one in which `place` is ("p7" or "q3").
    """
    row = _row(conn, article_id)
    if row is None:
        return None
    shown = portion_of(conn, article_id, portion, place)
    sayings = _sayings(conn, article_id, shown)
    return ArticlePage(
        row,
        shown,
        tuple(json.loads(row["authors"])),
        tuple(_passages(conn, row, shown, sayings, highlights(conn, typed, article_id))),
        sayings,
        _speakers(sayings),
        tuple(
            conn.execute(
                "SELECT text, reason FROM furniture WHERE article_id = ? ORDER BY start LIMIT ?",
                [article_id, _MOST],
            ).fetchall()
        ),
        _origins(conn, article_id),
        tuple(
            url
            for (url,) in conn.execute(
                "SELECT url FROM addresses WHERE article_id = ? ORDER BY id LIMIT ?",
                [article_id, _MOST],
            )
        ),
        tuple(
            conn.execute(
                "SELECT number, recorded FROM revisions WHERE article_id = ? ORDER BY number DESC"
                " LIMIT ?",
                [article_id, _MOST],
            ).fetchall()[::-1]
        ),
        copies_of(conn, article_id),
        tuple(
            conn.execute(
                "SELECT field, value, origin FROM facts WHERE article_id = ? ORDER BY field, id"
                " LIMIT ?",
                [article_id, _MOST],
            ).fetchall()
        ),
    )


def copies_of(conn: sqlite3.Connection, article_id: int) -> tuple[Copy, ...]:
    """The other articles of the same story, oldest first."""
    rows = conn.execute(
        "SELECT a.id, a.title, a.publisher, a.published, coalesce(c.kind, 'near'),"
        " coalesce(c.shared, 0) FROM articles AS own"
        " JOIN articles AS a ON a.story = own.story AND a.id <> own.id"
        " LEFT JOIN copies AS c ON (c.article_id = own.id AND c.other_id = a.id)"
        " OR (c.article_id = a.id AND c.other_id = own.id)"
        " WHERE own.id = ? GROUP BY a.id ORDER BY a.published IS NULL, a.published, a.id"
        " LIMIT ?",
        [article_id, _MOST],
    )
    return tuple(Copy(*row) for row in rows)


def _row(conn: sqlite3.Connection, article_id: int) -> dict[str, Any] | None:
    cursor = conn.execute("SELECT * FROM articles WHERE id = ?", [article_id])
    found = cursor.fetchone()
    if found is None:
        return None
    return {column[0]: value for column, value in zip(cursor.description, found, strict=True)}


# Of a long article: what begins in the portion, and what only goes on or ends there.
_SHOWN = (
    "WITH shown(id) AS (SELECT q.id FROM quotes AS q JOIN paragraphs AS p ON p.id = q.paragraph_id"
    " WHERE q.article_id = :article AND p.position BETWEEN :first AND :last"
    " UNION SELECT q.id FROM quotes AS q JOIN quote_pieces AS c ON c.quote_id = q.id,"
    " (SELECT min(start) AS start, max(end) AS end FROM paragraphs"
    " WHERE article_id = :article AND position BETWEEN :first AND :last) AS here"
    " WHERE q.article_id = :article AND c.start < here.end AND c.end > here.start) "
)


def _sayings(conn: sqlite3.Connection, article_id: int, portion: Portion) -> tuple[Saying, ...]:
    """The quotations of which something stands in the portion."""
    asked = {"article": article_id, "first": portion.first, "last": portion.last}
    pieces: dict[int, list[tuple[int, int]]] = {}
    for quote_id, start, end in conn.execute(
        _SHOWN + "SELECT quote_id, start, end FROM quote_pieces"
        " WHERE quote_id IN (SELECT id FROM shown) ORDER BY quote_id, position",
        asked,
    ):
        pieces.setdefault(quote_id, []).append((start, end))
    order: dict[str, int] = {}
    found = []
    for row in conn.execute(
        _SHOWN + "SELECT q.id, q.position, q.kind, q.text, q.speaker, q.person_id, q.cue,"
        " q.description, q.confidence, q.reason, p.position FROM quotes AS q"
        " JOIN paragraphs AS p ON p.id = q.paragraph_id"
        " WHERE q.id IN (SELECT id FROM shown) ORDER BY q.position",
        asked,
    ):
        kind, speaker, person = row[2], row[4], row[5]
        place = None
        if kind != "other" and speaker:
            place = order.setdefault(f"{person}" if person else speaker, len(order))
        found.append(Saying(place, tuple(pieces.get(row[0], ())), *row))
    return tuple(found)


def _speakers(sayings: Sequence[Saying]) -> tuple[Speaking, ...]:
    spoken: dict[int, list[Saying]] = {}
    for saying in sayings:
        if saying.order is not None:
            spoken.setdefault(saying.order, []).append(saying)
    return tuple(
        Speaking(
            said[0].speaker or "",
            said[0].person_id,
            order,
            next((s.description for s in said if s.description), None),
            tuple(s.position for s in said),
        )
        for order, said in sorted(spoken.items())
    )


def _origins(conn: sqlite3.Connection, article_id: int) -> tuple[Origin, ...]:
    rows = conn.execute(
        "SELECT sources.location, c.captured, c.saved, c.format, c.encoding, c.url, c.revision,"
        " c.publisher"
        " FROM captures AS c JOIN sources ON sources.id = c.source_id"
        " WHERE c.article_id = ? ORDER BY c.id LIMIT ?",
        [article_id, _MOST],
    )
    return tuple(Origin(*row) for row in rows)


def _passages(
    conn: sqlite3.Connection,
    row: dict[str, Any],
    portion: Portion,
    sayings: Sequence[Saying],
    hits: Mapping[int, Sequence[Stretch]],
) -> Iterator[Passage]:
    content = text_of(conn, row["text_id"]) or ""
    pieces = sorted((a, b, saying) for saying in sayings for a, b in saying.pieces)
    at = 0
    for position, kind, text, start, end in conn.execute(
        "SELECT position, kind, text, start, end FROM paragraphs WHERE article_id = ?"
        " AND position BETWEEN ? AND ? ORDER BY position",
        [row["id"], portion.first, portion.last],
    ):
        while at < len(pieces) and pieces[at][1] <= start:
            at += 1
        here = []
        for number in range(at, len(pieces)):
            a, b, saying = pieces[number]
            if a >= end:
                break
            here.append((max(a, start) - start, min(b, end) - start, saying, a))
        cut = len(text) > MOST_LETTERS
        if cut:
            text, end = text[:MOST_LETTERS], start + MOST_LETTERS
            fits = content.startswith(text, start)
            here = [piece for piece in here if fits and piece[1] <= MOST_LETTERS]
        parts = tuple(parts_of(text, content[start:end], here))
        if position in hits:
            parts = tuple(with_hits(parts, hits[position]))
        yield Passage(position, kind, text, parts, cut)
