"""A site of our own for tests of fetching: pages by path, and a log of what was asked for."""

from __future__ import annotations

import socket
import sqlite3
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from click.testing import Result

PROSE = (
    "The harbour board voted on Tuesday to close the old ferry berth for good, after a year in"
    " which hardly anybody had used it and the planks had begun to give way."
)


def page(title: str, said: str = "We shall not miss it", *, head: str = "") -> str:
    """A page of news."""
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><article>"
        f"<h1>{title}</h1><p>{PROSE}</p><p>“{said},” said Alda Marsh, who chairs the board.</p>"
        f"<p>By the summer the berth of {title} will be gone, and the boats will go to the new"
        " quay.</p></article></body></html>"
    )


def rss(*items: str) -> str:
    """A feed of `items`."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>The Harbour Gazette</title>{''.join(items)}</channel></rss>"
    )


def item(title: str, link: str, text: str = "The board has voted, and the berth goes.") -> str:
    """An entry of a feed."""
    return (
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"
    )


@dataclass(frozen=True)
class Reply:
    """What the site answers: `body` whole, or in parts with `pause` seconds between them."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0
    parts: int = 1


@dataclass
class Site:
    """A running site. `asked` has (time, path, headers) of each request but for robots.txt."""

    base: str
    replies: dict[str, Callable[[dict[str, str]], Reply] | Reply] = field(default_factory=dict)
    asked: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: str | bytes, **more: object) -> str:
        """Answer for `path` with `body`. Returns the address."""
        data = body.encode() if isinstance(body, str) else body
        self.replies[path] = Reply(data, **more)  # type: ignore[arg-type]
        return self.base + path

    def move(self, path: str, to: str, status: int = 302) -> str:
        """Redirect `path`. Returns the address."""
        return self.put(path, b"", status=status, headers={"Location": to})

    def versioned(self, path: str, body: str, etag: str) -> str:
        """Answer with `body`, or with 304 where `etag` is known already."""

        def reply(headers: dict[str, str]) -> Reply:
            if headers.get("if-none-match") == etag:
                return Reply(status=304, headers={"ETag": etag})
            return Reply(body.encode(), headers={"ETag": etag})

        self.replies[path] = reply
        return self.base + path

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for _, path, _ in self.asked]


@contextmanager
def serving(certificate: str = "", key: str = "") -> Iterator[Site]:
    """A site on a free port of this machine, with TLS where a certificate is given."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            if self.path != "/robots.txt":
                site.asked.append((time.monotonic(), self.path, headers))
            found = site.replies.get(self.path, Reply(b"gone", 404))
            reply = found if isinstance(found, Reply) else found(headers)
            self.send_response(reply.status)
            if reply.kind:
                self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            step = -(-len(reply.body) // reply.parts) or 1
            try:
                for at in range(0, len(reply.body), step):
                    time.sleep(reply.pause)
                    self.wfile.write(reply.body[at : at + step])
                    self.wfile.flush()
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def robots(site: Site, text: str, status: int = 200) -> None:
    """Give the site a robots.txt."""
    site.put("/robots.txt", text, status=status, kind="text/plain")


def rows(sql: str) -> list[tuple]:
    """What the archive of this folder answers."""
    conn = sqlite3.connect("archive.db")
    found = conn.execute(sql).fetchall()
    conn.close()
    return found


def failure(result: Result) -> str:
    """The one line that a run which failed once has printed."""
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    return line


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that says what `talk` sends for any request but robots.txt. Gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with peer, suppress(OSError):
                if b"/robots.txt" in peer.recv(65_536):
                    peer.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                else:
                    talk(peer)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/ferry"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
