"""The command line: `onrecord`, and `python -m ingest`, which are the same."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
from click_default_group import DefaultGroup

from ingest.garbage import collect_seldom

# Where each command is. A module is imported when its command runs: all of them take most of a
# second, which nobody who asks for one should wait.
COMMANDS = {
    "ingest": "ingest.commands.ingest",
    "search": "db.cli",
    "show": "db.cli",
    "diff": "db.cli",
    "quotes": "ingest.commands.quotes",
    "check": "db.cli",
    "watch": "ingest.commands.watch",
    "reread": "ingest.commands.reread",
    "serve": "db.cli",
    "demo": "ingest.commands.demo",
}


class Commands(DefaultGroup):  # type: ignore[misc]
    """The commands of COMMANDS, each imported at its first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; for what is none, that of a path."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            module: Any = import_module(COMMANDS[cmd_name])
            self.add_command(getattr(module, cmd_name), cmd_name)
        found: click.Command | None = super().get_command(ctx, cmd_name)
        return found


@click.group(
    cls=Commands,
    default="ingest",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="onrecord", prog_name="onrecord")
def cli() -> None:
    """A searchable archive of news on your own machine.

    Articles, their paragraphs and every quotation with who said it, in one SQLite file that
    Datasette serves. Everything works offline.

    A path with no command before it is taken in: `onrecord FILE` is `onrecord ingest FILE`.
    """
    collect_seldom()
