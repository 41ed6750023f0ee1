"""Who may write: nobody, unless `onrecord serve --edit` says so; then whoever has the token.

The token is kept here, beside Datasette and not in its metadata, which everybody can read. Whoever
signs in with it gets a cookie that Datasette signs.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote
from weakref import WeakKeyDictionary

from db.taken import Take, Taken

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    View = Callable[[Datasette, Request], Awaitable[Response]]

COOKIE = "onrecord_edit"
LASTS = 30 * 24 * 60 * 60
MAX_UPLOAD = 200_000_000
# A token that is shorter can be guessed, slowly though the page answers.
SHORTEST = 8
_SIGNED_AS = "onrecord-edit"
# So many wrong tokens are mistakes; after them each makes the wait for the next twice as long.
_FREE, _LONGEST_WAIT = 3, 60.0
_CLIENTS = 1_000
_RESULTS = 20


@dataclass(slots=True)
class Editing:
    """The token, how files are taken in (None: they are not), and how large an upload may be.

    `results` are what became of the last uploads, for the page that shows them.
    """

    token: str
    take: Take | None = None
    max_bytes: int = MAX_UPLOAD
    results: OrderedDict[str, list[Taken]] = field(default_factory=OrderedDict)
    _wrong: OrderedDict[str, tuple[int, float]] = field(default_factory=OrderedDict)

    def try_token(self, client: str, given: str) -> Literal["right", "wrong", "wait"]:
        """Whether a token that `client` gives is the one; "wait" where it was wrong too often."""
        times, until = self._wrong.get(client, (0, 0.0))
        now = time.monotonic()
        if now < until:
            return "wait"
        if hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            self._wrong.pop(client, None)
            return "right"
        wait = min(2.0 ** (times - _FREE), _LONGEST_WAIT) if times >= _FREE else 0.0
        self._wrong[client] = (times + 1, now + wait)
        self._wrong.move_to_end(client)
        while len(self._wrong) > _CLIENTS:
            self._wrong.popitem(last=False)
        return "wrong"

    def keep(self, taken: list[Taken]) -> str:
        """Keep what became of an upload for the page that shows it; the name to ask for it by."""
        name = secrets.token_urlsafe(12)
        self.results[name] = taken
        while len(self.results) > _RESULTS:
            self.results.popitem(last=False)
        return name


@dataclass(frozen=True, slots=True)
class _Site:
    editing: Editing | None
    notebook: bool


_sites: WeakKeyDictionary[Any, _Site] = WeakKeyDictionary()


def allow(datasette: Datasette, editing: Editing | None, *, notebook: bool) -> None:
    """Let this Datasette write as `editing` says, and show the notebook to all or to none."""
    _sites[datasette] = _Site(editing, notebook)


def editing_of(datasette: Datasette) -> Editing | None:
    """How this Datasette may write; None where it may not."""
    site = _sites.get(datasette)
    return site.editing if site else None


def may_read_notes(datasette: Datasette, request: Request) -> bool:
    """Whether this visitor may see the notebook."""
    site = _sites.get(datasette)
    return site is not None and (site.notebook or is_signed_in(datasette, request.headers))


def is_signed_in(datasette: Datasette, headers: Mapping[str, str]) -> bool:
    """Whether the request of these headers has the cookie of one who gave the token."""
    from itsdangerous import BadSignature

    if editing_of(datasette) is None:
        return False
    try:
        cookies: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return False
    if COOKIE not in cookies:
        return False
    try:
        since = datasette.unsign(cookies[COOKIE].value, _SIGNED_AS)
    except BadSignature:
        return False
    return isinstance(since, int) and 0 <= time.time() - since < LASTS


def sign_in(datasette: Datasette, request: Request, response: Response) -> None:
    """Give the visitor the cookie."""
    response.set_cookie(
        COOKIE, datasette.sign(int(time.time()), _SIGNED_AS), max_age=LASTS, httponly=True,
        samesite="strict", secure=request.scheme == "https",
    )  # fmt: skip


def sign_out(response: Response) -> None:
    """Take the cookie back."""
    response.set_cookie(COOKIE, "", max_age=0, expires=0, httponly=True, samesite="strict")


def bearer(headers: Mapping[str, str]) -> str | None:
    """The token of an Authorization header."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def client_of(scope: Mapping[str, Any]) -> str:
    """Who asks, as far as the connection tells."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def editors_only(view: View) -> View:
    """A page that is not there without `--edit`, and leads those who are no editors to sign in."""

    @wraps(view)
    async def guarded(datasette: Datasette, request: Request) -> Response:
        from datasette.utils.asgi import Forbidden, NotFound, Response

        if editing_of(datasette) is None:
            raise NotFound("This site is for reading; to write: onrecord serve --edit")
        if not is_signed_in(datasette, request.headers):
            if request.method != "GET":
                raise Forbidden("Sign in first, then send the form again")
            return Response.redirect(
                f"{datasette.urls.path('/sign-in')}?next={quote(request.full_path)}"
            )
        return await view(datasette, request)

    return guarded
