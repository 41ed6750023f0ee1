"""Archives and folders of shards taken into an archive, or one into a folder of shards.

Nothing that is there is changed but by what is added; the other archive is only read. Each group of
articles is one transaction, and what is there already is recognised: whatever ends in between, the
same call again goes on where it stopped.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from db.archive import Archive
from db.check import check
from db.corrections import Correction, listed
from db.errors import ArchiveBusy, ArchiveError
from db.keys import find_article
from db.moving import amending, rest
from db.moving.amending import Amended
from db.moving.copying import Move
from db.moving.known import Recogniser
from db.moving.other import opened
from db.moving.proving import Proof, prove
from db.moving.taking import Tally, groups, take
from db.shards.folder import (
    By,
    Folder,
    add_shard,
    available,
    create_folder,
    is_folder,
    locked,
    open_folder,
)

# Told how many articles are done, and how many there are.
Progress = Callable[[int, int], object]
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one archive that was taken in, and whether all of it was found again."""

    path: Path
    tally: Tally
    amended: Amended
    proof: Proof


@dataclass(slots=True)
class _Steps:
    """Counts the articles of all archives that are taken in."""

    tell: Progress | None
    all: int
    done: int = 0

    def step(self, number: int) -> None:
        self.done += number
        if self.tell:
            self.tell(self.done, self.all)


def shards_of(path: Path) -> tuple[list[Path], list[str]]:
    """The archives at a path, several where it is a folder; the shards that cannot be read."""
    if not is_folder(path):
        return [path], []
    there, missing = available(open_folder(path))
    return [one.path for one in there], [f"{m.shard.path}: {m.reason}" for m in missing]


def merge(
    others: Sequence[Path], archive: Archive, *, tell: Progress | None = None, apart: bool = True
) -> Iterator[Report]:
    """Take other archives into one. What each gave is told as it is done.

    `apart` says that the same article may be in several of them. Without it, as for the shards of
    one archive, two articles of theirs stay two wherever they are.

    Raises ArchiveError: one of them cannot be read, or ours cannot be written.
    """
    conn = archive.db.conn
    conn.execute("DROP TABLE IF EXISTS temp.moved")
    fresh = _is_empty(conn)
    for number, path in enumerate(others, 1):
        with opened(path, archive.path) as other:
            move = Move(other, conn, number)
            with archive.taking():
                amended = amending.take(move)
            first = fresh and number == 1
            recogniser = (
                None if first or (fresh and not apart) else Recogniser(move, across=not apart)
            )
            steps = _Steps(tell, _count(other))
            tally = Tally()
            for ids in groups(other):
                with archive.taking():
                    tally += take(move, ids, recogniser, alone=first)
                steps.step(len(ids))
            _take_rest([(archive, move)])
            yield Report(path, tally, amended, prove([move], [None]))


def _is_empty(conn: sqlite3.Connection) -> bool:
    return conn.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None


def _count(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT count(*) FROM articles").fetchone()[0])


def _take_rest(targets: Sequence[tuple[Archive, Move]]) -> None:
    for archive, move in targets:
        with archive.taking():
            rest.freshen(move)
    moves = [move for _, move in targets]
    archive, move = targets[-1]
    for name in rest.LEFT_OVER:
        for ids in rest.missing(moves, name):
            with archive.taking():
                rest.take(move, name, ids)


@dataclass(slots=True)
class _Plan:
    """Which shard each article goes to: numbers in order, and with each its shard's name."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    places: array[int] = field(default_factory=lambda: array("l"))
    stems: list[str] = field(default_factory=list)

    def put(self, article: int, stem: str) -> None:
        if stem not in self.stems:
            self.stems.append(stem)
        self.ids.append(article)
        self.places.append(self.stems.index(stem))

    def stem_of(self, article: int) -> str:
        return self.stems[self.places[bisect_left(self.ids, article)]]

    def of(self, stem: str) -> Iterator[int]:
        wanted = self.stems.index(stem)
        return (
            article for article, place in zip(self.ids, self.places, strict=True) if place == wanted
        )


def into_folder(
    path: Path, folder: Path, by: By | None, *, most: int | None = None,
    tell: Progress | None = None,
) -> Report:  # fmt: skip
    """Take an archive into a folder of shards, which is made where there is none.

    What some shard knows goes to that shard; what is new goes to that of its year, or to the newest
    until that holds `most` articles. Corrections go where their article goes, those for everywhere
    or for no article yet into every shard.

    Raises ArchiveError: the archive cannot be read, a shard is missing, or the folder, which keeps
    its kind, is by something else.
    """
    made = _folder(folder, by, most)
    with opened(path, folder / "archive") as other, ExitStack() as stack:
        shards = _Shards(made, other, stack)
        known = shards.recognise()
        plan = shards.plan(known, path.stem)
        steps = _Steps(tell, len(plan.ids))
        homes = {
            one.id: find_article(other, one.article) if one.article else None
            for one in listed(other, undone=True)
        }
        tally, amended = Tally(), Amended()
        for stem in plan.stems:
            archive, move = shards.open(stem)

            def concerns(correction: Correction, stem: str = stem) -> bool:
                home = homes[correction.id]
                return home is None or plan.stem_of(home) == stem

            with archive.taking():
                one = amending.take(move, concerns)
            amended = Amended(amended.new + one.new, amended.contradict + one.contradict)
            recogniser = None if shards.fresh else Recogniser(move)
            for ids in groups(other, plan.of(stem)):
                with locked(folder), archive.taking():
                    tally += take(move, ids, recogniser, alone=shards.fresh)
                steps.step(len(ids))
        targets = [shards.open(stem) for stem in plan.stems] or [shards.open(shards.newest())]
        _take_rest(targets)
        moves = [move for _, move in targets]
        plans = [plan.of(stem) for stem in plan.stems] or [iter(())]
        return Report(path, tally, amended, prove(moves, plans))


def _folder(path: Path, by: By | None, most: int | None) -> Folder:
    if is_folder(path):
        made = open_folder(path)
        if by is not None and by != made.by:
            raise ArchiveError(
                path, f"is a folder of shards by {made.by}, not by {by}; name a new one"
            )
        return made
    if by is None:
        raise ArchiveError(path, "is no folder of shards; say what to make them by, with --by")
    return create_folder(path, by) if most is None else create_folder(path, by, most=most)


class _Shards:
    """The shards of a folder, open to be written, and one archive on its way into them."""

    def __init__(self, folder: Folder, other: sqlite3.Connection, stack: ExitStack) -> None:
        self._folder = folder
        self._other = other
        self._stack = stack
        self._open: dict[str, tuple[Archive, Move]] = {}
        _, missing = available(folder)
        for one in missing:
            raise ArchiveBusy(
                folder.path,
                f"cannot be added to while {one.shard.path.name} is missing: it {one.reason}."
                " Put it back from a backup",
            )
        for shard in folder.shards:
            self.open(shard.path.stem)
        self.fresh = all(_is_empty(archive.db.conn) for archive, _ in self._open.values())

    def open(self, stem: str) -> tuple[Archive, Move]:
        """The shard of that name, made where there is none."""
        if stem not in self._open:
            self._folder, shard = add_shard(self._folder, stem)
            archive = self._stack.enter_context(Archive.open(shard.path))
            self._open[stem] = archive, Move(self._other, archive.db.conn)
        return self._open[stem]

    def newest(self) -> str:
        """The shard for what belongs to no article."""
        if self._folder.shards:
            return self._folder.shards[-1].path.stem
        return UNDATED if self._folder.by == "year" else "0001"

    def recognise(self) -> dict[int, str]:
        """The shard of each article that some shard has, whole for sure rather than in part."""
        found: dict[int, str] = {}
        if self.fresh:
            return found
        recognisers = {stem: Recogniser(move) for stem, (_, move) in self._open.items()}
        for exact in (True, False):
            for ids in groups(self._other):
                for stem, one in recognisers.items():
                    rest_ = [article for article in ids if article not in found]
                    homes = one.exact(rest_) if exact else one.find(rest_)
                    found.update(dict.fromkeys(homes, stem))
                    # None of ours is taken for two of theirs.
                    self._open[stem][1].note(homes, alike=())
        for _, move in self._open.values():
            move.own.execute("DELETE FROM moved")
        return found

    def plan(self, known: dict[int, str], name: str) -> _Plan:
        """Where each article goes."""
        plan = _Plan()
        room = _Room(self._folder, self._open)
        for article, published in self._other.execute(
            "SELECT id, published FROM articles ORDER BY id"
        ):
            stem = known.get(article)
            if stem is None:
                match self._folder.by:
                    case "year":
                        stem = year_of(published)
                    case "size":
                        stem = room.take()
                    case "worker":
                        stem = name
            plan.put(article, stem)
        return plan


class _Room:
    """How many articles the newest shard still takes, where shards are made by size."""

    def __init__(self, folder: Folder, held: dict[str, tuple[Archive, Move]]) -> None:
        self._most = folder.most
        self._next = folder.next
        self._stem = folder.shards[-1].path.stem if folder.shards else ""
        self._left = self._most - _count(held[self._stem][0].db.conn) if self._stem else 0

    def take(self) -> str:
        """The name of the shard for one more article."""
        if self._left <= 0:
            self._stem, self._left = f"{self._next:04}", self._most
            self._next += 1
        self._left -= 1
        return self._stem


def year_of(published: str | None) -> str:
    """The name of the shard for what appeared then."""
    year = (published or "")[:4]
    return year if len(year) == 4 and year.isascii() and year.isdigit() else UNDATED


def checked(paths: Sequence[Path]) -> Iterator[str]:
    """What `onrecord check` finds wrong in these archives, a line each."""
    for path in paths:
        with Archive.open(path, create=False) as archive:
            for problem in check(archive):
                yield f"{path}: {problem}"
