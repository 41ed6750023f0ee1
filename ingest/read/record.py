"""A record of a data set, a row or a JSON object, as a capture: its fields found by usual names.

Where a person named the columns (`Place.columns`), those go before the usual names. What is kept
of a record is JSON, whatever it came in: the object, or [object, columns] where they were named.
So it is read again from itself alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from ingest.article import Capture, Fact, FactField
from ingest.decode import undoubled
from ingest.errors import IngestError, LeftOut, NoArticle
from ingest.read.columns import Record, usual, value_at
from ingest.read.fragment import Part, blocks_capture, date_in, fragment_parts
from ingest.read.place import Columns, Place
from ingest.read.writers import writers

# The formats whose captures are records, kept as JSON.
FORMATS = frozenset({"csv", "json", "omnivore", "substack"})
_MARKUP = re.compile(r"<(?:p|div|br|h[1-6]|article|span|a|b|strong|em|ul|li)[\s/>]", re.I)
_FACTS: tuple[FactField, ...] = ("title", "publisher", "section", "language")
# Where an object has the words of a field: {"rendered": "Ferry stays"}, {"name": "Ann Lee"}.
_WORDS = ("name", "rendered", "main", "original", "title", "label", "value")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|amp|quot|nbsp|[lr][sd]quo|[mn]dash|hellip);")
_MARKED = re.compile(r"<[a-zA-Z/]|&(?:#\w{1,7}|\w{2,10});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
# How programs write that a cell is empty.
_NOTHING = frozenset({"nan", "none", "null", "n/a", "\\n", "undefined", "[]"})


def unpublished(source: str, drafts: int) -> LeftOut:
    """What is said of the drafts that an export holds beside what was published."""
    some = "1 draft was" if drafts == 1 else f"{drafts:,} drafts were"
    return LeftOut(f"{source}!drafts", f"{some} left out: never published, so no article yet")


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
    first = _line(record, fields, "standfirst")
    if first and not parts[0][1].startswith(first):
        parts = [("text", first), *parts]
    facts = tuple(record_facts(record, fields, format))
    title = _line(record, fields, "title")
    data = _kept(record, place.columns)
    try:
        url = url_of(record, fields) or None
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
    if str(_text(value_at(record, fields.get("author", "")))).isdigit():
        fields["author"] = "_embedded.author.name"  # WordPress: the number of an account, and whose
    if "text" in named:
        fields.pop("html", None)  # of two bodies the one that was asked for
    return fields | named


def _parts(body: str, is_html: bool) -> list[Part]:
    if is_html or _MARKUP.search(body):
        return fragment_parts(body)
    if _ENTITY.search(body):
        body = unescape(body)
    return [("text", " ".join(line.split())) for line in body.splitlines() if line.strip()]


def url_of(record: Record, fields: dict[str, str]) -> str:
    """The address that a record states, also as its source; "" where it states none."""
    url = _line(record, fields, "url")
    source = "" if url else _line(record, fields, "publisher")
    return url or (source if _ADDRESS.match(source) else "")


def record_facts(record: Record, fields: dict[str, str], format: str) -> Iterator[Fact]:
    """What a record says of its article; `fields` are those of ours and its columns for them."""
    for field in _FACTS:
        value = _line(record, fields, field)
        if value and not (field == "publisher" and _ADDRESS.match(value)):
            yield Fact(field, value, f'field "{fields[field]}" of the {format}', 0.9)
    for moment in ("published", "modified"):
        if day := date_in(_line(record, fields, moment)[:200]):
            when: FactField = "published" if moment == "published" else "modified"
            yield Fact(when, day, f'field "{fields[moment]}" of the {format}', 0.9)
    where = f'field "{fields.get("author")}" of the {format}'
    said = _said(record, fields, "author")
    by = writers([_text(one) for one in said] if isinstance(said, list) else _text(said))
    if by is not None:
        yield Fact("byline", by.line, where, 0.9)
        yield from (Fact("author", name, where, 0.9) for name in by.names)
    tags = _said(record, fields, "tags")
    for tag in tags if isinstance(tags, list) else ():
        if word := " ".join(_text(tag).split()):
            yield Fact("tag", word[:100], f'field "{fields["tags"]}" of the {format}', 0.5)


def _line(record: Record, fields: dict[str, str], field: str) -> str:
    line = " ".join(_text(_said(record, fields, field)).split())[:2000]
    if _MARKED.search(line):
        line = " ".join(unescape(_TAG.sub("", line)).split())
    return "" if line.casefold() in _NOTHING else line


def _said(record: Record, fields: dict[str, str], field: str) -> object:
    # A column without a name is no field's: pandas writes one with the number of the row.
    return value_at(record, fields[field]) if field in fields else None


def _body(record: Record, fields: dict[str, str], field: str) -> str:
    """The text of a record; a list of paragraphs is one as well."""
    said = _said(record, fields, field)
    return "\n".join(map(_text, said)) if isinstance(said, list) else _text(said)


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[name] for name in _WORDS if name in value), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    # Half a surrogate pair can be written in JSON, and in no file.
    text = str(value).replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return text if text.isascii() else undoubled(text)
