"""Facets and timeline of the commonest words, worked out ahead of searches (`db.ahead`)."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter

from db.search.asked import Asked
from db.search.facets import MOST_PUBLISHERS, Tally, first_people, named_people, tally, timeline
from db.search.lists import word_ahead
from db.search.memory import Reader
from db.search.results import Count, Facets
from db.search.survey import Survey

# Facets, bars of the timeline, and how many hits have no such date.
Counted = tuple[Facets, tuple[tuple[Count, ...], int]]


def counted_ahead(asked: Asked) -> Counted | None:
    """What was counted of the articles that have a word; None where nothing was, or where something
    was written.
    """
    # Which copy of a story is shown, and so whom it quotes, is a matter of the order.
    if asked.sort != "relevance" or not (word := word_ahead(asked)):
        return None
    row = asked.conn.execute(
        "SELECT counted FROM ahead_lists WHERE word = ? AND counted IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM ahead_quoted)",
        [word],
    ).fetchone()
    try:
        return None if row is None else _from_bytes(asked.conn, row[0])
    except (TypeError, ValueError, zlib.error):
        # It is not as it was written: it is counted as for any other word.
        return None


def counted_to_bytes(reader: Reader, found: Survey) -> bytes:
    """Facets and timeline of what was found best first, to be stored; people by their numbers."""
    told = tally(found, None)
    bars, undated = timeline(found, None)
    publishers = sorted(told.publishers.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [
        list(told.years.items()), publishers[:MOST_PUBLISHERS],
        list(first_people(reader, found.shown).items()),
        [(bar.label, bar.count) for bar in bars], undated,
    ]  # fmt: skip
    return zlib.compress(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())


def _from_bytes(conn: sqlite3.Connection, data: bytes) -> Counted:
    years, publishers, people, bars, undated = json.loads(zlib.decompress(data))
    told = Tally(Counter(dict(years)), Counter(dict(publishers)))
    shown = told.facets(named_people(conn, dict(people)))
    return shown, (tuple(Count(label, label, number) for label, number in bars), undated)
