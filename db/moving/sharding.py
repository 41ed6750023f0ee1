"""An archive into a folder of shards: each article into the shard that has it, or is for it."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from db.archive import Archive
from db.corrections import Correction, listed
from db.errors import ArchiveBusy, ArchiveError
from db.keys import find_article
from db.moving import amending
from db.moving.amending import Amended
from db.moving.copying import Move
from db.moving.known import Recogniser
from db.moving.merging import Progress, Report, Steps, count, is_empty, take_rest
from db.moving.other import opened
from db.moving.proving import prove
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
from db.shards.links import link

UNDATED = "undated"


@dataclass(slots=True)
class _Plan:
    """Which articles go to which shard, by its name; their numbers in order."""

    shards: dict[str, array[int]] = field(default_factory=dict)

    def put(self, article: int, stem: str) -> None:
        self.shards.setdefault(stem, array("q")).append(article)

    def is_in(self, article: int, stem: str) -> bool:
        ids = self.shards[stem]
        at = bisect_left(ids, article)
        return at < len(ids) and ids[at] == article


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
        steps = Steps(tell, count(other))
        homes = {
            one.id: find_article(other, one.article) if one.article else None
            for one in listed(other, undone=True)
        }
        tally, amended = Tally(), Amended()
        for stem, ids_ in plan.shards.items():
            archive, move = shards.open(stem)

            def concerns(correction: Correction, stem: str = stem) -> bool:
                home = homes[correction.id]
                return home is None or plan.is_in(home, stem)

            with archive.taking():
                one = amending.take(move, concerns)
            amended = Amended(amended.new + one.new, amended.contradict + one.contradict)
            recogniser = None if shards.fresh else Recogniser(move)
            for ids in groups(other, ids_):
                with locked(folder), archive.taking():
                    tally += take(move, ids, recogniser, alone=shards.fresh)
                steps.step(len(ids))
        targets = [shards.open(stem) for stem in plan.shards or [shards.newest()]]
        take_rest(targets)
        shards.link()
        moves = [move for _, move in targets]
        return Report(path, tally, amended, prove(moves, [*plan.shards.values()] or [()]))


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
        self.fresh = all(is_empty(archive.db.conn) for archive, _ in self._open.values())

    def open(self, stem: str) -> tuple[Archive, Move]:
        """The shard of that name, made where there is none."""
        if stem not in self._open:
            self._folder, shard = add_shard(self._folder, stem)
            archive = self._stack.enter_context(Archive.open(shard.path))
            self._open[stem] = archive, Move(self._other, archive.db.conn)
        return self._open[stem]

    def link(self) -> None:
        """Find the copies that lie in several shards."""
        numbers = {shard.path.stem: shard.number for shard in self._folder.shards}
        conns = {numbers[stem]: archive.db.conn for stem, (archive, _) in self._open.items()}
        try:
            with locked(self._folder.path):
                link(self._folder.path, conns)
        except sqlite3.Error as error:
            raise ArchiveBusy(
                self._folder.path, f"copies across shards could not be kept ({error})"
            ) from error

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
        self._left = self._most - count(held[self._stem][0].db.conn) if self._stem else 0

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
