"""Copies: the same story in several papers, whole, edited or in part.

Resemblance and containment are those of A. Z. Broder, "On the resemblance and containment of
documents" (1997). Candidates are the articles that share a fingerprint (`db.sketches`); the words
themselves then decide.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np

from db.sketches import MOST_SHARING, RUN, Runs, having, known, runs_of

CopyKind = Literal["near", "partial"]

# Of articles that share what too many have, some are compared, and have to be whole copies but for
# a little of the shorter one.
SOME, WHOLE = 4, 0.8
# Shared runs over all runs of both (near), and over those of the shorter one (partial).
NEAR, PARTIAL = 0.5, 0.5
# A part has to be worth the name: two or three paragraphs, not one quoted sentence.
PART_WORDS = 60


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the same words. `shared` is the share of the shorter one's, 0 to 1."""

    article_id: int
    kind: CopyKind
    shared: float


def find_copies(
    conn: sqlite3.Connection, article_id: int, own: Runs, kept: list[int], *, earlier: bool = False
) -> list[Copy]:
    """The articles, or the earlier ones, that share their words with the one of these `own` runs.

    `kept` is its sketch, or what others may have of it.
    """
    others = candidates(conn, article_id, kept, earlier=earlier)
    copies = (compare(conn, own, other, whole=whole) for other, whole in others.items())
    return [copy for copy in copies if copy is not None]


def candidates(
    conn: sqlite3.Connection, article_id: int, kept: list[int], *, earlier: bool = False
) -> dict[int, bool]:
    """The other articles, or the earlier ones, that share fingerprints, most of them first.

    With each, whether it has to be a whole copy, as all that is shared with it many have.
    """
    sharing: Counter[int] = Counter()
    few: set[int] = set()
    for value in known(conn, kept):
        found = having(conn, value, article_id, earlier=earlier)
        if len(found) <= MOST_SHARING:
            few.update(found)
        else:
            found = found[:SOME]
        sharing.update(found)
    best = sorted(sharing, key=lambda other: (-sharing[other], other))[:MOST_SHARING]
    return {other: other not in few for other in best}


def compare(conn: sqlite3.Connection, own: Runs, other: int, *, whole: bool = False) -> Copy | None:
    """Whether a stored article is a copy of the one with the runs `own`, or a `whole` copy."""
    own, theirs = np.unique(own), np.unique(runs_of(conn, other))
    both = len(np.intersect1d(own, theirs, assume_unique=True))
    shorter = min(len(own), len(theirs))
    if not both or (whole and both / shorter < WHOLE):
        return None
    if both / (len(own) + len(theirs) - both) >= NEAR:
        return Copy(other, "near", both / shorter)
    if both / shorter >= PARTIAL and both + RUN - 1 >= PART_WORDS and not whole:
        return Copy(other, "partial", both / shorter)
    return None
