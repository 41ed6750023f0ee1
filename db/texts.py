"""The decoded texts that articles were read from: each kept once, whole, compressed with zlib.

An archive of an older schema, open for reading only, holds them as they are; both are read.
"""

from __future__ import annotations

import sqlite3
import zlib
from functools import partial

try:
    from isal import isal_zlib
except ImportError:  # made for the processors of nearly every machine
    # Of the highest level that is 1 % smaller, in three quarters of its time.
    _compress = partial(zlib.compress, level=4)
else:
    # What zlib reads, as small, in a third of the time; its highest level.
    _compress = partial(isal_zlib.compress, level=3)


def packed(text: bytes) -> bytes:
    """UTF-8 as `texts.content` keeps it."""
    return _compress(text)


def unpacked(content: bytes | str) -> str:
    """The text that a value of `texts.content` keeps.

    Raises ValueError where the value is damaged.
    """
    if isinstance(content, str):
        return content
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(content)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not stream.eof or stream.unused_data:
        raise ValueError("what is kept of the text does not end where it should")
    return data.decode()


def beginning(content: bytes, size: int) -> str:
    """The first `size` characters of the text that a value of `texts.content` keeps.

    "…" stands for the rest, and for what is damaged.
    """
    try:
        data = zlib.decompressobj().decompress(content, 4 * size + 4)
    except zlib.error:
        return "…"
    text = data.decode(errors="ignore")
    return text if len(text) <= size else f"{text[:size]}…"


def text_of(conn: sqlite3.Connection, text_id: int) -> str | None:
    """The whole text of a row of `texts`, to which offsets refer; None where there is no such row.

    Raises ValueError where it is damaged.
    """
    row = conn.execute("SELECT content FROM texts WHERE id = ?", [text_id]).fetchone()
    return unpacked(row[0]) if row else None
