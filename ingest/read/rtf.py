"""RTF, in which news databases and older word processors hand out texts: its words, as a text.

What is kept is the text without its marks; where articles begin in it is found as in any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Capture
from ingest.errors import NoArticle, UnreadableFile
from ingest.read.place import Place, capture_of

# The address behind the words of a link, which no reader sees.
_LINK = re.compile(rb"\{\\\*\\fldinst[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_PAGE = re.compile(rb"\\page(?![a-z])")


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as RTF."""
    return head.lstrip().startswith(b"{\\rtf")


def read(place: Place) -> Iterator[Capture]:
    """The file as one capture. Raises UnreadableFile, NoArticle, TooLarge."""
    from striprtf.striprtf import rtf_to_text

    data = place.read()
    marked = _PAGE.sub(rb"\\par\\par ", _LINK.sub(b"", data))
    try:
        text = str(rtf_to_text(marked.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, OverflowError) as error:
        raise UnreadableFile(
            place.source, "this RTF is broken; save it again, as docx or as text"
        ) from error
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    if not text.strip():
        raise NoArticle(place.source, "this RTF has no text; save it as docx or as text")
    yield capture_of(place, data, text, "utf-8", format="rtf")
