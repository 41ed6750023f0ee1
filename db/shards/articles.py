"""One article or quotation of a folder of shards, with what the other shards know of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

from db.articles import ArticlePage, Copy, article_page
from db.beside import Beside, Version, version
from db.beside import beside as side_by_side
from db.cite import Reference, reference, reference_of_quote
from db.copies import CopyKind
from db.errors import NotHeld
from db.revisions import ParagraphChange, diff, paragraphs_of
from db.sayings import Elsewhere, SayingPage, elsewhere, saying_page
from db.shards.held import Held, Part
from db.shards.ids import joined, parted

# Of each list no more is shown.
_MOST = 500
_MOST_PLACES = 50


def article(
    held: Held, number: int, typed: str | None = None, *, portion: int = 1, place: str | None = None
) -> ArticlePage | None:
    """`db.articles.article_page` by the number over all shards; None where there is none."""
    found = held.row(
        number,
        lambda part, local: _up(
            part, article_page(part.conn, local, typed, portion=portion, place=place)
        ),
    )
    if found is None or held.links is None:
        return found
    return replace(found, copies=_all_copies(held, number, found.copies))


def _up(part: Part, page: ArticlePage | None) -> ArticlePage | None:
    if page is None or part.number == 0:
        return page
    return replace(
        page,
        row={**page.row, "id": part.up(page.row["id"])},
        speakers=tuple(
            replace(one, person_id=one.person_id and part.up(one.person_id))
            for one in page.speakers
        ),
        copies=tuple(replace(copy, id=part.up(copy.id)) for copy in page.copies),
    )


def _all_copies(held: Held, number: int, own: tuple[Copy, ...]) -> tuple[Copy, ...]:
    """The story's articles in its own shard and in the others, oldest first."""
    assert held.links is not None
    told: dict[int, tuple[CopyKind, float]] = {}
    seen = {number, *(copy.id for copy in own)}
    asked: Collection[int] = tuple(seen)
    # From shard to shard, for a story has no end at the first one.
    while asked and len(seen) < _MOST:
        beside = held.links.beside(asked)
        told |= {other: (kind, shared) for one, other, kind, shared in beside if one == number}
        reached = {other for _, other, _, _ in beside} - seen
        asked = reached | (_stories(held, reached) - seen)
        seen |= asked
    others = seen - {number, *(copy.id for copy in own)}
    found = [
        Copy(row[0], *row[1:], *told.get(row[0], ("near", 0.0))) for row in _heads(held, others)
    ]
    return tuple(
        sorted([*own, *found], key=lambda c: (c.published is None, c.published or "", c.id))
    )[:_MOST]


def _own(articles: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for article in articles:
        number, local = parted(article)
        found.setdefault(number, []).append(local)
    return found


def _stories(held: Held, articles: Collection[int]) -> set[int]:
    """The articles of the stories of these, each within its shard."""
    own = _own(articles)
    sql = (
        "SELECT id FROM articles WHERE story IN (SELECT story FROM articles"
        " WHERE id IN (SELECT value FROM json_each(?)))"
    )
    found = held.each(
        lambda part: [r[0] for r in part.conn.execute(sql, [json.dumps(own[part.number])])], own
    )
    return {joined(number, local) for number, rows in found.items() for local in rows}


def _heads(
    held: Held, articles: Collection[int]
) -> list[tuple[int, str | None, str | None, str | None]]:
    own = _own(articles)
    sql = (
        "SELECT id, title, publisher, published FROM articles"
        " WHERE id IN (SELECT value FROM json_each(?))"
    )
    found = held.each(
        lambda part: part.conn.execute(sql, [json.dumps(own[part.number])]).fetchall(), own
    )
    return [(joined(number, row[0]), *row[1:]) for number, rows in found.items() for row in rows]


def changes(
    held: Held, number: int, later: int
) -> tuple[ArticlePage, list[ParagraphChange]] | None:
    """The article, and what a revision changed, paragraph by paragraph."""

    def compare(part: Part, local: int) -> tuple[ArticlePage, list[ParagraphChange]] | None:
        page = _up(part, article_page(part.conn, local))
        before = paragraphs_of(part.conn, local, later - 1)
        after = paragraphs_of(part.conn, local, later)
        return (page, diff(before, after)) if page and before and after else None

    return held.row(number, compare)


def beside(held: Held, number: int, other: int) -> Beside | None:
    """Two articles side by side, by their numbers over all shards; None where one is missing."""

    def read(part: Part, local: int) -> Version | None:
        found = version(part.conn, local)
        return found and replace(found, id=part.up(found.id))

    left, right = held.row(number, read), held.row(other, read)
    return side_by_side(left, right) if left and right else None


def saying(held: Held, number: int, position: int) -> SayingPage | None:
    """`db.sayings.saying_page` by the article's number over all shards, None where there is none.

    Where else the words stand is asked of every shard.
    """
    shard, local = parted(number)
    page = held.at(shard, lambda part: saying_page(part.conn, local, position))
    if page is None or held.only is not None:
        return page
    row = {**page.row, "article_id": number}
    row["person_id"] = row["person_id"] and joined(shard, row["person_id"])
    others = [n for n in held.numbers if n != shard]
    found = held.each(lambda part: elsewhere(part.conn, page.row["text"], 0), others)
    found[shard] = page.elsewhere
    every = [
        replace(one, article_id=joined(n, one.article_id))
        for n, places in found.items()
        for one in places
    ]
    return SayingPage(row, (*_first(every, exact=True), *_first(every, exact=False)))


def _first(places: list[Elsewhere], *, exact: bool) -> list[Elsewhere]:
    of_kind = (place for place in places if place.exact is exact)
    oldest = sorted(
        of_kind, key=lambda p: (p.published is None, p.published or "", p.article_id, p.paragraph)
    )
    return oldest[:_MOST_PLACES]


def cited(held: Held, number: int, quotation: int | None = None) -> Reference | None:
    """What there is to cite of an article, or of its quotation; None where there is none."""

    def read(part: Part, local: int) -> Reference | None:
        try:
            if quotation is None:
                found = reference(part.conn, local)
            else:
                found = reference_of_quote(part.conn, local, quotation)
        except NotHeld:
            return None
        return replace(found, article_id=part.up(found.article_id))

    return held.row(number, read)
