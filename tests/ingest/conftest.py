"""Fixtures for tests that fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from ingest.cli import cli
from tests.web import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on this machine, without pages."""
    with serving() as site:
        yield site


@pytest.fixture
def fetch(tmp_path, monkeypatch) -> Callable[..., Result]:
    """`onrecord ingest` in a folder of its own; `private` allows this machine, with no pause."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)

    def invoke(*words: str, private: bool = True, delay: str = "0") -> Result:
        allowed = ["--allow-private"] if private else []
        return CliRunner().invoke(
            cli, ["ingest", *words, *allowed, "--delay", delay, "--jobs", "1"]
        )

    return invoke
