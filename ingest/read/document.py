"""What the documents of word processors share: their blocks made a capture, with a title."""

from __future__ import annotations

from ingest.article import Capture, Fact
from ingest.errors import NoArticle
from ingest.read.fragment import Part, blocks_capture, head_lines
from ingest.read.place import Place


def document_capture(
    place: Place, parts: list[Part], facts: list[Fact], *, format: str, data: bytes
) -> Capture:
    """A capture of a word processor's blocks. Raises NoArticle where there is no text."""
    if not any(kind not in ("title", "heading") for kind, _ in parts):
        raise NoArticle(place.source, "this document has no text")
    title, parts = _title_of(parts)
    if title:
        facts.append(Fact("title", title, "title in the document", 0.8))
    parts = head_lines(parts, facts, "document")
    return blocks_capture(place, parts, tuple(facts), format=format, title=title, data=data)


def _title_of(parts: list[Part]) -> tuple[str, list[Part]]:
    """The title and the rest: the style Title, else a heading on top, else a short first line."""
    for at, (kind, words) in enumerate(parts[:8]):
        if kind == "title":
            return words, [*parts[:at], *parts[at + 1 :]]
    kind, words = parts[0]
    follows = len(parts) > 1 and len(parts[1][1]) > 0
    if follows and (
        kind == "heading" or (kind == "text" and len(words) < 150 and words[-1] not in ".,;:")
    ):
        return words, parts[1:]
    return "", parts
