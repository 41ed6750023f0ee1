"""Links and highlights in table cells. Whatever comes out of an article is escaped first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from db.site import archives, folders
from db.texts import beginning

if TYPE_CHECKING:
    from datasette.app import Datasette

# metadata.json puts these around what was found: readable as they are in JSON, CSV and in stock
# Datasette. Only whole pairs become a highlight, so an article that holds some cannot unbalance it.
_FOUND = re.compile("⟦([^⟦⟧]*)⟧")
_OUR_LINK = re.compile(r"/article/(\d{1,15})(#[pq]\d+)?")
_LONGEST_ADDRESS = 60
_LONGEST_TEXT = 4_096
_DATES = {"published", "modified", "first_quoted", "last_quoted"}
_MOMENT = re.compile(r"\d{4}(-\d\d){0,2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?")
# Where the row is the article itself a reader wants the minute too; elsewhere the day will do.
_EXACT = {"articles", "article_texts"}


def render(
    datasette: Datasette, database: str, table: str | None, column: str, value: object, row: Any
) -> Markup | None:
    """The cell's HTML, or None to leave it to Datasette."""
    if column == "article_id" and not isinstance(value, dict):
        # With a label ({"value", "label"}: a table's foreign key) Datasette links the row itself.
        return _article(datasette, database, value)
    if table == "texts" and column == "content" and isinstance(value, bytes):
        return escape(beginning(value, _LONGEST_TEXT))
    if not isinstance(value, str) or not value:
        return None
    if column == "excerpt":
        return _highlighted(value)
    if column == "title" and (number := _article_of(table, row)) is not None:
        return _link(_path(datasette, database, number), value)
    if column in _DATES and _MOMENT.fullmatch(value):
        return _moment(value, exact=table in _EXACT)
    if column == "link" and (ours := _OUR_LINK.fullmatch(value)):
        return _link(_path(datasette, database, int(ours[1])) + (ours[2] or ""), "read")
    if column == "speaker" and archives.has_query(datasette, database, archives.QUOTES):
        path = datasette.urls.query(database, archives.QUOTES)
        return _link(f"{path}?speaker={quote(value)}", value)
    if looks_like_address(value):
        return _outward(value) if is_web_address(value) else escape(value)
    return None


def is_web_address(value: str) -> bool:
    """Whether `value` is wholly one http or https address, safe to put in a link."""
    if not re.fullmatch(r"https?://[^\s\"<>\\\x00-\x1f\x7f]+", value, re.IGNORECASE):
        return False
    try:
        return bool(urlsplit(value).hostname)
    except ValueError:
        return False


def looks_like_address(value: str) -> bool:
    """Whether Datasette would make it a link by itself."""
    return value.strip().lower().startswith(("http://", "https://"))


def _article(datasette: Datasette, database: str, value: object) -> Markup | None:
    if not isinstance(value, int):
        return None
    return _link(_path(datasette, database, value), f"article {value}")


def _path(datasette: Datasette, database: str, article: int) -> str:
    """The page of an article, by its number in that database."""
    return str(datasette.urls.path(f"/article/{folders.number_in(datasette, database, article)}"))


def _article_of(table: str | None, row: Any) -> int | None:
    """The number of the article that a row is about."""
    key = "id" if table in _EXACT else "article_id"
    value = row[key] if key in row.keys() else None  # noqa: SIM118 (sqlite3.Row iterates values)
    if isinstance(value, dict):
        value = value["value"]
    return value if isinstance(value, int) else None


def _moment(value: str, *, exact: bool) -> Markup:
    day, _, clock = value.partition("T")
    shown = f"{day} {clock}" if exact and clock else day
    return Markup('<time datetime="{}" title="{}">{}</time>').format(value, value, shown)


def _highlighted(value: str) -> Markup:
    return Markup(_FOUND.sub(r"<mark>\1</mark>", str(escape(value))))


def _link(href: str, label: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, label)


def _outward(address: str) -> Markup:
    shown = address if len(address) <= _LONGEST_ADDRESS else address[: _LONGEST_ADDRESS - 1] + "…"
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, shown)
