"""A site that may be edited, and a visitor who signs in: what the tests of the forms share."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from db.site.editing import COOKIE, Editing
from db.site.serve import datasette_for
from ingest.uploads import taker

TOKEN = "the-token-of-the-tests"


def edited(archive: Path, *, max_bytes: int = 1_000_000, notebook: bool = True) -> Datasette:
    """A site of this archive that takes in files in this process."""
    editing = Editing(TOKEN, taker(archive, jobs=1), max_bytes)
    return datasette_for(archive, editing=editing, notebook=notebook)


def copied(archive_file: str, folder: Path) -> Path:
    """A copy of the small archive, for a test to write in."""
    return Path(shutil.copy(archive_file, folder / "news.db"))


class Visitor:
    """Somebody with a browser: keeps cookies, sends forms with the site's own token in them."""

    def __init__(self, site: Datasette) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    async def get(self, path: str) -> Any:
        return self._kept(await self.site.client.get(path, cookies=self.cookies))

    async def page(self, path: str) -> str:
        """The words of a page that is there; where words of others end is not marked."""
        response = await self.get(path)
        assert response.status_code == 200, (path, response.status_code, response.text[:500])
        return re.sub("</?bdi>", "", " ".join(response.text.split()))

    async def post(self, path: str, fields: dict[str, str], **more: Any) -> Any:
        """Send a form, as it would be sent from a page of the site."""
        if "ds_csrftoken" not in self.cookies:
            await self.get("/sign-in")
        fields = {"csrftoken": self.cookies.get("ds_csrftoken", ""), **fields}
        return self._kept(
            await self.site.client.post(path, data=fields, cookies=self.cookies, **more)
        )

    async def sign_in(self, token: str = TOKEN) -> Any:
        return await self.post("/sign-in", {"token": token, "next": "/"})

    async def do(self, act: str, back: str = "/", **fields: object) -> str:
        """Send a form of a page and read the line that the next page shows."""
        sent = {name: str(value) for name, value in fields.items()}
        response = await self.post(f"/-/edit/{act}", {"back": back, **sent})
        assert response.status_code == 303, response.text
        self.at = response.headers["location"]
        return message(await self.page(self.at))

    def _kept(self, response: Any) -> Any:
        for name, value in response.cookies.items():
            self.cookies[name] = value
        for header in response.headers.get_list("set-cookie"):
            if "Max-Age=0" in header:
                self.cookies.pop(header.partition("=")[0], None)
        return response


async def editor(site: Datasette) -> Visitor:
    """A visitor who has signed in."""
    visitor = Visitor(site)
    assert (await visitor.sign_in()).status_code == 303
    assert COOKIE in visitor.cookies
    return visitor


def message(page: str) -> str:
    """The last line that a page shows of what was done."""
    found = re.findall(r'<p class="message[^>]*>(.*?)</p>', page)
    return found[-1] if found else ""
