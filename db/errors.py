"""What can go wrong with an archive.

ArchiveError
├── NotAnArchive   the file is something else
├── NewerArchive   a newer Onrecord made it
├── NoArchive      there is no such file
├── ArchiveBusy    somebody else is writing, or the file cannot be written
├── ArchiveDamaged SQLite finds the file broken
├── CannotCopy     a backup could not be made or put back, or is not whole
├── CannotCorrect  there is nothing like that to correct
└── CannotServe    the port is taken, or the host is not this machine's

NotHeld stands apart: the archive is well, but holds no article or quotation of that number.

Every message names the file and the remedy; the command line prints it as one line.
"""

from __future__ import annotations

import sqlite3


class ArchiveError(Exception):
    """An archive that could not be opened, read or written."""

    def __init__(self, path: object, message: str) -> None:
        super().__init__(f"{path}: {message}")


class NotAnArchive(ArchiveError):
    """The file is not an archive of ours."""


class NewerArchive(ArchiveError):
    """The archive was made by a newer version than this one."""


class NoArchive(ArchiveError):
    """There is no archive at that path."""


class ArchiveBusy(ArchiveError):
    """The archive cannot be written now."""


class ArchiveDamaged(ArchiveError):
    """The file is an archive, but broken."""


class CannotServe(ArchiveError):
    """The archive cannot be served at that address."""


class CannotCopy(ArchiveError):
    """A backup that could not be made or put back."""


class NotHeld(LookupError):
    """The archive has no such article or quotation. It is asked for by number: no file is named."""


class CannotCorrect(ArchiveError):
    """What was to be corrected or marked is not there. The message says what to give instead."""

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)


# What SQLite says of a file that is not what it was, and where the system does not let it go on.
_BROKEN = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
_STOPPED = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_FULL",
            "SQLITE_READONLY"}  # fmt: skip


def of_sqlite(path: object, error: BaseException | None) -> ArchiveError | None:
    """What an error of SQLite says of the archive at `path`; None where it says nothing of it."""
    if not isinstance(error, sqlite3.Error):
        return None
    # Extended names go on behind the plain one: SQLITE_IOERR_READ.
    name = "_".join((getattr(error, "sqlite_errorname", None) or "").split("_")[:2])
    if name in _BROKEN:
        return ArchiveDamaged(
            path, "is damaged; see: onrecord check, and restore a backup or ingest anew"
        )
    if name in _STOPPED:
        return ArchiveBusy(path, f"cannot be used now ({error}); nothing that it holds is lost")
    return None
