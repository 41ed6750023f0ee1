"""Where in an article the words were found: the places that a result shows, highlighted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from db.query import Compiler, Node
from db.query.compile import Sql, Unit
from db.query.near import holds
from db.query.nodes import Any
from db.search.excerpt import END, START, excerpt, hits_in, segments
from db.search.results import Match, MatchField, Segments
from db.search.wanted import terms_in, wanted_in
from db.unspaced import marked as marked_where
from db.unspaced import places_of

SHOWN = 3
_MARKED = f"char({ord(START)}), char({ord(END)})"


class Head(NamedTuple):
    """Title, byline and publisher of an article, each as segments."""

    title: Segments
    byline: str | None
    publisher: str | None
    published: str | None
    matches: tuple[Match, ...]


class _Place(NamedTuple):
    id: int
    position: int
    marked: str
    worth: tuple[int, ...]


class Finder:
    """Finds the places of one query, article by article."""

    def __init__(self, conn: sqlite3.Connection, compiler: Compiler, node: Node) -> None:
        self.conn = conn
        self.compiler = compiler
        self.wanted = wanted = wanted_in(node)
        self.text = compiler.match(Any(wanted.words), ("text",)) if wanted.words else ""
        said = (*wanted.words, *wanted.said)
        self.said = compiler.match(Any(said), ("text",)) if said else ""
        heads = [
            compiler.match(Any(nodes), columns)
            for nodes, columns in (
                (wanted.words, ("title", "byline")),
                (wanted.titles, ("title",)),
                (wanted.bylines, ("byline",)),
                (wanted.publishers, ("publisher",)),
            )
            if nodes
        ]
        self.heads = " OR ".join(f"({part})" for part in heads if part)
        every = (*said, *wanted.titles, *wanted.bylines, *wanted.publishers)
        # What no index marks: words of scripts without spaces.
        self.runs = places_of(term.text for term in terms_in(every))

    def head(self, article_id: int) -> Head:
        """The head of an article, with a Match for each part of it that was found."""
        title, byline, publisher, published = self.conn.execute(
            "SELECT title, byline, publisher, published FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        marked = None
        if self.heads:
            marked = self.conn.execute(
                f"SELECT highlight(articles_fts, 0, {_MARKED}), highlight(articles_fts, 1,"
                f" {_MARKED}), highlight(articles_fts, 2, {_MARKED})"
                " FROM articles_fts WHERE articles_fts MATCH ? AND rowid = ?",
                [self.heads, article_id],
            ).fetchone()
        if self.runs:
            marked = [self._with_runs(part or "") for part in marked or (title, byline, publisher)]
        found: list[Match] = []
        fields: tuple[MatchField, ...] = ("title", "byline", "publisher")
        named = (self.wanted.titles, self.wanted.bylines, self.wanted.publishers)
        texts = [title, byline, publisher]
        for at, (field, own) in enumerate(zip(fields, named, strict=True)):
            # FTS5 finds the candidates; words in the wrong order are no match.
            asked = own if field == "publisher" else self.wanted.words + own
            if marked and hits_in(marked[at]) and any(holds(n, texts[at]) for n in asked):
                found.append(Match(field, "", excerpt(segments(marked[at]))))
                texts[at] = marked[at]
        if self.wanted.publishers and "publisher" not in [match.field for match in found]:
            found += self._reprinted(article_id)
        return Head(segments(texts[0]), byline, publisher, published, tuple(found))

    def _reprinted(self, article_id: int) -> Iterator[Match]:
        """The other papers that were asked for and print the article word for word."""
        rows = self.conn.execute(
            "SELECT DISTINCT publisher FROM captures WHERE article_id = ?", [article_id]
        )
        for (paper,) in rows:
            if any(holds(node, paper) for node in self.wanted.publishers):
                yield Match("publisher", "", excerpt(segments(paper)))

    def places(self, article_id: int) -> tuple[Match, ...]:
        """Up to three paragraphs or quotations, the fullest ones, in the order of the text."""
        quoted = self._quoted(article_id)
        places = self._paragraphs(article_id)
        places.sort(key=lambda place: (*(-n for n in place.worth), place.position))
        found: dict[str, tuple[int, Match]] = {}
        for quote_id, paragraph in quoted[:SHOWN]:
            match = self.quote(quote_id)
            found[match.anchor] = (paragraph, match)
        for place in places:
            if len(found) >= SHOWN:
                break
            match = self._as_quote(place) or Match(
                "paragraph", f"p{place.position}", excerpt(segments(place.marked))
            )
            found.setdefault(match.anchor, (place.position, match))
        return tuple(match for _, match in sorted(found.values(), key=lambda f: f[0]))

    def _paragraphs(self, article_id: int) -> list[_Place]:
        exact: set[int] = set()
        for node in self.wanted.paragraphs:
            here = self.here("paragraphs", node, article_id)
            rows = self.compiler.rows(node, "paragraphs", "p.id", here)
            exact.update(row[0] for row in self.conn.execute(rows.text, rows.values))
        rows_ = self._marked_paragraphs(article_id)
        places = []
        for row, position, text, marked in rows_:
            held = sum(holds(node, text) for node in self.wanted.words)
            if held or row in exact:
                worth = (int(row in exact), held, min(hits_in(marked), 9))
                places.append(_Place(row, position, marked, worth))
        return places

    def _marked_paragraphs(self, article_id: int) -> Iterable[tuple[int, int, str, str]]:
        """The paragraphs of an article that may have the words: number, place, text, marked."""
        found: dict[int, tuple[int, int, str, str]] = {}
        if self.text:
            found = {row[0]: row for row in self._by_index(article_id)}
        if self.runs:
            for row, position, text in self.conn.execute(
                "SELECT id, position, text FROM paragraphs WHERE article_id = ?", [article_id]
            ):
                marked = self._with_runs(found[row][3] if row in found else text)
                if hits_in(marked):
                    found[row] = (row, position, text, marked)
        return found.values()

    def _with_runs(self, text: str) -> str:
        return marked_where(text, self.runs, START, END) if self.runs else text

    def _by_index(self, article_id: int) -> sqlite3.Cursor:
        first, last = self._range("paragraphs", article_id)
        return self.conn.execute(
            f"SELECT p.id, p.position, p.text, highlight(paragraphs_fts, 0, {_MARKED})"
            " FROM paragraphs_fts CROSS JOIN paragraphs AS p ON p.id = paragraphs_fts.rowid"
            " WHERE paragraphs_fts MATCH ? AND paragraphs_fts.rowid BETWEEN ? AND ?"
            " AND p.article_id = ?",
            [self.text, first, last, article_id],
        )

    def _quoted(self, article_id: int) -> list[tuple[int, int]]:
        """The quotations asked for, as (id, position of the paragraph)."""
        found: list[tuple[int, int]] = []
        for node in self.wanted.quotes:
            here = self.here("quotes", node, article_id)
            within = "(SELECT position FROM paragraphs WHERE id = q.paragraph_id)"
            rows = self.compiler.rows(node, "quotes", f"q.id, {within}", here)
            found += self.conn.execute(f"{rows.text} ORDER BY q.id LIMIT 50", rows.values)
        return found

    def here(self, unit: Unit, node: Node, article_id: int) -> Sql:
        """The condition that `Compiler.rows` needs to stay within one article."""
        if self.compiler.lead(node, unit):
            # The index can go straight to an article's rows by their numbers.
            return Sql(
                f"{unit}_fts.rowid BETWEEN ? AND ? AND {unit[0]}.article_id = ?",
                (*self._range(unit, article_id), article_id),
            )
        return Sql(f"{unit[0]}.article_id = ?", (article_id,))

    def _range(self, unit: Unit, article_id: int) -> tuple[int, int]:
        low, high = self.conn.execute(
            f"SELECT min(id), max(id) FROM {unit} WHERE article_id = ?", [article_id]
        ).fetchone()
        return (low, high) if low is not None else (0, -1)

    def _as_quote(self, place: _Place) -> Match | None:
        """The quotation of a paragraph, where all that was found in the one stands in the other."""
        rows = self.conn.execute(
            "SELECT id FROM quotes WHERE paragraph_id = ? AND kind <> 'other' ORDER BY id",
            [place.id],
        )
        for (quote_id,) in rows.fetchall():
            marked = self._marked_quote(quote_id)
            if marked and hits_in(marked) >= hits_in(place.marked):
                return self.quote(quote_id)
        return None

    def _marked_quote(self, quote_id: int) -> str | None:
        row = None
        if self.said:
            row = self.conn.execute(
                f"SELECT highlight(quotes_fts, 0, {_MARKED}) FROM quotes_fts"
                " WHERE quotes_fts MATCH ? AND rowid = ?",
                [self.said, quote_id],
            ).fetchone()
        if self.runs and not row:
            row = self.conn.execute("SELECT text FROM quotes WHERE id = ?", [quote_id]).fetchone()
        return self._with_runs(row[0]) if row else None

    def quote(self, quote_id: int) -> Match:
        """A quotation, highlighted, with who says it."""
        text, position, speaker, cue, kind = self.conn.execute(
            "SELECT text, position, speaker, cue, kind FROM quotes WHERE id = ?", [quote_id]
        ).fetchone()
        marked = self._marked_quote(quote_id)
        return Match("quote", f"q{position}", excerpt(segments(marked or text)), speaker, cue, kind)

    def paragraph(self, paragraph_id: int) -> Match:
        """A paragraph, highlighted."""
        text, position = self.conn.execute(
            "SELECT text, position FROM paragraphs WHERE id = ?", [paragraph_id]
        ).fetchone()
        marked = None
        if self.text:
            marked = self.conn.execute(
                f"SELECT highlight(paragraphs_fts, 0, {_MARKED}) FROM paragraphs_fts"
                " WHERE paragraphs_fts MATCH ? AND rowid = ?",
                [self.text, paragraph_id],
            ).fetchone()
        shown = segments(self._with_runs(marked[0] if marked else text))
        return Match("paragraph", f"p{position}", excerpt(shown))
