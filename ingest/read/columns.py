"""Which column of a data set stands for which field of ours: by usual names, or by a map."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from ingest.errors import NoArticle
from ingest.read.place import Columns, Place

# Ours, and what data sets call it; spelling with capitals, "_" or "-" is the same.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "hed", "heading", "webtitle"),
    "text": ("text", "body", "content", "contenttext", "articlebody", "articletext", "bodytext",
             "fulltext", "maintext", "article", "story"),
    "html": ("html", "contenthtml", "bodyhtml", "articlehtml"),
    "standfirst": ("standfirst", "subtitle", "subheadline", "subheading", "deck", "dek"),
    "url": ("url", "link", "permalink", "weburl", "address"),
    "published": ("published", "date", "publishedat", "publicationdate", "publishdate",
                  "datepublished", "pubdate", "publishedtime", "datepublish", "postdate",
                  "webpublicationdate", "publishedon"),
    "modified": ("modified", "datemodified", "lastmodified", "modifiedat", "updatedat", "updated"),
    "author": ("author", "authors", "byline", "creator", "writer", "publishedby",
               "authorname"),
    "publisher": ("publisher", "source", "outlet", "publication", "newspaper", "sitename",
                  "domainname"),
    "section": ("section", "category", "sectionname", "desk"),
    "language": ("language", "lang"),
    "tags": ("tags", "keywords"),
    "id": ("id", "key", "guid", "uuid"),
}  # fmt: skip
_BODIES = ("html", "text")
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
        also = ""
        if "url" in usual(names):
            also = "; of a list of addresses alone take one in with: onrecord ingest --fetch URL"
        raise NoArticle(
            place.source,
            f"it is not known which column holds the text; it has {_named(names)}: say so with"
            f" --map, as in --map text=COLUMN{also}",
        )


def _named(names: Collection[str]) -> str:
    more = ", …" if len(names) > _SHOWN else ""
    return ", ".join(map(_shown, list(names)[:_SHOWN])) + more


def _shown(name: str) -> str:
    return " ".join(str(name).split())[:40]
