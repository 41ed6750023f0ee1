"""The body of a page as blocks: which pieces of it are the article, and of what kind each is.

Two readers and a judge. trafilatura reads the page its own way; `html_blocks` cuts the page into
pieces, `html_features` measures them (what trafilatura took is one measure of more than a hundred),
and two small forests of decision trees (`forest`) weigh the measures.

On the 185 shared pages, which they were made from, the reader has body F1 .981, paragraph F1 .919
and .595 of the pages exact. That is what it remembers: read by forests made without any page of
their sites, the same pages have .973, .885 and .465 (mean of two draws of five folds); one forest
alone had .968, .868 and .424 so. `tests/bench/train_body.py` makes the forests and prints this.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from ingest.article import Fact
from ingest.read.forest import are_article
from ingest.read.html_blocks import Piece, pieces_of
from ingest.read.html_features import measure
from ingest.read.html_kinds import Part, parts_of
from ingest.read.html_words import middle_of, squash
from ingest.read.jsonld import article_nodes, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement


# More pieces than this are no page of news, but a list or a book: all running text in it counts.
# Trafilatura's time grows faster than the page, and the measures of a book say nothing.
_MOST_MEASURED = 4_000
_LONGEST_MEASURED = 2_000_000  # characters of text
_DEEPEST_FOR_TRAFILATURA = 200
_LONG_BODY = 400  # characters: a shorter articleBody is a summary
_STUB_RATIO = 1.8  # how much longer than what the page shows the stated body of a stub is
_PROSE = 60  # characters: running text even without a stop in it
_SENTENCE = 20
# What trafilatura throws away anyway, one by one: nearly half of its time.
_UNREAD = (
    "script", "style", "svg", "iframe", "template", "button", "select", "noscript", "link", "nav",
    "footer", "aside",
)  # fmt: skip


def body_parts(
    root: HtmlElement, facts: tuple[Fact, ...] = (), *, is_book: bool = False
) -> list[Part]:
    """The blocks of the article in order: kind, text, and for furniture the reason.

    Empty where the page has no text that could be one. `root` may be changed. All running text of
    a page of the size of a book (`is_book`) counts, unmeasured.
    """
    titles, description, stated = _context(root, facts)
    pieces = pieces_of(root)
    if not pieces:
        return _stated_parts(stated) if len(stated) >= _LONG_BODY else []
    length = sum(len(piece.text) for piece in pieces)
    if is_book or len(pieces) > _MOST_MEASURED or length > _LONGEST_MEASURED:
        chosen = [_is_prose(piece) for piece in pieces]
    else:
        read = squash(trafilatura_text(root, pieces))
        known = squash(stated) if len(stated) > _LONG_BODY else ""
        measure(
            pieces, titles=titles, description=squash(description), stated=known, read=read
        )  # fmt: skip
        chosen = are_article(pieces)
        chosen = _second_choice(pieces, chosen, read)
    shown = sum(len(p.text) for p, taken in zip(pieces, chosen, strict=True) if taken)
    if len(stated) > max(_LONG_BODY, _STUB_RATIO * shown):
        heading = [("title", p.text, "") for p in pieces if squash(p.text) in titles][:1]
        return [*heading, *_stated_parts(stated)]  # type: ignore[list-item]
    return parts_of(pieces, chosen, titles)


def page_context(root: HtmlElement) -> tuple[set[str], str, str]:
    """What the page is called, its description and the body that its JSON-LD states."""
    return _context(root, ())


def _context(root: HtmlElement, facts: tuple[Fact, ...]) -> tuple[set[str], str, str]:
    titles = [fact.value for fact in facts if fact.field == "title"]
    description = ""
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in ("og:title", "twitter:title"):
            titles.append(meta.get("content") or "")
        elif name in ("description", "og:description") and not description:
            description = meta.get("content") or ""
    if (title := next(iter(root.iter("title")), None)) is not None:
        titles.append("".join(title.itertext()))
    scripts = [
        script.text or ""
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    ]
    bodies = [node["articleBody"] for node in article_nodes(scripts) if node.get("articleBody")]
    stated = max((body for body in bodies if isinstance(body, str)), key=len, default="")
    if "<" in stated or "&" in stated:
        lines = (text_of(line) for line in re.split(r"\n|</p>|<br\s*/?>", stated))
        stated = "\n".join(line for line in lines if line)
    return {squash(title) for title in titles if title.strip()}, description, stated


def trafilatura_text(root: HtmlElement, pieces: list[Piece]) -> str:
    """What trafilatura takes for the body, as one text; "" where it finds nothing or breaks."""
    if max(piece.box.depth for piece in pieces) > _DEEPEST_FOR_TRAFILATURA:
        return ""
    import trafilatura
    from lxml import etree
    from trafilatura.settings import Document

    etree.strip_elements(root, *_UNREAD, with_tail=False)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            root, output_format="python", with_metadata=False, include_comments=False, fast=True
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ""
    return " ".join(found.body.itertext()) if isinstance(found, Document) else ""


def _second_choice(pieces: list[Piece], chosen: list[bool], read: str) -> list[bool]:
    """Where the forest finds no article: what trafilatura took, else all running text."""
    if any(taken and _is_prose(p) for p, taken in zip(pieces, chosen, strict=True)):
        return chosen
    prose = [_is_prose(piece) for piece in pieces]
    if read:
        told = [bool(at := middle_of(squash(p.text))) and at in read for p in pieces]
        if any(hit and runs for hit, runs in zip(told, prose, strict=True)):
            return told
    return prose


def _is_prose(piece: Piece) -> bool:
    """Whether a piece reads as running text, on its own."""
    text = piece.text
    if len(text) < _SENTENCE // 2 or piece.linked * 2 > len(text) or "footer" in piece.box.above:
        return False
    head = text[:400]
    letters = sum(c.isalpha() or c == " " for c in head)
    if letters < 0.7 * len(head):
        return False
    if text.isascii() and " " not in head:
        return False
    return len(text) >= _PROSE or (
        (len(text) >= _SENTENCE or not text.isascii()) and text[-1] in '.!?…”"’。」'
    )


def _stated_parts(stated: str) -> list[Part]:
    """The paragraphs of the body that the page states in its JSON-LD and does not show."""
    lines = (" ".join(line.split()) for line in stated.split("\n"))
    return [("text", line, "") for line in lines if line]
