"""Of what kind each piece of an article's stretch of the page is."""

from __future__ import annotations

import re
from collections import Counter

from ingest.article import BlockKind
from ingest.byline import read_bare_byline, read_byline
from ingest.captions import is_caption
from ingest.credits import unsigned
from ingest.fields import read_fields
from ingest.furniture import rule_for
from ingest.read.html_blocks import Piece
from ingest.read.html_words import squash
from ingest.rights import read_rights

Part = tuple[BlockKind, str, str]  # kind, text, and for furniture the reason

_NEVER = frozenset(
    "subscription prompt|newsletter|login|share|follow us|cookie notice|time without a day".split(
        "|"
    )
)
_FEW_POSTS = 2
_MOST_FURNITURE = 400
_HEADING = re.compile(r"h[1-6]\Z")
_SUBHEADING = re.compile(r"h[2-6]\Z")


def parts_of(pieces: list[Piece], chosen: list[bool], titles: set[str]) -> list[Part]:
    """The blocks from the title to the last piece of the article, furniture between them."""
    taken = [index for index, is_taken in enumerate(chosen) if is_taken]
    if not taken:
        return []
    first, last = taken[0], taken[-1]
    heading = _title_at(pieces, titles, first)
    heads = [at for at in range(heading or 0, last) if _heads_text(pieces, chosen, at, titles)]
    alike = Counter((piece.box.tag, piece.box.names) for piece in pieces[heading or 0 : last])
    heads = [at for at in heads if alike[pieces[at].box.tag, pieces[at].box.names] >= _FEW_POSTS]
    parts: list[Part] = []
    furniture = 0
    seen_text = False
    for index in range(heading if heading is not None else first, last + 1):
        piece = pieces[index]
        if index == heading:
            parts.append(("title", piece.text, ""))
        elif chosen[index] and not (reason := _field_line(piece, seen_text)):
            kind = _kind(piece)
            seen_text = seen_text or kind == "text"
            parts.append((kind, piece.text, ""))
        elif index in heads:
            parts.append(("heading", piece.text, ""))
        elif _is_picture_text(piece):
            parts.append(("caption", piece.text, ""))
        elif furniture < _MOST_FURNITURE:
            furniture += 1
            parts.append(("furniture", piece.text, (chosen[index] and reason) or _reason(piece)))
    return parts


def _title_at(pieces: list[Piece], titles: set[str], first: int) -> int | None:
    """Where the page's own heading stands: the last h1 that is its title above the body."""
    found = None
    for index in range(min(first + 1, len(pieces))):
        piece = pieces[index]
        if _HEADING.match(piece.box.tag) and (
            squash(piece.text) in titles or (piece.box.tag == "h1" and found is None)
        ):
            found = index
    return found


def _field_line(piece: Piece, seen_text: bool) -> str:
    """Why a piece above the first paragraph says something of the article, not in it.

    Further down only what asks the reader for something, as the stub of a page behind a paywall.
    """
    text = piece.text
    if len(text) > 200 or _HEADING.match(piece.box.tag):
        return ""
    rule = rule_for(text)
    if seen_text:
        return rule.reason if rule is not None and rule.reason in _NEVER else ""
    if rule is not None:
        return rule.reason
    if read_rights(text) is not None:
        return "rights"
    if read_byline(text) is not None or _is_signed(text):
        return "byline"
    return "field of the page" if len(text) <= 80 and read_fields(text) is not None else ""


def _is_signed(text: str) -> bool:
    """Whether a line is a name behind a word of another language: "Door Jan de Wit"."""
    bare = unsigned(text)
    if bare == text or not bare[:1].isalpha():
        return False
    found = read_bare_byline(bare)
    return found is not None and bool(found.authors)


def _heads_text(pieces: list[Piece], chosen: list[bool], index: int, titles: set[str]) -> bool:
    """Whether a heading that was not taken stands right above text that was.

    Several on a page are the posts of a live blog.
    """
    piece = pieces[index]
    if chosen[index] or not _SUBHEADING.match(piece.box.tag) or piece.linked * 2 > len(piece.text):
        return False
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None or not chosen[index + 1] or _kind(after) != "text":
        return False
    same = piece.box.parent is not None and piece.box.parent is after.box.parent
    plain = len(piece.text) <= 150 and rule_for(piece.text) is None
    return same and plain and squash(piece.text) not in titles


def _kind(piece: Piece) -> BlockKind:
    box = piece.box
    if _HEADING.match(box.tag):
        return "heading"
    if "blockquote" in box.above:
        return "block_quote"
    if box.tag in ("td", "th"):
        row = box.parent
        return "table" if row is not None and row.last - row.first > 1 else "text"
    if box.tag in ("li", "dd", "dt"):
        return "list_item"
    if box.tag == "p" and box.parent is not None and box.parent.tag == "li":
        return "list_item"
    return "caption" if box.tag == "figcaption" else "text"


def _is_picture_text(piece: Piece) -> bool:
    if "figcaption" in piece.box.above or "figure" in piece.box.above:
        return piece.linked * 2 <= len(piece.text)
    return "caption" in piece.box.hints and len(piece.text) < 450 and is_caption(piece.text)


def _reason(piece: Piece) -> str:
    if len(piece.text) < 330 and (rule := rule_for(piece.text)) is not None:
        return rule.reason
    named = {
        "related": "related links", "ad": "advertisement", "prompt": "subscription prompt",
        "share": "share", "author": "about the writer", "comment": "comments", "meta": "page data",
    }  # fmt: skip
    for hint, reason in named.items():
        if hint in piece.box.above:
            return reason
    return "links" if piece.linked * 2 > len(piece.text) else "not of the article"
