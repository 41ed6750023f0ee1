"""The articles of a page of results, each with what was found in its head and in its text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from db.search.asked import Asked
from db.search.excerpt import excerpt, segments
from db.search.leaves import known_leaf
from db.search.marks import Marked, Marks
from db.search.matches import SHOWN, Finder
from db.search.memory import Reader
from db.search.ranking import Listed
from db.search.results import ArticleHit, Hit, Match, MatchField
from db.search.wanted import wanted_in

# Position of the paragraph, its number, and its text with the words marked.
Place = tuple[int, int, Marked]


def article_hits(asked: Asked, page: list[Listed], rows: list[int] | None = None) -> list[Hit]:
    """The hits of a page; only these `rows` of paragraphs can be shown, if they are known."""
    wanted = wanted_in(asked.node)
    marks = Marks.of(asked.conn, asked.compiler, wanted.words)
    if marks is None or any((
        wanted.titles, wanted.bylines, wanted.publishers, wanted.paragraphs, wanted.quotes,
        wanted.said,
    )):  # fmt: skip
        finder = Finder(asked.conn, asked.compiler, asked.node)
        return [_hit(finder, *one) for one in page]
    return _at_once(asked.reader, marks, page, rows)


def _hit(finder: Finder, article: int, score: float, copies: int) -> ArticleHit:
    head = finder.head(article)
    matches = (*head.matches, *finder.places(article))
    fields = tuple(dict.fromkeys(match.field for match in matches))
    return ArticleHit(
        article, head.title, head.byline, head.publisher, head.published, score, fields, matches,
        copies,
    )  # fmt: skip


def _at_once(reader: Reader, marks: Marks, page: list[Listed], rows: list[int] | None) -> list[Hit]:
    """For single words: the texts of the whole page with three statements, not three for each."""
    articles = [one.article for one in page]
    heads = {
        row[0]: row
        for row in _rows(
            reader, "SELECT id, title, byline, publisher, published FROM articles WHERE id IN",
            articles,
        )
    }  # fmt: skip
    places = fullest(reader, marks, articles, rows)
    said = _quotes(reader, marks, [place for held in places.values() for place in held])
    hits: list[Hit] = []
    for article, score, copies in page:
        _, title, byline, publisher, published = heads[article]
        matches: list[Match] = []
        named = segments(title)
        fields: tuple[tuple[MatchField, str | None], ...] = (("title", title), ("byline", byline))
        for field, text in fields:
            marked = marks.mark(text, "articles", field, article)
            if marked is not None:
                own = marked.segments
                matches.append(Match(field, "", excerpt(own)))
                named = own if field == "title" else named
        for position, paragraph, marked in sorted(places.get(article, ())):
            as_quote = said.get(paragraph)
            matches.append(as_quote or Match("paragraph", f"p{position}", marked.excerpt))
        fields_found = tuple(dict.fromkeys(match.field for match in matches))
        hit = ArticleHit(
            article, named, byline, publisher, published, score, fields_found,
            tuple(matches), copies,
        )  # fmt: skip
        hits.append(hit)
    return hits


def fullest(
    reader: Reader, marks: Marks, articles: list[int], rows: list[int] | None = None
) -> dict[int, list[Place]]:
    """The fullest paragraphs of each article; only these `rows` can be, if they are known."""
    if rows is None:
        leaves = [leaf for term in marks.terms if (leaf := known_leaf(reader, term)) is not None]
        if len(leaves) == len(marks.terms):
            rows = sorted({row for leaf in leaves for row in leaf.rows_of(articles)})
    column, wanted = ("article_id", articles) if rows is None else ("id", rows)
    wanted = sorted(wanted)
    sql = f"SELECT id, article_id, position, text FROM paragraphs WHERE {column} IN"
    every: dict[int, list[Place]] = {}
    for row, article, position, text in _rows(reader, sql, wanted):
        marked = marks.mark(text, "paragraphs", "text", row)
        if marked is not None:
            every.setdefault(article, []).append((position, row, marked))
    for places in every.values():
        if len(places) > SHOWN:
            places.sort(key=lambda place: (-place[2].held, -min(place[2].hits, 9), place[0]))
            del places[SHOWN:]
    return every


def _quotes(reader: Reader, marks: Marks, places: list[Place]) -> dict[int, Match]:
    """By paragraph: the quotation of it in which all that was found in the one stands too."""
    found: dict[int, Match] = {}
    needed = {paragraph: marked.hits for _, paragraph, marked in places}
    for row, paragraph, position, text, speaker, cue, kind in _rows(
        reader,
        "SELECT id, paragraph_id, position, text, speaker, cue, kind FROM quotes"
        " WHERE kind <> 'other' AND paragraph_id IN",
        sorted(needed), " ORDER BY id",
    ):  # fmt: skip
        if paragraph in found:
            continue
        marked = marks.mark(text, "quotes", "text", row)
        if marked is not None and marked.hits >= needed[paragraph]:
            shown = marked.excerpt
            found[paragraph] = Match("quote", f"q{position}", shown, speaker, cue, kind)
    return found


def _rows(
    reader: Reader, sql: str, numbers: Sequence[int], after: str = ""
) -> Iterable[tuple[Any, ...]]:
    if not numbers:
        return []
    if len(numbers) > 1_000:
        listed = "(SELECT value FROM json_each(?))"
        return reader.conn.execute(f"{sql} {listed}{after}", [json.dumps(list(numbers))])
    # A few lengths only, so that the connection has the statements ready.
    length = 1 << (len(numbers) - 1).bit_length()
    padded = [*numbers, *[-1] * (length - len(numbers))]
    return reader.conn.execute(f"{sql} ({', '.join('?' * length)}){after}", padded)
