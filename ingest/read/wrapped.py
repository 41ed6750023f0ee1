"""Records inside one JSON object: a JSON Feed, a Ghost export, what a site's interface answers.

Where an object is no article itself, the longest list in it whose objects are articles is what it
holds; lists of links, authors or settings beside it are none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.article import Fact
from ingest.read.columns import Record, has_any, is_data_set
from ingest.read.place import Columns

_DEEPEST = 5  # objects and lists between the file and its records
_LOOKED_AT = 20  # objects of a list that tell whether it is one of articles
# Where interfaces put what an article consists of, beside its number and its links.
_INNER = ("_source", "attributes", "fields")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A record, and what is said around it of all records; a draft was never published.

    `record` may be no object, or the error that stands for one.
    """

    record: object
    said: tuple[Fact, ...] = ()
    is_draft: bool = False


def unwrapped(record: object, columns: Columns = ()) -> Iterator[Wrapped] | None:
    """The records that an object holds, in order; None where it is a record itself, or no object.

    `columns` are those that a person named.
    """
    if not isinstance(record, dict) or _is_article(record, columns):
        return None
    if (ghost := _ghost_data(record)) is not None:
        return _ghost(ghost)
    if _is_feed(record) and not columns:
        return _entries(record)
    found = _longest(record, columns, 0)
    if not found:
        return None
    return (Wrapped(laid_open(one)) for one in found)


def laid_open(record: object) -> object:
    """A record whose fields stand in an object of it ("_source") as one that has them itself."""
    if not isinstance(record, dict):
        return record
    for name in _INNER:
        inner = record.get(name)
        if isinstance(inner, dict) and inner:
            return {**{key: value for key, value in record.items() if key != name}, **inner}
    return record


def _is_article(record: Record, columns: Columns) -> bool:
    if columns:
        return has_any(record, columns)
    # A feed may have a title, and a "content" or "article" that is a list of articles.
    if _is_feed(record):
        return False
    plain = {k: v for k, v in record.items() if not _holds_objects(v)}
    return is_data_set(plain if len(plain) < len(record) else record)


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _longest(value: object, columns: Columns, depth: int) -> list[object]:
    """The longest list of articles in `value`; an empty one where there is none."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        for one in value[:_LOOKED_AT]:
            opened = laid_open(one)
            if isinstance(opened, dict) and (
                has_any(opened, columns) if columns else is_data_set(opened)
            ):
                return value
        inner = (_longest(one, columns, depth + 1) for one in value[:_LOOKED_AT])
    elif isinstance(value, dict):
        inner = (_longest(one, columns, depth + 1) for one in value.values())
    else:
        return []
    return max(inner, key=len, default=[])


def is_feed(data: bytes) -> bool:
    """Whether the bytes are a JSON Feed."""
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return False
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(feed, dict) and _is_feed(feed)


def _is_feed(record: Record) -> bool:
    return "jsonfeed.org/version" in str(record.get("version")) and "items" in record


def _entries(feed: Record) -> Iterator[Wrapped]:
    """The items of a JSON Feed; one that has a summary alone is stored for it, and said so."""
    about = tuple(_about_feed(feed))
    items = feed["items"]
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and not (item.get("content_html") or item.get("content_text")):
            only = Fact("paywall", "summary only", "item of the feed without content", 0.7)
            yield Wrapped({**item, "content_text": item.get("summary")}, (*about, only))
        else:
            yield Wrapped(item, about)


def _about_feed(feed: Record) -> Iterator[Fact]:
    for field, name in (("publisher", "title"), ("language", "language")):
        if isinstance(value := feed.get(name), str) and value.strip():
            yield Fact(field, value.strip()[:300], f"{name} of the feed", 0.6)  # type: ignore[arg-type]


def _ghost_data(record: Record) -> Record | None:
    """The tables of a Ghost export; None where the object is none."""
    db = record.get("db")
    first = db[0] if isinstance(db, list) and db else db
    data = first.get("data") if isinstance(first, dict) else record.get("data")
    if isinstance(data, dict) and isinstance(data.get("posts"), list) and "users" in data:
        return data
    return None


def _ghost(data: Record) -> Iterator[Wrapped]:
    """The posts and pages of a Ghost export, with what its other tables say of them."""
    settings = {row.get("key"): row.get("value") for row in _rows(data, "settings")}
    said = tuple(
        Fact(field, value.strip()[:300], f"setting {key} of the export", 0.7)  # type: ignore[arg-type]
        for field, key in (("publisher", "title"), ("language", "locale"))
        if isinstance(value := settings.get(key), str) and value.strip()
    )
    authors = _named(data, "users", "posts_authors", "author_id")
    tags = _named(data, "tags", "posts_tags", "tag_id")
    for post in _rows(data, "posts"):
        record: dict[str, object] = {
            "id": post.get("slug") or post.get("id"),
            "title": post.get("title"),
            "subtitle": post.get("custom_excerpt"),
            "url": post.get("canonical_url"),
            "published": post.get("published_at"),
            "modified": post.get("updated_at"),
            "authors": authors.get(post.get("id")),
            "tags": tags.get(post.get("id")),
        }
        body = "html" if post.get("html") else "text"
        record[body] = post.get("html") or post.get("plaintext")
        kept = {name: value for name, value in record.items() if value}
        yield Wrapped(kept, said, post.get("status") not in (None, "published", "sent"))


def _rows(data: Record, table: str) -> list[Record]:
    rows = data.get(table)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _named(data: Record, table: str, links: str, other: str) -> dict[object, list[object]]:
    """For each post the names in another table that it is linked with, in their order."""
    names = {row.get("id"): row.get("name") for row in _rows(data, table)}
    found: dict[object, list[object]] = {}
    for link in sorted(_rows(data, links), key=lambda row: _number(row.get("sort_order"))):
        if name := names.get(link.get(other)):
            found.setdefault(link.get("post_id"), []).append(name)
    return found


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
