"""`onrecord serve`: the archive in the browser; files that are sent to the site are taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from db.cli import archive_option, scheduler_option, serve_archive, serve_options
from ingest.uploads import taker


@click.command()
@click.argument("place", metavar="[ARCHIVE]", required=False, type=click.Path(path_type=Path))
@archive_option
@serve_options
@scheduler_option
@click.pass_context
def serve(
    context: click.Context, /, place: Path | None, archive_path: Path, **options: Any
) -> None:
    """Serve the archive to your browser, with Datasette.

    It is named as an argument or with --archive.

    The site is for reading. With --edit, whoever signs in with the token can write too; --public
    with --edit wants a token of your own.

    With --scheduler, the files of an archive that is a folder are asked where they lie, with the
    workers of a dask scheduler; the folder here has their names.
    """
    if place is not None:
        if context.get_parameter_source("archive_path") is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{place} and --archive {archive_path} are two; name one")
        archive_path = place
    serve_archive(archive_path, take=taker(archive_path), **options)
