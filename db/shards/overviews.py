"""What a folder of shards holds, at a glance: the shards' overviews added up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from db.corrections import Correction, articles_of, listed, same
from db.keys import find_article
from db.overview import Overview, by_months, months, most_quoted, overview
from db.search.fresh import Titled, fresh, titles
from db.search.results import Filters
from db.shards.held import Held, Part
from db.shards.persons import First, known, most, wherever
from db.speaker import people_named

# (number, name, quotations) of a speaker.
Counted = tuple[int, str, int]
# A correction, the article that it is about if there is one, in how many it changes something.
Line = tuple[Correction, int | None, int]

_LATEST, _QUOTED = 10, 12
_FOR_EACH = (
    "SELECT p.full_name, count(*) FROM people AS p"
    " JOIN quotes AS q ON q.person_id = p.id AND q.kind <> 'other'"
    " WHERE p.full_name IN (SELECT value FROM json_each(?)) GROUP BY p.id"
)


def overview_of(held: Held) -> Overview:
    """Look the archive over, all shards together."""
    if held.only is not None:
        return overview(held.only)
    found = held.each(lambda part: (part.ask(overview, latest=_LATEST, people=0), part))
    parts = [one for one, _ in found.values()]
    latest = [
        replace(article, id=part.up(article.id))
        for one, part in found.values()
        for article in one.latest
    ]
    latest.sort(key=lambda article: (article.published or "", article.id), reverse=True)
    by_month: Counter[str] = Counter()
    for rows in held.each(lambda part: months(part.conn)).values():
        by_month.update(dict(rows))
    return Overview(
        sum(one.articles for one in parts),
        sum(one.paragraphs for one in parts),
        sum(one.quotes for one in parts),
        _people(held),
        sum(one.undated for one in parts),
        sum(one.failures for one in parts),
        min((one.first for one in parts if one.first), default=None),
        max((one.last for one in parts if one.last), default=None),
        tuple(latest[:_LATEST]),
        most_quoted_of(held, _QUOTED),
        by_months(sorted(by_month.items())),
    )


def _people(held: Held) -> int:
    """How many people there are, each once, however many shards have him or her."""
    sql = "SELECT full_name FROM people"
    found = held.each(lambda part: [row[0] for row in part.conn.execute(sql)])
    local = sum(name is None for names in found.values() for name in names)
    return local + len({name for names in found.values() for name in names if name is not None})


def most_quoted_of(held: Held, limit: int) -> tuple[Counted, ...]:
    """Who is quoted most in all shards together."""
    if held.only is not None:
        return most_quoted(held.only, limit)
    return _most(held, limit, lambda part, most: most_quoted(part.conn, most))


def named(held: Held, typed: str, limit: int) -> tuple[Counted, ...]:
    """Speakers whose name or other name holds what was typed, most quoted first."""
    if held.only is not None:
        return people_named(held.only, typed, limit=limit)
    return _most(held, limit, lambda part, most: people_named(part.conn, typed, limit=most))


def _most(
    held: Held, limit: int, first: Callable[[Part, int], Collection[Counted]]
) -> tuple[Counted, ...]:
    def ask(part: Part, asked: int) -> First:
        rows = first(part, asked)
        told = known(part, [person for person, _, _ in rows])
        least = min((count for _, _, count in rows), default=0)
        counted = [(told[person], count) for person, _, count in rows]
        return counted, least if len(rows) == asked else 0

    def of(part: Part, keys: list[str]) -> dict[str, int]:
        return dict(part.conn.execute(_FOR_EACH, [json.dumps(keys)]).fetchall())

    found = [(one.person, one.name, count) for one, count in most(held, limit, ask, of)]
    return tuple(sorted(found, key=lambda one: (-one[2], one[1])))


def corrections(held: Held, *, undone: bool) -> list[Line]:
    """The corrections of all shards, newest first; one that several keep (db.correct) once.

    Each with the article that it is about, if there is one, and in how many it changes something.
    """

    def ask(part: Part) -> list[Line]:
        lines = []
        for made in listed(part.conn, undone=undone):
            about = find_article(part.conn, made.article) if made.article else None
            lines.append((
                replace(made, id=part.up(made.id)),
                None if about is None else part.up(about),
                len(articles_of(part.conn, made.id)),
            ))  # fmt: skip
        return lines[::-1]

    lines = [line for lines in held.each(ask).values() for line in lines]
    if held.only is None:
        lines = _once(lines)
        lines.sort(key=lambda line: line[0].made, reverse=True)
    return lines


def _once(lines: Iterable[Line]) -> list[Line]:
    """What shards keep for every article, or until its article comes, as one line each."""
    found: dict[object, list[Line]] = {}
    for made, about, number in sorted(lines, key=lambda line: line[2] == 0):
        kept = found.setdefault((same(made), made.undone is None), [])
        if kept and (made.article is None or number == 0):
            first, where, before = kept[0]
            kept[0] = first, where, before + number
        else:
            kept.append((made, about, number))
    return [line for kept in found.values() for line in kept]


def fresh_in(
    held: Held, typed: str, since: str, filters: Filters, limit: int
) -> tuple[int, list[Titled]]:
    """What a search finds that came in since: how many articles, and the newest of them."""
    people = wherever(held, filters.person) if filters.person is not None else {}

    def ask(part: Part) -> tuple[int, list[Titled]]:
        own = filters
        if filters.person is not None:
            own = replace(filters, person=people.get(part.number, 0))
        found = part.ask(fresh, typed, since, own)
        first = titles(part.conn, found[:limit])
        return len(found), [(part.up(row[0]), *row[1:]) for row in first]

    found = held.each(ask)
    newest = [row for _, rows in found.values() for row in rows]
    if held.only is None:
        newest.sort(key=lambda row: (row[3] or "", row[0]), reverse=True)
    return sum(count for count, _ in found.values()), newest[:limit]
