"""A record of a data set, a row or a JSON object, as a capture: its fields found by usual names.

Where a person named the columns (`Place.columns`), those go before the usual names. What is kept
of a record is JSON, whatever it came in: the object, or [object, columns] where they were named.
So it is read again from itself alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from ingest.article import Capture, Fact, FactField
from ingest.byline import read_byline
from ingest.errors import IngestError, NoArticle
from ingest.read.fragment import Part, blocks_capture, date_in, fragment_parts
from ingest.read.place import Columns, Place

# Ours, and what data sets call it; spelling with capitals, "_" or "-" is the same.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "hed", "heading"),
    "text": ("text", "body", "content", "articlebody", "articletext", "fulltext", "maintext",
             "article", "story"),
    "html": ("html", "contenthtml", "bodyhtml", "articlehtml"),
    "url": ("url", "link", "permalink", "weburl", "address"),
    "published": ("published", "date", "publishedat", "publicationdate", "publishdate",
                  "datepublished", "pubdate", "publishedtime", "datepublish"),
    "modified": ("modified", "datemodified", "lastmodified"),
    "author": ("author", "authors", "byline", "creator", "writer", "publishedby"),
    "publisher": ("publisher", "source", "outlet", "publication", "newspaper", "sitename",
                  "domainname"),
    "section": ("section", "category", "sectionname", "desk"),
    "language": ("language", "lang"),
    "id": ("id", "key", "guid", "uuid"),
}  # fmt: skip
# The formats whose captures are records, kept as JSON.
FORMATS = frozenset({"csv", "json", "omnivore"})
_BODIES = ("html", "text")
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|article|span|a|b|strong|em|ul|li)[\s/>]", re.I)
_FACTS: tuple[FactField, ...] = ("title", "publisher", "section", "language")
_SHOWN = 12  # columns named in a message

Record = Mapping[str, object]


def usual(names: Iterable[str]) -> dict[str, str]:
    """Which of `names` stands for which field of ours, as in {"text": "Body"}."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(re.sub(r"[\W_]+", "", str(name)).lower(), name)
    return {
        field: next(plain[name] for name in known if name in plain)
        for field, known in NAMES.items()
        if any(name in plain for name in known)
    }


def is_data_set(names: Iterable[str]) -> bool:
    """Whether records with such fields are articles: a body, and a thing said about it."""
    found = usual(names)
    return any(body in found for body in _BODIES) and len(found.keys() - {*_BODIES, "id"}) > 0


def value_at(record: Record, column: str) -> object:
    """What stands in a column; "body.text" leads into an object, "authors.name" over a list.

    None where there is no such column.
    """
    if column in record:
        return record[column]
    outer, _, inner = column.partition(".")
    if not inner or outer not in record:
        return None
    held = record[outer]
    if isinstance(held, list):
        found = [value_at(one, inner) for one in held if isinstance(one, dict)]
        return [one for one in found if one is not None] or None
    return value_at(held, inner) if isinstance(held, dict) else None


def has_any(record: Record, columns: Columns) -> bool:
    """Whether a record has one of the columns that a person named."""
    return any(value_at(record, column) is not None for _, column in columns)


def require(place: Place, records: Iterable[object]) -> None:
    """Raises NoArticle where a column that a person named stands in none of the records."""
    missing = [column for _, column in place.columns]
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict):
            names.update(dict.fromkeys(record))
            missing = [column for column in missing if value_at(record, column) is None]
            if not missing:
                return
    if missing and names:
        raise NoArticle(
            place.source,
            f'no record has the column "{missing[0]}" of --map; it has {_named(names)}',
        )


def require_body(place: Place, records: Iterable[object]) -> None:
    """Raises NoArticle where none of the records has fields that are known to be an article's.

    Taken for a text, a data set would be one article of raw lines.
    """
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict):
            if is_data_set(record):
                return
            names.update(dict.fromkeys(record))
    if names:
        raise NoArticle(
            place.source,
            f"it is not known which column holds the text; it has {_named(names)}: say so with"
            " --map, as in --map text=COLUMN",
        )


def _named(names: Collection[str]) -> str:
    more = ", …" if len(names) > _SHOWN else ""
    return ", ".join(map(_shown, list(names)[:_SHOWN])) + more


def _shown(name: str) -> str:
    return " ".join(str(name).split())[:40]


def record_capture(
    place: Place, record: Record, number: int, format: str, said: tuple[Fact, ...] = ()
) -> Capture | IngestError:
    """The capture of one record, or why it gives none; named by its id, else by its number.

    `said` is what its container says of it and the record does not.
    """
    fields = _fields(record, place.columns)
    key = " ".join("".join(c for c in _line(record, fields, "id") if c.isprintable()).split())
    name = key[:200] or str(number)
    html = _body(record, fields, "html")
    body = html or _body(record, fields, "text")
    parts = _parts(body, bool(html))
    if not parts:
        return NoArticle(f"{place.source}!{name}", f"record {number} has no text")
    facts = tuple(_facts(record, fields, format))
    title = _line(record, fields, "title")
    data = _kept(record, place.columns)
    try:
        url = _line(record, fields, "url") or None
        inside = place.member(name, data, url=url, facts=said)
    except IngestError as error:
        return error
    return blocks_capture(inside, parts, facts, format=format, title=title, data=data)


def read_kept(place: Place, format: str) -> Capture:
    """A record again from what was kept of it. Raises NoArticle where it was kept otherwise."""
    from dataclasses import replace

    try:
        kept = json.loads(place.read())
        record, columns = kept if isinstance(kept, list) else (kept, {})
        place = replace(place, columns=tuple(columns.items()))
        found = record_capture(place, dict(record), 1, format, place.facts)
    except (ValueError, TypeError, AttributeError):
        raise NoArticle(
            place.source, "an older version kept it without its columns; ingest the file again"
        ) from None
    if isinstance(found, IngestError):
        raise found
    return found


def _kept(record: Record, columns: Columns) -> bytes:
    kept = [record, dict(columns)] if columns else record
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace")


def _fields(record: Record, columns: Columns) -> dict[str, str]:
    """Which column stands for which field: the one that a person named, where the record has it."""
    fields = usual(record)
    named = {field: column for field, column in columns if value_at(record, column) is not None}
    if "text" in named:
        fields.pop("html", None)  # of two bodies the one that was asked for
    return fields | named


def _parts(body: str, is_html: bool) -> list[Part]:
    if is_html or _MARKUP.search(body):
        return fragment_parts(body)
    return [("text", " ".join(line.split())) for line in body.splitlines() if line.strip()]


def _facts(record: Record, fields: dict[str, str], format: str) -> Iterator[Fact]:
    for field in _FACTS:
        if value := _line(record, fields, field):
            yield Fact(field, value, f'field "{fields[field]}" of the {format}', 0.9)
    for moment in ("published", "modified"):
        if day := date_in(_line(record, fields, moment)[:200]):
            when: FactField = "published" if moment == "published" else "modified"
            yield Fact(when, day, f'field "{fields[moment]}" of the {format}', 0.9)
    where = f'field "{fields.get("author")}" of the {format}'
    said = _said(record, fields, "author")
    line = ", ".join(map(_text, said)) if isinstance(said, list) else _text(said)
    if line := " ".join(line.split())[:500]:
        byline = read_byline(line if line.lower().startswith("by ") else f"By {line}")
        yield Fact("byline", (byline and byline.text) or line, where, 0.9)
        names = [_text(one) for one in said] if isinstance(said, list) else None
        for author in names or (byline.authors if byline else ()) or (line,):
            if author.strip():
                yield Fact("author", author.strip(), where, 0.9)


def _line(record: Record, fields: dict[str, str], field: str) -> str:
    return " ".join(_text(_said(record, fields, field)).split())[:2000]


def _said(record: Record, fields: dict[str, str], field: str) -> object:
    # A column without a name is no field's: pandas writes one with the number of the row.
    return value_at(record, fields[field]) if field in fields else None


def _body(record: Record, fields: dict[str, str], field: str) -> str:
    """The text of a record; a list of paragraphs is one as well."""
    said = _said(record, fields, field)
    return "\n".join(map(_text, said)) if isinstance(said, list) else _text(said)


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    # Half a surrogate pair can be written in JSON, and in no file.
    return str(value).replace("\0", "").encode("utf-8", "replace").decode("utf-8")
