"""All that a question is put to: a single archive, or every shard of a folder that can be read.

A shard that turns out to be damaged while it is asked is missing from then on; the rest answers.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from db.shards.folder import Missing, Shard
from db.shards.ids import joined, parted
from db.shards.links import Links

if TYPE_CHECKING:
    from db.shards.finding import Wish
    from db.shards.looks import Look

Answer = TypeVar("Answer")
Of = ParamSpec("Of")

# What SQLite says of a file that is damaged, gone or out of reach, by its primary result code.
_BROKEN = {
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One archive: its number, 0 where it is the only one, and a connection to read it by."""

    number: int
    conn: sqlite3.Connection

    def up(self, local: int) -> int:
        """The number over all shards of a row of this one."""
        return joined(self.number, local)

    def ask(
        self, question: Callable[Concatenate[sqlite3.Connection, Of], Answer],
        *args: Of.args, **named: Of.kwargs,
    ) -> Answer:  # fmt: skip
        """What a function of a module says of this archive, asked where the archive lies."""
        return question(self.conn, *args, **named)

    def look(self, wish: Wish) -> Look:
        """What it finds for a wish, not yet begun."""
        from db.shards.looks import Look

        return Look(self, wish)


class Unreachable(sqlite3.OperationalError):
    """A shard that lies elsewhere cannot be asked now. The message says why."""


class Held:
    """A single archive (`Held.of`), or the shards of a folder as they are at one moment."""

    def __init__(
        self,
        parts: Mapping[int, Part],
        shards: Collection[Shard] = (),
        missing: Collection[Missing] = (),
        threads: Executor | None = None,
        links: Links | None = None,
        deadline: float | None = None,
    ) -> None:
        self._parts = dict(parts)
        self._shards = {shard.number: shard for shard in shards}
        self._threads = threads
        self.missing = list(missing)
        self.links = links
        self._deadline = deadline

    @classmethod
    def of(cls, conn: sqlite3.Connection) -> Held:
        """A single archive."""
        return cls({0: Part(0, conn)})

    @property
    def only(self) -> sqlite3.Connection | None:
        """The connection to a single archive; None for a folder."""
        return self._parts[0].conn if 0 in self._parts else None

    @property
    def is_late(self) -> bool:
        """Whether the time is up that the question may take."""
        return self._deadline is not None and time.monotonic() >= self._deadline

    @property
    def numbers(self) -> list[int]:
        """The numbers of the shards that answer."""
        return list(self._parts)

    def each(
        self, question: Callable[[Part], Answer], numbers: Collection[int] | None = None
    ) -> dict[int, Answer]:
        """The answers of all parts, or of some, by their numbers; asked at the same time."""
        parts = [p for n, p in self._parts.items() if numbers is None or n in numbers]
        if self._threads is None or len(parts) < 2:
            asked: Iterator[Callable[[], Answer]] = (_call(question, part) for part in parts)
        else:
            # All of them end before anything is raised: their connections are in use until then.
            futures = [self._threads.submit(question, part) for part in parts]
            for future in futures:
                future.exception()
            asked = (future.result for future in futures)
        answers: dict[int, Answer] = {}
        for part, answer in zip(parts, asked, strict=True):
            try:
                answers[part.number] = answer()
            except sqlite3.DatabaseError as error:
                self._lose(part, error)
        return answers

    def at(self, number: int, question: Callable[[Part], Answer]) -> Answer | None:
        """The answer of one part; None where it is missing, or there is none of that number."""
        return self.each(question, {number}).get(number)

    def row(self, number: int, question: Callable[[Part, int], Answer]) -> Answer | None:
        """The answer of the part that has row `number` of all shards, by the row's own number."""
        shard, local = parted(number)
        return self.at(shard, lambda part: question(part, local))

    def _lose(self, part: Part, error: sqlite3.DatabaseError) -> None:
        """Go on without a part that is broken; anything else that went wrong is raised."""
        if isinstance(error, Unreachable):
            self.missing.append(Missing(self._shards[part.number], str(error)))
            del self._parts[part.number]
            return
        code = getattr(error, "sqlite_errorcode", None)
        if part.number == 0 or code is None or code & 0xFF not in _BROKEN:
            raise error
        shard = self._shards[part.number]
        self.missing.append(Missing(shard, f"is damaged ({error})"))
        del self._parts[part.number]


def _call(question: Callable[[Part], Answer], part: Part) -> Callable[[], Answer]:
    return lambda: question(part)
