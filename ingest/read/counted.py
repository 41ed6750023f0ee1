"""How much is unpacked from a file, and how far it was read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import TooLarge

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Text packs to a tenth, a page of nothing but one tag to a fiftieth; bombs to a thousandth.
MOST_PACKED = 200


class Budget:
    """How many bytes may still be unpacked from one file, nested members counted again."""

    def __init__(self, packed: int, max_bytes: int) -> None:
        self.left = max_bytes + MOST_PACKED * packed

    def take(self, source: str, size: int) -> None:
        """Count `size` bytes that come out. Raises TooLarge where they are more than is left."""
        self.left -= size
        if self.left < 0:
            raise TooLarge(source, "it unpacks to far more than it holds; not a file of pages")


class Progress:
    """How far into its file a reader has come, in bytes."""

    def __init__(self) -> None:
        self.at = 0


class Followed(io.FileIO):
    """A file that says how far it was read."""

    def __init__(self, path: Path, progress: Progress) -> None:
        super().__init__(path)
        self._progress = progress

    def readinto(self, buffer: Buffer) -> int | None:
        count = super().readinto(buffer)
        self._progress.at = self.tell()
        return count

    def readall(self) -> bytes:
        data = super().readall()
        self._progress.at = self.tell()
        return data
