"""Zip archives: every member is read as a file of its own would be. Nothing is put on the disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

from ingest.article import Capture
from ingest.errors import DamagedFile, IngestError, UnsafeMember
from ingest.read.members import Members, passed_over, shown
from ingest.read.place import Place
from ingest.read.wacz import web_archives

_LINK = 0o120000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes begin as a zip archive does, an empty one as well."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read(place: Place) -> Iterator[Capture | IngestError]:
    """The captures of all members, in the order of the archive's list. Raises IngestError."""
    from ingest.read import substack  # it reads members with what is here

    with place.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise DamagedFile(
                place.source, "the zip archive is cut off or damaged; get it again"
            ) from error
        listed = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if not listed:
            raise DamagedFile(place.source, "the zip archive holds no file")
        # Members that share their bytes are how a small archive unpacks to petabytes.
        if sum(info.compress_size for info in listed) > place.size():
            raise UnsafeMember(place.source, "members of the zip archive overlap; it is a trap")
        members = Members(place)
        names = {info.filename for info in listed}
        if substack.fits(names):
            yield from substack.read(archive, members)
            return
        wanted = web_archives(names)
        for info in listed:
            if passed_over(info.filename) or (wanted and info.filename not in wanted):
                continue
            members.count_one()
            yield from _read_member(archive, info, members)
            if members.spent:
                return


def _read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, members: Members
) -> Iterator[Capture | IngestError]:
    name = members.own_name(info.filename)
    source = f"{members.place.source}!{name}"
    try:
        members.check(name, info.file_size, info.compress_size)
        if info.external_attr >> 16 & 0o170000 == _LINK:
            raise UnsafeMember(source, "it is a link, not a file; it was left out")
        if info.flag_bits & 1:
            raise UnsafeMember(source, "it is encrypted; unpack it with its password first")
        with archive.open(info) as member:
            data = member.read(members.place.max_bytes + 1)
    except IngestError as error:
        yield error
        return
    except (*BROKEN, RuntimeError) as error:
        yield DamagedFile(source, f"it is damaged in the archive ({error}); get it again")
        return
    yield from members.read(name, data)


def member_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, members: Members) -> bytes:
    """The bytes of a member of an export. Raises UnsafeMember, TooLarge, DamagedFile."""
    members.check(info.filename, info.file_size, info.compress_size)
    members.budget.take(members.place.source, info.file_size)
    try:
        with archive.open(info) as member:
            return member.read(members.place.max_bytes + 1)
    except (*BROKEN, RuntimeError) as error:
        raise DamagedFile(
            f"{members.place.source}!{shown(info.filename)}",
            f"it is damaged ({error}); export it again",
        ) from error
