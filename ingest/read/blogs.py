"""What blogs export: WordPress's WXR, an RSS feed of everything, and Blogger's Atom feed.

Beside posts and pages they hold pictures, menus, settings, templates, comments and drafts. Writers
go by the names of their accounts, and the text is as it was typed, with [shortcodes] in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ingest.article import Fact
from ingest.read.fragment import Part, date_in, fragment_parts
from ingest.read.xml import child, local, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

Standing = Literal["published", "draft", "none"]

# Types of WordPress's own that nobody reads as an article; a site's own types are articles.
_NO_ARTICLES = re.compile(
    r"attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|"
    r"wp_\w+|acf-[\w-]+|feedback|shop_order|scheduled-action"
)
_PUBLISHED = frozenset({"publish", "live", ""})
_KIND = "schemas.google.com/g/2005#kind"
_BLOCKS = "<!-- wp:"
_CAPTION = re.compile(r"\[caption\b[^\]]*\](.*?)\[/caption\]", re.DOTALL)
_ADDRESS = re.compile(r"\[(embed|audio|video)\b[^\]]*\][^\[]*\[/\1\]")
_VALUED = re.compile(r"""\[[a-z][\w-]*(?:\s+[\w-]+=(?:"[^"]*"|'[^']*'|[^\s\]"']+))+\s*/?\]""")
_CLOSED = re.compile(r"\[/([a-z][\w-]*)\]")
_ALONE = re.compile(r"\[(?:gallery|playlist|audio|video|jetpack_\w+|toc)\s*/?\]")


def accounts(channel: _Element) -> dict[str, str]:
    """The names that the writers of a WordPress export show, by those of their accounts."""
    found = {}
    for author in channel:
        if local(author) == "author" and len(author):
            account = words_of(child(author, "author_login"))
            name = words_of(child(author, "author_display_name"))
            if account and name:
                found[account] = name
    return found


def is_wordpress(entry: _Element) -> bool:
    """Whether an entry is one of a WordPress export."""
    return child(entry, "post_type") is not None and child(entry, "post_id") is not None


def standing(entry: _Element) -> Standing:
    """Whether an entry was published, or is a draft, or no article at all."""
    kind = words_of(child(entry, "post_type")).lower()
    status = words_of(child(entry, "status")).lower()
    if is_wordpress(entry):
        if _NO_ARTICLES.fullmatch(kind) or status in ("trash", "auto-draft", "inherit"):
            return "none"
        return "published" if status in _PUBLISHED else "draft"
    kinds = [
        (element.get("term") or "").rpartition("#")[2]
        for element in entry
        if local(element) == "category" and (element.get("scheme") or "").endswith(_KIND)
    ]
    blogger = words_of(child(entry, "type")).lower() if child(entry, "type") is not None else ""
    if any(kind not in ("post", "page") for kind in kinds) or blogger == "comment":
        return "none"
    control = child(entry, "control")
    is_draft = control is not None and words_of(child(control, "draft")).lower() == "yes"
    return "draft" if is_draft or (blogger and status not in _PUBLISHED) else "published"


def is_kind(category: _Element) -> bool:
    """Whether a category of an entry says what the entry is, and not what it is about."""
    return (category.get("scheme") or "").endswith(_KIND)


def writer(entry: _Element, names: dict[str, str]) -> tuple[Fact, ...]:
    """What the export says, beside its entries, of the writer of one."""
    name = names.get(words_of(child(entry, "creator")))
    if not name:
        return ()
    where = "author of the export"
    return Fact("author", name, where, 0.9), Fact("byline", name, where, 0.9)


def changed(entry: _Element) -> Fact | None:
    """When an entry of a WordPress export was last changed."""
    said = words_of(child(entry, "post_modified_gmt"))
    value = date_in(f"{said}Z") if said else None
    return Fact("modified", value, "post_modified_gmt of the entry", 0.8) if value else None


def typed_parts(text: str) -> list[Part]:
    """The blocks of a post as it was typed: blank lines part paragraphs, shortcodes are gone.

    "[sic]" stays: a shortcode has a value, or an end of its own.
    """
    text = _CAPTION.sub(r"<figcaption>\1</figcaption>", text)
    text = _ALONE.sub("", _VALUED.sub("", _ADDRESS.sub("", text)))
    for name in set(_CLOSED.findall(text)):
        text = re.sub(rf"\[/?{re.escape(name)}\]", "", text)
    if _BLOCKS not in text:
        text = re.sub(r"\n[^\S\n]*\n\s*", "\n<br><br>\n", text.replace("\r\n", "\n"))
    return fragment_parts(text)
