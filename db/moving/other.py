"""The other archive: read at one moment, never changed, whoever else uses it meanwhile."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.archive import Archive
from db.errors import ArchiveBusy, ArchiveError, NewerArchive, NoArchive, NotAnArchive
from db.opening import BUSY_SECONDS
from db.schema import APPLICATION_ID, SCHEMA_VERSION


@contextmanager
def opened(path: Path, ours: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads the archive at `path` as it is now, in one transaction.

    An archive of an older schema is copied beside `ours`, and the copy, which is removed at the
    end, brought up to date.

    Raises:
        NoArchive: there is no such file.
        NotAnArchive: the file is something else, or `ours` itself.
        NewerArchive: a newer Onrecord made it.
        ArchiveBusy: it cannot be read.
        ArchiveError: it is damaged, which may show only as it is read.
    """
    if not path.is_file():
        raise NoArchive(path, "there is no archive here")
    if ours.exists() and path.samefile(ours):
        raise NotAnArchive(path, "is the archive itself; name another one")
    with closing(_connected(path)) as conn:
        if _version(path, conn) == SCHEMA_VERSION:
            with _at_one_moment(path, conn):
                yield conn
            return
        copy = ours.with_name(f"{ours.name}.from-{path.name}.part")
        try:
            _bring_up_to_date(path, conn, copy)
            with closing(_connected(copy)) as newer, _at_one_moment(path, newer):
                yield newer
        finally:
            _drop(copy)


def _connected(path: Path) -> sqlite3.Connection:
    place = f"{path.resolve().as_uri()}?mode=ro"
    # Where nothing may be written, an archive that nobody has open is read without its log.
    log = path.with_name(f"{path.name}-wal")
    alone = not log.exists() or log.stat().st_size == 0
    for address in (place, f"{place}&immutable=1") if alone else (place,):
        try:
            conn = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
        except sqlite3.DatabaseError as error:
            problem = str(error)
            continue
        try:
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return conn
        except sqlite3.DatabaseError as error:
            conn.close()
            problem = str(error)
    if "unable to open" in problem or "locked" in problem:
        raise ArchiveBusy(path, f"cannot be opened ({problem}); try again")
    raise NotAnArchive(path, f"is not an archive, or is damaged ({problem})")


def _version(path: Path, conn: sqlite3.Connection) -> int:
    (application,) = conn.execute("PRAGMA application_id").fetchone()
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise NotAnArchive(path, "is not an archive; name one that Onrecord made")
    if version > SCHEMA_VERSION:
        raise NewerArchive(
            path,
            f"was made by a newer Onrecord (schema {version}, this one knows"
            f" {SCHEMA_VERSION}); upgrade with: pip install --upgrade onrecord",
        )
    return int(version)


@contextmanager
def _at_one_moment(path: Path, conn: sqlite3.Connection) -> Iterator[None]:
    try:
        conn.execute("PRAGMA cache_size = -65536")
        # The transaction reads what is there at its first look.
        conn.execute("BEGIN")
        conn.execute("SELECT count(*) FROM articles").fetchone()
        yield
    # A row that points to one which is not there, or a page that cannot be read.
    except (KeyError, sqlite3.DatabaseError) as error:
        raise ArchiveError(
            path, f"cannot be taken in whole ({error}); see: onrecord check --archive {path}"
        ) from error


def _bring_up_to_date(path: Path, conn: sqlite3.Connection, copy: Path) -> None:
    _drop(copy)
    try:
        with closing(sqlite3.connect(copy)) as new:
            conn.backup(new)
    except sqlite3.Error as error:
        raise ArchiveBusy(path, f"could not be copied to be brought up to date ({error})") from None
    Archive.open(copy, create=False).close()


def _drop(copy: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with_end = copy.with_name(copy.name + end)
        if with_end.exists():
            os.unlink(with_end)
