"""The notebook: what people write about an archive, in an SQLite file of its own beside it.

Notes, tags, lists, samples and saved searches hang on things (see db.things), which are named by
their content. So the archive can be thrown away and built anew, and everything is still where it
was; what the archive no longer has is kept, and said.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.corrections import names_of
from db.errors import ArchiveBusy, NewerArchive, NotAnArchive
from db.keys import ArticleKey, find_article
from db.notebook_schema import APPLICATION_ID, TABLES, VERSION
from db.opening import NOT_WRITTEN, UNWATCHED, address_of, may_be_written
from db.shards.held import Held
from db.shards.things import find
from db.things import Place, Thing
from ingest.fingerprint import fold

BUSY_SECONDS = 30
# The columns that `thing_of` takes.
THING = (
    "things.kind, things.words, things.address, things.bytes, things.article_title, things.text,"
    " things.occurrence"
)


def notebook_path(archive: Path) -> Path:
    """Where the notebook of an archive is: archive.notes.db beside archive.db."""
    return archive.with_name(f"{archive.stem}.notes{archive.suffix}")


def _may_be_made(path: Path) -> bool:
    if path.exists():
        return may_be_written(path)
    return os.access(path.absolute().parent, os.W_OK)


def _address(path: Path, *, read_only: bool) -> str:
    """The address of a notebook for SQLite: only that can say that nothing is to be written."""
    if read_only and path.is_file():
        address = address_of(path)
        return address if UNWATCHED in address else f"{address}?mode=ro"
    if read_only:
        return ":memory:"
    return f"{path.resolve().as_uri()}?mode=rwc"


def thing_of(row: Sequence[Any]) -> Thing:
    """The thing in a row of the columns THING."""
    kind, words, address, digest, title, text, occurrence = row
    article = None if words is None else ArticleKey(words, address, digest, title)
    return Thing(kind, article, text, occurrence)


def _marks(conn: sqlite3.Connection, key: ArticleKey) -> dict[str, list[str]]:
    """All that the archive knows an article by."""
    article_id = find_article(conn, key)
    return {
        name: [row[0] for row in conn.execute(sql, [article_id])]
        for name, sql in (
            ("words", "SELECT fingerprint FROM revisions WHERE article_id = ?"),
            ("address", "SELECT key FROM addresses WHERE article_id = ?"),
            ("bytes", "SELECT sha256 FROM captures WHERE article_id = ?"),
        )
    }


class Notebook:
    """An open notebook. Use `Notebook.open(path, conn)`, as a context manager.

    `held` is the archive, one file or all shards of a folder, which is only read: things are looked
    up in it.
    """

    def __init__(self, path: Path, conn: sqlite3.Connection, held: Held) -> None:
        self.path = path
        self.conn = conn
        self.held = held
        self._closed = False

    @classmethod
    def open(
        cls, path: str | Path, archive: sqlite3.Connection | Held, *, read_only: bool = False
    ) -> Notebook:
        """Open a notebook, made anew where there is none and it is not `read_only`.

        Where nothing may be written, one that is there is read, and one that is not is empty.
        `archive` is the archive that it is about, by a connection where it is one file.

        Raises:
            NotAnArchive: the file is something else.
            NewerArchive: a newer Onrecord made it.
            ArchiveBusy: the file cannot be opened or written.
        """
        path = Path(path)
        closed = not _may_be_made(path)
        try:
            place = _address(path, read_only=read_only or closed)
            conn = sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
        except sqlite3.OperationalError as error:
            raise ArchiveBusy(
                path, f"cannot be opened ({error}); is the folder there, and may it be written?"
            ) from None
        held = archive if isinstance(archive, Held) else Held.of(archive)
        opened = cls(path, conn, held)
        try:
            opened._prepare()
            opened._closed = closed
        except BaseException:
            conn.close()
            raise
        return opened

    def __enter__(self) -> Notebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.conn.close()

    def _prepare(self) -> None:
        conn = self.conn
        try:
            (application,) = conn.execute("PRAGMA application_id").fetchone()
            (version,) = conn.execute("PRAGMA user_version").fetchone()
            (tables,) = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            raise ArchiveBusy(self.path, f"cannot be opened ({error}); try again") from None
        except sqlite3.DatabaseError:
            tables, application, version = 1, 0, 0
        if tables and application != APPLICATION_ID:
            raise NotAnArchive(self.path, "is not a notebook; move it away, or name its archive")
        if version > VERSION:
            raise NewerArchive(
                self.path,
                f"was made by a newer Onrecord (notebook {version}, this one knows {VERSION});"
                " upgrade with: pip install --upgrade onrecord",
            )
        conn.execute("PRAGMA foreign_keys = ON")
        if not tables:
            conn.execute("PRAGMA journal_mode = WAL")
            with self.writing():
                for statement in TABLES:
                    conn.execute(statement)
                conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                conn.execute(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. Raises ArchiveBusy."""
        if self._closed:
            raise ArchiveBusy(self.path, NOT_WRITTEN)
        try:
            self.conn.execute("BEGIN IMMEDIATE")
            yield self.conn
            self.conn.execute("COMMIT")
        except BaseException as error:
            if self.conn.in_transaction:
                self.conn.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise ArchiveBusy(self.path, f"could not be written ({error})") from error
            raise

    # -- things

    def find(self, thing: Thing) -> Place | None:
        """Where the archive has the thing now; None where it does not."""
        return find(self.held, thing)

    def known(self, thing: Thing) -> Iterator[tuple[int, Thing]]:
        """The rows of `things` that may be of the same article or person, and what they say."""
        key = thing.article
        marks: dict[str, str] = {}
        if key is None:
            names = self.held.each(lambda part: names_of(part.conn, thing.text or ""))
            marks["folded"] = json.dumps(sorted(set().union(*names.values())))
        else:
            known = self.held.each(lambda part: _marks(part.conn, key)).values()
            for name, own in (("words", key.words), ("address", key.address), ("bytes", key.bytes)):
                marks[name] = json.dumps([own, *(one for found in known for one in found[name])])
        where = " OR ".join(f"{name} IN (SELECT value FROM json_each(:{name}))" for name in marks)
        person = "IS" if key is None else "IS NOT"
        rows = self.conn.execute(
            f"SELECT id, {THING} FROM things WHERE words {person} NULL AND ({where}) ORDER BY id",
            marks,
        )
        for thing_id, *row in rows.fetchall():
            yield thing_id, thing_of(row)

    def rows_of(self, thing: Thing) -> list[int]:
        """The thing's rows in `things`: mostly one, none where nothing was written about it.

        What was two things once, as two people who were merged since, has several.
        """
        place = self.find(thing)
        return [
            row
            for row, known in self.known(thing)
            if known == thing or (place is not None and self.find(known) == place)
        ]

    def keep(self, thing: Thing) -> int:
        """The thing's row in `things`, made where there is none. Inside `writing`."""
        rows = self.rows_of(thing)
        if rows:
            return rows[0]
        key = thing.article
        marks = (None,) * 4 if key is None else (key.words, key.address, key.bytes, key.title)
        made = self.conn.execute(
            "INSERT INTO things (kind, words, address, bytes, article_title, text, occurrence,"
            " folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [thing.kind, *marks, thing.text, thing.occurrence, fold(thing.text or "")],
        ).lastrowid
        assert made is not None
        return made
