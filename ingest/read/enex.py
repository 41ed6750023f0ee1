"""Evernote's export: pages that were clipped, a note each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import Capture, Fact
from ingest.errors import IngestError, NoArticle
from ingest.read.fragment import blocks_capture, date_in, fragment_parts, head_lines
from ingest.read.place import Place
from ingest.read.xml import child, local, parse_xml, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(
    rb"\s*(?:<\?[^>]{0,1000}\?>\s*|<!DOCTYPE\s[^>\[]{0,500}>\s*)*<en-export[\s>]", re.IGNORECASE
)
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*\?>|<!DOCTYPE[^>]*>|\s)*")


def matches(head: bytes, name: str) -> bool:
    """Whether the bytes open as an export of Evernote's."""
    return _ROOT.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture for each note, in order. Raises UnreadableFile, NoArticle."""
    root = parse_xml(place.read(), place.source, "Evernote export", place.charset)
    notes = [one for one in root if local(one) == "note"]
    if not notes:
        raise NoArticle(place.source, "this Evernote export holds no note; export it again")
    for number, note in enumerate(notes, 1):
        yield _capture(place, note, number)


def _capture(place: Place, note: _Element, number: int) -> Capture | IngestError:
    from lxml import etree

    about = child(note, "note-attributes")
    url = words_of(child(about, "source-url")) if about is not None else ""
    title = words_of(child(note, "title"))
    facts = [Fact("title", title, "title of the note", 0.8)] if title else []
    # It says when and by whom the page was clipped; the rest stands on the page at most.
    if day := date_in(words_of(child(note, "created"))):
        facts.append(Fact("captured", day, "created of the note", 0.9))
    facts += [
        Fact("tag", words_of(one)[:100], "tag of the note", 0.5)
        for one in note
        if local(one) == "tag" and words_of(one)
    ]
    content = child(note, "content")
    html = "".join(content.itertext()) if content is not None else ""
    parts = head_lines(fragment_parts(_PROLOGUE.sub("", html, count=1)), facts, "note")
    kept = bytes(etree.tostring(note, encoding="utf-8", with_tail=False))
    kept = b"<en-export>" + kept + b"</en-export>"
    name = " ".join((url or title or str(number)).split())[:200]
    if not parts:
        return NoArticle(f"{place.source}!{name}", "this note has no text")
    try:
        inside = place.member(name, kept, url=url if url.startswith("http") else None)
    except IngestError as error:
        return error
    return blocks_capture(inside, parts, tuple(facts), format="enex", title=title, data=kept)
