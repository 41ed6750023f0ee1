"""Backups: a copy of the archive as it is at one moment, checked, and put back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from db.archive import Archive
from db.check import check
from db.errors import ArchiveError, CannotCopy, NoArchive
from db.notebook import notebook_path

# Told how many pages of the file are still to come, and how many there are.
Progress = Callable[[int, int], object]
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
    if not archive.is_file():
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
    if not copy.is_file():
        raise NoArchive(copy, "there is no backup here")
    aside = None
    if archive.exists():
        if not replace:
            raise CannotCopy(archive, "there is an archive already; --replace moves it aside")
        _whole(copy)
        aside = _aside(archive)
    backup(copy, archive)
    return aside


def copy_whole(source: Path, target: Path, progress: Progress | None = None) -> Path:
    """Copy one archive file, and prove that the copy is whole. Raises CannotCopy."""
    return _copy(source, target, _whole, progress)


def copy_sound(source: Path, target: Path) -> Path:
    """Copy a file of SQLite's that is no archive, and prove that it is sound. Raises CannotCopy."""
    return _copy(source, target, _sound)


def _copy(
    source: Path, target: Path, prove: Callable[[Path], None], progress: Progress | None = None
) -> Path:
    if target.exists():
        raise CannotCopy(target, "is there already; name another file")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(
                new, pages=_PAGES,
                progress=(lambda _, left, all_: progress(left, all_)) if progress else None,
            )  # fmt: skip
            # One file is easier to keep than three; opening it to write makes it WAL again.
            new.execute("PRAGMA journal_mode = DELETE")
        prove(part)
        _flush(part)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise CannotCopy(target, f"could not be written ({error})") from None
    except ArchiveError:
        part.unlink(missing_ok=True)
        raise
    return target


def _sound(path: Path) -> None:
    """Raises CannotCopy where SQLite finds the file damaged."""
    with closing(sqlite3.connect(path)) as conn:
        (line, *_) = conn.execute("PRAGMA integrity_check").fetchone()
    if line != "ok":
        raise CannotCopy(path, f"is damaged ({line}); take an older backup")


def _whole(path: Path) -> None:
    """Raises CannotCopy where an archive breaks a promise of ours."""
    _sound(path)
    with Archive.open(path, create=False) as archive:
        problems = check(archive)
    if problems:
        raise CannotCopy(path, f"is not whole ({problems[0]}); see: onrecord check")


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
    # Whatever is beside the file belongs to it, and is in it once this is done.
    with closing(sqlite3.connect(archive)) as conn:
        conn.execute("PRAGMA journal_mode = DELETE")
    os.replace(archive, aside)
    notes = notebook_path(archive)
    if notes.exists():
        os.replace(notes, notebook_path(aside))
    return aside
