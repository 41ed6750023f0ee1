"""Tar archives, plain or in gzip: read as a stream, nothing is put on the disk."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from ingest.article import Capture
from ingest.errors import DamagedFile, IngestError, UnsafeMember
from ingest.read.members import GZIP, Gunzip, Members, inflated, passed_over
from ingest.read.place import Place

_BROKEN = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError)


class _Info(tarfile.TarInfo):
    """Notices the end mark: without one tarfile takes a cut archive for a whole one."""

    ended = False

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _Info:
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            cls.ended = True
            raise


class _Filled:
    """A stream that gives as much as it is asked for while there is any, which tarfile needs."""

    def __init__(self, stream: Gunzip) -> None:
        self._stream = stream
        self._broken: Exception | None = None

    def read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size > 0 and self._broken is None:
            try:
                part = self._stream.read(size)
            except (EOFError, zlib.error) as error:
                self._broken = error
                break
            if not part:
                break
            parts.append(part)
            size -= len(part)
        if not parts and self._broken is not None:
            raise self._broken
        return b"".join(parts)


def matches(head: bytes, name: str) -> bool:
    """Whether a tar header stands at the start, of the bytes or of what gzip packs there."""
    start = inflated(head, 512) if head.startswith(GZIP) else head[:512]
    if start[257:262] == b"ustar":
        return True
    return name.endswith((".tar", ".tar.gz", ".tgz")) and len(start) == 512 and _sum_fits(start)


def _sum_fits(header: bytes) -> bool:
    """Whether a block without the mark (of a tar before 1988) has a tar header's checksum."""
    try:
        return tarfile.nti(header[148:156]) in tarfile.calc_chksums(header)  # type: ignore[attr-defined]
    except tarfile.TarError:
        return False


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The captures of all members, in order. Raises IngestError, at the end where it is cut off."""
    with place.open() as stream:
        if place.head().startswith(GZIP):
            yield from _read(place, cast(IO[bytes], _Filled(Gunzip(stream))))
        else:
            yield from _read(place, stream)


def _read(place: Place, stream: IO[bytes]) -> Iterator[Capture | IngestError]:
    members = Members(place)
    info_class = type("_Info", (_Info,), {})  # its own end mark for each archive
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=info_class) as archive:
            for info in archive:
                archive.members = []  # type: ignore[attr-defined]  # tarfile keeps them all, of a million as well
                if info.isdir() or passed_over(info.name):
                    continue
                members.count_one()
                yield from _read_member(archive, info, members)
                if members.spent:
                    return
            whole = info_class.ended  # type: ignore[attr-defined]
    except _BROKEN:
        whole = False
    if not whole:
        raise DamagedFile(
            place.source,
            f"the tar archive is cut off or damaged after {members.whole:,} whole members;"
            " they were kept, get it again",
        )


def _read_member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, members: Members
) -> Iterator[Capture | IngestError]:
    name = members.own_name(info.name)
    source = f"{members.place.source}!{name}"
    try:
        # Bytes of a tar are as they are; how well gzip packs them is for the budget to see.
        members.check(name, info.size, info.size)
        if not info.isreg():
            what = "a link" if info.islnk() or info.issym() else "a device"
            raise UnsafeMember(source, f"it is {what}, not a file; it was left out")
    except IngestError as error:
        yield error
        return
    stream = archive.extractfile(info)
    assert stream is not None
    data = stream.read()
    if len(data) < info.size:
        raise tarfile.ReadError("cut off in a member")
    yield from members.read(name, data)
