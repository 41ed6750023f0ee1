"""Writing to a folder of shards as if it were one archive. Each shard has its own only writer.

What some shard knows goes to that shard; what is new goes to the shard of its year, or to the
newest one until that is full.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from db import correct, failures, match
from db.archive import Archive, Outcome
from db.errors import ArchiveBusy
from db.fetches import Fetch, FetchKind
from db.shards.folder import Folder, add_shard, available, locked, open_folder
from db.shards.known import PENDING, pending, read_before
from db.shards.links import FILE, link
from ingest.article import Article
from ingest.fingerprint import fingerprint

UNDATED = "undated"


@dataclass(slots=True)
class _Group:
    """What is written together: the shards that take part, and captures that lie in several."""

    stack: ExitStack
    begun: set[int]
    spread: set[tuple[str, str]]
    settled: set[tuple[str, str]]


class FolderArchive:
    """An open folder of shards, with the methods of `db.archive.Archive` that taking in needs.

    Use `FolderArchive.open(path)`, as a context manager.
    """

    def __init__(self, folder: Folder, *, keep_raw: bool = True, index_later: bool = False) -> None:
        self.folder = folder
        self.keep_raw = keep_raw
        self.index_later = index_later
        self._shards: dict[int, Archive] = {}
        self._group: _Group | None = None
        self._pending = pending(folder.path)

    @classmethod
    def open(
        cls, path: str | Path, *, keep_raw: bool = True, index_later: bool = False
    ) -> FolderArchive:
        """Open a folder and all its shards, each brought up to date where it is older.

        `keep_raw` and `index_later` are those of `Archive.open`. Raises ArchiveError, where
        a shard is missing too: what it holds would be taken in anew.
        """
        archive = cls(open_folder(path), keep_raw=keep_raw, index_later=index_later)
        try:
            archive._open_shards()
        except BaseException:
            archive.close()
            raise
        return archive

    @property
    def path(self) -> Path:
        """The folder."""
        return self.folder.path

    def __enter__(self) -> FolderArchive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files. What was added is already safe."""
        for shard in self._shards.values():
            shard.close()
        self._shards.clear()

    @property
    def shards(self) -> dict[int, Archive]:
        """The open shards by their numbers, in the order of the manifest."""
        return self._shards

    def _open_shards(self) -> None:
        _, missing = available(self.folder)
        for one in missing:
            raise ArchiveBusy(
                self.path,
                f"cannot be added to while {one.shard.path.name} is missing: it"
                f" {one.reason}. Put it back from a backup",
            )
        for shard in self.folder.shards:
            if shard.number not in self._shards:
                self._shards[shard.number] = Archive.open(
                    shard.path, keep_raw=self.keep_raw, index_later=self.index_later
                )

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all that is added inside in one transaction of each shard that takes part.

        Others that add to the folder wait meanwhile: keep it short. Raises ArchiveBusy.
        """
        with locked(self.path):
            self._follow_manifest()
            with ExitStack() as stack:
                self._group = group = _Group(stack, set(), set(), set())
                try:
                    yield
                    if group.spread:
                        self._keep_pending(self._pending | group.spread)
                finally:
                    self._group = None
            # Every shard has it now.
            self._keep_pending(self._pending - group.spread - group.settled)
            self._link()

    def link(self) -> None:
        """Find copies across shards anew, for all articles. Raises ArchiveBusy.

        For what is added here this is done at once.
        """
        with locked(self.path):
            self._link(anew=True)

    def _link(self, *, anew: bool = False) -> None:
        try:
            link(self.path, {n: shard.db.conn for n, shard in self._shards.items()}, anew=anew)
        except sqlite3.Error as error:
            raise ArchiveBusy(self.path / FILE, f"could not be written ({error})") from error

    def index_all(self) -> None:
        """Index what was put off in each shard. Raises ArchiveBusy."""
        for shard in self._shards.values():
            shard.index_all()

    def tidy(self) -> None:
        """Put the indexes of each shard in order, as `Archive.tidy`."""
        for shard in self._shards.values():
            shard.tidy()

    def _follow_manifest(self) -> None:
        now = open_folder(self.path)
        if now != self.folder:
            self.folder = now
            self._open_shards()

    @contextmanager
    def _writing(self) -> Iterator[_Group]:
        if self._group is not None:
            yield self._group
            return
        with self.together():
            assert self._group is not None
            yield self._group

    def _begun(self, group: _Group, number: int) -> Archive:
        """The shard, its transaction open."""
        shard = self._shards[number]
        if number not in group.begun:
            group.stack.enter_context(shard.together())
            group.begun.add(number)
            self._hand_on_corrections(shard)
        return shard

    def _hand_on_corrections(self, shard: Archive) -> None:
        """Let a shard that is new keep what stands for every article, or waits for one to come."""
        if shard.db.conn.execute("SELECT 1 FROM articles LIMIT 1").fetchone():
            return
        others = [other.db.conn for other in self._shards.values() if other is not shard]
        if found := [one for conn in others for one in correct.for_all(conn)]:
            shard.correct(correct.take, found)

    def has_read(self, location: str, sha256: str) -> int:
        """How many articles these very bytes gave when `location` was last read; 0 if never."""
        if (location, sha256) in self._pending:
            return 0
        return read_before((s.db.conn for s in self._shards.values()), location, sha256)

    def add(
        self, location: str, articles: Sequence[Article], *, corrected: bool = False
    ) -> list[Outcome]:
        """Store the articles of one capture, each in its shard; as `Archive.add`."""
        if not articles:
            return []
        with self._writing() as group:
            numbers, alone = self._places(location, articles)
            outcomes: dict[int, Outcome] = {}
            for number in dict.fromkeys(numbers):
                own = [at for at, place in enumerate(numbers) if place == number]
                shard = self._begun(group, number)
                found = shard.add(
                    location, [articles[at] for at in own], corrected=corrected, alone=alone
                )
                outcomes.update(zip(own, found, strict=True))
            for number, shard in self._shards.items():
                if number not in numbers and failures.mended(shard.db.conn, location, ()):
                    self._begun(group, number).resolve(location)
            here = (location, articles[0].capture.sha256)
            (group.spread if len(set(numbers)) > 1 else group.settled).add(here)
        return [outcomes[at] for at in range(len(articles))]

    def _places(self, location: str, articles: Sequence[Article]) -> tuple[list[int], bool]:
        """The number of each article's shard; whether the capture is all that its file ever was."""
        here: dict[int, list[match.Known]] = {
            number: match.last_read_from(shard.db.conn, location) if location != "-" else []
            for number, shard in self._shards.items()
        }
        alone = len(articles) == 1 and sum(map(len, here.values())) == 1
        places: list[int] = []
        for article in articles:
            number, known = self._known(article, here, alone)
            if known is not None:
                here[number] = [k for k in here[number] if k.article_id != known.article_id]
            places.append(number if known is not None else self._home(article))
            here.setdefault(places[-1], [])
        return places, alone

    def _known(
        self, article: Article, here: dict[int, list[match.Known]], alone: bool
    ) -> tuple[int, match.Known | None]:
        """The shard that knows the article by the surest way, and what it knows."""
        digest = fingerprint(article)
        ways = [
            match.ways(shard.db.conn, article, digest, here.get(number, []), alone=alone)
            for number, shard in self._shards.items()
        ]
        for found in zip(*ways, strict=True):
            for number, known in zip(self._shards, found, strict=True):
                if known is not None:
                    return number, known
        return 0, None

    def _home(self, article: Article) -> int:
        """The number of the shard that a new article goes to."""
        if self.folder.by == "year":
            year = article.published.value[:4] if article.published else ""
            return self._shard_called(year if year.isascii() and year.isdigit() else UNDATED)
        newest = next(reversed(self._shards), None)
        if newest is not None and (
            self.folder.by == "worker" or not self._is_full(self._shards[newest])
        ):
            return newest
        return self._shard_called(f"{self.folder.next:04}")

    def _is_full(self, shard: Archive) -> bool:
        conn = shard.db.conn
        # The last number is known at once, and there are no more articles than that.
        (last,) = conn.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
        if last < self.folder.most:
            return False
        (held,) = conn.execute("SELECT count(*) FROM articles").fetchone()
        return bool(held >= self.folder.most)

    def _shard_called(self, stem: str) -> int:
        for shard in self.folder.shards:
            if shard.path.stem == stem:
                return shard.number
        self.folder, made = add_shard(self.folder, stem, alone=True)
        self._open_shards()
        return made.number

    @contextmanager
    def taking(self) -> Iterator[dict[int, sqlite3.Connection]]:
        """One transaction of each shard, for what is said of all of them. Raises ArchiveBusy."""
        with self._writing() as group, ExitStack() as parts:
            yield {
                number: parts.enter_context(self._begun(group, number).taking())
                for number in list(self._shards)
            }

    def fail(self, location: str, kind: str, message: str) -> None:
        """Record that a place could not be taken in, so that a person can look at it later."""
        with self._writing() as group:
            known = "SELECT 1 FROM failures WHERE location = ?"
            number = next(
                (
                    number
                    for number, shard in self._shards.items()
                    if shard.db.conn.execute(known, [location]).fetchone()
                ),
                None,
            )
            self._begun(group, self._any() if number is None else number).fail(
                location, kind, message
            )

    def _any(self) -> int:
        """A shard for what belongs to no article: the newest, made where there is none."""
        newest = next(reversed(self._shards), None)
        if newest is not None:
            return newest
        return self._shard_called(UNDATED if self.folder.by == "year" else "0001")

    def resolve(self, location: str, failing: Collection[str] = ()) -> None:
        """Note that a place was read to its end; as `Archive.resolve`."""
        for number, shard in list(self._shards.items()):
            if failures.mended(shard.db.conn, location, failing):
                with self._writing() as group:
                    self._begun(group, number).resolve(location, failing)

    def fetch_of(self, address: str, kind: FetchKind) -> Fetch | None:
        """The last fetch of an address that gave something, None where there was none."""
        found = (shard.fetch_of(address, kind) for shard in self._shards.values())
        return next((fetch for fetch in found if fetch is not None), None)

    def note_fetch(self, address: str, kind: FetchKind, fetch: Fetch) -> None:
        """Keep what a server said of an address, once all that it gave is stored."""
        with self._writing() as group:
            known = (n for n, s in self._shards.items() if s.fetch_of(address, kind) is not None)
            number = next(known, None)
            self._begun(group, self._any() if number is None else number).note_fetch(
                address, kind, fetch
            )

    def articles_at(self, address: str) -> int:
        """How many articles the archive has from an address, or from what lies within it."""
        return sum(shard.articles_at(address) for shard in self._shards.values())

    def _keep_pending(self, wanted: set[tuple[str, str]]) -> None:
        """Write down which captures may not be in all their shards, before they are and after."""
        if wanted == self._pending:
            return
        self._pending = wanted
        path = self.path / PENDING
        if not wanted:
            path.unlink(missing_ok=True)
            return
        part = path.with_name(f"{PENDING}.part")
        with part.open("w", encoding="utf-8") as file:
            json.dump(sorted(wanted), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
