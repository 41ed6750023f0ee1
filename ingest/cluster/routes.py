"""Which shard an article belongs to: the one that has it by another place or in other words.

Shards are named by files; one that is being made has no name yet, and what belongs into it waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.cluster.keys import Keys
from db.cluster.ledger import Ledger, Taken
from ingest.cluster.plan import Unit
from ingest.cluster.work import Read
from ingest.load import Result
from ingest.readings import Reading


@dataclass(eq=False, slots=True)
class Home:
    """A shard: its file, None as long as it is not part of the folder."""

    file: str | None = None


@dataclass(eq=False, slots=True)
class Guest:
    """A reading of `unit` on its way into the shard of another part."""

    reading: Reading
    unit: Unit


@dataclass(slots=True)
class _Abroad:
    """A unit of which so many readings are not yet where they belong, and how the others went."""

    guests: int
    host: str | None
    articles: int
    whole: bool


class Routes:
    """What is known of all articles, those of parts that are being stored among them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._homes: dict[str, Home] = {}
        self._reserved: dict[int, Home] = {}
        self._waiting: defaultdict[Home, list[Guest]] = defaultdict(list)
        self._abroad: dict[Unit, _Abroad] = {}

    def home(self, file: str | None) -> Home:
        """That of a shard, or of one that is to be made."""
        return Home() if file is None else self._homes.setdefault(file, Home(file))

    def reserve(self, read: Read, own: Home) -> dict[int, Home]:
        """Keep the articles of a part for its shard; the readings that belong into others."""
        asked = [[key for entry in entries for key in entry.asked] for entries in read.keys]
        files = self._ledger.owners(key for keys in asked for key in keys)
        away: dict[int, Home] = {}
        for at, keys in enumerate(asked):
            other = self._owner(keys, files)
            if other is not None and other is not own:
                away[at] = other
            else:
                for key in _all(read.keys[at]):
                    self._reserved.setdefault(key, own)
        return away

    def _owner(self, keys: list[int], files: dict[int, str]) -> Home | None:
        for key in keys:
            if (home := self._reserved.get(key)) is not None:
                return home
            if (file := files.get(key)) is not None:
                return self.home(file)
        return None

    def claimed(self, read: Read, away: Iterable[int], own: Home) -> Iterator[int]:
        """The keys that are the ledger's from now on."""
        others = set(away)
        for at, entries in enumerate(read.keys):
            if at not in others:
                for key in _all(entries):
                    if self._reserved.get(key) is own:
                        del self._reserved[key]
                    yield key

    def release(self, own: Home) -> list[Guest]:
        """Give up a shard that will not be made; the guests that waited for it."""
        for key in [key for key, home in self._reserved.items() if home is own]:
            del self._reserved[key]
        return self._waiting.pop(own, [])

    def settle(self, own: Home, file: str) -> list[Guest]:
        """Note that a shard is part of the folder; the guests that waited for it."""
        own.file = file
        self._homes[file] = own
        return self._waiting.pop(own, [])

    def wait(self, home: Home, guest: Guest) -> None:
        """Let a guest wait until `home` is part of the folder."""
        self._waiting[home].append(guest)

    def depart(
        self, unit: Unit, guests: int, host: str | None, *, articles: int, whole: bool
    ) -> None:
        """Note that so many readings of a unit belong elsewhere. `host` has the others."""
        self._abroad[unit] = _Abroad(guests, host, articles, whole)

    def arrive(self, guest: Guest, file: str | None, result: Result) -> tuple[str, Taken] | None:
        """Note what became of a guest in the shard `file`, None where there is no such shard.

        With the last of a unit: what the ledger is to note of the unit, and of which shard.
        """
        abroad = self._abroad[guest.unit]
        abroad.guests -= 1
        abroad.articles += len(result.outcomes)
        abroad.whole = abroad.whole and not result.failed
        if abroad.guests:
            return None
        del self._abroad[guest.unit]
        taken = guest.unit.taken(abroad.articles, whole=abroad.whole)
        host = abroad.host or file
        return None if host is None else (host, taken)


def _all(entries: Iterable[Keys]) -> Iterator[int]:
    for entry in entries:
        yield from entry.asked
        yield from entry.also
