"""A folder of shards that is served: each shard is a database of Datasette's, our pages ask all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from db.shards.folder import Missing
from db.shards.ids import joined, parted
from db.shards.reading import Reader

if TYPE_CHECKING:
    from datasette.app import Datasette

_folders: WeakKeyDictionary[Any, Reader] = WeakKeyDictionary()


def serve_folder(datasette: Datasette, reader: Reader) -> None:
    """Let our pages on this Datasette answer over the folder."""
    _folders[datasette] = reader


def folder_of(datasette: Datasette) -> Reader | None:
    """The folder that is served; None where single archives are."""
    return _folders.get(datasette)


def databases(datasette: Datasette) -> list[str]:
    """Datasette's names for the shards that it has, in order."""
    reader = _folders.get(datasette)
    if reader is None:
        return []
    names = sorted(shard.path.stem for shard in reader.folder.shards)
    return [name for name in names if name in datasette.databases]


def missing(datasette: Datasette) -> list[Missing]:
    """The shards that cannot be read now; none where no folder is served."""
    reader = _folders.get(datasette)
    return reader.missing() if reader is not None else []


def database_of(datasette: Datasette, number: int) -> str | None:
    """Datasette's name for the shard that has row `number` of all shards, where it has it."""
    reader = _folders.get(datasette)
    if reader is None:
        return None
    shard = parted(number)[0]
    names = (one.path.stem for one in reader.folder.shards if one.number == shard)
    return next((name for name in names if name in datasette.databases), None)


def number_in(datasette: Datasette, database: str, local: int) -> int:
    """The number over all shards of a row of one of Datasette's databases."""
    reader = _folders.get(datasette)
    if reader is None:
        return local
    path = datasette.databases[database].path
    for shard in reader.folder.shards:
        if path is not None and Path(path) == shard.path:
            return joined(shard.number, local)
    return local


def why_missing(datasette: Datasette, number: int) -> str | None:
    """What to say of a row whose shard cannot be read; None where it can be, or there is none."""
    shard = parted(number)[0]
    for one in missing(datasette):
        if one.shard.number == shard:
            return f"This is in {one.shard.path.name}, which {one.reason}"
    return None
