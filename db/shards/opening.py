"""An archive to write to, be it one file or a folder of shards."""

from __future__ import annotations

from pathlib import Path

from db.archive import Archive
from db.errors import ArchiveBusy
from db.shards.folder import MOST, By, create_folder, is_folder
from db.shards.writer import FolderArchive

# What can be taken in into.
Writable = Archive | FolderArchive


def open_writable(
    path: Path,
    *,
    create: bool = False,
    keep_raw: bool = True,
    index_later: bool = False,
    by: By | None = None,
    most: int | None = None,
) -> Writable:
    """Open the archive at `path`, be it one file or a folder of shards.

    With `create`, one that is not there yet is made: a folder whose shards are made `by` that, or
    one file. `most` is how many articles a shard takes. Raises ArchiveError.
    """
    if is_folder(path):
        archive = FolderArchive.open(path, keep_raw=keep_raw, index_later=index_later)
        if by not in (None, archive.folder.by):
            archive.close()
            raise ArchiveBusy(path, f"has its shards by {archive.folder.by}; leave out --shards")
        return archive
    if by is None:
        return Archive.open(path, create=create, keep_raw=keep_raw, index_later=index_later)
    if path.is_file():
        raise ArchiveBusy(
            path, "is an archive in one file; make a folder of it with: onrecord split"
        )
    made = create_folder(path, by, most=most or MOST)
    return FolderArchive(made, keep_raw=keep_raw, index_later=index_later)
