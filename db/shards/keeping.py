"""A folder of shards checked, copied and put back: each shard in turn."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.archive import Archive
from db.backup import Progress, copy_sound, copy_whole
from db.check import check
from db.clock import now
from db.errors import ArchiveError, CannotCopy
from db.notebook import notebook_path
from db.search import counts
from db.shards.folder import MANIFEST, available, open_folder, strays
from db.shards.known import PENDING, pending
from db.shards.links import FILE


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong in a folder, and how many articles, paragraphs and quotes its shards hold."""

    problems: list[str]
    held: Counter[str]


def check_folder(path: Path) -> Checked:
    """`db.check.check` for each shard; what is missing, and what is no part of the folder, too.

    Raises ArchiveError where the folder's manifest cannot be read.
    """
    folder = open_folder(path)
    there, missing = available(folder)
    problems = [f"{one.shard.path.name}: {one.reason}" for one in missing]
    problems += [
        f"{stray.name}: {MANIFEST} does not name it; it is left out" for stray in strays(folder)
    ]
    held: Counter[str] = Counter()
    for shard in there:
        try:
            with Archive.open(shard.path, create=False) as archive:
                problems += [f"{shard.path.name}: {problem}" for problem in check(archive)]
                held.update(counts(archive.db.conn))
        except (ArchiveError, sqlite3.DatabaseError) as error:
            problems.append(f"{shard.path.name}: could not be checked ({error})")
    return Checked(problems, held)


def backup_folder(path: Path, target: Path, *, progress: Progress | None = None) -> list[Path]:
    """Copy a folder of shards, which may be in use, and its notebook; the copies, all checked.

    The copy has its name only once all of it is on the disk. Raises CannotCopy where something is
    at `target` already, a shard is missing or is not whole, or the copy cannot be written.
    """
    folder = open_folder(path)
    for one in available(folder)[1]:
        raise CannotCopy(one.shard.path, f"{one.reason}; a backup without it would not be one")
    if target.exists():
        raise CannotCopy(target, "is there already; name another folder")
    part = target.with_name(f"{target.name}.part")
    began = now()
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        unsure = pending(path)
        for shard in folder.shards:
            copy = part / shard.path.name
            copy_whole(shard.path, copy, progress)
            unsure |= set(_since(copy, began))
        if (path / FILE).is_file():
            copy_sound(path / FILE, part / FILE)
        if unsure:
            # What came in meanwhile may be in one copy and not in the next: it is read once more.
            (part / PENDING).write_text(json.dumps(sorted(unsure)), "utf-8")
        shutil.copyfile(path / MANIFEST, part / MANIFEST)
        os.replace(part, target)
        notes = notebook_path(path)
        if notes.is_file():
            copy_sound(notes, notebook_path(target))
    except OSError as error:
        raise CannotCopy(target, f"could not be written ({error})") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return [target / shard.path.name for shard in folder.shards]


def _since(copy: Path, began: str) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(copy)) as conn:
        yield from conn.execute(
            "SELECT DISTINCT location, sha256 FROM captures"
            " JOIN sources ON sources.id = source_id WHERE captured >= ?",
            [began],
        )


def restore_folder(copy: Path, path: Path, *, replace: bool = False) -> Path | None:
    """Put a backup of a folder, checked, in its place, its notebook too.

    With `replace`, what is there is moved aside, and its new place given back. Raises CannotCopy.
    """
    aside = None
    if path.exists():
        if not replace:
            raise CannotCopy(path, "there is an archive already; --replace moves it aside")
        fresh = path.with_name(f"{path.name}.new")
        backup_folder(copy, fresh)
        aside = _free(path)
        os.replace(path, aside)
        _move_notes(path, aside)
        os.replace(fresh, path)
        _move_notes(fresh, path)
        return aside
    backup_folder(copy, path)
    return aside


def _free(path: Path) -> Path:
    number = 1
    while path.with_name(f"{path.name}.before-{number}").exists():
        number += 1
    return path.with_name(f"{path.name}.before-{number}")


def _move_notes(old: Path, new: Path) -> None:
    if notebook_path(old).is_file():
        os.replace(notebook_path(old), notebook_path(new))
