"""HTML that is an article and nothing else: what a feed, a letter or a chapter carries.

There is no page around it to be told from it, so every block counts; only lines that are furniture
on their own ("View this email in your browser") are marked so. Tables that only lay out a letter
are seen through: a cell that holds blocks is no cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import Block, BlockKind, Capture, Fact, Span
from ingest.byline import read_byline
from ingest.furniture import rule_for
from ingest.read.place import Place, capture_of
from ingest.read.stamps import stamp

if TYPE_CHECKING:
    from lxml.etree import _Element

Part = tuple[BlockKind, str]

_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dd", "dt"), "list_item"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "block_quote",
}
_BLOCKS = frozenset(
    "address article aside body center details div dl fieldset figure footer form header hr html "
    "main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
) | set(_KINDS)
_SKIPPED = frozenset(
    "script style template head noscript svg math iframe object audio video canvas select button "
    "textarea input map nav".split()
)
# What hides the preview line of a letter.
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.I)
_BREAKS = re.compile(r"\n\s*\n+")
# Where none of these stands, somebody typed a text with a link or two, and blank lines part it.
_PARTED = re.compile(r"<(?:p|div|br|li|td|blockquote|h[1-6]|section|article)[\s/>]", re.IGNORECASE)
# What a letter says of itself, line by line. No sentence of an article may match.
_LETTER_LINES = (
    r"(?:view|read|open|see) (?:this|it|the)?\s?(?:e-?mail|message|post|newsletter|issue)?\s?"
    r"(?:in|on) (?:your|the|a)? ?(?:web ?browser|browser|web|app)\b.{0,20}",
    r"(?:to |you (?:can|may) |want to |click (?:here|below) to |(?:prefer not|no longer) .{0,60}"
    r"[,?] )?unsubscribe\b(?! with).{0,80}",
    r".{0,60}(?:\bto|[©|·•>:?]).{0,130}\bunsubscribe\b(?:\s*(?:here|[|:·.<(]).{0,80})?",
    r".{0,60}\bunsubscribe(?: here)?",
    r"(?:manage|update|change) (?:your )?(?:e-?mail |subscription )?preferences.{0,40}",
    r"(?:you(?:[’']re| are) receiv|you received|you are getting).{0,160}",
    r"(?:thanks|thank you) for reading\b.{0,60}\b(?:subscribe|share it|upgrade)\b.{0,120}",
    r"forward (?:this|to a friend).{0,60}|(?:was this|did someone) forward.{0,80}",
    r"forwarded this (?:e-?mail|message|newsletter|post)\?.{0,80}",
    r"read more|continue reading.{0,60}",
    r"restack|upgrade to paid|get the app|start writing|preview|[∙•·|]",
)
_LETTER = re.compile("|".join(_LETTER_LINES), re.IGNORECASE)
_MONTH_DAY = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2} "
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?)(?:, \d{4})?",
    re.IGNORECASE,
)
_HEAD_PARTS = 8  # blocks above the text of a letter


def fragment_parts(html: str) -> list[Part]:
    """The blocks of a piece of HTML, in order. Nothing is left out but what does not show."""
    from lxml import html as lxml_html
    from lxml.etree import ParserError, XMLSyntaxError

    if not _PARTED.search(html):
        html = _BREAKS.sub("<br><br>", html)
    try:
        # No remote thing is fetched by this parser; a NUL would end the text.
        root = lxml_html.fromstring(f"<body>{html.replace(chr(0), '')}</body>")
    except (ParserError, XMLSyntaxError, ValueError, AssertionError):
        return []
    return parts_under(root)


def parts_under(root: _Element) -> list[Part]:
    """The blocks under an element of HTML or XHTML; a walk without recursion, so depth is free."""
    parts: list[Part] = []
    buffer: list[str] = []

    def close(kind: BlockKind) -> None:
        for piece in _BREAKS.split("".join(buffer)):
            if words := " ".join(piece.split()):
                parts.append((kind, words))
        buffer.clear()

    # (element, kind around it, whether it is being left)
    stack: list[tuple[_Element, BlockKind, bool]] = [(root, "text", False)]
    while stack:
        element, around, leaving = stack.pop()
        name = _name(element)
        if leaving:
            if name in _BLOCKS:
                close(_kind(name, around))
            buffer.append(_plain(element.tail))
            continue
        if name in _SKIPPED or not name or _HIDDEN.search(element.get("style") or ""):
            if element is not root:
                buffer.append(_plain(element.tail))
            continue
        if name == "br":
            buffer.append("\n" + _plain(element.tail))
            continue
        if name == "table" and not _lays_out(element):
            close(around)
            parts.extend(("table", row) for row in _rows(element))
            buffer.append(_plain(element.tail))
            continue
        kind = _kind(name, around)
        if name in _BLOCKS:
            close(around)
        buffer.append(_plain(element.text))
        if element is not root:
            stack.append((element, around, True))
        stack.extend((inner, kind, False) for inner in reversed(element))
    close("text")
    return parts


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _plain(text: str | None) -> str:
    # Line ends in the source mean a space; two <br> in a row mean a paragraph.
    return " ".join(re.split(r"\s*\n\s*", text)) if text else ""


def _kind(name: str, around: BlockKind) -> BlockKind:
    if around in ("block_quote", "caption") and name not in ("h1", "h2", "h3"):
        return around
    return _KINDS.get(name, around if around == "list_item" else "text")


def _lays_out(table: _Element) -> bool:
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    rows = wide = 0
    for inner in table.iter():
        name = _name(inner)
        if name in ("table", "p", "div", "h1", "h2", "h3", "ul", "ol") and inner is not table:
            return True
        if name == "tr":
            rows += 1
            wide = max(wide, sum(_name(cell) in ("td", "th") for cell in inner))
    return wide < 2 or rows < 2


def _rows(table: _Element) -> list[str]:
    rows = []
    for row in table.iter():
        if _name(row) in ("tr", "caption"):
            cells = (" ".join("".join(cell.itertext()).split()) for cell in row)
            if line := " | ".join(cell for cell in cells if cell):
                rows.append(line)
    return rows


def date_in(words: str) -> str | None:
    """The date that `words` state, as `stamp` reads it; None too for one beyond all calendars."""
    try:
        return stamp(words)
    except (OverflowError, ValueError):  # a zone of a million hours: found by fuzzing
        return None


def head_lines(parts: list[Part], facts: list[Fact], where: str) -> list[Part]:
    """The parts below a title, its byline and date line marked as such and added to `facts`."""
    marked: list[Part] = []
    for at, (kind, words) in enumerate(parts):
        short = at < 5 and kind == "text" and len(words) < 120
        byline = read_byline(words) if short else None
        day = date_in(words) if short and len(words) < 40 and byline is None else None
        if byline is not None:
            facts.append(Fact("byline", byline.text or words, f"byline in the {where}", 0.8))
            facts += [
                Fact("author", name, f"byline in the {where}", 0.8) for name in byline.authors
            ]
        elif day is not None:
            facts.append(Fact("published", day, f"date line in the {where}", 0.7))
        shown: BlockKind = (
            "byline" if byline is not None or day else "heading" if kind == "title" else kind
        )
        marked.append((shown, words))
    return marked


def blocks_capture(
    place: Place, parts: list[Part], facts: tuple[Fact, ...], *, format: str,
    title: str = "", data: bytes, encoding: str = "utf-8", raw: bytes | None = None,
) -> Capture:  # fmt: skip
    """A capture whose text is `title` and `parts`, a blank line between them."""
    if title and parts and parts[0][1].casefold() == title.casefold():
        parts = parts[1:]  # a chapter opens with the title that its book gave already
    if format == "mail":
        parts = list(_letter_head(parts, title, (*place.facts, *facts)))
    kept: list[Part] = [("title", title)] if title else []
    blocks, at = [], 0
    for kind, words in kept + parts:
        reason = _furniture(kind, words)
        shown: BlockKind = "furniture" if reason else kind
        blocks.append(Block(Span(at, at + len(words)), shown, reason))
        at += len(words) + 2
    text = "\n\n".join(words for _, words in kept + parts)
    return capture_of(
        place, data, text, encoding, format=format, raw=data if raw is None else raw,
        blocks=tuple(blocks), facts=(*place.facts, *facts),
    )  # fmt: skip


def _letter_head(parts: list[Part], title: str, facts: tuple[Fact, ...]) -> Iterator[Part]:
    """The blocks of a letter, of those above its text the title again, the names and the day."""
    named = {fact.value.casefold() for fact in facts if fact.field in ("author", "publisher")}
    for at, (kind, words) in enumerate(parts):
        above = at < _HEAD_PARTS and len(words) < 200
        if above and kind == "heading" and words.casefold() == title.casefold():
            continue
        signs = words.casefold() in named or _MONTH_DAY.fullmatch(words) is not None
        yield ("byline" if above and kind == "text" and signs else kind), words


def _furniture(kind: BlockKind, words: str) -> str:
    if kind in ("title", "heading", "table") or len(words) > 200:
        return ""
    if _LETTER.fullmatch(words):
        return "words of the letter"
    rule = rule_for(words)
    return rule.reason if rule else ""
