"""From an address to a page: one request after the other, each allowed, each after a pause."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from ingest.addresses import is_address
from ingest.article import Fact
from ingest.errors import NotAllowed, NotAsked, NotFetched, NotNow, TooLarge
from ingest.read import printable
from ingest.read.encoding import header_charset
from ingest.web.client import Answer, Client, Failed, Oversized
from ingest.web.guard import PrivateAddress
from ingest.web.kinds import may_be_read
from ingest.web.manners import Manners, Page, Validators
from ingest.web.robots import MOST_BYTES, Rules, rules_of

_GOOD = (200, 203)
_MOVED = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_MOST_HOPS = 10
_HOST = re.compile(rb"[\w.:-]+")


class Fetcher:
    """Asks for pages, one at a time; a context manager.

    What it knows of a host (its rules, when it was last asked, that it wants to be left alone)
    holds for as long as it is open.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._client = Client(allow_private=manners.allow_private)
        self._rules: dict[str, Rules] = {}
        self._asked: dict[str, float] = {}
        self._resting: set[str] = set()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.__exit__()

    def fetch(self, address: str, since: Validators | None = None) -> Page | None:
        """The page at `address`; None where the server says that it has not changed `since`.

        Raises:
            NotAllowed: robots.txt forbids it, or its host, or one it leads to, is not public.
            NotFetched: it is no address, it is gone, refused, or no page.
            NotNow: the server is busy, too slow, not there; NotAsked where that is known already.
            TooLarge: it is over the limit of size.
        """
        name = printable(address)
        url = _parsed(name, address)
        seen: set[str] = set()
        left = self._manners.timeout
        for _ in range(_MOST_HOPS + 1):
            seen.add(str(url))
            self._permit(name, url)
            began = time.monotonic()
            answer = self._ask(name, url, left, since)
            left = max(left - (time.monotonic() - began), 0.1)
            if answer.status not in _MOVED:
                return self._page(name, address, url, answer, since)
            url = _next(name, url, answer)
            if str(url) in seen:
                raise NotFetched(name, "it is redirected in a circle; open it in a browser")
        raise NotFetched(name, f"it is redirected over {_MOST_HOPS} times; open it in a browser")

    def _permit(self, name: str, url: httpx.URL) -> None:
        """Wait for the host's turn. Raises where it must not be asked."""
        host = url.host
        if host in self._resting:
            raise NotAsked(name, f"{host} is not asked again in this run; try later")
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._rules:
            self._rules[origin] = self._read_rules(name, url)
        rules = self._rules[origin]
        if not rules.allow(str(url)):
            raise NotAllowed(
                name, f"robots.txt of {host} forbids it; save the page in a browser, give the file"
            )
        pause = max(self._manners.delay, rules.delay)
        if host in self._asked:
            time.sleep(max(self._asked[host] + pause - time.monotonic(), 0))

    def _read_rules(self, name: str, url: httpx.URL) -> Rules:
        where = url.join("/robots.txt")
        for _ in range(_MOST_HOPS):
            try:
                answer = self._client.get(
                    where, seconds=self._manners.timeout, max_bytes=MOST_BYTES
                )
            except (Failed, Oversized) as error:
                self._resting.add(url.host)
                why = str(error) or "it is too large"
                raise NotNow(name, f"robots.txt of {url.host} cannot be read: {why}") from None
            except PrivateAddress as error:
                raise _private(name, error) from None
            if answer.status not in _MOVED:
                rules = rules_of(answer)
                if rules is not None:
                    return rules
                self._resting.add(url.host)
                raise NotNow(
                    name,
                    f"robots.txt of {url.host} cannot be read ({_status(answer)}), so nothing is"
                    " asked of it; try again later",
                )
            where = _next(name, where, answer)
        return Rules()  # as the standard has it: no file is to be found

    def _ask(self, name: str, url: httpx.URL, left: float, since: Validators | None) -> Answer:
        headers: dict[str, str] = {}
        if since and since.final == str(url):
            if since.etag:
                headers["If-None-Match"] = since.etag
            if since.last_modified:
                headers["If-Modified-Since"] = since.last_modified
        try:
            return self._client.get(
                url, seconds=left, max_bytes=self._manners.max_bytes, headers=headers,
                wanted=lambda answer: answer.status in _GOOD and may_be_read(answer.kind),
            )  # fmt: skip
        except Failed as error:
            raise (NotNow if error.passing else NotFetched)(name, str(error)) from None
        except Oversized:
            raise TooLarge(
                name, f"the page is over {self._manners.max_bytes:,} bytes; raise --max-size"
            ) from None
        except PrivateAddress as error:
            raise _private(name, error) from None
        finally:
            # From the end on: a slow server has its pause as well.
            self._asked[url.host] = time.monotonic()

    def _page(
        self, name: str, address: str, url: httpx.URL, answer: Answer, since: Validators | None
    ) -> Page | None:
        status = answer.status
        if status == HTTPStatus.NOT_MODIFIED and since is not None and since.final == str(url):
            return None
        if status in _BUSY:
            self._resting.add(url.host)
            raise NotNow(name, f"{url.host} is busy ({_status(answer)}); {_later(answer)}")
        if status >= 500:
            raise NotNow(name, f"the server failed ({_status(answer)}); try again later")
        if status in (404, 410):
            raise NotFetched(name, f"there is no such page ({_status(answer)}); check the address")
        if status not in _GOOD:
            raise NotFetched(
                name,
                f"the server does not give it ({_status(answer)}); save the page in a browser,"
                " give the file",
            )
        if not may_be_read(answer.kind):
            kind = "".join(c for c in answer.kind if c.isprintable())[:80]
            raise NotFetched(name, f"it is {kind}, which holds no article; give a page or a feed")
        asked = _parsed(name, address)
        if url.path == "/" and not url.query and (asked.path != "/" or asked.query):
            # Where a site sends those who ask for what is gone: it would pass for the article.
            raise NotFetched(name, f"it leads to the front page of {url.host}; it may have moved")
        final = str(url)
        validators = Validators(final, _mark(answer, "etag"), _mark(answer, "last-modified"))
        return Page(address, answer.data, tuple(_facts(name, final, answer)), validators)


def _mark(answer: Answer, header: str) -> str | None:
    """A header that is to be sent back; None where it is missing or could not be sent."""
    value = str(answer.headers.get(header, ""))
    good = value.isascii() and value.isprintable() and len(value) < 1000
    return (value or None) if good else None


def _facts(name: str, final: str, answer: Answer) -> list[Fact]:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = [Fact("captured", now, "time of the fetch", 0.9)]
    if final != name:
        facts.append(Fact("url", name, "address asked for", 0.3))
    if charset := header_charset(answer.headers.get("content-type", "")):
        facts.append(Fact("charset", charset, "HTTP Content-Type", 1.0))
    return facts


def _parsed(name: str, address: str) -> httpx.URL:
    """The address without its fragment. Raises NotFetched."""
    try:
        url = httpx.URL(address.strip())
        good = is_address(address.strip()) and _HOST.fullmatch(url.raw_host) is not None
        good = good and (url.port or 1) < 65_536 and "\ufffd" not in address
    except (httpx.InvalidURL, ValueError):
        good = False
    if not good:
        raise NotFetched(name, "this is no web address; give it whole, from https:// or http:// on")
    if url.userinfo:
        raise NotFetched(name, "it has a password in it, which would be stored; give it without")
    return url.copy_with(fragment=None)


def _next(name: str, url: httpx.URL, answer: Answer) -> httpx.URL:
    """Where a redirect leads. Raises NotFetched."""
    try:
        following = str(url.join(answer.headers.get("location", "")))
        if "location" not in answer.headers:
            raise ValueError
        return _parsed(name, following)
    except (httpx.InvalidURL, ValueError, NotFetched):
        raise NotFetched(
            name, f"it is redirected to no web address ({_status(answer)}); open it in a browser"
        ) from None


def _private(name: str, error: PrivateAddress) -> NotAllowed:
    return NotAllowed(
        name, f"{error}, which is not public; give --allow-private if you mean that machine"
    )


def _status(answer: Answer) -> str:
    try:
        return f"{answer.status} {HTTPStatus(answer.status).phrase}"
    except ValueError:
        return str(answer.status)


def _later(answer: Answer) -> str:
    """What a busy server says of when to come back."""
    said = answer.headers.get("retry-after", "").strip()
    seconds = 0.0
    if said.isdigit() and len(said) < 9:
        seconds = float(said)
    elif said:
        try:
            seconds = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            seconds = 0.0
    if seconds <= 0:
        return "it is not asked again in this run; try later"
    when = datetime.fromtimestamp(time.time() + seconds).strftime("%Y-%m-%d %H:%M")
    return f"it is not asked again in this run; try after {when}"
