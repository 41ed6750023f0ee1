"""The bytes of a web archive as one stream, unpacked, with every break in them noticed.

A WARC.gz is a row of gzip members, one a record; some tools pack the whole file as one. A member
that is cut off or broken is said so here, and reading goes on with the next that can be unpacked.
"""

from __future__ import annotations

import zlib
from collections import deque
from typing import BinaryIO

from ingest.read.members import GZIP, inflated

MARK = b"WARC/"
_CHUNK = 1 << 16


class Damage(Exception):
    """The stream does not go on as it should; `resync` finds the next place where it does."""


class Flow:
    """A stream of records, packed or not, from `start`. `at` counts unpacked bytes from there.

    Records that begin at `end` or later are not in it.
    """

    def __init__(self, stream: BinaryIO, start: int = 0, end: int | None = None) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._packed = bytearray()  # bytes of the file not yet unpacked
        stream.seek(start)
        self._gzip = stream.read(3) == GZIP
        size = stream.seek(0, 2)
        self._end = size if end is None else min(end, size)
        self._size = self._end - start
        stream.seek(start)
        self._start = start
        self._unpacker = zlib.decompressobj(31) if self._gzip else None
        self._in_member = False
        self._member_start = start  # where in the file the current member begins
        self._own_start, self._own_at = start, -1
        self._walls: deque[int] = deque()  # where members begin that begin with a record
        self.at = 0

    def _more(self) -> bool:
        """Unpack some more into the buffer. False at the end of the file; raises Damage."""
        if self._unpacker is None:
            data = self._stream.read(min(_CHUNK, max(self._end - self._stream.tell(), 0)))
            self._buffer += data
            return bool(data)
        while True:
            if not self._packed and not self._fill():
                if self._in_member:
                    self._in_member = False
                    raise Damage("it is cut off")
                return False
            if not self._in_member and not self._begin_member():
                return False
            try:
                out = self._unpacker.decompress(bytes(self._packed), _CHUNK)
            except zlib.error:
                self._find_member(self._member_start + 1)
                raise Damage("its gzip data are damaged") from None
            self._packed = bytearray(self._unpacker.unconsumed_tail or self._unpacker.unused_data)
            if self._unpacker.eof:
                self._in_member = False
                self._unpacker = zlib.decompressobj(31)
            if out:
                self._buffer += out
                return True

    def _fill(self) -> bool:
        data = self._stream.read(_CHUNK)
        self._packed += data
        return bool(data)

    def _begin_member(self) -> bool:
        """Note where a member begins. False where it holds a record of beyond the end."""
        if len(self._packed) < 512:
            self._fill()
        self._member_start = self._stream.tell() - len(self._packed)
        if inflated(bytes(self._packed[:4096]), 5) == MARK:
            if self._member_start >= self._end:
                return False
            self._walls.append(self.at + len(self._buffer))
        self._in_member = True
        return True

    def _find_member(self, start: int) -> None:
        """Go to the next gzip member from `start` in the file that begins with a record."""
        self._stream.seek(start)
        self._packed.clear()
        self._in_member = False
        self._unpacker = zlib.decompressobj(31)
        while self._fill():
            found = self._packed.find(GZIP)
            while found >= 0:
                if len(self._packed) - found < 4096:
                    self._fill()
                if inflated(bytes(self._packed[found : found + 4096]), 5) == MARK:
                    del self._packed[:found]
                    return
                found = self._packed.find(GZIP, found + 1)
            del self._packed[:-2]
        self._packed.clear()

    def _wall(self) -> int | None:
        while self._walls and self._walls[0] <= self.at:
            self._walls.popleft()
        return self._walls[0] if self._walls else None

    def _take(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        self.at += size
        return data

    @property
    def member_start(self) -> int | None:
        """Where in the file the record that begins here is packed; None if it has no own place."""
        if not self._gzip:
            return self._start + self.at
        return self._own_start if self._own_at == self.at else None

    def note_start(self) -> None:
        """Remember where a record begins, for `member_start`."""
        if self._gzip and not self._buffer and not self._in_member:
            self._more()
            self._own_start, self._own_at = self._member_start, self.at

    def line(self, limit: int = 65_536) -> bytes:
        """The next line with its end; empty at the end of the file. Raises Damage."""
        looked = 0
        while (found := self._buffer.find(b"\n", looked)) < 0:
            looked = len(self._buffer)
            if looked > limit:
                raise Damage("a header is too long")
            if not self._more():
                return self._take(len(self._buffer))
        wall = self._wall()
        if wall is not None and wall < self.at + found + 1:
            self._take(wall - self.at)
            raise Damage("a record ends too early")
        return self._take(found + 1)

    def read(self, size: int) -> bytes:
        """The next `size` bytes. Raises Damage where the file, or the record, has fewer."""
        while len(self._buffer) < size:
            self._check_wall(size)
            if not self._more():
                # What is left stays: a wrong length may have swallowed whole records.
                raise Damage("it is cut off")
        self._check_wall(size)
        return self._take(size)

    def _check_wall(self, size: int) -> None:
        wall = self._wall()
        if wall is not None and wall < self.at + size and wall <= self.at + len(self._buffer):
            self._take(wall - self.at)
            raise Damage("a record ends too early")

    def skip(self, size: int) -> None:
        """Pass over `size` bytes without holding them. Raises Damage as `read` does."""
        while size > 0:
            size -= len(self.read(min(size, _CHUNK)))

    def has(self, size: int) -> bool:
        """Whether the file may hold `size` more bytes; of a packed one nobody can tell."""
        return self._gzip or self.at + size <= self._size

    def put_back(self, data: bytes) -> None:
        """Let `data`, which were just read, be read again."""
        self._buffer[:0] = data
        self.at -= len(data)

    def resync(self) -> bool:
        """Go to the next line that begins a record. False where there is none."""
        while True:
            try:
                found = self._buffer.find(b"\n" + MARK)
                if self._buffer.startswith(MARK):
                    return True
                if found >= 0:
                    self._take(found + 1)
                    return True
                self._take(max(len(self._buffer) - 5, 0))
                wall_before = len(self._walls)
                if not self._more():
                    return False
                if len(self._walls) > wall_before and (wall := self._wall()) is not None:
                    self._take(wall - self.at)
            except Damage:
                continue  # the same damage, a broken spot further on
