"""The command line: `onrecord`, and `python -m ingest`, which are the same."""

from __future__ import annotations

import os
from difflib import get_close_matches
from importlib import import_module

import click
from click_default_group import DefaultGroup

from ingest.garbage import collect_seldom
from ingest.guarded import guard_terminal

# Where each command is. A module is imported when its command runs: all of them take most of a
# second, which nobody who asks for one should wait.
COMMANDS = {
    "ingest": "ingest.commands.ingest:ingest",
    "search": "db.cli:search",
    "show": "db.cli:show",
    "diff": "db.diff_cli:diff",
    "cite": "db.cite_cli:cite",
    "quotes": "ingest.commands.quotes:quotes",
    "check": "db.cli:check",
    "watch": "ingest.commands.watch:watch",
    "reread": "ingest.commands.reread:reread",
    "correct": "db.edit_cli:correct",
    "people": "db.edit_cli:people",
    "undo": "db.edit_cli:undo",
    "corrections": "db.edit_cli:corrections",
    "note": "db.notebook_cli:note",
    "tag": "db.notebook_cli:tag",
    "list": "db.notebook_cli:list_",
    "sample": "db.notebook_cli:sample",
    "backup": "db.backup_cli:backup",
    "restore": "db.backup_cli:restore",
    "merge": "db.moving_cli:merge",
    "split": "db.moving_cli:split",
    "join": "db.moving_cli:join",
    "serve": "ingest.commands.serve:serve",
    "demo": "ingest.commands.demo:demo",
}


def _is_taken_in(argument: str) -> bool:
    return argument.startswith("-") or os.path.lexists(argument)


class Commands(DefaultGroup):  # type: ignore[misc]
    """The commands of COMMANDS, each imported at its first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; for a path, an option or - that of what is taken in.

        Anything else is a slip, of which no archive should be made.
        """
        if cmd_name not in COMMANDS and not _is_taken_in(cmd_name):
            near = get_close_matches(cmd_name, COMMANDS, 1)
            meant = f"; did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"{cmd_name} is no command, and no file or folder{meant}", ctx)
        name = cmd_name if cmd_name in COMMANDS else self.default_cmd_name
        if name not in self.commands:
            module, _, attribute = COMMANDS[name].partition(":")
            self.add_command(getattr(import_module(module), attribute), name)
        found: click.Command | None = super().get_command(ctx, cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what is wrong with an archive ends it with its one line."""
        from db.errors import ArchiveError

        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            raise click.ClickException(str(error)) from None


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
    guard_terminal()
