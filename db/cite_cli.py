"""The command that cites: `onrecord cite`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import click

from db.cite import Format, export
from db.cli import archive_option, archive_to_read, say_missing
from db.shards.articles import cited


@click.command()
@click.argument("article_ids", type=int, nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--quote", type=click.IntRange(1), help="A quotation of the article, by its number.")
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Format)),
    default="chicago",
    show_default=True,
    help="How to write it.",
)
@archive_option
def cite(article_ids: tuple[int, ...], quote: int | None, form: Format, archive_path: Path) -> None:
    """Cite articles, or a quotation of one, by their numbers in the archive.

    The date is the one of publication, by the article's own clock, never the one of a change.
    Paragraphs are counted as the archive counts them.
    """
    if quote is not None and len(article_ids) > 1:
        raise click.UsageError("--quote is for one article; there are several here")
    refs = []
    missing = False
    with archive_to_read(archive_path) as held:
        for number in article_ids:
            ref = cited(held, number, quote)
            if ref is None:
                what = f"has no article {number}"
                if quote is not None:
                    what = f"article {number} has no quotation {quote}"
                click.echo(f"onrecord: {archive_path}: {what}", err=True)
                missing = True
            else:
                refs.append(ref)
        missing = say_missing(held) or missing
    if refs:
        click.echo(export(refs, form))
    sys.exit(int(missing))
