"""From a place to a Capture: files, folders, standard input.

`articles_in` says where in a capture's text its articles stand. Further formats are recognised by
what the bytes hold, in `read_capture`, each with a module of its own beside `text`.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.article import Capture
from ingest.decode import decode
from ingest.errors import TooLarge, UnreadableFile

__all__ = ["MAX_BYTES", "STDIN", "printable", "read_capture", "walk"]

MAX_BYTES = 50_000_000
STDIN = "-"


def read_capture(
    place: str | os.PathLike[str] | BinaryIO,
    *,
    source: str | None = None,
    url: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Capture:
    """Read one file, "-" (standard input) or an open binary stream.

    `source` is the name that the capture gets: the path as given, "-" for a stream. Raises
    UnreadableFile, TooLarge (over `max_bytes`), EmptyFile or BinaryFile.
    """
    if isinstance(place, (str, os.PathLike)):
        source = source or printable(os.fspath(place))
        data = _read_path(place, source, max_bytes)
    else:
        source = source or STDIN
        data = _read_stream(place, source, max_bytes)
    text, encoding = decode(data, source)
    digest = hashlib.sha256(data).hexdigest()
    return Capture(source, text, encoding, digest, len(data), url)


def printable(name: str) -> str:
    """A name as it can be printed and stored: bytes of it that are no UTF-8 are spelled out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def walk(places: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    """The files that `places` stand for, in the order given, folders walked in order of name.

    Hidden files and folders inside a folder are left out, as are links to folders and what is no
    regular file. A place that does not exist is given back as it is: reading it says what is wrong.
    """
    for place in places:
        path = os.fspath(place)
        if path == STDIN or not os.path.isdir(path):
            yield path
        else:
            yield from _walk_folder(path)


def _walk_folder(folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # reading it fails with the reason
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk_folder(entry.path)
        elif entry.is_file():
            yield entry.path


def _read_path(place: str | os.PathLike[str], source: str, max_bytes: int) -> bytes:
    if os.fspath(place) == STDIN:
        return _read_stream(sys.stdin.buffer, source, max_bytes)
    path = Path(place)
    try:
        if path.is_dir():
            raise UnreadableFile(source, "the folder cannot be read; check its permissions")
        if path.is_file() and path.stat().st_size > max_bytes:
            raise _too_large(source, max_bytes)
        with path.open("rb") as stream:
            return _read_stream(stream, source, max_bytes)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableFile(source, f"{reason}; check the path and its permissions") from error
    except ValueError as error:  # a NUL in the path
        raise UnreadableFile(source, f"{error}; check the path") from error


def _read_stream(stream: BinaryIO, source: str, max_bytes: int) -> bytes:
    try:
        data = stream.read(max_bytes + 1)
    except OSError as error:
        raise UnreadableFile(source, f"{error.strerror or error}; try again") from error
    if len(data) > max_bytes:
        raise _too_large(source, max_bytes)
    return data


def _too_large(source: str, max_bytes: int) -> TooLarge:
    return TooLarge(source, f"the file is over {max_bytes:,} bytes; raise the limit or split it")
