"""`/take-in`: a page to drop files on. `/-/take-in`: for SingleFile and others, with the token."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from db.errors import ArchiveError
from db.match import last_read_from
from db.shards.held import Held, Part
from db.site import shell
from db.site.editing import Editing, bearer, client_of, editing_of, editors_only
from db.site.pages.edit import say
from db.site.uploads import received
from db.site.uploads import take_in as hand_over
from db.taken import Taken

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

# Each line with the articles that are read from there now: number and title.
Lines = list[tuple[Taken, list[tuple[int, str | None]]]]


@editors_only
async def take_in(datasette: Datasette, request: Request) -> Response:
    """The page, what became of what was sent before on it; or, sent to, the taking in."""
    from datasette.utils.asgi import NotFound, Response

    editing = editing_of(datasette)
    if editing is None or editing.take is None:
        raise NotFound("Nothing can be taken in here")
    if request.method != "POST":
        taken = editing.results.get(request.args.get("done") or "", [])
        lines = await shell.ask(datasette, request, lambda held: _lines(held, taken))
        return await shell.html(
            datasette,
            request,
            "take_in.html",
            lines=lines,
            most=editing.max_bytes // 1_000_000,
            address=f"{request.scheme}://{request.host}{datasette.urls.path('/-/take-in')}",
        )
    here = datasette.urls.path("/take-in")
    try:
        taken = await _taken(editing, request, of_this_site=True)
    except ArchiveError as error:
        say(datasette, request, f"Not done: {error}", wrong=True)
        return Response.redirect(here, status=303)
    if not taken:
        say(datasette, request, "No file was chosen", wrong=True)
        return Response.redirect(here, status=303)
    return Response.redirect(f"{here}?{urlencode({'done': editing.keep(taken)})}", status=303)


async def from_elsewhere(datasette: Datasette, request: Request) -> Response:
    """A page sent by a program: SingleFile's "REST form API", curl.

    A POST with a multipart form and "Authorization: Bearer TOKEN"; the answer is JSON.
    """
    from datasette.utils.asgi import NotFound

    editing = editing_of(datasette)
    if editing is None or editing.take is None or request.method != "POST":
        raise NotFound("Nothing can be taken in here")
    given = bearer(request.headers)
    said = "wrong" if given is None else editing.try_token(client_of(request.scope), given)
    if said != "right":
        status = 429 if said == "wait" else 401
        return _json({"error": "give the token: Authorization: Bearer TOKEN"}, status)
    try:
        taken = await _taken(editing, request, of_this_site=False)
    except ArchiveError as error:
        return _json({"error": str(error)}, 400)
    if not taken:
        return _json({"error": "there is no file in the form"}, 400)
    lines = await shell.ask(datasette, request, lambda held: _lines(held, taken))
    told = [
        {
            "name": one.name, "outcome": one.outcome, "failed": one.failed,
            "articles": [
                {"id": number, "title": title, "path": datasette.urls.path(f"/article/{number}")}
                for number, title in articles
            ],
        }
        for one, articles in lines
    ]  # fmt: skip
    return _json({"taken": told}, 422 if all(one.failed for one in taken) else 200)


async def _taken(editing: Editing, request: Request, *, of_this_site: bool) -> list[Taken]:
    files = await received(request, of_this_site=of_this_site)
    assert editing.take is not None
    return await asyncio.to_thread(hand_over, editing.take, files) if files else []


def _lines(held: Held, taken: list[Taken]) -> Lines:
    def ask(part: Part) -> list[list[tuple[int, str | None]]]:
        return [
            [(part.up(k.article_id), k.title) for k in last_read_from(part.conn, one.place)]
            for one in taken
        ]

    found = held.each(ask).values()
    return [(one, [row for rows in found for row in rows[at]]) for at, one in enumerate(taken)]


def _json(body: object, status: int) -> Response:
    from datasette.utils.asgi import Response

    return Response.json(body, status=status, headers={"content-security-policy": shell.POLICY})
