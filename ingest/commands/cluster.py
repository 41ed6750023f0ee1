"""`onrecord ingest --scheduler`: imported with that option only, as dask is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from db.errors import ArchiveError
from db.shards.folder import Folder, create_folder, is_folder, open_folder
from ingest.commands.take import take_in
from ingest.load import Result
from ingest.pipeline import Given
from ingest.read.place import Columns


def take_in_on_cluster(
    address: str,
    path: Path,
    sources: Sequence[str],
    *,
    given: Given | None,
    columns: Columns,
    max_bytes: int,
    keep_raw: bool,
    timeout: float,
    as_json: bool,
) -> int:
    """Have the workers of a scheduler take `sources` in; the exit status of the command."""
    try:
        # Without dask this is where it is said.
        from db.cluster.connect import connected
        from ingest.cluster.drive import load_on_cluster
        from ingest.cluster.plan import Work

        folder = _folder(path)
        work = Work(
            str(path.resolve()), given, max_bytes, columns, keep_raw, timeout,
            look_up=not (given or columns or as_json), with_articles=as_json,
        )  # fmt: skip
        with connected(address) as cluster:

            def read(moving: Iterable[str]) -> Iterator[Result]:
                move = iter(moving)
                yield from load_on_cluster(
                    cluster, folder, sources, work, moved=lambda: next(move, None)
                )
                for _ in move:
                    pass

            return take_in(sources, read, as_json, False)
    except ArchiveError as error:
        raise click.ClickException(str(error)) from None


def _folder(path: Path) -> Folder:
    """The folder at `path`, made where there is none. Raises ArchiveError."""
    if path.is_file():
        raise click.ClickException(
            f"{path}: is an archive in one file; make a folder of it with: onrecord split"
        )
    if path.suffix == ".db" and not path.exists():
        raise click.UsageError("--scheduler makes a folder of files: name it with --archive FOLDER")
    return open_folder(path) if is_folder(path) else create_folder(path, "worker")
