"""What the archive keeps of the bytes that an article was read from."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from db.keys import TITLE_AS_READ
from db.texts import unpacked
from ingest.article import BY_HAND, Capture, Fact


@dataclass(frozen=True, slots=True)
class Kept:
    """The capture that an article's current revision was read from.

    `capture.text` is what was read last, `capture.raw` the bytes, where the format keeps them.
    `start` is where the article begins in the text, `title` what it was called, and `by_hand`
    what a person said of it, which stands above any reading.
    """

    article_id: int
    capture: Capture
    start: int
    title: str | None
    by_hand: dict[str, str]


def kept(conn: sqlite3.Connection) -> Iterator[Kept]:
    """Every article with the capture that its current revision was read from."""
    ids = [row[0] for row in conn.execute("SELECT id FROM articles ORDER BY id")]
    for article_id in ids:
        row = conn.execute(
            "SELECT captures.given, texts.content, captures.encoding, captures.sha256,"
            " captures.size, captures.url, captures.format, captures.carried, raw_captures.data,"
            f" articles.start, {TITLE_AS_READ} FROM articles"
            " JOIN captures ON captures.article_id = articles.id"
            "  AND captures.revision = articles.revision"
            " JOIN texts ON texts.id = captures.text_id"
            " LEFT JOIN raw_captures ON raw_captures.sha256 = captures.sha256"
            " WHERE articles.id = ?"
            " ORDER BY captures.text_id = articles.text_id DESC, captures.id LIMIT 1",
            [article_id],
        ).fetchone()
        if row is None:
            continue
        given, text, encoding, digest, size, url, format_, carried, raw, start, title = row
        by_hand = conn.execute(
            "SELECT field, value FROM facts WHERE article_id = ? AND origin = ?",
            [article_id, BY_HAND],
        )
        facts = tuple(Fact(*fact) for fact in json.loads(carried or "[]"))
        data = zlib.decompress(raw) if raw is not None else None
        capture = Capture(
            given, unpacked(text), encoding, digest, size, url, format_, data, None, facts, facts
        )
        yield Kept(article_id, capture, start, title, dict(by_hand.fetchall()))
