"""Where a web archive can be parted, so that several readers take a stretch of it each."""

from __future__ import annotations

from dataclasses import replace

from ingest.errors import IngestError
from ingest.read.flow import Flow
from ingest.read.members import shown
from ingest.read.place import Budget, Cut, Place
from ingest.read.warc import Told, pages
from ingest.read.warc_records import field, records


def cuts_of(place: Place, size: int) -> list[Cut]:
    """Stretches of a web archive of about `size` bytes each, which give together what it gives.

    Cuts are made where a record begins, packed in a gzip member of its own or not packed at all: a
    file that is packed as one has one cut. All records are read through, at some of the time that
    their pages would take. Raises UnreadableFile.
    """
    place = replace(place, budget=Budget(place.size(), place.max_bytes))
    told = Told()
    cuts: list[Cut] = []
    start, before = 0, 0
    names: list[tuple[int, str]] = []
    payloads: dict[str, int] = {}
    with place.open() as stream:
        for record in records(Flow(stream), place.max_bytes, []):
            if record.start is not None and record.start - start >= size:
                cuts.append(Cut(start, record.start, tuple(names), tuple(payloads.items())))
                start, before = record.start, told.pages
                names, payloads = [], {}
            if field(record.header, b"warc-type") == "revisit":
                digest = field(record.header, b"warc-payload-digest")
                where = told.payloads.get(digest)
                if where is not None and where < start:
                    payloads[digest] = where
            for page in pages(place, record, told):
                if isinstance(page, IngestError):
                    continue
                name = told.name(page.uri, page.date)
                if name != shown(page.uri):
                    names.append((told.pages - before, name))
    cuts.append(Cut(start, place.size(), tuple(names), tuple(payloads.items())))
    return cuts
