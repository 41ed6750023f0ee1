"""Factiva's texts: fields by codes of two letters ("HD" the headline), an article after the other.

Assumed of its form, as its text and RTF exports have it: a code stands at the head of a line, with
its value behind it or on the lines below, up to the next code; "LP" and "TD" are the text; the
number of the document ("AN") ends an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.article import Capture, Fact
from ingest.decode import decode
from ingest.errors import IngestError, NoArticle
from ingest.read.fragment import Part, blocks_capture, date_in
from ingest.read.place import Place
from ingest.read.writers import writers

_CODE = re.compile(
    r"(?P<code>SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CLM|ART|AN|CO|IN|NS|RE|PUB|IPC|IPD|"
    r"RF|CT)(?:[^\S\n]+(?P<value>\S.*)|[^\S\n]*)\Z"
)
# Below the text a code has to look like one: "IN" may begin a line of it.
_BELOW = re.compile(
    r"(?:AN\s+(?:Document\s+)?\w{10,}|(?:CO|IN|NS|RE|IPC|IPD|PUB|RF|CT|ART)\s+\S.*[:|].*)\Z"
)
_TEXT = ("LP", "TD")
_NEEDED = frozenset({"HD", "PD", "SN"})
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it",
    "dutch": "nl", "portuguese": "pt", "russian": "ru", "chinese": "zh", "japanese": "ja",
    "arabic": "ar", "swedish": "sv", "danish": "da", "norwegian": "no", "polish": "pl",
}  # fmt: skip
_LINES = 60  # in which the codes of the first article stand

Fields = dict[str, str]


def matches(head: bytes, name: str) -> bool:
    """Whether the first lines have the codes of a headline, a date, a source and a text."""
    if b"HD" not in head[:4096] or b"PD" not in head[:4096]:
        return False
    lines = head[:16_384].decode("utf-8", "replace").splitlines()[:_LINES]
    codes = {found["code"] for line in lines if (found := _CODE.match(line.rstrip()))}
    return codes >= _NEEDED and any(code in codes for code in _TEXT)


def read(place: Place) -> Iterator[Capture | IngestError]:
    """A capture for each article, in order. Raises EmptyFile, BinaryFile, UnreadableFile."""
    data = place.read()
    text, _ = decode(data, place.source, place.charset)
    articles = list(_articles(text))
    for number, (fields, whole) in enumerate(articles, 1):
        key = fields.get("AN", "").removeprefix("Document").strip() or str(number)
        own = whole.encode()
        try:
            inside = place if len(articles) == 1 else place.member(key[:200], own)
        except IngestError as error:
            yield error
            continue
        yield _capture(inside, fields, data if inside is place else own)


def _articles(text: str) -> Iterator[tuple[Fields, str]]:
    """The fields of each article, and its stretch of the text."""
    fields: dict[str, list[str]] = {}
    lines: list[str] = []
    code = ""
    for line in text.splitlines():
        plain = line.rstrip().lstrip("\ufeff\f")
        found = _CODE.match(plain)
        if found and code in _TEXT and found["code"] not in _TEXT and not _BELOW.match(plain):
            found = None
        if found and found["code"] in ("HD", "SE") and "AN" in fields:
            yield _joined(fields), "\n".join(lines)
            fields, lines = {}, []
        if found:
            code = found["code"]
            fields.setdefault(code, []).append(found["value"] or "")
        elif code:
            fields[code].append(plain)
        lines.append(line)
    if "HD" in fields:
        yield _joined(fields), "\n".join(lines)


def _joined(fields: dict[str, list[str]]) -> Fields:
    return {
        code: "\n".join(lines).strip() if code in _TEXT else " ".join(" ".join(lines).split())
        for code, lines in fields.items()
    }


def _capture(place: Place, fields: Fields, data: bytes) -> Capture | IngestError:
    parts = [part for code in _TEXT for part in _paragraphs(fields.get(code, ""))]
    if not parts:
        return NoArticle(place.source, "this article of Factiva's has no text; export it in full")
    capture = blocks_capture(
        place, parts, tuple(_facts(fields)), format="factiva", title=fields["HD"], data=data
    )
    return replace(capture, raw=data)


def _paragraphs(text: str) -> Iterator[Part]:
    blank = "\n\n" in re.sub(r"[^\S\n]+\n", "\n", text)
    for piece in re.split(r"\n\s*\n" if blank else r"\n", text):
        if words := " ".join(piece.split()):
            yield "text", words


def _facts(fields: Fields) -> Iterator[Fact]:
    yield Fact("title", fields["HD"], "HD of the record", 0.9)
    for code, field in (("SN", "publisher"), ("SE", "section"), ("CY", "rights")):
        if value := fields.get(code):
            yield Fact(field, value[:300], f"{code} of the record", 0.9)  # type: ignore[arg-type]
    if day := date_in(fields.get("PD", "")):
        time = re.match(r"\d\d:\d\d", fields.get("ET", ""))
        value = f"{day}T{time.group()}" if time and len(day) == 10 else day
        yield Fact("published", value, "PD of the record", 0.9)
    if language := _LANGUAGES.get(fields.get("LA", "").casefold()):
        yield Fact("language", language, "LA of the record", 0.9)
    by = writers(fields.get("BY", ""))
    if by is not None:
        yield Fact("byline", by.line, "BY of the record", 0.9)
        yield from (Fact("author", name, "BY of the record", 0.9) for name in by.names)
