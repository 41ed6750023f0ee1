"""New articles of one transaction, their rows made and written together.

Most of what a large ingest stores is new: neither its place, nor an address, nor its words are
known, and no correction waits for it. The rows of such an article can wait for those of others, if
SQLite will take them for sure (see `db.sound`). Whoever reads the archive in the meantime has them
written first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db import failures
from db.copies import find_copies
from db.corrections import concern, everywhere
from db.digests import having
from db.held import Held
from db.made import (
    addresses_of,
    put_article,
    put_capture,
    put_raw,
    put_source,
    put_texts,
)
from db.sketches import Runs, known, runs_in, sketch
from db.sound import sound
from db.stories import group
from db.written import Rows, write
from ingest.addresses import same_address_key
from ingest.article import Article
from ingest.fingerprint import fingerprint, fold

_KNOWN = (
    f"SELECT EXISTS (SELECT 1 FROM revisions WHERE {having('w')})"
    " OR EXISTS (SELECT 1 FROM sources WHERE location = ?2)"
    " OR EXISTS (SELECT 1 FROM addresses WHERE key = ?3)"
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article that is yet to be written."""

    location: str
    article: Article
    text: bytes
    fingerprint: str
    runs: Runs


class Gathering:
    """The articles that were gathered since the connection wrote anything else."""

    def __init__(self, conn: sqlite3.Connection, *, keep_raw: bool) -> None:
        self._conn = conn
        self._keep_raw = keep_raw
        self._begin()

    def _begin(self) -> None:
        self._waiting: list[_Waiting] = []
        # What those that wait are known by.
        self._places: set[str] = set()
        self._words: set[str] = set()
        self._addresses: set[str] = set()
        self._corrections: bool | None = None
        self._renamed: set[str] = set()

    def add(self, location: str, article: Article) -> bool:
        """Gather an article that is new and from a new place.

        False where it may not be, or where a correction may stand for it: nothing is done then.
        """
        digest = fingerprint(article)
        addresses = set(addresses_of(article).values())
        if (
            self._is_known(location, article.url, digest)
            or not sound(location, article)
            or self._is_corrected(article, digest, addresses)
        ):
            return False
        # The article's words are at hand now.
        waiting = _Waiting(location, article, article.text.encode(), digest, runs_in(article))
        self._places.add(location)
        self._words.add(digest)
        self._addresses |= addresses
        # Whoever interrupts this before has left nothing but marks of an article not to gather.
        self._waiting.append(waiting)
        return True

    def _is_known(self, location: str, url: str | None, digest: str) -> bool:
        key = same_address_key(url) if url else None
        if location in self._places or digest in self._words or key in self._addresses:
            return True
        row = self._conn.execute(_KNOWN, [digest, location, key]).fetchone()
        return bool(row[0])

    def _is_corrected(self, article: Article, digest: str, addresses: Iterable[str]) -> bool:
        """Whether a correction may stand for the article that is not here yet."""
        if self._corrections is None:
            row = self._conn.execute("SELECT 1 FROM corrections LIMIT 1").fetchone()
            self._corrections = row is not None
            self._renamed = set(everywhere(self._conn)) if row else set()
        if not self._corrections:
            return False
        if any(fold(person.name) in self._renamed for person in article.people):
            return True
        return concern(self._conn, digest, addresses, article.capture.sha256)

    def write(self) -> None:
        """Write what was gathered; from here on the connection may write other things.

        Where that fails all of the transaction is taken back.
        """
        waiting, places = self._waiting, self._places
        self._begin()
        if not waiting:
            return
        try:
            if not self._conn.in_transaction:
                raise sqlite3.OperationalError("the transaction has been taken back")
            self._write(waiting)
            failures.resolve(self._conn, places)
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise

    def _write(self, waiting: Sequence[_Waiting]) -> None:
        # The same is done for all of them before the next: in the processor's caches, that takes
        # half the time.
        held, rows = Held(self._conn), Rows()
        texts = put_texts(held, rows, [one.text for one in waiting])
        if self._keep_raw:
            for one in waiting:
                put_raw(held, rows, one.article.capture)
        articles = [
            put_article(held, rows, one.article, text_id, one.fingerprint)
            for one, text_id in zip(waiting, texts, strict=True)
        ]
        for one, article_id, text_id in zip(waiting, articles, texts, strict=True):
            source = put_source(held, rows, one.location)
            put_capture(rows, source, one.article, article_id, 1, text_id)
        sketches = [sketch(one.runs) for one in waiting]
        sharing = self._sharing(sketches)
        rows["new_sketches"] = sorted(
            (value, article_id)
            for article_id, kept in zip(articles, sketches, strict=True)
            for value in kept
        )
        write(self._conn, rows)
        for at, shared in sharing.items():
            article_id, own = articles[at], waiting[at].runs
            found = find_copies(self._conn, article_id, own, shared, earlier=True)
            group(self._conn, article_id, found)

    def _sharing(self, sketches: Sequence[list[int]]) -> dict[int, list[int]]:
        """Which of the articles have which fingerprints of one before, be it written or waiting."""
        found: dict[int, list[int]] = {}
        # In order, so that neighbours are looked up one after the other.
        seen = set(known(self._conn, sorted({value for kept in sketches for value in kept})))
        for at, kept in enumerate(sketches):
            if not seen.isdisjoint(kept):
                found[at] = [value for value in kept if value in seen]
            seen.update(kept)
        return found
