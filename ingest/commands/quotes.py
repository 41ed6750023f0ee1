"""`onrecord quotes`: what a file says and who says it, for a person or a scorer to judge."""

from __future__ import annotations

import json
import os
import sys

import click

from ingest.errors import IngestError
from ingest.export import scorer_json
from ingest.pipeline import bare_articles, read_articles


@click.command()
@click.argument("path", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print the quotes as JSON.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='FILE has lines of {"id", "text"}; print {"id", "quotes"}.',
)
def quotes(path: str, as_json: bool, jsonl: bool) -> None:
    """Show the quotations of a file: who, with which cue, the words, how sure and why.

    Nothing is stored. FILE may be - for standard input.
    """
    if os.path.isdir(path):
        raise click.ClickException(f"{path}: is a folder; give one file")
    from ingest import terminal  # slow to import, and lines of JSON need none of it

    try:
        if jsonl:
            for article in bare_articles(path):
                click.echo(json.dumps(scorer_json(article), ensure_ascii=False))
            return
        found = list(read_articles(path))
    except IngestError as error:
        raise click.ClickException(str(error)) from None
    for item in found:
        if isinstance(item, IngestError):
            terminal.say_error(str(item))
        elif as_json:
            click.echo(json.dumps(scorer_json(item), ensure_ascii=False))
        else:
            click.echo(item.title or "without a title")
            terminal.quotes_table(item)
    if any(isinstance(item, IngestError) for item in found):
        sys.exit(1)
