"""The README agrees with the code: help texts, commands, SQL."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ingest.cli import COMMANDS, cli
from ingest.read.columns import NAMES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- help texts: written by `python -m tests.test_readme` -->", "<!-- end -->"


def help_of(*words: str) -> str:
    result = CliRunner().invoke(
        cli, [*words, "--help"], prog_name="onrecord", terminal_width=90, max_content_width=90
    )
    assert result.exit_code == 0, result.output
    return result.output.rstrip()


def every_command() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The words that call each command, a group before its own, and the command."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None, name
        yield (name,), command
        for inner, own in command.commands.items() if isinstance(command, click.Group) else ():
            yield (name, inner), own


def reference() -> str:
    """The help text of every command, as the README shows it."""
    parts = [BEGIN, "", "```", help_of(), "```", ""]
    for words, _ in every_command():
        parts += [f"### onrecord {' '.join(words)}", "", "```", help_of(*words), "```", ""]
    return "\n".join([*parts, END])


def test_readme_has_the_help_texts():
    text = README.read_text("utf-8")
    assert reference() in text, "run: uv run python -m tests.test_readme"


def test_every_command_and_option_has_help():
    for _, command in every_command():
        assert command.help, command.name
        for option in command.params:
            assert isinstance(option, click.Argument) or option.help, (command.name, option.name)


def test_ci_runs_the_readmes_test_command():
    command = "pip install uv && uv run pytest"
    assert f"\n{command}\n" in README.read_text("utf-8")
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith(f"\n{command}")


def test_the_readme_lists_the_columns_that_are_understood():
    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]+)", README.read_text("utf-8"), re.MULTILINE)
    listed = {field: names.replace("_", "").split(", ") for field, names in rows}
    for field, names in NAMES.items():
        assert [name.strip().split(" ")[0] for name in listed[field]] == list(names), field


def _sql() -> list[str]:
    return re.findall(r"```sql\n(.*?)```", README.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("sql", _sql())
def test_the_readmes_sql_finds_something_in_the_demo(demo_archive, sql):
    conn = sqlite3.connect(f"file:{demo_archive}?mode=ro", uri=True)
    rows = conn.execute(sql).fetchall()
    conn.close()
    assert rows


def main() -> None:
    """Write the help texts into the README."""
    text = README.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    README.write_text(head + reference() + rest.partition(END)[2], "utf-8")


if __name__ == "__main__":
    sys.exit(main())
