"""Copies: the same story in several papers, whole, edited or in part.

Resemblance and containment are those of A. Z. Broder, "On the resemblance and containment of
documents" (1997): of all runs of RUN words, the hashes that a fixed number divides are kept as the
article's sketch. Articles that share a hash are candidates; the words themselves then decide.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from ingest.article import Article
from ingest.fingerprint import fold

CopyKind = Literal["near", "partial"]

# Eight words in a row are seldom the same by chance, and an editor's cut leaves most runs whole.
RUN = 8
# One run in so many is kept in the sketch: an article of 500 words keeps about 15.
KEPT = 32
# A short item keeps at least these, its smallest hashes, so that it can be found at all.
AT_LEAST = 6
# More articles than this share a hash only through boilerplate.
MOST_SHARING = 40
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


def runs(paragraphs: Iterable[str]) -> set[int]:
    """Hashes (63 bits) of every run of RUN words in the body."""
    words = " ".join(map(fold, paragraphs)).split()
    return {
        int.from_bytes(blake2b(" ".join(words[at : at + RUN]).encode(), digest_size=8).digest())
        >> 1
        for at in range(len(words) - RUN + 1)
    }


def sketch(found: set[int]) -> list[int]:
    """The part of `found` that is kept and looked up."""
    kept = [value for value in found if value % KEPT == 0]
    if len(kept) < AT_LEAST:
        kept = sorted(found)[:AT_LEAST]
    return sorted(kept)


def find_copies(conn: sqlite3.Connection, article_id: int, article: Article) -> list[Copy]:
    """The articles that share their words with this one; its sketch is stored as well."""
    own = runs(p.text for p in article.paragraphs if p.kind != "caption")
    kept = sketch(own)
    candidates = _candidates(conn, article_id, kept)
    conn.execute("DELETE FROM sketches WHERE article_id = ?", [article_id])
    conn.executemany(
        "INSERT OR IGNORE INTO sketches (hash, article_id) VALUES (?, ?)",
        [(value, article_id) for value in kept],
    )
    found = (_compare(conn, own, other) for other in candidates)
    return [copy for copy in found if copy is not None]


def _candidates(conn: sqlite3.Connection, article_id: int, kept: list[int]) -> list[int]:
    sharing: dict[int, int] = {}
    for value in kept:
        rows = conn.execute(
            "SELECT article_id FROM sketches WHERE hash = ? AND article_id <> ? LIMIT ?",
            [value, article_id, MOST_SHARING + 1],
        ).fetchall()
        if len(rows) <= MOST_SHARING:
            for (other,) in rows:
                sharing[other] = sharing.get(other, 0) + 1
    return sorted(sharing, key=lambda other: (-sharing[other], other))[:MOST_SHARING]


def _compare(conn: sqlite3.Connection, own: set[int], other: int) -> Copy | None:
    rows = conn.execute(
        "SELECT text FROM paragraphs WHERE article_id = ? AND kind <> 'caption' ORDER BY position",
        [other],
    )
    theirs = runs(row[0] for row in rows)
    both = len(own & theirs)
    shorter = min(len(own), len(theirs))
    if not both:
        return None
    if both / len(own | theirs) >= NEAR:
        return Copy(other, "near", both / shorter)
    if both / shorter >= PARTIAL and both + RUN - 1 >= PART_WORDS:
        return Copy(other, "partial", both / shorter)
    return None


def group(conn: sqlite3.Connection, article_id: int, copies: list[Copy]) -> None:
    """Put the article and its copies into one story; stories that it joins become one."""
    conn.execute("DELETE FROM copies WHERE article_id = ? OR other_id = ?", [article_id] * 2)
    if not copies:
        return
    conn.executemany(
        "INSERT INTO copies (article_id, other_id, kind, shared) VALUES (?, ?, ?, ?)",
        [(article_id, copy.article_id, copy.kind, copy.shared) for copy in copies],
    )
    members = [article_id, *(copy.article_id for copy in copies)]
    places = ", ".join("?" * len(members))
    stories = [
        row[0]
        for row in conn.execute(
            f"SELECT DISTINCT story FROM articles WHERE id IN ({places}) AND story IS NOT NULL",
            members,
        )
    ]
    # A story goes by the number of the article that the archive knew first.
    story = min([*stories, *members])
    conn.executemany("UPDATE articles SET story = ? WHERE story = ?", [(story, s) for s in stories])
    conn.execute(f"UPDATE articles SET story = ? WHERE id IN ({places})", [story, *members])


def leave_story(conn: sqlite3.Connection, article_id: int) -> None:
    """Take an article whose words have changed out of its story, which ends if one is left."""
    row = conn.execute("SELECT story FROM articles WHERE id = ?", [article_id]).fetchone()
    if row[0] is None:
        return
    conn.execute("UPDATE articles SET story = NULL WHERE id = ?", [article_id])
    rest = conn.execute("SELECT id FROM articles WHERE story = ?", [row[0]]).fetchall()
    name = min((other for (other,) in rest), default=None) if len(rest) > 1 else None
    conn.execute("UPDATE articles SET story = ? WHERE story = ?", [name, row[0]])
