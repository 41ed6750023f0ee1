"""Two articles side by side: what both say, and what only one of them does."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from db.revisions import Change, ParagraphChange, diff, paragraphs_of

# So many paragraphs of an article are compared.
MOST_COMPARED = 3_000


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it reads now: its title and its first paragraphs; `whole` if that is all."""

    id: int
    title: str | None
    publisher: str | None
    published: str | None
    paragraphs: tuple[str, ...]
    whole: bool


# The words of a paragraph, in stretches: whether the other has them too, and the words.
Side = tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of each side; empty where there is none. `kind` is same, changed or apart."""

    kind: str
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Beside:
    """Two versions, and their paragraphs in pairs: `before` is the left one, `after` the right."""

    left: Version
    right: Version
    pairs: tuple[ParagraphChange, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many paragraphs are the same, changed, cut (left only), added (right only)."""
        return Counter(pair.kind for pair in self.pairs)

    @property
    def rows(self) -> Iterator[Row]:
        """The paragraphs as rows. What only one side has stands beside what only the other has."""
        for apart, run in groupby(self.pairs, lambda pair: pair.kind in ("cut", "added")):
            pairs = list(run)
            if not apart:
                yield from (Row(p.kind, _side(p, "cut"), _side(p, "added")) for p in pairs)
                continue
            lefts = [_side(p, "cut") for p in pairs if p.kind == "cut"]
            rights = [_side(p, "added") for p in pairs if p.kind == "added"]
            for left, right in zip_longest(lefts, rights, fillvalue=()):
                yield Row("apart", left, right)


def _side(pair: ParagraphChange, own: Change) -> Side:
    if pair.kind == "changed":
        return tuple((kind == "same", text) for kind, text in pair.words() if kind in ("same", own))
    return ((True, (pair.before if own == "cut" else pair.after) or ""),)


def version(conn: sqlite3.Connection, article_id: int) -> Version | None:
    """The article as it reads now; None where there is none of that number."""
    row = conn.execute(
        "SELECT id, title, publisher, published, revision FROM articles WHERE id = ?", [article_id]
    ).fetchone()
    if row is None:
        return None
    number, title, publisher, published, revision = row
    _, *found = paragraphs_of(conn, article_id, revision) or [""]
    first, whole = tuple(found[:MOST_COMPARED]), len(found) <= MOST_COMPARED
    return Version(number, title, publisher, published, first, whole)


def beside(left: Version, right: Version) -> Beside:
    """The two side by side; paragraphs that say the same stand in one row."""
    return Beside(left, right, tuple(diff([*left.paragraphs], [*right.paragraphs])))
