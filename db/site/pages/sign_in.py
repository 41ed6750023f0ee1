"""`/sign-in` and `/sign-out`: the token for a cookie, and the cookie back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.site import shell
from db.site.editing import client_of, editing_of
from db.site.editing import sign_in as give_cookie
from db.site.editing import sign_out as take_cookie
from db.site.pages.edit import safe_path, say, sent_with

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response


async def sign_in(datasette: Datasette, request: Request) -> Response:
    """The page that asks for the token."""
    from datasette.utils.asgi import NotFound, Response

    editing = editing_of(datasette)
    if editing is None:
        raise NotFound("This site is for reading; to write: onrecord serve --edit")
    if request.method != "POST":
        onward = safe_path(request.args.get("next") or "")
        return await shell.html(datasette, request, "sign_in.html", onward=onward)
    sent = await sent_with(request)
    onward = safe_path(sent.text("next"))
    said = editing.try_token(client_of(request.scope), sent.text("token"))
    if said == "right":
        say(datasette, request, "Signed in")
        response = Response.redirect(onward, status=303)
        give_cookie(datasette, request, response)
        return response
    wrong = (
        "That is not the token." if said == "wrong"
        else "Too many wrong tokens. Wait a minute, then try again."
    )  # fmt: skip
    return await shell.html(
        datasette, request, "sign_in.html", status=403 if said == "wrong" else 429,
        onward=onward, wrong=wrong,
    )  # fmt: skip


async def sign_out(datasette: Datasette, request: Request) -> Response:
    """Take the cookie back."""
    from datasette.utils.asgi import NotFound, Response

    if request.method != "POST" or editing_of(datasette) is None:
        raise NotFound("There is no such form")
    response = Response.redirect(datasette.urls.instance(), status=303)
    take_cookie(response)
    return response
