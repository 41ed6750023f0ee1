"""A folder of shards: which archives belong to it, and which of them can be read.

`shards.json` in it is the manifest. A file that it does not name is no part of the archive.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from db.archive import Archive
from db.errors import ArchiveBusy, NewerArchive, NoArchive, NotAnArchive
from db.opening import BUSY_SECONDS
from db.schema import APPLICATION_ID, SCHEMA_VERSION
from db.shards.ids import SHARDS

By = Literal["year", "size", "worker"]

MANIFEST = "shards.json"
FORMAT = 1
# Articles that a shard takes before the next is begun, where shards are made by size.
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Shard:
    """One archive file of a folder. It keeps its number for ever, and nobody else gets it."""

    number: int
    path: Path


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of shards as its manifest has it.

    `by` says what a new article is put by, `most` how many articles a shard takes where that is
    "size", `next` which number comes next.
    """

    path: Path
    by: By
    shards: tuple[Shard, ...]
    most: int = MOST
    next: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """A shard that cannot be read, and why, in words that follow its file's name."""

    shard: Shard
    reason: str


def is_folder(path: str | Path) -> bool:
    """Whether an archive that is a folder of shards is at `path`."""
    return (Path(path) / MANIFEST).is_file()


def open_folder(path: str | Path) -> Folder:
    """The folder as its manifest is now. Its shards are not looked at.

    Raises:
        NoArchive: there is no folder, or no manifest in it.
        NotAnArchive: the manifest cannot be read.
        NewerArchive: a newer Onrecord wrote it.
    """
    path = Path(path)
    try:
        text = (path / MANIFEST).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise NoArchive(path, f"is no folder of archives: there is no {MANIFEST} in it") from None
    except (OSError, UnicodeError) as error:
        raise NotAnArchive(path / MANIFEST, f"cannot be read ({error})") from None
    try:
        return _read(path, json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnArchive(
            path / MANIFEST, f"is damaged ({error}); take that of a backup"
        ) from None


def create_folder(path: str | Path, by: By, *, most: int = MOST) -> Folder:
    """Make a folder archive without shards, in a folder that is new or empty.

    Raises ArchiveBusy where something is there already or the folder cannot be written.
    """
    folder = Folder(Path(path), by, (), most)
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        # A process that ended as it wrote the first manifest left no more than this.
        if any(entry.name != f"{MANIFEST}.part" for entry in folder.path.iterdir()):
            raise ArchiveBusy(path, "is not empty; name a new folder")
        _write(folder)
    except OSError as error:
        raise ArchiveBusy(path, f"cannot be made a folder of archives ({error})") from None
    return folder


def add_shard(folder: Folder, stem: str, *, alone: bool = False) -> tuple[Folder, Shard]:
    """The folder with a shard `stem`.db: an empty archive, or the one that it has of that name.

    Two processes may do this at once; the folder that comes back has what both did. `alone` says
    that the caller is within `locked` already.

    Raises:
        ArchiveError: the file is there and is no part of the folder, or the folder cannot be
            written.
    """
    path = folder.path / f"{stem}.db"
    with nullcontext() if alone else locked(folder.path):
        now = open_folder(folder.path)
        for shard in now.shards:
            if shard.path.name == path.name:
                return now, shard
        if now.next >= SHARDS:
            raise ArchiveBusy(folder.path, f"has had {SHARDS - 1} shards, and takes no more")
        with Archive.open(path) as made:
            # One without articles was left by a process that ended before it wrote the manifest.
            if made.db.conn.execute("SELECT 1 FROM articles").fetchone():
                raise ArchiveBusy(
                    path, f"is there already and {MANIFEST} does not name it; move it away"
                )
        shard = Shard(now.next, path)
        now = replace(now, shards=(*now.shards, shard), next=now.next + 1)
        _write(now)
    return now, shard


def name_shard(folder: Folder, file: str) -> tuple[Folder, Shard]:
    """The folder with the archive `file`, which was made elsewhere and may lie on another machine.

    From the moment that the manifest names it, its articles are in the folder. Raises ArchiveError.
    """
    with locked(folder.path):
        now = open_folder(folder.path)
        for shard in now.shards:
            if shard.path.name == file:
                return now, shard
        if now.next >= SHARDS:
            raise ArchiveBusy(folder.path, f"has had {SHARDS - 1} shards, and takes no more")
        shard = Shard(now.next, folder.path / _name({"file": file}))
        now = replace(now, shards=(*now.shards, shard), next=now.next + 1)
        _write(now)
    return now, shard


def replace_shards(folder: Folder, files: Collection[str], file: str) -> Folder:
    """The folder with the archive `file` in place of those of these names, which it holds all of.

    What was in them has other numbers from then on. Raises ArchiveError.
    """
    with locked(folder.path):
        now = open_folder(folder.path)
        kept = tuple(shard for shard in now.shards if shard.path.name not in files)
        if len(kept) + len(files) != len(now.shards):
            raise ArchiveBusy(folder.path, "was changed by somebody else; try again")
        shard = Shard(now.next, folder.path / _name({"file": file}))
        now = replace(now, shards=(*kept, shard), next=now.next + 1)
        _write(now)
    return now


def available(folder: Folder) -> tuple[list[Shard], list[Missing]]:
    """The shards that can be read, and those that cannot, in the order of the manifest."""
    there: list[Shard] = []
    missing: list[Missing] = []
    for shard in folder.shards:
        reason = _fault(shard.path)
        if reason is None:
            there.append(shard)
        else:
            missing.append(Missing(shard, reason))
    return there, missing


def strays(folder: Folder) -> list[Path]:
    """Files in the folder that look like shards and that the manifest does not name."""
    from db.notebook import notebook_path

    known = {shard.path.name for shard in folder.shards}
    known |= {notebook_path(shard.path).name for shard in folder.shards}
    return sorted(path for path in folder.path.glob("*.db") if path.name not in known)


def _fault(path: Path) -> str | None:
    """Why the archive at `path` cannot be read, None where it can be."""
    if not path.is_file():
        return "is not there"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
            (application,) = conn.execute("PRAGMA application_id").fetchone()
            (version,) = conn.execute("PRAGMA user_version").fetchone()
            if application != APPLICATION_ID:
                return "is not an archive"
            if version > SCHEMA_VERSION:
                return (
                    f"was made by a newer Onrecord (schema {version}, this one knows"
                    f" {SCHEMA_VERSION}); upgrade with: pip install --upgrade onrecord"
                )
            # Pages from both ends of the file, so that one which was cut off is noticed at once.
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            conn.execute("SELECT max(id) FROM articles").fetchone()
            (pages,) = conn.execute("PRAGMA page_count").fetchone()
            (size,) = conn.execute("PRAGMA page_size").fetchone()
            if path.stat().st_size < pages * size and not _has_log(path):
                return "is damaged (its end is missing)"
    except sqlite3.DatabaseError as error:
        known = "unable to open" in str(error) or "locked" in str(error)
        return f"cannot be opened ({error})" if known else f"is damaged ({error})"
    except OSError as error:
        return f"cannot be read ({error})"
    return None


def _has_log(path: Path) -> bool:
    """Whether pages may stand in the write-ahead log that the file itself has not got yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _read(path: Path, manifest: Any) -> Folder:
    if manifest["onrecord"] > FORMAT:
        raise NewerArchive(
            path / MANIFEST,
            "was made by a newer Onrecord; upgrade with: pip install --upgrade onrecord",
        )
    if manifest["by"] not in get_args(By):
        raise ValueError(f"shards by {manifest['by']!r}")
    shards = tuple(Shard(_number(row), path / _name(row)) for row in manifest["shards"])
    if len({s.number for s in shards}) + len({s.path for s in shards}) != 2 * len(shards):
        raise ValueError("a shard stands there twice")
    after = max((shard.number for shard in shards), default=0) + 1
    return Folder(
        path, manifest["by"], shards, int(manifest.get("most", MOST)),
        max(int(manifest.get("next", 1)), after),
    )  # fmt: skip


def _number(row: dict[str, Any]) -> int:
    number = row["number"]
    if not isinstance(number, int) or not 1 <= number < SHARDS:
        raise ValueError(f"no shard has the number {number!r}")
    return number


def _name(row: dict[str, Any]) -> str:
    # A manifest from elsewhere must not lead out of its folder.
    name = row["file"]
    if not isinstance(name, str) or name in ("", ".", "..") or set(name) & set("/\\:\0"):
        raise ValueError(f"no shard has the file {name!r}")
    return name


def _write(folder: Folder) -> None:
    """Put the manifest in place, whole or not at all, also where the power goes."""
    manifest = {
        "onrecord": FORMAT,
        "by": folder.by,
        "most": folder.most,
        "next": folder.next,
        "shards": [{"number": s.number, "file": s.path.name} for s in folder.shards],
    }
    part = folder.path / f"{MANIFEST}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, folder.path / MANIFEST)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Alone with the manifest of the folder at `path`, among all processes.

    The lock is SQLite's: every system has it, and a process that dies lets go of it. Raises
    ArchiveBusy.
    """
    try:
        conn = sqlite3.connect(path / "shards.lock", timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise ArchiveBusy(path, f"cannot be written ({error})") from None
    with closing(conn):
        try:
            conn.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise ArchiveBusy(path, f"cannot be written now ({error}); try again") from None
        yield
