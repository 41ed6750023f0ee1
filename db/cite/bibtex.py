"""References as BibTeX.

Written here, not by a library: bibtexparser and pybtex write any value between braces as it is and
leave it to the caller that the braces balance, which is all that is difficult about it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from db.cite.names import Name
from db.cite.reference import Reference, date_parts, one_line

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What parts names, and parts of a name, unless it is in braces.
_OPENING = "[(“‘«„‚\"'¿¡"
_PARTS_NAMES = re.compile(r",|\band\b", re.IGNORECASE)
# No brace is left in a value but those written here: BibTeX counts them, escaped or not.
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
        "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_",
    }
)  # fmt: skip


def bibtex(ref: Reference) -> str:
    """The reference as one BibTeX entry, without a line end after it.

    Text is UTF-8. An article without date has the year "n.d.".
    """
    month = None
    parts = date_parts(ref.published) if ref.published else []
    if len(parts) > 1:
        month = _MONTHS[parts[1] - 1]
    fields = {
        "author": " and ".join(map(_name, ref.credited)),
        "title": _title(ref.headline),
        "journal": escape(ref.container or ""),
        "year": f"{parts[0]:04}" if parts else "n.d.",
        "month": month,
        "day": str(parts[2]) if len(parts) > 2 else None,
        "url": _address(ref.url or ""),
        "urldate": "-".join(f"{part:02}" for part in date_parts(ref.accessed))
        if ref.accessed and ref.url
        else None,
        "language": escape(ref.language or ""),
        "organization": escape(ref.agency or "") if ref.authors else None,
        "note": escape(ref.note or ""),
        # A comma parts keywords, and there is no way to write any other.
        "keywords": ", ".join(escape(word.replace(",", " ")) for word in ref.keywords),
        "annote": " ".join(map(escape, ref.remarks)),
    }
    lines = [
        # Months go without braces: they are names that every style defines.
        f"  {field} = {value if field == 'month' else '{' + value + '}'},"
        for field, value in fields.items()
        if value
    ]
    kind = "article" if ref.container else "misc"
    return "\n".join([f"@{kind}{{{ref.key},", *lines, "}"])


def escape(text: str) -> str:
    """`text` on one line, with what TeX reads as its own written as the character."""
    return one_line(text).translate(_ESCAPES)


def _title(title: str) -> str:
    # Styles put titles into small letters, except what is in braces: names and abbreviations.
    first, *rest = title.split(" ")
    kept = [f"{{{escape(w)}}}" if any(map(str.isupper, w)) else escape(w) for w in rest]
    opening = (
        f"{{{escape(first)}}}"
        if any(map(str.isupper, first.lstrip(_OPENING)[1:]))
        else escape(first)
    )
    return " ".join([opening, *kept])


def _name(name: Name) -> str:
    if name.literal:
        return f"{{{escape(name.literal)}}}"
    last = " ".join(filter(None, (_part(name.particle), _part(name.family))))
    return ", ".join(filter(None, (last, _part(name.suffix), _part(name.given))))


def _part(text: str) -> str:
    return f"{{{escape(text)}}}" if _PARTS_NAMES.search(text) else escape(text)


def _address(url: str) -> str:
    # Read verbatim, so nothing can be escaped the way of TeX; as an address it can be.
    return quote(one_line(url), safe="!#$%&'()*+,-./:;=?@[]_~") if url else ""
