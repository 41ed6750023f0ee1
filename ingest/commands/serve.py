"""`onrecord serve`: the archive in the browser; files that are sent to the site are taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from db.cli import archive_option, scheduler_option, serve_archive, serve_options
from ingest.uploads import taker


@click.command()
@archive_option
@serve_options
@scheduler_option
def serve(archive_path: Path, **options: Any) -> None:
    """Serve the archive to your browser, with Datasette.

    The site is for reading. With --edit, whoever signs in with the token can write too; --public
    with --edit wants a token of your own.

    With --scheduler, the files of an archive that is a folder are asked where they lie, with the
    workers of a dask scheduler; the folder here has their names.
    """
    serve_archive(archive_path, take=taker(archive_path), **options)
