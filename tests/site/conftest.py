"""Archives that every test of the site can look at, and a browser to look with."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from db.archive import Archive
from ingest.cli import cli
from ingest.commands.demo import SAMPLES
from tests.site.browsing import Complaints, chromium, serving
from tests.site.small import ARTICLES, made


@pytest.fixture(scope="session")
def archive_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive called news.db with three articles, a revision and a failure."""
    path = tmp_path_factory.mktemp("archive") / "news.db"
    with Archive.open(path) as archive:
        for number, article in enumerate(ARTICLES):
            archive.add(f"/clips/{number}.txt", [article])
        archive.add("/other/ferry.txt", [ARTICLES[1]])
        archive.add("/clips/0.txt", [made(
            "Harbour bill passes",
            "Robert Quill opened the harbour on Friday after bill HB-1204 passed.",
            "The mayor didn’t reply. Nobody met her in the park.",
            "Rob went home by bus.",
            published="2023-03-03",
            publisher="The Saltmarsh Courier",
        )])  # fmt: skip
        archive.fail("/clips/empty.txt", "empty", "/clips/empty.txt: it holds nothing")
    return str(path)


@pytest.fixture
def conn(archive_file: str) -> Iterator[sqlite3.Connection]:
    """A plain reader's connection, without any function of ours."""
    conn = sqlite3.connect(f"file:{archive_file}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    yield conn
    conn.close()


@pytest.fixture(scope="session")
def revised_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles of the demo, taken in as a person would; the first was changed since."""
    folder = tmp_path_factory.mktemp("revised")
    clips = Path(shutil.copytree(SAMPLES, folder / "clips"))
    for _ in range(2):
        arguments = ["ingest", str(clips), "--archive", str(folder / "morgue.db")]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output
        first = clips / "01-night-boat.txt"
        text = first.read_text(encoding="utf-8")
        first.write_text(text.replace("eleven people", "twelve people"), encoding="utf-8")
    return folder / "morgue.db"


# A browser a module, not a session: while one is open no asynchronous test can run.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(archive_file: str) -> Iterator[str]:
    """Where the small archive is served."""
    with serving(archive_file) as found:
        yield found


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(browser: Any, complaints: Complaints) -> Iterator[Any]:
    """A page; the test fails where it calls out, asks something or complains in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    complaints.watch(context)
    yield context.new_page()
    context.close()
    assert complaints.none()
