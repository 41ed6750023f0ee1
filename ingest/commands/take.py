"""Taking in: what each file or page gave is shown line by line, with the closing counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

import click

from db.errors import ArchiveError
from ingest import terminal
from ingest.errors import NotAsked
from ingest.export import article_json
from ingest.load import Result, Tally


def take_in(
    sources: Sequence[str],
    read: Callable[[Iterable[str]], Iterator[Result]],
    as_json: bool,
    in_full: bool,
    live: bool = False,
) -> int:
    """Run `read` over the sources, show each result and the closing counts; the exit status.

    With `live`, what is read is not only the sources, so that no bar can tell how far it is.
    """
    tally = Tally()
    bar = terminal.are_many(sources) and sys.stderr.isatty() and not in_full and not live
    stopped = False
    with terminal.progress(sources, wanted=bar) as (moving, moved, say):
        try:
            for result in read(moving):
                tally.add(result)
                moved(result.read)
                if isinstance(result.error, NotAsked):
                    continue  # the line that its host wants no requests stands above
                if result.error:
                    say(f"onrecord: {result.error}")
                elif as_json:
                    for article in result.articles:
                        click.echo(json.dumps(article_json(article), ensure_ascii=False))
                elif in_full:
                    for article in result.articles:
                        terminal.describe(article)
                elif not bar:
                    click.echo(terminal.result_line(result))
        except KeyboardInterrupt:
            stopped = True
        except ArchiveError as error:
            raise click.ClickException(str(error)) from None
    if stopped:
        terminal.say_error("stopped; what was read is stored, the same command goes on from here")
    if not in_full:
        click.echo(str(tally), err=as_json)
    return 130 if stopped else 1 if tally.counts["failed"] else 0
