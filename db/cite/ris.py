"""References as RIS, which every reference manager imports.

Written here: rispy, the library for it, writes a line break in a value as it is, and the record
breaks there. The tests read what we write with it.
"""

from __future__ import annotations

from db.cite.names import Name
from db.cite.reference import Reference, date_parts, one_line
from ingest.article import Moment


def ris(ref: Reference) -> str:
    """The reference as one RIS record, "TY" to "ER", without a line end after it."""
    published, accessed = ref.published, ref.accessed if ref.url else None
    tags = [
        ("TY", "NEWS"),
        ("ID", ref.key),
        *(("AU", _name(name)) for name in ref.credited),
        ("TI", ref.headline),
        ("T2", ref.container),
        ("PY", f"{date_parts(published)[0]:04}" if published else None),
        ("DA", _date(published)),
        ("SE", ref.section),
        ("UR", ref.url),
        ("Y2", _date(accessed)),
        ("LA", ref.language),
        ("DP", ref.agency if ref.authors else None),
        *(("KW", keyword) for keyword in ref.keywords),
        ("N1", ref.note),
        *(("N1", remark) for remark in ref.remarks),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in tags if value and one_line(value)]
    return "\n".join([*lines, "ER  - "])


def _name(name: Name) -> str:
    # A comma parts family and given name, and there is no way to write any other.
    if name.literal:
        return " ".join(name.literal.replace(",", " ").split())
    return ", ".join(filter(None, (name.sorted_by, name.given, name.suffix)))


def _date(moment: Moment | None) -> str | None:
    """YYYY/MM/DD/, each part left empty where it is not known."""
    if moment is None:
        return None
    parts = [f"{part:02}" for part in date_parts(moment)]
    return "/".join([*parts, *[""] * (4 - len(parts))])
