"""A Substack export: a zip of posts.csv and of each post's HTML in posts/NUMBER.SLUG.html.

Assumed of its form, as the service gives it: posts.csv has post_id, post_date, is_published, title
and subtitle. Lists of readers and of what was opened or sent lie beside it and are not taken in.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Collection, Iterator

from ingest.article import Capture
from ingest.errors import DamagedFile, IngestError, NoArticle
from ingest.read.members import Members, shown
from ingest.read.record import record_capture, unpublished
from ingest.read.zip import member_bytes

LIST = "posts.csv"
_POST = re.compile(r"posts/\d+\.[^/]*\.html")
_COLUMNS = frozenset({"post_id", "title"})


def fits(names: Collection[str]) -> bool:
    """Whether a zip with members of these names is such an export."""
    return LIST in names and any(_POST.fullmatch(name) for name in names)


def read(archive: zipfile.ZipFile, members: Members) -> Iterator[Capture | IngestError]:
    """A capture for each post that was published, in the order of the list. Raises DamagedFile."""
    place = members.place
    inside = {info.filename: info for info in archive.infolist()}
    listed = member_bytes(archive, inside[LIST], members).decode("utf-8-sig", "replace")
    rows = csv.DictReader(io.StringIO(listed.replace("\0", ""), newline=""))
    if not set(rows.fieldnames or ()) >= _COLUMNS:
        raise DamagedFile(
            f"{place.source}!{LIST}", "it is no list of Substack's posts; export them again"
        )
    drafts = 0
    for number, row in enumerate(rows, 1):
        members.count_one()
        key = row["post_id"] or str(number)
        if (row.get("is_published") or "true").strip().lower() == "false":
            drafts += 1
            continue
        # Looked up among the members, never on the disk: no name can lead out of the archive.
        info = inside.get(f"posts/{key}.html")
        if info is None:
            yield NoArticle(f"{place.source}!{shown(key)[:200]}", "the export has no text for it")
            continue
        try:
            html = member_bytes(archive, info, members).decode("utf-8", "replace")
        except IngestError as error:
            yield error
            continue
        record = {"id": key, "title": row["title"], "published": row.get("post_date")}
        summary = (row.get("subtitle") or "").strip()
        record |= {"subtitle": summary, "html": html}
        yield record_capture(place, record, number, "substack")
    if drafts:
        yield unpublished(place.source, drafts)
