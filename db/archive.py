"""The archive: one SQLite file, and its only writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Concatenate, Literal, ParamSpec, TypeVar

from sqlite_utils import Database

from db import corrections, digests, failures, fetches, match, overlay, sketches, store, tidy
from db.errors import ArchiveBusy, of_sqlite
from db.fetches import Fetch, FetchKind
from db.gathering import Gathering
from db.held import Held
from db.indexing import index_rows, index_steps, is_put_off, put_off
from db.kept import Kept, kept
from db.made import put_raw, put_source, put_text
from db.opening import (
    NOT_WRITTEN,
    ask_to_wait,
    connect,
    may_be_written,
    part,
    prepare,
    suit,
    transaction,
)
from db.reading import reading
from db.written import Rows, write
from ingest.article import Article
from ingest.fingerprint import fingerprint

P = ParamSpec("P")
T = TypeVar("T")
Outcome = Literal["added", "unchanged", "revised", "copy"]


class Archive:
    """An open archive.

    `db` is the sqlite-utils Database for those who read; everything written goes through here. Ask
    for it anew inside `together`: it has what was added by then.
    Use `Archive.open(path)`, as a context manager. What SQLite says of a file that is broken, or
    cannot be used, leaves it as an ArchiveError. `read_only` where nothing may be written.
    """

    def __init__(
        self, path: Path, db: Database, *, keep_raw: bool = True, index_later: bool = False
    ) -> None:
        self.path = path
        self._db = db
        self.keep_raw = keep_raw
        self.index_later = index_later
        self.read_only = path.is_file() and not may_be_written(path)
        self._gathering: Gathering | None = None

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        keep_raw: bool = True,
        index_later: bool = False,
    ) -> Archive:
        """Open an archive, made anew where there is none, brought up to date where it is older.

        With `keep_raw`, what is added from formats with markup is kept as it came, too. With
        `index_later`, searches find what is added once `index_all` was called, which is quicker for
        very many articles; where it never was, the next to open the archive waits for it.

        Raises:
            NoArchive: there is no such file and `create` is off.
            NotAnArchive: the file is something else.
            NewerArchive: a newer Onrecord made it.
            ArchiveBusy: the file or its folder cannot be written, and `create` is on, or it is of
                an older version.
        """
        path = Path(path)
        conn = connect(path, create=create)
        archive = cls(path, Database(conn), keep_raw=keep_raw, index_later=index_later)
        try:
            prepare(archive.path, archive.db, read_only=archive.read_only)
            if not (index_later or archive.read_only) and is_put_off(conn):
                ask_to_wait(path, conn, "an ingest was cut short, its indexes are finished first")
                archive.index_all()
        except BaseException:
            conn.close()
            raise
        return archive

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if (plain := of_sqlite(self.path, error)) is not None:
            raise plain from error

    def close(self) -> None:
        """Let go of the file. What was added is already safe."""
        self._db.close()

    @property
    def db(self) -> Database:
        """The database, with all that was added so far."""
        if self._gathering is not None:
            self._gathering.write()
        return self._db

    @property
    def _conn(self) -> sqlite3.Connection:
        """The connection; articles that were gathered may be missing."""
        return self._db.conn

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all that is added inside in one transaction, which is quicker than one for each.

        An addition that fails is taken back alone. Others cannot write in the meantime, and see
        nothing of it before the end: keep it short. Raises ArchiveBusy.
        """
        with self._writing() as conn:
            suit(conn)
            self._gathering = Gathering(conn, keep_raw=self.keep_raw)
            try:
                yield
                self._gathering.write()
            finally:
                self._gathering = None

    def index_all(self) -> None:
        """Index what was put off, in several transactions, so that others can write in between.

        Raises ArchiveBusy. What was indexed before then stays so.
        """
        more = True
        while more:
            with self._transaction() as conn:
                more = next(index_steps(conn), None) is not None

    def tidy(self) -> None:
        """Put the indexes in order after much was added, so that searches are quick again.

        Others can write in between; what is broken off is gone on with the next time.
        """
        tidy.tidy(self._conn)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, the indexes brought up to date at its end, or a part of one."""
        if self._gathering is not None:
            with part(self.db.conn) as conn:
                yield conn
            return
        with self._transaction() as conn:
            put_off(conn)
            yield conn
            sketches.put_in_place(conn)
            digests.put_in_place(conn)
            if not self.index_later:
                index_rows(conn)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise ArchiveBusy(self.path, NOT_WRITTEN)
        with transaction(self.path, self._conn) as conn:
            yield conn

    def has_read(self, location: str, sha256: str) -> int:
        """How many articles these very bytes gave when `location` was last read; 0 if never."""
        return len(match.already_read(self.db.conn, location, sha256, is_file=location != "-"))

    def add(
        self,
        location: str,
        articles: Sequence[Article],
        *,
        corrected: bool = False,
        alone: bool | None = None,
    ) -> list[Outcome]:
        """Store the articles of one capture, all of them in one transaction with their index rows.

        Args:
            location: where the capture was read: an absolute path, an address, or "-" for
                standard input.
            articles: what was recognised in it; they share one capture.
            corrected: a person gave a title, date or the like that overrides what is stored.
            alone: the capture holds this one article, and its file held one before. The archive
                finds that out, unless it is a shard that has only some of them.

        Returns:
            What became of each: "added", "revised" (a known article with other words or other
            facts), "copy" (a known article from elsewhere) or "unchanged".
        """
        if not articles:
            return []
        if self._gathering is None:
            with self.together():
                return self.add(location, articles, corrected=corrected, alone=alone)
        if len(articles) == 1 and self._gathering.add(location, articles[0]):
            return ["added"]
        with part(self.db.conn) as conn:
            source = store.source_id(conn, location)
            first = source is None
            if source is None:
                source = put_source(Held(conn), rows := Rows(), location)
                write(conn, rows)
            here = [] if first or location == "-" else match.last_read_from(conn, location)
            if alone is None:
                alone = len(articles) == 1 and len(here) == 1
            outcomes: list[Outcome] = []
            for article in articles:
                digest = fingerprint(article)
                known = match.find(conn, article, digest, here, alone=alone)
                ours = known in here
                here = [k for k in here if known is None or k.article_id != known.article_id]
                # What comes from standard input has no place to be known by: it corrects whatever
                # has the same words. From another place it tells of that place alone.
                corrects = corrected and (ours or location == "-")
                outcomes.append(self._add(conn, source, article, digest, known, ours, corrects))
            failures.resolve(conn, [location])
        return outcomes

    def fetch_of(self, address: str, kind: FetchKind) -> Fetch | None:
        """The last fetch of an address that gave something, None where there was none."""
        return fetches.fetch_of(self.db.conn, address, kind)

    def note_fetch(self, address: str, kind: FetchKind, fetch: Fetch) -> None:
        """Keep what a server said of an address, once all that it gave is stored."""
        with self._writing() as conn:
            fetches.note_fetch(conn, address, kind, fetch)

    def articles_at(self, address: str) -> int:
        """How many articles the archive has from an address, or from what lies within it."""
        return fetches.articles_at(self.db.conn, address)

    def kept(self) -> Iterator[Kept]:
        """What each article was read from, for reading it again."""
        return kept(self.db.conn)

    def reread(self, article_id: int, article: Article) -> bool:
        """Put a better reading of the same bytes in place of the stored one; no new revision.

        Returns False, and leaves the archive as it was, where the reading is the same.
        """
        with self._writing() as conn:
            text_id = put_text(Held(conn), rows := Rows(), article.capture.text)
            write(conn, rows)
            number, words = conn.execute(
                "SELECT number, fingerprint FROM articles JOIN revisions"
                " ON article_id = articles.id AND number = revision WHERE articles.id = ?",
                [article_id],
            ).fetchone()
            conn.execute("SAVEPOINT reading")
            named = overlay.lift(conn, article_id)
            before = reading(conn, article_id)
            corrections.follow(conn, article_id, words, fingerprint(article))
            conn.execute(
                "UPDATE revisions SET text_id = ?, start = ?, end = ?, fingerprint = ?"
                " WHERE article_id = ? AND number = ?",
                (text_id, *article.extent, fingerprint(article), article_id, number),
            )
            store.put_in_place(conn, article_id, article, text_id, number)
            same = reading(conn, article_id) == before
            overlay.lay(conn, article_id, named)
            if same:
                conn.execute("ROLLBACK TO reading")
            conn.execute("RELEASE reading")
        return not same

    def correct(
        self,
        what: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function of `db.correct` in one transaction: make, undo or take in corrections.

        `archive.correct(correct.merge, "the minister", "Ada Brandt", article_id=12)`. Raises
        CannotCorrect where there is nothing like that.
        """
        with self._writing() as conn:
            return what(conn, *args, **kwargs)

    @contextmanager
    def taking(self) -> Iterator[sqlite3.Connection]:
        """One transaction for what `db.moving` copies from another archive. Raises ArchiveBusy."""
        with self._writing() as conn:
            yield conn

    def fail(self, location: str, kind: str, message: str) -> None:
        """Record that a place could not be taken in, so that a person can look at it later."""
        with self._writing() as conn:
            failures.record(conn, location, kind, message)

    def resolve(self, location: str, failing: Collection[str] = ()) -> None:
        """Note that a place was read to its end: what failed there before is resolved.

        `failing` are the locations in it that failed this time: they and what is in them stay.
        """
        if mended := failures.mended(self._conn, location, failing):
            with self._writing() as conn:
                failures.resolve(conn, mended)

    def _add(
        self,
        conn: sqlite3.Connection,
        source: int,
        article: Article,
        digest: str,
        known: match.Known | None,
        ours: bool,
        corrected: bool,
    ) -> Outcome:
        held, rows = Held(conn), Rows()
        text_id = put_text(held, rows, article.capture.text)
        if self.keep_raw:
            put_raw(held, rows, article.capture)
        if known is None:
            article_id = store.insert(conn, held, rows, source, article, text_id, digest)
            overlay.lay(conn, article_id)
            return "added"
        write(conn, rows)
        number = known.revision
        # What is compared, and what a revision leaves behind, is what was read.
        named = overlay.lift(conn, known.article_id)
        changed = known.fingerprint != digest or (
            (ours or corrected) and store.facts_differ(conn, known.article_id, article)
        )
        if changed and store.is_lesser(conn, known.article_id, article):
            store.record_capture(conn, source, article, known.article_id, number, text_id)
            overlay.lay(conn, known.article_id, named)
            return "unchanged"
        if changed:
            number = store.supersede(conn, known.article_id, article, text_id, digest)
        fresh = store.record_capture(conn, source, article, known.article_id, number, text_id)
        overlay.lay(conn, known.article_id, named)
        if changed:
            return "revised"
        return "copy" if fresh and not ours else "unchanged"
