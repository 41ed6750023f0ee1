"""What a worker does with the shards that lie with it: functions that run there."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from array import array
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from db.cluster.keys import keys_in

# Where a worker has the folder, if not at the path at which the others have it.
PLACE = "ONRECORD_SHARDS"
# How the name of a file begins that a task makes; its token stands in the middle.
OWN = re.compile(r"part-([0-9a-f]+)-[0-9a-f]+(?=\.)")


class Seen(NamedTuple):
    """What a worker has: its version of Onrecord, and the files of the folder with it."""

    version: str
    files: tuple[str, ...]


class Contents(NamedTuple):
    """What a shard says of itself: the files that it was read from, and its articles' keys."""

    locations: tuple[str, ...]
    keys: array[int]


def place_here(folder: str) -> Path:
    """Where the folder is on this machine."""
    return Path(os.environ.get(PLACE) or folder)


def look(folder: str) -> Seen:
    """What this machine has of a folder."""
    place = place_here(folder)
    names = (entry.name for entry in os.scandir(place)) if place.is_dir() else ()
    return Seen(version("onrecord"), tuple(sorted(names)))


def remove(folder: str, files: list[str]) -> None:
    """Take away files that belong to no shard, with what SQLite keeps beside them."""
    for name in files:
        for end in ("", "-wal", "-shm", "-journal"):
            place_here(folder).joinpath(name + end).unlink(missing_ok=True)


def contents(folder: str, file: str) -> Contents:
    """What a shard holds, for the ledger. Raises sqlite3.Error."""
    path = place_here(folder) / file
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
        found = conn.execute("SELECT location FROM sources")
        # Members have the name of their file before a "!".
        locations = sorted({row[0].partition("!")[0] for row in found})
        return Contents(tuple(locations), keys_in(conn))


def own_name(token: str, end: str) -> str:
    """A name for a file that nothing else has, on no machine."""
    # The same task may run twice, on a worker that is taken for dead and on another.
    return f"part-{token}-{secrets.token_hex(4)}{end}"


def put_in_place(partial: Path, whole: Path) -> None:
    """Give an archive that is closed its name, once the disk has all of it."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(partial, whole)
    if os.name == "posix":
        folder = os.open(whole.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
