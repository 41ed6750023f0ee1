"""From a place to captures: files, folders, standard input, and what is inside of them.

One module a format; `place.read_place` recognises a format by its content and hands over.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.addresses import is_address
from ingest.article import Capture
from ingest.errors import IngestError, UnreadableFile
from ingest.read import zotero
from ingest.read.beside import ending_beside
from ingest.read.place import HEAD_BYTES, Columns, Place, Progress, read_place

__all__ = ["MAX_BYTES", "STDIN", "place_of", "printable", "read_capture", "read_captures", "walk"]

MAX_BYTES = 50_000_000
STDIN = "-"
# What browsers call it in the languages that they speak.
_PARTS_FOLDER = re.compile(
    r"(?:[_.-](?:files|Dateien|fichiers|archivos|file|bestanden|filer|arquivos|ficheiros|pliki|"
    r"filerna|tiedostot|soubory|fajlovi|elemei)|\.files)\Z",
    re.IGNORECASE,
)


def place_of(
    source: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES, columns: Columns = ()
) -> Place:
    """The place that a path or "-" (standard input) names. Raises UnreadableFile."""
    name = os.fspath(source)
    if name == STDIN:
        data = sys.stdin.buffer.read(max_bytes + 1)
        return Place(name, data=data, max_bytes=max_bytes, columns=columns)
    shown = printable(name)
    if is_address(name) and not os.path.exists(name):
        raise UnreadableFile(shown, "this is an address; fetch it with: onrecord ingest --fetch")
    if os.path.isdir(name):
        raise UnreadableFile(shown, "the folder cannot be read; check its permissions")
    return Place(
        shown, path=Path(name), max_bytes=max_bytes, columns=columns, progress=Progress()
    )  # fmt: skip


def read_captures(
    source: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES
) -> Iterator[Capture | IngestError]:
    """The captures of one file. Errors that concern a member are yielded, the others raised."""
    yield from read_place(place_of(source, max_bytes=max_bytes))


def read_capture(source: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Capture:
    """The first capture of a file, for one that holds no more. Raises IngestError."""
    first = next(read_captures(source, max_bytes=max_bytes))
    if isinstance(first, IngestError):
        raise first
    return first


def printable(name: str) -> str:
    """A name as it can be printed and stored: bytes of it that are no UTF-8 are spelled out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def walk(
    places: Iterable[str | os.PathLike[str]],
    left_out: Counter[str] | None = None,
    *,
    every: bool = False,
) -> Iterator[str]:
    """The files that `places` stand for, in the order given, folders walked in order of name.

    Hidden files and folders inside a folder are left out, as are what is no regular file, and the
    files of a saved page or a Zotero export that lies beside them. So are pictures, scripts and the
    like, by their names; `left_out` counts them by their endings. With `every` they are not. Links
    are followed, but to a folder that is walked anyway or has such a one in it. A place that does
    not exist, or a link that leads nowhere, is given back as it is: reading it says what is wrong.
    """
    paths = [os.fspath(place) for place in places]
    beside = None if every else Counter() if left_out is None else left_out
    walked = {os.path.realpath(path) for path in paths if path != STDIN and os.path.isdir(path)}
    for path in paths:
        if path == STDIN or not os.path.isdir(path):
            yield path
        else:
            yield from _walk_folder(path, walked, beside)


def _meets(folder: str, walked: set[str]) -> bool:
    """Whether a folder is one of these, is in one, or has one in it."""
    parted = Path(folder)
    return any(
        parted.is_relative_to(other) or Path(other).is_relative_to(parted) for other in walked
    )


def _belongs_to_page(folder: str, names: set[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page that a browser saved beside it."""
    stem = _PARTS_FOLDER.sub("", folder)
    return stem != folder and any(
        f"{stem}{ending}".lower() in names for ending in (".html", ".htm", ".xhtml", ".shtml")
    )


def _belongs_to_zotero(folder: str, beside: list[os.DirEntry[str]]) -> bool:
    """Whether a folder holds the files of a Zotero export beside it, which is read with them."""
    if folder != zotero.FILES:
        return False
    for entry in beside:
        if entry.name.lower().endswith(".rdf") and entry.is_file():
            with contextlib.suppress(OSError), open(entry.path, "rb") as export:
                if zotero.matches(export.read(HEAD_BYTES), entry.name):
                    return True
    return False


def _walk_folder(folder: str, walked: set[str], left_out: Counter[str] | None) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # reading it fails with the reason
        return
    names = {entry.name.lower() for entry in entries}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if entry.is_symlink():
                real = os.path.realpath(entry.path)
                if _meets(real, walked):
                    continue
                walked.add(real)
            if _belongs_to_page(entry.name, names) or _belongs_to_zotero(entry.name, entries):
                continue
            yield from _walk_folder(entry.path, walked, left_out)
        elif left_out is not None and entry.is_file() and (ending := ending_beside(entry.name)):
            left_out[ending] += 1
        elif entry.is_file() or _leads_nowhere(entry):
            yield entry.path


def _leads_nowhere(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not os.path.exists(entry.path)
