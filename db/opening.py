"""Opening the file of an archive: what may stand there, and how SQLite is to treat it."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from db.errors import ArchiveBusy, NewerArchive, NoArchive, NotAnArchive, of_sqlite
from db.migrations import migrations
from db.schema import APPLICATION_ID, SCHEMA_VERSION

# Long enough for another writer to finish its article, short enough for a person to wait.
BUSY_SECONDS = 30
# More than one ingest uses, so that none is read twice.
STATEMENTS = 512
UNWATCHED = "mode=ro&immutable=1"
NOT_WRITTEN = "may not be written here; copy it to a folder of your own"
# What is done for so many articles before anything else may take seconds, and a person wonders.
MANY = 10_000

_log = logging.getLogger(__name__)


def may_be_written(path: Path) -> bool:
    """Whether the file may be written, and its folder, where SQLite puts the log beside it."""
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def address_of(path: Path) -> str:
    """The address of an archive for SQLite.

    In a folder that may not be written, SQLite cannot make the files beside an archive that keep
    readers and writers apart, so that it is taken for one that nobody writes. A log that lies there
    already is left to SQLite, which knows whether it can be read.
    """
    address = path.absolute().as_uri()
    log = path.with_name(f"{path.name}-wal")
    if path.is_file() and not os.access(path.absolute().parent, os.W_OK) and not log.exists():
        return f"{address}?{UNWATCHED}"
    return address


def holds_something(path: Path) -> bool:
    """Whether there is a file that is not empty; what was just begun may all be in its log."""
    if not path.is_file():
        return False
    return path.stat().st_size > 0 or path.with_name(f"{path.name}-wal").exists()


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the file, whatever is in it. Transactions begin and end where they are named.

    Raises:
        NoArchive: there is no such file, or an empty one, and `create` is off.
        NotAnArchive: it is a folder.
        ArchiveBusy: it cannot be opened, or `create` is on and it may not be written.
    """
    if path.is_dir():
        raise NotAnArchive(
            path, "is a folder, and this is for one archive; name a file in it with --archive"
        )
    if not create and not holds_something(path):
        raise NoArchive(path, "there is no archive here; make one with: onrecord ingest PATH")
    if create and path.is_file() and not may_be_written(path):
        raise ArchiveBusy(path, NOT_WRITTEN)
    try:
        return sqlite3.connect(
            address_of(path), timeout=BUSY_SECONDS, isolation_level=None, uri=True,
            cached_statements=STATEMENTS,
        )  # fmt: skip
    except sqlite3.OperationalError as error:
        raise ArchiveBusy(
            path, f"cannot be opened ({error}); is the folder there, and may it be written?"
        ) from None


def prepare(path: Path, db: Database, *, read_only: bool) -> None:
    """Make sure that this is an archive of today's schema: made where it is new, brought up to it.

    Where that takes long, it logs a warning first, which Python prints to standard error.

    Raises:
        NotAnArchive: the file is something else.
        NewerArchive: a newer Onrecord made it.
        ArchiveBusy: it is of an older version and `read_only`, or another writes it.
    """
    conn = db.conn
    version = _version(path, conn)
    if version < SCHEMA_VERSION:
        if read_only:
            raise ArchiveBusy(path, f"is of an older version; it {NOT_WRITTEN}")
        if version:
            ask_to_wait(path, conn, "made by an older Onrecord, is brought up to date first")
        # Of articles, more fit on larger pages; without effect on a file that is there.
        conn.execute("PRAGMA page_size = 8192")
        conn.execute("PRAGMA journal_mode = WAL")
        with transaction(path, conn):
            migrations.apply(db)
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    # Not before: a step may put rows into another table that they are referred to in.
    conn.execute("PRAGMA foreign_keys = ON")
    # With a write-ahead log, NORMAL survives a killed process; only a power cut can take back
    # the last articles, and even then whole ones.
    conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute("PRAGMA cache_size = -65536")


def ask_to_wait(path: Path, conn: sqlite3.Connection, why: str) -> None:
    """Say why opening the archive takes long, if it is so large that it does."""
    (articles,) = conn.execute("SELECT count(*) FROM articles").fetchone()
    if articles >= MANY:
        _log.warning("%s: %s; with %s articles that takes a while", path, why, f"{articles:,}")


def suit(conn: sqlite3.Connection) -> None:
    """Keep as much in memory and in the log as is right for the size of the archive.

    Many articles touch pages all over it. Those that are in memory need not be read again, and what
    is in the log is copied back once for all of them: a sixteenth of the archive in memory, from 64
    to 256 MB, an eighth of it in the log, from 32 to 128 MB.
    """
    (pages,), (size,) = (
        conn.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size")
    )
    conn.execute(f"PRAGMA cache_size = {-max(65_536, min(pages * size // 16_384, 262_144))}")
    conn.execute(f"PRAGMA wal_autocheckpoint = {max(4_000, min(pages // 8, 16_000))}")


def _version(path: Path, conn: sqlite3.Connection) -> int:
    """The version of the schema; 0 where the file is empty."""
    try:
        (application,) = conn.execute("PRAGMA application_id").fetchone()
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        (tables,) = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname != "SQLITE_NOTADB" and (plain := of_sqlite(path, error)):
            raise plain from None
        raise NotAnArchive(path, "is not an archive; name another file with --archive") from None
    if tables and application != APPLICATION_ID:
        raise NotAnArchive(path, "is an SQLite file of something else; name another with --archive")
    if version > SCHEMA_VERSION:
        raise NewerArchive(
            path,
            f"was made by a newer Onrecord (schema {version}, this one knows"
            f" {SCHEMA_VERSION}); upgrade with: pip install --upgrade onrecord",
        )
    return int(version) if tables else 0


@contextmanager
def transaction(path: Path, conn: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction, begun as a writer so that two of them queue instead of failing.

    Raises ArchiveBusy where it cannot begin, or end.
    """
    try:
        conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise ArchiveBusy(
            path, f"cannot be written now ({error}); is another ingest running?"
        ) from None
    try:
        yield conn
        conn.execute("COMMIT")
    except BaseException as error:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError):
            raise ArchiveBusy(
                path, f"could not be written ({error}); what was stored before is safe"
            ) from error
        raise


@contextmanager
def part(conn: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A part of the transaction that is open, which is taken back alone where it fails."""
    conn.execute("SAVEPOINT part")
    try:
        yield conn
        conn.execute("RELEASE part")
    except BaseException:
        # A full disk may have ended the transaction already.
        if conn.in_transaction:
            conn.execute("ROLLBACK TO part")
            conn.execute("RELEASE part")
        raise
