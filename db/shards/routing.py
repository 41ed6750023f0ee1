"""From the number of a row over all shards to the archive that has the row."""

from __future__ import annotations

from pathlib import Path

from db.errors import NoArchive
from db.shards.folder import available, is_folder, open_folder
from db.shards.ids import parted


def file_of(path: Path, number: int) -> tuple[Path, int]:
    """The archive file that has row `number`, and the row's own number in it.

    `path` is the archive: itself where it is one file, else a folder of shards. Raises ArchiveError
    where the shard is not there or cannot be read.
    """
    if not is_folder(path):
        return path, number
    folder = open_folder(path)
    shard, local = parted(number)
    for one in available(folder)[1]:
        if one.shard.number == shard:
            raise NoArchive(one.shard.path, f"{one.reason}, and {number} is in it")
    for known in folder.shards:
        if known.number == shard:
            return known.path, local
    raise NoArchive(path, f"has nothing of the number {number}; onrecord search shows the numbers")
