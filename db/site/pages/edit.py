"""`/-/edit/<act>`: where the forms go. What was done is shown on the page that they stood on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from db.errors import ArchiveError
from db.site import notebooks
from db.site.acts import ACTS, Done, Sent
from db.site.acts.desk import opened
from db.site.editing import editors_only

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

# A message travels in a cookie.
_LONGEST = 400


@editors_only
async def edit(datasette: Datasette, request: Request) -> Response:
    """Do what a form asks for and go back to where it was sent from."""
    from datasette.utils.asgi import NotFound, Response

    act = request.url_vars["act"]
    path = await notebooks.archive_path(datasette, request)
    if request.method != "POST" or act not in ACTS or path is None:
        raise NotFound("There is no such form")
    sent = await sent_with(request)
    back = safe_path(sent.text("back"))
    try:
        done = await asyncio.to_thread(_do, path, act, sent)
    except (ArchiveError, ValueError, LookupError) as error:
        say(datasette, request, f"Not done: {error}", wrong=True)
        return Response.redirect(back, status=303)
    if done.message:
        say(datasette, request, done.message)
    return Response.redirect(datasette.urls.path(done.to) if done.to else back, status=303)


def _do(path: Path, act: str, sent: Sent) -> Done:
    with opened(path) as desk:
        return ACTS[act](desk, sent)


async def sent_with(request: Request) -> Sent:
    """The fields of the form that was sent. What is no UTF-8 in it is replaced."""
    body = await request.post_body()
    text = body.decode("utf-8", "replace")
    return Sent(dict(parse_qsl(text, keep_blank_values=True, errors="replace")))


def safe_path(path: str) -> str:
    """The path if it leads to a page of this site, or else its first page."""
    inside = path.startswith("/") and not path.startswith("//")
    return path if inside and not any(c in "\\" or c < " " for c in path) else "/"


def say(datasette: Datasette, request: Request, line: str, *, wrong: bool = False) -> None:
    """Show a line on the page that comes next."""
    shown = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    datasette.add_message(request, shown, datasette.ERROR if wrong else datasette.INFO)
