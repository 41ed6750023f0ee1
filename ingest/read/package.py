"""Documents that are a zip of XML files (EPUB, docx): their members, within limits.

Members are read by name into memory and never unpacked to a disk, so no name can lead anywhere.
"""

from __future__ import annotations

import zipfile
import zlib
from urllib.parse import unquote

from ingest.errors import TooLarge, UnreadableFile
from ingest.read.place import Place

_MOST_MEMBERS = 20_000
_LARGEST = 30_000_000  # bytes of one XML file; the longest novels take three


def first_name(head: bytes) -> str:
    """The name of a zip's first member; "" for what is no zip.

    A zip that holds documents has their members' names among its bytes too, so only the first one
    tells what the zip itself is.
    """
    if not head.startswith(b"PK\x03\x04"):
        return ""
    return head[30 : 30 + int.from_bytes(head[26:28], "little")].decode("utf-8", "replace")


class Package:
    """An open zip. `read` gives members; whatever is wrong with it is an UnreadableFile."""

    def __init__(self, place: Place, what: str) -> None:
        self.source, self.what = place.source, what
        self.left = 4 * place.max_bytes  # bytes that may still be unpacked
        self._stream = place.open()
        try:
            self._zip = zipfile.ZipFile(self._stream)
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            self._stream.close()
            raise self.broken() from error
        if len(infos) > _MOST_MEMBERS:
            self.close()
            raise TooLarge(self.source, f"this {what} has over {_MOST_MEMBERS:,} members")
        self._infos = {info.filename: info for info in infos}

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._stream.close()

    def broken(self) -> UnreadableFile:
        """The error of a package that cannot be read."""
        return UnreadableFile(self.source, f"this {self.what} is broken or cut off; get it again")

    def __contains__(self, name: str) -> bool:
        """Whether there is such a member."""
        return name in self._infos

    def read(self, name: str) -> bytes | None:
        """A member's bytes; None where it is missing. Raises TooLarge, UnreadableFile."""
        info = self._infos.get(name) or self._infos.get(unquote(name))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise UnreadableFile(
                self.source, f"this {self.what} is locked with a password; save it again without"
            )
        limit = min(_LARGEST, self.left)
        try:
            # The size that the zip states may be a lie: what comes out is counted.
            with self._zip.open(info) as member:
                data = member.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError,
                NotImplementedError, RuntimeError) as error:  # fmt: skip
            raise self.broken() from error
        if len(data) > limit:
            raise TooLarge(self.source, f"this {self.what} unpacks to more than its limit")
        self.left -= len(data)
        return data
