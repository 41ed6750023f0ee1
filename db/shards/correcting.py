"""Corrections for a whole archive, be it one file or a folder of shards.

What holds for every article is kept by each shard, so that it is found wherever the next one goes.
What is about one article is kept by the shard that has it (see `db.correct`), or by all of them
until it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db import correct
from db.archive import Archive
from db.corrections import Correction, articles_of, get
from db.errors import CannotCorrect
from db.shards.ids import joined, parted
from db.shards.opening import Writable


def merge(
    archive: Writable, name: str, into: str, *, new: bool = False, by: str | None = None
) -> tuple[Correction, int]:
    """Say that whoever is called `name` is `into`, everywhere; as `db.correct.merge`.

    Returns the correction, with its number over all shards, and in how many articles it changes
    something.
    """
    if isinstance(archive, Archive):
        made = archive.correct(correct.merge, name, into, new=new, by=by)
        return made, len(articles_of(archive.db.conn, made.id))
    with archive.taking() as conns:
        kept = correct.merge_everywhere([*conns.values()], name, into, new=new, by=by)
        articles = sum(
            len(articles_of(conn, one.id)) for conn, one in zip(conns.values(), kept, strict=True)
        )
    return replace(kept[0], id=joined(next(iter(conns)), kept[0].id)), articles


def undo(archive: Writable, number: int) -> Correction:
    """Take a correction back, by its number over all shards, in every shard that keeps it."""
    if isinstance(archive, Archive):
        return archive.correct(correct.undo, number)
    shard, local = parted(number)
    with archive.taking() as conns:
        known = get(conns[shard], local) if shard in conns else None
        if known is None:
            raise CannotCorrect(f"there is no correction {number}; see: onrecord corrections")
        if known.undone:
            raise CannotCorrect(f"correction {number} was undone on {known.undone[:10]}")
        undone = correct.undo(conns[shard], local)
        correct.undo_everywhere(conns.values(), known)
    return undone


def take(archive: Writable, corrections: Sequence[Correction]) -> int:
    """Take in what another archive printed; as `db.correct.take`. Returns how many were new."""
    if isinstance(archive, Archive):
        return archive.correct(correct.take, corrections)
    with archive.taking() as conns:
        return correct.take_everywhere([*conns.values()], corrections)
