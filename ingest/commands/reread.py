"""`onrecord reread`: what the archive keeps, read again by the readers of today."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from db.cli import archive_option, open_to_change
from ingest import terminal
from ingest.reread import reread as reread_all


@click.command()
@archive_option
def reread(archive_path: Path) -> None:
    """Read again what the archive keeps, with the readers of this version.

    Raw pages, letters and texts are recognised anew and take the place of the older reading, with
    no new revision. What you gave by hand stays. An article that can no longer be found in its
    bytes keeps the reading that it has.
    """
    counts: Counter[str] = Counter()
    with open_to_change(archive_path) as archives:
        try:
            for result in (one for archive in archives for one in reread_all(archive)):
                counts[result.outcome] += 1
                if result.error:
                    terminal.say_error(str(result.error))
        except KeyboardInterrupt:
            terminal.say_error("stopped; the articles read so far keep their new reading")
    click.echo(
        f"{counts['better']} changed, {counts['same']} the same, {counts['kept']} kept as is"
    )
