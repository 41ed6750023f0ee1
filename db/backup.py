"""Backups: a copy of the archive as it is at one moment, checked, and put back."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.archive import Archive
from db.check import check
from db.errors import ArchiveDamaged, ArchiveError, CannotCopy, NoArchive, of_sqlite
from db.notebook import notebook_path
from db.opening import address_of, holds_something

# Told how many pages of the file are still to come, and how many there are.
Progress = Callable[[int, int], object]
_JUST_BEGUN = 2.0  # seconds
# So many pages are copied at a time; others may write in between, which begins the copy anew.
_PAGES = 8_192


def backup(archive: Path, target: Path, *, progress: Progress | None = None) -> list[Path]:
    """Copy an archive, which may be in use, and its notebook; the copies, checked and complete.

    A copy has its name only once it is whole and on the disk: a backup that was broken off leaves
    no file that looks like one.

    Raises:
        NoArchive: there is nothing at `archive`.
        CannotCopy: something is at `target` already, it cannot be written, or the copy is not
            whole, which says what is wrong with the archive.
    """
    if not _is_there(archive):
        raise NoArchive(archive, "there is no archive here")
    made = [copy_whole(archive, target, progress)]
    notes = notebook_path(archive)
    if notes.is_file():
        made.append(copy_sound(notes, notebook_path(target)))
    return made


def restore(copy: Path, archive: Path, *, replace: bool = False) -> Path | None:
    """Put a backup, checked, in the place of an archive, its notebook too.

    With `replace`, an archive that is there is moved aside, and its new place given back.

    Raises:
        NoArchive: there is no backup at `copy`.
        CannotCopy: an archive is there already, or the backup is not whole.
    """
    if not _is_there(copy):
        raise NoArchive(copy, "there is no backup here")
    if not archive.exists():
        backup(copy, archive)
        return None
    if not replace:
        raise CannotCopy(archive, "there is an archive already; --replace moves it aside")
    try:
        with tempfile.TemporaryDirectory(dir=archive.parent, prefix=f"{archive.name}.") as folder:
            made = backup(copy, Path(folder) / archive.name)
            aside = _aside(archive)
            for path in made:
                os.replace(path, archive.with_name(path.name))
    except OSError as error:
        raise CannotCopy(archive, f"cannot be put back ({error.strerror})") from None
    return aside


def _is_there(path: Path) -> bool:
    """Whether there is a file with something in it: SQLite takes an empty one for a new archive.

    One that an ingest is just beginning is empty for a moment: it is waited for.
    """
    until = time.monotonic() + _JUST_BEGUN
    while path.is_file():
        if holds_something(path):
            return True
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    return False


def copy_whole(source: Path, target: Path, progress: Progress | None = None) -> Path:
    """Copy one archive file, and prove that the copy is whole. Raises CannotCopy."""
    return _copy(source, target, _whole, progress)


def copy_sound(source: Path, target: Path) -> Path:
    """Copy a file of SQLite's that is no archive, and prove that it is sound. Raises CannotCopy."""
    return _copy(source, target, _sound)


def _copy(
    source: Path, target: Path, prove: Callable[[Path, Path], None],
    progress: Progress | None = None,
) -> Path:  # fmt: skip
    if target.exists():
        raise CannotCopy(target, "is there already; name another file")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(address_of(source), uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(
                new, pages=_PAGES,
                progress=(lambda _, left, all_: progress(left, all_)) if progress else None,
            )  # fmt: skip
            # One file is easier to keep than three; opening it to write makes it WAL again.
            new.execute("PRAGMA journal_mode = DELETE")
        prove(part, source)
        _flush(part)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        _drop(part)
        if isinstance(damage := of_sqlite(source, error), ArchiveDamaged):
            raise damage from None
        raise CannotCopy(target, f"could not be written ({error})") from None
    except ArchiveError:
        _drop(part)
        raise
    return target


def _drop(part: Path) -> None:
    """Leave nothing of a copy that came to nothing."""
    for end in ("", "-journal", "-wal", "-shm"):
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def _sound(path: Path, source: Path) -> None:
    """Raises CannotCopy where SQLite finds the copy of `source` damaged."""
    with closing(sqlite3.connect(path)) as conn:
        (line, *_) = conn.execute("PRAGMA integrity_check").fetchone()
    if line != "ok":
        raise CannotCopy(source, f"is damaged ({line}); nothing was copied, see: onrecord check")


def _whole(path: Path, source: Path) -> None:
    """Raises CannotCopy where the copy of an archive breaks a promise of ours."""
    _sound(path, source)
    with Archive.open(path, create=False) as archive:
        problems = check(archive)
    if problems:
        raise CannotCopy(source, f"is not whole ({problems[0]}); see: onrecord check")


def _flush(path: Path) -> None:
    """To the disk itself, past what the system keeps in memory."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _aside(archive: Path) -> Path:
    """Move an archive and what belongs to it aside, under the first free number."""
    number = 1
    while archive.with_name(f"{archive.stem}.before-{number}{archive.suffix}").exists():
        number += 1
    aside = archive.with_name(f"{archive.stem}.before-{number}{archive.suffix}")
    for old, new in ((archive, aside), (notebook_path(archive), notebook_path(aside))):
        if old.exists():
            _close(old)
            for end in ("", "-wal", "-shm"):
                if (beside := old.with_name(f"{old.name}{end}")).exists():
                    os.replace(beside, new.with_name(f"{new.name}{end}"))
    return aside


def _close(path: Path) -> None:
    """Put what lies beside a file into it. Raises CannotCopy where somebody has the file open."""
    with closing(sqlite3.connect(path)) as conn:
        try:
            conn.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            if isinstance(of_sqlite(path, error), ArchiveDamaged):
                return  # as it is, then; it is there to be looked at
            raise CannotCopy(
                path, "cannot be moved aside; stop what serves or writes it, and try again"
            ) from None
