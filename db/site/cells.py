"""Links and highlights in table cells. Whatever comes out of an article is escaped first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from db.site import routes

if TYPE_CHECKING:
    from datasette.app import Datasette

# metadata.json puts these around what was found: readable as they are in JSON, CSV and in stock
# Datasette. Only whole pairs become a highlight, so an article that holds some cannot unbalance it.
_FOUND = re.compile("⟦([^⟦⟧]*)⟧")
_OUR_LINK = re.compile(r"/article/\d+(?:#[pq]\d+)?")
_LONGEST_ADDRESS = 60


def render(
    datasette: Datasette, database: str, table: str | None, column: str, value: object, row: Any
) -> Markup | None:
    """The cell's HTML, or None to leave it to Datasette."""
    if column == "article_id" and not isinstance(value, dict):
        # With a label ({"value", "label"}: a table's foreign key) Datasette links the row itself.
        return _article(datasette, value)
    if not isinstance(value, str) or not value:
        return None
    if column == "excerpt":
        return _highlighted(value)
    if column == "link" and _OUR_LINK.fullmatch(value):
        return _link(datasette.urls.path(value), "read")
    if column == "speaker" and routes.has_query(datasette, database, routes.QUOTES):
        path = datasette.urls.query(database, routes.QUOTES)
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


def _article(datasette: Datasette, value: object) -> Markup | None:
    if not isinstance(value, int):
        return None
    return _link(datasette.urls.path(f"/article/{value}"), f"article {value}")


def _highlighted(value: str) -> Markup:
    return Markup(_FOUND.sub(r"<mark>\1</mark>", str(escape(value))))


def _link(href: str, label: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, label)


def _outward(address: str) -> Markup:
    shown = address if len(address) <= _LONGEST_ADDRESS else address[: _LONGEST_ADDRESS - 1] + "…"
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, shown)
