"""How much a visitor may send: little, unless it is an upload by somebody who may make one.

And how much is answered: at most REPLY, of a table streamed as CSV at most STREAM.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from db.site.editing import bearer, editing_of, is_signed_in
from db.site.limits import give_back

if TYPE_CHECKING:
    from datasette.app import Datasette

    from db.site.headers import App, Message, Receive, Send

# A form with a long note; Datasette itself would read on for ever.
FORM = 1_000_000
# What Datasette makes of limits.ANSWER bytes of rows is seldom twice as long.
REPLY = 64_000_000
STREAM_MB = 1_000
# After so much, memory is given back.
LARGE = 500_000
UPLOADS = ("/take-in", "/-/take-in")
_TOO_MUCH = f"This answer is over {REPLY // 1_000_000} MB. Ask for fewer rows, or take it as CSV.\n"
_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class TooLarge(Exception):
    """More is sent than may be."""


def guarded(app: App, datasette: Datasette) -> App:
    """`app`, which answers 413 to a body over the limit and reads no more of it."""
    return limited(app, lambda scope: limit_for(datasette, scope))


def limit_for(datasette: Datasette, scope: Message) -> int:
    """How many bytes the body of this request may have."""
    editing = editing_of(datasette)
    path = path_in(datasette, scope)
    if editing is None or path not in UPLOADS:
        return FORM
    headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
    # Whether the bearer's token is the right one, the page finds out before it reads.
    by_token = path == UPLOADS[1] and bearer(headers) is not None
    return editing.max_bytes if by_token or is_signed_in(datasette, headers) else FORM


def path_in(datasette: Datasette, scope: Mapping[str, Any]) -> str:
    """The path that is asked for, from the site's first page on."""
    return str(scope["path"]).removeprefix(datasette.setting("base_url").rstrip("/"))


def limited(app: App, limit_for: Callable[[Message], int]) -> App:
    """`app` with a limit on what it can receive for one request."""

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _SAFE:
            await app(scope, receive, send)
            return
        limit = limit_for(scope)
        seen, over, started = 0, False, False

        async def counted() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                over = True
                raise TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            # Whatever the page makes of a body that ends in the middle, this is what it was.
            if not over:
                started = True
                await send(message)

        if _told(scope) > limit:
            over = True
        else:
            with suppress(TooLarge):
                await app(scope, counted, noted)
        if over and not started:
            await _refuse(send, limit)

    return wrapped


def capped(app: App) -> App:
    """`app` with REPLY for what it answers in one piece; what is longer is not sent.

    Datasette itself ends what it streams, after STREAM_MB, with a line that says so.
    """

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        held: Message | None = None
        refused, sent = False, 0

        async def measured(message: Message) -> None:
            nonlocal held, refused, sent
            sent += len(message.get("body", b""))
            if message["type"] == "http.response.start":
                held = message
                return
            if held is not None:
                start, held = held, None
                if len(message.get("body", b"")) > REPLY:
                    refused = True
                    await _say(send, 413, _TOO_MUCH)
                    return
                await send(start)
            if not refused:
                await send(message)

        await app(scope, receive, measured)
        if sent > LARGE:
            give_back()

    return wrapped


def _told(scope: Message) -> int:
    given = dict(scope.get("headers") or []).get(b"content-length", b"0")
    return int(given) if given.isdigit() else 0


async def _refuse(send: Send, limit: int) -> None:
    shown = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit} bytes"
    await _say(
        send, 413, f"This is too large: {shown} can be sent at once. Use: onrecord ingest FILE\n"
    )


async def _say(send: Send, status: int, words: str) -> None:
    await send({
        "type": "http.response.start", "status": status,
        "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")],
    })  # fmt: skip
    await send({"type": "http.response.body", "body": words.encode()})
