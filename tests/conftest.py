"""Helpers for every test: where the shared folder is, and what to do when it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("ONRECORD_SHARED", Path(__file__).parents[2] / "shared"))


def shared_path(name: str) -> Path:
    """A file or folder under ../shared. Missing, the test is skipped, except in CI: it fails."""
    path = SHARED / name
    if not path.exists():
        message = f"{path} is not here: this test needs the team's shared folder"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    return path


@pytest.fixture(name="shared")
def _shared():
    """The function `shared(name) -> Path`: see `shared_path`."""
    return shared_path


@pytest.fixture(scope="session")
def demo_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive that `onrecord demo` builds."""
    from click.testing import CliRunner

    from ingest.cli import cli

    path = tmp_path_factory.mktemp("demo") / "demo.db"
    result = CliRunner().invoke(cli, ["demo", "--no-serve", "--archive", str(path)])
    assert result.exit_code == 0, result.output
    return path
