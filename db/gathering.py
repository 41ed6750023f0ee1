"""New articles of one transaction, their rows made and written together.

Most of what a large ingest stores is new, and has nothing to do with what is stored: no place, no
address, no run of words is known, no correction waits for it. The rows of such an article can wait
for those of others, if SQLite will take them for sure (see `db.sound`). Whoever reads the archive
in the meantime has them written first.
"""

from __future__ import annotations

import sqlite3

from db import failures
from db.copies import is_shared, runs_in, sketch
from db.corrections import concern, everywhere
from db.held import Held
from db.made import addresses_of, put_article, put_capture, put_raw, put_source, put_text
from db.sound import sound
from db.written import Rows, write
from ingest.addresses import same_address_key
from ingest.article import Article
from ingest.fingerprint import fingerprint, fold

_KNOWN = (
    "SELECT EXISTS (SELECT 1 FROM sources WHERE location = ?)"
    " OR EXISTS (SELECT 1 FROM revisions WHERE fingerprint = ?)"
    " OR EXISTS (SELECT 1 FROM addresses WHERE key = ?)"
)


class Gathering:
    """The articles that were gathered since the connection wrote anything else."""

    def __init__(self, conn: sqlite3.Connection, *, keep_raw: bool) -> None:
        self._conn = conn
        self._keep_raw = keep_raw
        self._made: list[Rows] = []
        self._begin()

    def _begin(self) -> None:
        self._held = Held(self._conn)
        self._broken_off = False
        self._corrections: bool | None = None
        self._renamed: set[str] = set()
        # What the articles that wait are known by.
        self._places: set[str] = set()
        self._words: set[str] = set()
        self._addresses: set[str] = set()
        self._hashes: set[int] = set()

    def add(self, location: str, article: Article) -> bool:
        """Gather an article that is new and from a new place.

        False where it may not be, or where more than its own rows may change: nothing is done then.
        """
        if self._broken_off:
            return False
        digest = fingerprint(article)
        if (
            self._is_known(location, article.url, digest)
            or not sound(location, article)
            or self._is_corrected(article, digest)
        ):
            return False
        kept = sketch(runs_in(article))
        if not self._hashes.isdisjoint(kept) or is_shared(self._conn, kept):
            return False
        # What is interrupted here has been given numbers that are not used then.
        self._broken_off = True
        self._made.append(self._rows(location, article, digest, kept))
        self._broken_off = False
        return True

    def _rows(self, location: str, article: Article, digest: str, kept: list[int]) -> Rows:
        rows: Rows = {}
        source = put_source(self._held, rows, location)
        text_id = put_text(self._held, rows, article.capture.text)
        if self._keep_raw:
            put_raw(self._held, rows, article.capture)
        article_id = put_article(self._held, rows, article, text_id, digest)
        put_capture(rows, source, article, article_id, 1, text_id)
        rows["sketches"] = [(value, article_id) for value in kept]
        self._places.add(location)
        self._words.add(digest)
        self._addresses.update(key for _, _, key in rows["addresses"])
        self._hashes.update(kept)
        return rows

    def _is_corrected(self, article: Article, digest: str) -> bool:
        """Whether a correction may stand for the article that is not here yet."""
        if self._corrections is None:
            row = self._conn.execute("SELECT 1 FROM corrections LIMIT 1").fetchone()
            self._corrections = row is not None
            self._renamed = set(everywhere(self._conn)) if row else set()
        if not self._corrections:
            return False
        if any(fold(person.name) in self._renamed for person in article.people):
            return True
        addresses = addresses_of(article).values()
        return concern(self._conn, digest, addresses, article.capture.sha256)

    def _is_known(self, location: str, url: str | None, digest: str) -> bool:
        key = same_address_key(url) if url else None
        if location in self._places or digest in self._words or key in self._addresses:
            return True
        row = self._conn.execute(_KNOWN, [location, digest, key]).fetchone()
        return bool(row[0])

    def write(self) -> None:
        """Write what was gathered; from here on the connection may write other things.

        Where that fails all of the transaction is taken back.
        """
        made, places = self._made, self._places
        self._made = []
        self._begin()
        if not made:
            return
        try:
            if not self._conn.in_transaction:
                raise sqlite3.OperationalError("the transaction has been taken back")
            write(self._conn, made)
            failures.resolve(self._conn, places)
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise
