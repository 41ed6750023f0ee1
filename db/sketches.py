"""The fingerprints of articles, by which copies of a story find each other.

Of every WINDOW runs of RUN words in a row the smallest checksum is kept, so that any stretch of
WINDOW + RUN - 1 words which two articles share is found for sure (S. Schleimer, D. S. Wilkerson,
A. Aiken, "Winnowing: local algorithms for document fingerprinting", 2003).

They are kept by their value, which is as good as random, in two tables (`db.levels`): those of many
articles wait in `new_sketches` and go from there into `sketches`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain
from zlib import crc32

import numpy as np
import numpy.typing as npt

from db import levels
from ingest.article import Article
from ingest.fingerprint import folded, words_of

Runs = npt.NDArray[np.int64]

KEPT_IN = ("new_sketches", "sketches")

# Eight words in a row are seldom the same by chance, and an editor's cut leaves most runs whole.
RUN = 8
BITS = 48
_FACTORS = np.array(  # odd, below 2**26
    [48768405, 58412351, 64578527, 58745049, 42032355, 46514271, 47299463, 36492355], np.uint64
)
# A part that is worth the name is longer than what is found for sure: 55 words. An article of 500
# words keeps about 20 fingerprints.
WINDOW = 48
# A short item keeps at least these, its smallest hashes, so that it can be found at all.
AT_LEAST = 6
# More articles than this share a hash through boilerplate, or print what everybody prints.
MOST_SHARING = 40
# As many wait as a third of the articles: then a page of the table is written for every fifteen of
# them or so, however large it is.
_SHARE = 3


def runs(paragraphs: Sequence[str]) -> Runs:
    """Checksums (BITS bits) of every run of RUN words in the body, in order.

    Two runs that differ share one by chance in so few cases that no group of copies comes of it,
    and of millions of articles few are compared in vain. A checksum is the sum of its words'
    CRC-32, each times a factor of its place.
    """
    return _runs(folded(paragraphs))


def runs_in(article: Article) -> Runs:
    """The runs of an article as it was read."""
    body = zip(article.paragraphs, words_of(article)[1:], strict=True)
    return _runs(words for paragraph, words in body if paragraph.kind != "caption")


def _runs(words: Iterable[Sequence[bytes]]) -> Runs:
    sums = np.fromiter(map(crc32, chain.from_iterable(words)), np.uint64)
    if len(sums) < RUN:
        return np.zeros(0, np.int64)
    return (np.correlate(sums, _FACTORS) & ((1 << BITS) - 1)).view(np.int64)


def sketch(found: Runs) -> list[int]:
    """The fingerprints among the checksums, which are kept and looked up, in order."""
    kept: Runs = np.unique(_smallest_in_windows(found))
    if len(kept) < AT_LEAST:
        kept = np.union1d(kept, np.unique(found)[:AT_LEAST])
    smallest: list[int] = kept.tolist()
    return smallest


def _smallest_in_windows(found: Runs) -> Runs:
    """The smallest of every WINDOW values in a row, windows twice as wide at each step."""
    if len(found) < WINDOW:
        return found[:0]
    least, wide = found, 1
    while wide < WINDOW:
        on = min(wide, WINDOW - wide)
        least = np.minimum(least[:-on], least[on:])
        wide += on
    return least


def forget_sketch(conn: sqlite3.Connection, article_id: int) -> None:
    """Take an article's sketch back, while its paragraphs are still those that it was made of."""
    kept = [(value, article_id) for value in sketch(runs_of(conn, article_id))]
    for table in KEPT_IN:
        conn.executemany(f"DELETE FROM {table} WHERE hash = ? AND article_id = ?", kept)


def keep_sketch(conn: sqlite3.Connection, article_id: int) -> None:
    """Make the sketch of an article that is stored."""
    write_sketch(conn, article_id, sketch(runs_of(conn, article_id)))


def write_sketch(conn: sqlite3.Connection, article_id: int, kept: list[int]) -> None:
    """Keep a sketch that was made."""
    conn.executemany(
        "INSERT OR IGNORE INTO new_sketches (hash, article_id) VALUES (?, ?)",
        [(value, article_id) for value in kept],
    )


def having(
    conn: sqlite3.Connection, value: int, article_id: int = 0, *, earlier: bool = False
) -> list[int]:
    """The articles, but for `article_id`, that have a fingerprint; no more than one too many.

    With `earlier`, those whose numbers are lower.
    """
    others = "<" if earlier else "<>"
    both = " UNION ".join(
        f"SELECT article_id FROM {table} WHERE hash = ?1 AND article_id {others} ?2"
        for table in KEPT_IN
    )
    rows = conn.execute(
        f"{both} ORDER BY article_id LIMIT ?3", [value, article_id, MOST_SHARING + 1]
    )
    return [row[0] for row in rows]


def known(conn: sqlite3.Connection, kept: list[int]) -> list[int]:
    """Those of the fingerprints that any article has."""
    has = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE hash = value)" for table in KEPT_IN)
    rows = conn.execute(f"SELECT value FROM json_each(?) WHERE {has}", [json.dumps(kept)])
    return [row[0] for row in rows]


def put_in_place(conn: sqlite3.Connection) -> None:
    """Put what waits in `new_sketches` where it belongs, if there is enough of it."""
    levels.put_in_place(conn, *KEPT_IN, _SHARE)


def runs_of(conn: sqlite3.Connection, article_id: int) -> Runs:
    """The runs of an article that is stored."""
    rows = conn.execute(
        "SELECT text FROM paragraphs WHERE article_id = ? AND kind <> 'caption' ORDER BY position",
        [article_id],
    )
    return runs([row[0] for row in rows])
