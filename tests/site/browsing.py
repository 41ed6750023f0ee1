"""A server of its own and a browser that reaches nothing else, for the tests in a browser.

Needs Debian's chromium (apt-get install chromium). Where it is missing the tests are skipped,
except in CI (CI=true), where they fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = Path(os.environ.get("ONRECORD_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip


@contextmanager
def serving(archive: str | Path, token: str | None = None) -> Iterator[str]:
    """Serve an archive on a free port; gives the address, without a slash at its end.

    With a token, whoever signs in with it may write.
    """
    edit = f", edit=True, token={token!r}, take=taker(Path({str(archive)!r}))" if token else ""
    code = (
        "from pathlib import Path; from db.site.serve import serve; from ingest.uploads import"
        f" taker; serve({str(archive)!r}, port=0{edit})"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[1].rstrip("/")
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; without Debian's chromium the test is skipped, and fails in CI."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is not here: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


def follow(page: Any, link: str) -> None:
    """Click a link or a button that leads somewhere, and wait until that page is there.

    A click by itself returns when the answer begins to come: what is counted on the page then may
    be counted before it has come.
    """
    with page.expect_navigation():
        page.click(link)


class Complaints:
    """What pages did that they should not have."""

    def __init__(self) -> None:
        self.abroad: list[str] = []
        self.console: list[str] = []
        self.dialogs: list[str] = []

    def watch(self, context: Any) -> None:
        """Write down what the pages of a browser's context do; whatever calls out gets nothing."""
        context.route("**/*", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.console.append(str(error.error)))
        context.on("dialog", self._on_dialog)

    def none(self) -> bool:
        """Whether there is nothing to complain of."""
        assert (self.abroad, self.console, self.dialogs) == ([], [], [])
        return True

    def _on_request(self, route: Any) -> None:
        address = urlsplit(route.request.url)
        if address.hostname in ("127.0.0.1", None):
            route.continue_()
        else:
            self.abroad.append(route.request.url)
            route.abort()

    def _on_console(self, message: Any) -> None:
        if message.type == "error":
            self.console.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _on_dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()
