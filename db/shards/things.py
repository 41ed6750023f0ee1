"""Where a thing of the notebook is, in a single archive or in any shard: `db.things` over all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from db import things
from db.errors import CannotCorrect
from db.shards.held import Held, Part
from db.things import Place, Thing


def article_thing(held: Held, number: int) -> Thing:
    """The article with this number over all shards. Raises CannotCorrect where there is none."""
    found = held.row(number, lambda part, local: things.article_thing(part.conn, local))
    return _there(found, number)


def quote_thing(held: Held, number: int, position: int) -> Thing:
    """The article's quotation at `position`, from 1. Raises CannotCorrect where there is none."""
    found = held.row(number, lambda part, local: things.quote_thing(part.conn, local, position))
    return _there(found, number)


def _there(found: Thing | None, number: int) -> Thing:
    if found is None:
        raise CannotCorrect(f"there is no article {number}; onrecord search shows the numbers")
    return found


def person_thing(held: Held, name: str) -> Thing:
    """Whoever is quoted by this name. Raises CannotCorrect where nobody is."""
    if held.only is not None:
        return things.person_thing(held.only, name)

    def ask(part: Part) -> Thing | None:
        with suppress(CannotCorrect):
            return things.person_thing(part.conn, name)
        return None

    for found in held.each(ask).values():
        if found is not None:
            return found
    raise CannotCorrect(f'nobody is quoted as "{name}"; give a name that is, or an article')


def thing_called(held: Held, typed: str) -> Thing:
    """What a person means by "12", "12#3" or a name. Raises CannotCorrect where it is not there."""
    numbers = things.numbers_in(typed)
    if numbers is None:
        return person_thing(held, typed)
    article, position = numbers
    if position is None:
        return article_thing(held, article)
    return quote_thing(held, article, position)


def find(held: Held, thing: Thing) -> Place | None:
    """Where the thing is now, by numbers over all shards; None where it is in none of them."""
    for number in held.numbers:
        place = held.at(number, lambda part: _up(part, things.find(part.conn, thing)))
        if place is not None:
            return place
    return None


def _up(part: Part, place: Place | None) -> Place | None:
    if place is None or part.number == 0:
        return place
    return replace(
        place,
        article_id=place.article_id and part.up(place.article_id),
        quote_id=place.quote_id and part.up(place.quote_id),
        person_id=place.person_id and part.up(place.person_id),
    )


def title_at(held: Held, place: Place | None) -> str | None:
    """What the article there is called now, with corrections; None for a person."""
    if place is None or place.article_id is None:
        return None
    return held.row(
        place.article_id, lambda part, local: things.title_at(part.conn, Place(article_id=local))
    )


def speaker_at(held: Held, quote: int) -> str | None:
    """Who says a quotation, by its row's number over all shards."""
    sql = "SELECT speaker FROM quotes WHERE id = ?"
    row = held.row(quote, lambda part, local: part.conn.execute(sql, [local]).fetchone())
    return row[0] if row else None
