"""One request and its answer, within limits of time and size. Redirects are not followed here."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

import httpcore
import httpx

from ingest.web.guard import Guard, GuardedTransport

# The name that robots.txt may call us by.
NAME = "onrecord"
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml,"
    " application/pdf;q=0.9, */*;q=0.5"
)


class Failed(Exception):
    """A request without a whole answer. `passing` says that it may go well another time."""

    def __init__(self, message: str, *, passing: bool = True) -> None:
        super().__init__(message)
        self.passing = passing


class Oversized(Exception):
    """The answer is over the limit, as it comes or unpacked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `data` is empty where the body was not wanted."""

    status: int
    headers: httpx.Headers
    data: bytes

    @property
    def kind(self) -> str:
        """The type of the content, in lower case and without parameters; "" where none is said."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()


def user_agent() -> str:
    """How we call ourselves."""
    return f"{NAME}/{version('onrecord')} (archive of news for one reader; python-httpx)"


class Client:
    """Makes requests one after the other; a context manager."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._guard = Guard(allow_private=allow_private)
        # No proxies, no passwords from the environment: what is asked for is what is connected to.
        self._http = httpx.Client(
            transport=GuardedTransport(self._guard), trust_env=False, follow_redirects=False
        )
        self._http.headers = httpx.Headers(
            {"User-Agent": user_agent(), "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(
        self,
        url: httpx.URL,
        *,
        seconds: float,
        max_bytes: int,
        headers: Mapping[str, str] | None = None,
        wanted: Callable[[Answer], bool] = lambda answer: answer.status == 200,
    ) -> Answer:
        """Ask for `url`, all within `seconds`; the body comes where its head is `wanted`.

        Raises Failed, Oversized, PrivateAddress.
        """
        self._guard.until = time.monotonic() + seconds
        # Nobody is recognised from one page to the next.
        self._http.cookies.clear()
        try:
            with self._http.stream("GET", url, headers=headers) as response:
                answer = Answer(response.status_code, response.headers, b"")
                if not wanted(answer):
                    return answer
                return Answer(answer.status, answer.headers, _body(response, max_bytes))
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise Failed(f"it takes over {seconds:.3g} seconds; try again later") from None
        except (httpcore.ConnectError, httpcore.NetworkError) as error:
            why = " ".join(str(error).split())[:200] or "the connection broke"
            raise Failed(f"the server cannot be reached ({why}); try again later") from None
        except (httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            why = " ".join(str(error).split())[:200]
            raise Failed(f"the answer breaks the rules of HTTP ({why}); try again later") from None


def _body(response: httpx.Response, max_bytes: int) -> bytes:
    """The body unpacked, never more than `max_bytes` of it in memory."""
    said = response.headers.get("content-length", "")
    if said.isdigit() and int(said) > max_bytes:
        raise Oversized
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    parts = _limited(response.iter_raw(), max_bytes)
    if packing in ("identity", ""):
        return b"".join(parts)
    if packing not in ("gzip", "x-gzip"):
        shown = "".join(c for c in packing if c.isprintable())[:40]
        raise Failed(f"it comes packed as {shown}, which was not asked for", passing=False)
    return _unpacked(parts, max_bytes)


def _limited(parts: Iterator[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for part in parts:
        size += len(part)
        if size > max_bytes:
            raise Oversized
        yield part


def _unpacked(parts: Iterator[bytes], max_bytes: int) -> bytes:
    # By hand, as httpx unpacks each part whole: a thousandfold of what came.
    unpacker, out, size = zlib.decompressobj(31), [], 0
    try:
        for part in parts:
            piece = unpacker.decompress(part, max_bytes + 1 - size)
            out.append(piece)
            size += len(piece)
            if size > max_bytes:
                raise Oversized
    except zlib.error:
        raise Failed("its packing is broken; try again later") from None
    if not unpacker.eof:
        raise Failed("it is cut off; try again later")
    return b"".join(out)
