"""`onrecord demo`: the samples of this package in an archive of their own, served."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from db.cli import open_archive, serve_archive, serve_options
from db.search import most_quoted
from ingest.commands.take import take_in
from ingest.load import Result, load
from ingest.uploads import taker

SAMPLES = Path(__file__).parents[1] / "samples"


def _by_name(result: Result) -> Result:
    return replace(result, source=Path(result.source).name)


@click.command()
@click.option(
    "--archive",
    "archive_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default="demo.db",
    show_default=True,
    help="Where to put the demo's archive.",
)
@click.option(
    "--serve/--no-serve", "serving", default=True, help="Serve it afterwards, or only build it."
)
@serve_options
def demo(archive_path: Path, serving: bool, **options: Any) -> None:
    """Build a small archive of sample articles, show what was found, and serve it."""
    sources = [str(path) for path in sorted(SAMPLES.glob("*.txt"))]
    with open_archive(archive_path, create=True) as archive:
        status = take_in(sources, lambda s: map(_by_name, load(archive, s)), False, False)
        speakers = most_quoted(archive.db.conn, 5)
    click.echo("Most quoted:")
    for name, number in speakers:
        click.echo(f"  {number:3}  {name}")
    if serving and not status:
        serve_archive(archive_path, take=taker(archive_path), **options)
    sys.exit(status)
