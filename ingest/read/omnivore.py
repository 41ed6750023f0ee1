"""An Omnivore export: a zip of metadata_*.json lists with each page's text in content/SLUG.html.

Assumed of its form, as the service gave it until it closed in 2024: every metadata file is a list
of objects with slug, title, author, url, savedAt, publishedAt; highlights/ is not taken in.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from ingest.article import Capture, Fact
from ingest.errors import DamagedFile, IngestError, NoArticle
from ingest.read.members import Members
from ingest.read.place import Place
from ingest.read.record import record_capture
from ingest.read.stamps import stamp
from ingest.read.zip import BROKEN, member_bytes
from ingest.read.zip import matches as is_zip

_LIST = re.compile(rb"metadata_\d+_to_\d+\.json")


def matches(head: bytes, name: str) -> bool:
    """Whether this is a zip with a list of Omnivore's among its first members."""
    return is_zip(head, name) and _LIST.search(head) is not None


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture for each page on the lists that has content. Raises DamagedFile."""
    with place.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise DamagedFile(
                place.source, "the Omnivore export is cut off or damaged; get it again"
            ) from error
        members = Members(place)
        place = replace(place, budget=members.budget, columns=())
        inside = {info.filename: info for info in archive.infolist()}
        for listed in sorted(name for name in inside if _LIST.fullmatch(name.encode())):
            source = f"{place.source}!{listed}"
            try:
                pages = json.loads(member_bytes(archive, inside[listed], members))
            except IngestError as error:
                yield error
                continue
            except (ValueError, RecursionError):
                pages = None
            if not isinstance(pages, list):
                yield DamagedFile(source, "it is no list of pages; export them again")
                continue
            for number, page in enumerate(pages, 1):
                if isinstance(page, dict):
                    yield _page(archive, inside, members, place, page, number)
                else:
                    yield DamagedFile(f"{source}!{number}", f"record {number} is no JSON object")


def _page(
    archive: zipfile.ZipFile, inside: dict[str, zipfile.ZipInfo], members: Members,
    place: Place, page: dict[str, object], number: int,
) -> Capture | IngestError:  # fmt: skip
    slug = str(page.get("slug") or number)
    # Looked up among the members, never on the disk: no name can lead out of the archive.
    info = inside.get(f"content/{slug}.html")
    if info is None:
        return NoArticle(f"{place.source}!{slug[:200]!r}", "the export has no content for it")
    try:
        data = member_bytes(archive, info, members)
    except IngestError as error:
        return error
    record = {name: page.get(name) for name in ("title", "author", "url", "publishedAt")}
    record |= {"id": slug, "html": data.decode("utf-8", "replace")}
    saved = stamp(str(page.get("savedAt") or "")[:100])
    fact = Fact("captured", saved, "savedAt of the Omnivore export", 0.9) if saved else None
    return record_capture(place, record, number, "omnivore", (fact,) if fact else ())
