"""Pages and feeds of the live web into an archive: the one place where something is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.fetches import Fetch, FetchKind
from db.shards.opening import Writable
from ingest.addresses import is_address, same_address_key
from ingest.errors import EntryWithoutText, IngestError, NoArticle, NotFetched, NotNow
from ingest.load import Result, store
from ingest.pipeline import Given
from ingest.pool import one_reader
from ingest.read import feed
from ingest.read.place import HEAD_BYTES, Columns, failed
from ingest.read.wrapped import is_feed
from ingest.readings import Fetched, Job, Reading, Source, readings
from ingest.web.manners import Manners, Page, Validators

if TYPE_CHECKING:
    from ingest.web.fetcher import Fetcher


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the web is asked for: pages, feeds with the pages that they lead to, and how."""

    pages: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    manners: Manners = field(default_factory=Manners)

    def __bool__(self) -> bool:
        return bool(self.pages or self.feeds)


def load_web(
    archive: Writable | None,
    asked: Asked,
    *,
    given: Given | None = None,
    columns: Columns = (),
    recognise_all: bool = False,
    jobs: int | None = None,
) -> Iterator[Result]:
    """Fetch what is asked for into the archive and say what became of it, as it happens.

    Without an archive nothing is stored. A page that its server says is the same is unchanged and
    not sent again; with `given`, `columns` or `recognise_all` it is. Articles that the archive has
    from these very bytes are not recognised again, unless with `given` or `recognise_all`. Pages
    are read in a process of their own but with `jobs` of 1, so that one that hangs its reader fails
    alone.
    """
    if not asked:
        return
    from ingest.web.fetcher import Fetcher  # with httpx: only those wait for it who fetch

    manners = asked.manners
    look_up = archive is not None and not (given or recognise_all)
    known_from = archive.path if archive and look_up else None
    job = Job(given or None, manners.max_bytes, known_from, columns)
    with ExitStack() as stack:
        read: Callable[[Source], list[Reading]]
        if jobs == 1:
            known = archive.has_read if archive and look_up else None

            def read(source: Source) -> list[Reading]:
                return list(readings(source, job, known))
        else:
            read = stack.enter_context(one_reader(job, manners.timeout))
        fetcher = stack.enter_context(Fetcher(manners))
        # Bytes that are the same may say something else with columns named anew: they are sent.
        run = _Run(fetcher, read, archive, look_up and not columns, bool(given or columns))
        for address in dict.fromkeys(asked.pages):
            yield from run.page(printable_address(address))
        for address in asked.feeds:
            yield from run.feed(printable_address(address))


def printable_address(address: str) -> str:
    """An address in characters that can be printed and stored; what is none shows as one."""
    return "".join(c if c.isprintable() else "\ufffd" for c in address.strip())


class _Run:
    def __init__(
        self,
        fetcher: Fetcher,
        read: Callable[[Source], list[Reading]],
        archive: Writable | None,
        look_up: bool,
        corrected: bool,
    ) -> None:
        self._fetcher = fetcher
        self._read = read
        self._archive = archive
        self._look_up = look_up
        self._corrected = corrected
        self._seen: set[str] = set()

    def page(self, address: str) -> Iterator[Result]:
        """One page, as it was asked for by hand."""
        self._is_news(address)
        found, page = self._visit(address, None)
        yield from self._stored(found, page, None)

    def feed(self, address: str) -> Iterator[Result]:
        """The pages of a feed's entries; an entry whose page cannot be had gives its own text."""
        page = self._fetched(address, self._before(address, "feed"))
        if page is None:
            self._resolve(address, set())
            yield Result(address, ("unchanged",))
            return
        if isinstance(page, IngestError):
            yield self._store(Reading(address, page.source, error=page))
            return
        if not (feed.matches(page.data[:HEAD_BYTES], "") or is_feed(page.data)):
            yield self._store(Reading(address, address, error=_no_feed(page)))
            return
        done = True
        failing: set[str] = set()
        for entry in self._read(_to_read(page, afresh=True)):
            if entry.failed and not _link(entry):
                failing.add(entry.member)
            done = (yield from self._entry(entry)) and done
        self._resolve(address, failing)
        if done:
            self._note(address, "feed", page.validators, None)

    def _entry(self, entry: Reading) -> Generator[Result, None, bool]:
        """The page that an entry leads to. Returns whether there is no need to come back for it."""
        link = _link(entry)
        if not link:
            yield self._store(entry)
            return not entry.failed
        if not self._is_news(link):
            return True
        link = printable_address(link)
        digest = _digest(entry)
        found, page = self._visit(link, digest)
        if any(reading.articles or reading.unchanged for reading in found):
            yield from self._stored(found, page, digest)
            return True
        for reading in found:
            if entry.articles and reading.error is not None:
                reading = replace(reading, error=_instead(reading.error))
            yield self._store(reading)
        if entry.articles:
            yield self._store(entry)
        return not any(isinstance(reading.error, NotNow) for reading in found)

    def _is_news(self, address: str) -> bool:
        """Whether the address was not asked for in this run before; it is noted as asked for."""
        key = same_address_key(address)
        new = key not in self._seen
        self._seen.add(key)
        return new

    def _visit(self, address: str, entry: str | None) -> tuple[list[Reading], Page | None]:
        """What a page gives, and the page where it was sent."""
        before = self._before(address, "page")
        unchanged = self._archive.articles_at(address) if self._archive and before else 0
        if not unchanged:
            before = None  # nothing is there that could be unchanged
        same = [Reading(address, address, unchanged=unchanged)]
        if before and entry and before.entry == entry:
            return same, None  # the feed says nothing new of it
        page = self._fetched(address, before)
        if page is None:
            self._resolve(address, set())
            assert before is not None
            self._note(address, "page", _validators(before), entry or before.entry)
            return same, None
        if isinstance(page, IngestError):
            return [Reading(address, page.source, error=page)], None
        found = self._read(_to_read(page))
        if not found:
            error = NoArticle(address, "no article found in it; open it in a browser")
            found = [Reading(address, address, error=error)]
        return found, page

    def _fetched(self, address: str, before: Fetch | None) -> Page | IngestError | None:
        try:
            return self._fetcher.fetch(address, _validators(before) if before else None)
        except IngestError as error:
            return error
        except Exception as error:  # a fault of ours at one address must not stop the others
            return failed(address, error)

    def _before(self, address: str, kind: FetchKind) -> Fetch | None:
        return self._archive.fetch_of(address, kind) if self._archive and self._look_up else None

    def _stored(
        self, found: list[Reading], page: Page | None, entry: str | None
    ) -> Iterator[Result]:
        failing = {reading.member for reading in found if reading.failed}
        for reading in found:
            yield self._store(reading)
        if page is None:
            return
        self._resolve(page.address, failing)
        if not failing:
            self._note(page.address, "page", page.validators, entry)

    def _store(self, reading: Reading) -> Result:
        if self._archive is None:
            return Result(reading.member, articles=reading.articles, error=reading.error)
        return store(self._archive, reading, corrected=self._corrected)

    def _resolve(self, address: str, failing: set[str]) -> None:
        """What failed at an address before, and does no longer, is resolved."""
        if self._archive is not None:
            self._archive.resolve(address, failing)

    def _note(self, address: str, kind: FetchKind, said: Validators, entry: str | None) -> None:
        if self._archive is not None:
            fetch = Fetch(said.final, said.etag, said.last_modified, entry)
            self._archive.note_fetch(address, kind, fetch)


def _no_feed(page: Page) -> NotFetched:
    found = feed.linked_feed(page.data, page.validators.final)
    if found and is_address(found):
        return NotFetched(
            page.address, f"this is no feed; it has one at {printable_address(found)}"
        )
    return NotFetched(
        page.address, "this is no feed (RSS, Atom or JSON Feed); give a page to --fetch"
    )


def _to_read(page: Page, *, afresh: bool = False) -> Fetched:
    return Fetched(page.address, page.data, page.validators.final, page.facts, afresh)


def _validators(fetch: Fetch) -> Validators:
    return Validators(fetch.final, fetch.etag, fetch.last_modified)


def _link(entry: Reading) -> str:
    if isinstance(entry.error, EntryWithoutText):
        return entry.error.url
    return (entry.articles[0].url or "") if entry.articles else ""


def _digest(entry: Reading) -> str:
    """What the feed says of a page now: its words, its dates."""
    said: list[str] = []
    for article in entry.articles:
        moments = (article.published, article.modified)
        said += [article.capture.sha256, *(moment.value for moment in moments if moment)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _instead(error: IngestError) -> IngestError:
    return type(error)(error.source, f"{error.message}; the feed's own text is stored instead")
