"""One speaker in all shards: whoever has a full name is the same in each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from db.shards.held import Held, Part
from db.shards.ids import parted
from db.shards.persons import OneEach, known, wherever
from db.speaker import (
    PAGE,
    Quoted,
    Said,
    SpeakerPage,
    beside,
    called,
    gathered,
    in_order,
    other_names,
    quoted,
    said_in,
    speaker_page,
)

_OTHER_NAMES, _CALLED, _BESIDE = 30, 50, 12


def speaker(
    held: Held, number: int, *, page: int = 1, oldest_first: bool = False
) -> SpeakerPage | None:
    """`db.speaker.speaker_page` by the number over all shards, of all shards together."""
    if held.only is not None:
        return speaker_page(held.only, number, page=page, oldest_first=oldest_first)
    own = wherever(held, number)
    if not own:
        return None
    told = held.each(lambda part: known(part, [own[part.number]])[own[part.number]], own)
    person = next(iter(told.values()))
    found = held.each(lambda part: _quoted(part, own[part.number]), own)
    order = in_order(gathered(list(found.values())), oldest_first=oldest_first)
    start = (max(page, 1) - 1) * PAGE
    return SpeakerPage(
        number, person.name, person.kind, len(order.quotes), order.articles,
        _said(held, order.quotes[start : start + PAGE].tolist()),
        _other_names(held, own),
        _called(held, own),
        _beside(held, own, order.recent),
        order.over_time,
    )  # fmt: skip


def _quoted(part: Part, person: int) -> Quoted:
    found = part.ask(quoted, person)
    first = part.up(0)
    return replace(found, quotes=found.quotes + first, articles=found.articles + first)


def _said(held: Held, quotes: Sequence[int]) -> tuple[Said, ...]:
    own = _by_shard(quotes)

    def ask(part: Part) -> dict[int, Said]:
        return {
            part.up(one.id): replace(one, id=part.up(one.id), article_id=part.up(one.article_id))
            for one in said_in(part.conn, own[part.number])
        }

    found = {number: one for rows in held.each(ask, own).values() for number, one in rows.items()}
    return tuple(found[number] for number in quotes if number in found)


def _by_shard(numbers: Sequence[int]) -> dict[int, list[int]]:
    own: dict[int, list[int]] = {}
    for number in numbers:
        shard, local = parted(number)
        own.setdefault(shard, []).append(local)
    return own


def _other_names(held: Held, own: dict[int, int]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for rows in held.each(lambda part: other_names(part.conn, own[part.number], -1), own).values():
        counts.update(dict(rows))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(name for name, _ in ordered[:_OTHER_NAMES])


def _called(held: Held, own: dict[int, int]) -> tuple[tuple[str, int, str | None, str | None], ...]:
    found: dict[str, tuple[str, int, list[str]]] = {}
    for rows in held.each(lambda part: called(part.conn, own[part.number], -1), own).values():
        for small, text, times, first, last in rows:
            shown, before, dates = found.get(small, (text, 0, []))
            found[small] = (shown, before + times, [*dates, *(d for d in (first, last) if d)])
    lines = [
        (text, times, min(dates, default=None), max(dates, default=None))
        for text, times, dates in found.values()
    ]
    lines.sort(key=lambda line: (line[2] is None, line[2] or "", line[0]))
    return tuple(lines[:_CALLED])


def _beside(
    held: Held, own: dict[int, int], articles: Sequence[int]
) -> tuple[tuple[int, str, int], ...]:
    recent = _by_shard(articles)
    gathered: OneEach[int] = OneEach()

    def ask(part: Part) -> list[tuple[int, str, int]]:
        return beside(part.conn, own[part.number], recent[part.number], -1)

    for number, rows in held.each(ask, [n for n in own if n in recent]).items():
        people = held.at(number, lambda part, r=rows: known(part, [row[0] for row in r]))  # type: ignore[misc]
        for person, _, count in rows:
            if people is not None:
                gathered.add(people[person], count)
    found = [(person.person, person.name, sum(counts)) for person, counts in gathered]
    return tuple(sorted(found, key=lambda one: (-one[2], one[1]))[:_BESIDE])
