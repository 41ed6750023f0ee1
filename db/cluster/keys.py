"""What an article is known by in other shards, in eight bytes each: its addresses and its words.

Two articles of which one is known by what the other is asked by belong into one shard, where
`db.match` decides what they are to each other. That two others share eight bytes (of BLAKE2b) by
chance is harmless: one of them lies in another shard than it would.
"""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from typing import NamedTuple

from ingest.addresses import same_address_key
from ingest.article import Article
from ingest.fingerprint import fingerprint


class Keys(NamedTuple):
    """Of one article: what it is looked up by, and what else it is known by from then on."""

    asked: tuple[int, ...]
    also: tuple[int, ...]


def _key(kind: str, value: str) -> int:
    digest = hashlib.blake2b(f"{kind}{value}".encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)


def keys_of(article: Article) -> Keys:
    """The keys of an article that was just read."""
    words = _key("words", fingerprint(article))
    address = same_address_key(article.url) if article.url else None
    others = {same_address_key(f.value) for f in article.facts if f.field == "url" and f.value}
    asked = (words,) if address is None else (_key("address", address), words)
    return Keys(asked, tuple(_key("address", other) for other in sorted(others - {address})))


def keys_in(conn: sqlite3.Connection) -> array[int]:
    """All keys that the articles of an archive are known by."""
    found = array("q")
    for kind, sql in (
        ("address", "SELECT key FROM addresses"),
        ("words", "SELECT fingerprint FROM revisions"),
    ):
        found.extend(_key(kind, row[0]) for row in conn.execute(sql))
    return found
