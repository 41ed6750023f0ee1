"""A record of a data set, a row or a JSON object, as a capture: its fields found by usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.article import Capture, Fact, FactField
from ingest.byline import read_byline
from ingest.errors import IngestError, NoArticle
from ingest.read.fragment import Part, blocks_capture, date_in, fragment_parts
from ingest.read.place import Place

_NAMES: dict[str, tuple[str, ...]] = {
    "html": ("html", "contenthtml", "bodyhtml", "articlehtml"),
    "text": ("text", "body", "content", "articlebody", "articletext", "fulltext", "maintext",
             "article", "story"),
    "title": ("title", "headline", "hed", "heading"),
    "author": ("author", "authors", "byline", "creator", "writer", "publishedby"),
    "published": ("published", "date", "publishedat", "publicationdate", "publishdate",
                  "datepublished", "pubdate", "publishedtime", "datepublish"),
    "modified": ("modified", "datemodified", "lastmodified"),
    "url": ("url", "link", "permalink", "weburl", "address"),
    "publisher": ("publisher", "source", "outlet", "publication", "newspaper", "sitename",
                  "domainname"),
    "section": ("section", "category", "sectionname", "desk"),
    "language": ("language", "lang"),
    "id": ("id", "key", "guid", "uuid"),
}  # fmt: skip
_BODIES = ("html", "text")
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|article|span|a|b|strong|em|ul|li)[\s/>]", re.I)
_FACTS: tuple[FactField, ...] = ("title", "publisher", "section", "language")


def usual(names: Mapping[str, object] | list[str]) -> dict[str, str]:
    """Which of `names` stands for which field of ours, as in {"text": "Body"}."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(re.sub(r"[\W_]+", "", str(name)).lower(), name)
    return {
        field: next(plain[name] for name in known if name in plain)
        for field, known in _NAMES.items()
        if any(name in plain for name in known)
    }


def is_data_set(names: Mapping[str, object] | list[str]) -> bool:
    """Whether records with such fields are articles: a body, and a thing said about it."""
    found = usual(names)
    return any(body in found for body in _BODIES) and len(found.keys() - {*_BODIES, "id"}) > 0


def record_capture(
    place: Place, record: Mapping[str, object], number: int, data: bytes, format: str
) -> Capture | IngestError:
    """The capture of one record, or why it gives none; named by its id, else by its number."""
    fields = usual(record)
    key = " ".join("".join(c for c in _line(record, fields, "id") if c.isprintable()).split())
    name = key[:200] or str(number)
    html = _text(record.get(fields.get("html", "")))
    body = html or _text(record.get(fields.get("text", "")))
    parts = _parts(body, bool(html))
    if not parts:
        return NoArticle(f"{place.source}!{name}", f"record {number} has no text")
    facts = tuple(_facts(record, fields, format))
    title = _line(record, fields, "title")
    try:
        inside = place.member(name, data, url=_line(record, fields, "url") or None)
    except IngestError as error:
        return error
    return blocks_capture(inside, parts, facts, format=format, title=title, data=data)


def _parts(body: str, is_html: bool) -> list[Part]:
    if is_html or _MARKUP.search(body):
        return fragment_parts(body)
    return [("text", " ".join(line.split())) for line in body.splitlines() if line.strip()]


def _facts(record: Mapping[str, object], fields: dict[str, str], format: str) -> Iterator[Fact]:
    for field in _FACTS:
        if value := _line(record, fields, field):
            yield Fact(field, value, f'field "{fields[field]}" of the {format}', 0.9)
    for moment in ("published", "modified"):
        if day := date_in(_line(record, fields, moment)[:200]):
            when: FactField = "published" if moment == "published" else "modified"
            yield Fact(when, day, f'field "{fields[moment]}" of the {format}', 0.9)
    where = f'field "{fields.get("author")}" of the {format}'
    said = record.get(fields.get("author", ""))
    line = ", ".join(map(_text, said)) if isinstance(said, list) else _text(said)
    if line := " ".join(line.split())[:500]:
        byline = read_byline(line if line.lower().startswith("by ") else f"By {line}")
        yield Fact("byline", (byline and byline.text) or line, where, 0.9)
        names = [_text(one) for one in said] if isinstance(said, list) else None
        for author in names or (byline.authors if byline else ()) or (line,):
            if author.strip():
                yield Fact("author", author.strip(), where, 0.9)


def _line(record: Mapping[str, object], fields: dict[str, str], field: str) -> str:
    return " ".join(_text(record.get(fields.get(field, ""))).split())[:2000]


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    # Half a surrogate pair can be written in JSON, and in no file.
    return str(value).replace("\0", "").encode("utf-8", "replace").decode("utf-8")
