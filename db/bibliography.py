"""What has a tag, or is on a list, as references with their tags and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from db.cite import Reference
from db.notebook import Notebook
from db.notes import notes
from db.shards.articles import cited
from db.shards.things import article_thing
from db.shelves import tags_of
from db.things import Thing


def references(book: Notebook, things: Iterable[Thing]) -> tuple[list[Reference], list[Thing]]:
    """The articles and quotations among the things, to cite, in their order, and the rest.

    A reference has the tags of its thing as keywords, and the notes on it; a quotation has the tags
    of its article as well. The rest is people, and what the archive does not hold now.
    """
    made: list[Reference] = []
    left: list[Thing] = []
    for thing in things:
        place = book.find(thing)
        if place is None or place.article_id is None:
            left.append(thing)
            continue
        whole = article_thing(book.held, place.article_id)
        rows = [*book.rows_of(whole), *(book.rows_of(thing) if place.position else [])]
        found = cited(book.held, place.article_id, place.position)
        if found is None:  # its shard broke in between
            left.append(thing)
            continue
        keywords = tuple(dict.fromkeys(tag for row in rows for tag in tags_of(book, row)))
        remarks = tuple(note.text for note in notes(book, thing))
        made.append(replace(found, keywords=keywords, remarks=remarks))
    return made, left
