"""Which names the site answers to, so that no page elsewhere can read it through a name of its own.

A page on the web may point its own name at 127.0.0.1 once it is loaded, and would then read the
archive as if it were its own (DNS rebinding). A browser tells the name in the Host header.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.site.headers import App, Message, Receive, Send

REFUSED = (
    b"This archive does not answer to that name. Give it with: onrecord serve --allow-host NAME\n"
)


def names_of(host: str, also: Iterable[str] = ()) -> list[str]:
    """The names that a server which listens on `host` goes by, and those `also` given."""
    names = {"localhost", "127.0.0.1", "::1", _bare(host), *map(_bare, also)}
    if _bare(host) in ("0.0.0.0", "::", ""):
        names |= {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local", "*"}
    return sorted(names - {""})


def is_own(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    name = _bare(host)
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def answers_to(header: str, names: Iterable[str]) -> bool:
    """Whether a Host header is one of the names; with "*" among them, any bare address is too."""
    name = _bare(header)
    known = set(names)
    return name in known or ("*" in known and _is_address(name))


def guarded(app: App, names: Iterable[str] | None) -> App:
    """`app`, which refuses requests under other names than these; None lets all pass."""
    if names is None:
        return app
    known = list(names)

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        given = [value for key, value in scope.get("headers") or [] if key.lower() == b"host"]
        if len(given) == 1 and answers_to(given[0].decode("latin-1"), known):
            await app(scope, receive, send)
            return
        await send({
            "type": "http.response.start", "status": 421,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        })  # fmt: skip
        await send({"type": "http.response.body", "body": REFUSED})

    return wrapped


def _bare(host: str) -> str:
    """A host without its port and brackets, in lower case."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0] if name.count(":") == 1 else name


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
