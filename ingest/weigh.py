"""From what a format states to an article: its blocks become paragraphs, its facts are settled."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from ingest.article import (
    Article,
    Block,
    Capture,
    Fact,
    Furniture,
    Moment,
    Paragraph,
    ParagraphKind,
    Span,
)
from ingest.byline import read_bare_byline, read_byline
from ingest.credits import folded, read_credit, read_pieces, unsigned
from ingest.dateline import Dateline, read_dateline
from ingest.errors import NoArticle
from ingest.fields import read_fields
from ingest.names import is_agency
from ingest.settle import (
    houses,
    settle_authors,
    settle_moment,
    settle_plain,
    settle_section,
    settle_title,
)
from ingest.titles import readable_title

# A page that is not free and holds less of the body than this is a stub (characters).
_STUB = 1_500
_HEAD_BLOCKS = 15
_LONGEST_SIGNATURE = 80  # characters
_BODY_KINDS = ("text", "list_item", "block_quote", "table")


def article_from_blocks(capture: Capture) -> Article:
    """The article of a capture whose format gave blocks and facts. Raises NoArticle."""
    assert capture.blocks is not None
    text, facts = capture.text, capture.facts
    paragraphs = _paragraphs(capture.blocks, text)
    if not any(paragraph.kind in _BODY_KINDS for paragraph in paragraphs):
        raise NoArticle(capture.source, "no article found in it; save the page once it has loaded")
    titles = [block.span for block in capture.blocks if block.kind == "title"]
    title = settle_title(facts) or (titles[0].of(text) if titles else None)
    authors, body = settle_authors(facts)
    authors = authors or _signed(capture)
    dateline = _dateline(paragraphs)
    published = settle_moment(facts, "published")
    if published is None or published.precision == "year":
        published = _dated(capture) or dateline.day or published
    modified = settle_moment(facts, "modified")
    return Article(
        capture=capture,
        extent=Span(0, len(text)),
        title=readable_title(title, paragraphs) if title else None,
        title_span=_title_span(titles, text, title),
        byline=_byline(facts, authors) or body,
        authors=authors,
        agency=_agency(facts, dateline, body),
        section=settle_section(facts),
        publisher=settle_plain(facts, "publisher"),
        rights=settle_plain(facts, "rights"),
        distributor=settle_plain(facts, "distributor"),
        dateline=dateline.place or settle_plain(facts, "dateline"),
        url=capture.url or settle_plain(facts, "url"),
        language=settle_plain(facts, "language"),
        paywalled=_is_stub(facts, paragraphs),
        published=published,
        modified=modified if modified != published else None,
        captured=settle_moment(facts, "captured"),
        facts=facts,
        paragraphs=paragraphs,
        furniture=tuple(
            Furniture(block.span, block.reason)
            for block in capture.blocks
            if block.kind == "furniture"
        ),
    )


def with_carried(article: Article) -> Article:
    """An article recognised from lines, with what its container says of it put above them."""
    facts = article.capture.carried
    if not facts:
        return article
    title = settle_title(facts)
    same = title is None or folded(title) == folded(article.title or "")
    authors, body = settle_authors(facts)
    return replace(
        article,
        title=article.title if same else title,
        title_span=article.title_span if same else None,
        byline=_byline(facts, authors) or article.byline or body,
        authors=authors or article.authors,
        section=settle_section(facts) or article.section,
        publisher=settle_plain(facts, "publisher") or article.publisher,
        language=settle_plain(facts, "language") or article.language,
        published=settle_moment(facts, "published") or article.published,
        captured=settle_moment(facts, "captured"),
        facts=article.capture.facts,
    )


def filled_in(article: Article) -> Article:
    """An article read from the lines of its text, and what they leave open from its facts.

    A PDF's own title, author and date are such facts: often right, and as often those of a
    template, so that what is printed on the page stands above them.
    """
    facts = article.capture.facts
    if not facts:
        return article
    authors, body = ((), None) if article.byline else settle_authors(facts)
    title = article.title or settle_title(facts)
    return replace(
        article,
        facts=facts,
        title=readable_title(title, article.paragraphs) if title else None,
        byline=article.byline or _byline(facts, authors) or body,
        authors=article.authors or authors,
        section=article.section or settle_section(facts),
        publisher=article.publisher or settle_plain(facts, "publisher"),
        url=article.url or settle_plain(facts, "url"),
        language=article.language or settle_plain(facts, "language"),
        published=article.published or settle_moment(facts, "published"),
        modified=article.modified or settle_moment(facts, "modified"),
        captured=article.captured or settle_moment(facts, "captured"),
    )


def _paragraphs(blocks: tuple[Block, ...], text: str) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            block.span, " ".join(block.span.of(text).split()), cast(ParagraphKind, block.kind)
        )
        for block in blocks
        if block.kind not in ("title", "byline", "furniture")
    )


def _title_span(titles: list[Span], text: str, title: str | None) -> Span | None:
    """Where the title stands in the text; None where the page's own heading is another one."""
    if title is None:
        return titles[0] if titles else None
    for span in titles:
        at = span.of(text).find(title)
        if at >= 0:
            return Span(span.start + at, span.start + at + len(title))
        if folded(span.of(text)) == folded(title):
            return span
    return None


def _signed(capture: Capture) -> tuple[str, ...]:
    """Who signs between the title and the text, on a page whose markup names nobody."""
    sites = houses(capture.facts)
    prose = 0
    for block in (capture.blocks or ())[:_HEAD_BLOCKS]:
        line = block.span.of(capture.text)
        prose += len(line) > _LONGEST_SIGNATURE
        if prose > 1:
            break
        if block.kind in ("title", "heading", "caption") or len(line) > _LONGEST_SIGNATURE:
            continue
        people = read_pieces(line.split("/"), sites).people
        # Whom the article tells of is its subject: a picture's name, or a link to a topic.
        if people and any(capture.text.count(name.split()[-1]) > 1 for name in people):
            continue
        bare = unsigned(line).replace("/", ", ")
        found = (read_bare_byline(bare) if bare else None) or (
            None if line.isascii() else read_byline(line)  # "Автор: Анна Воронова"
        )
        if people and found and found.authors:
            return people
    return ()


def _dated(capture: Capture) -> Moment | None:
    """The date on a line of its own above the text, where nothing else tells the day."""
    for block in (capture.blocks or ())[:_HEAD_BLOCKS]:
        line = block.span.of(capture.text)
        if len(line) > _LONGEST_SIGNATURE:
            if block.kind == "text":
                return None
        elif block.kind != "title" and (fields := read_fields(line)) is not None:
            for found in fields.dates:
                if found.role == "published" and found.moment.precision not in ("year", "month"):
                    return found.moment
    return None


def _byline(facts: tuple[Fact, ...], authors: tuple[str, ...]) -> str | None:
    """The byline as printed: the line on the page that names just these people, or their names."""
    wanted = set(map(folded, authors))
    printed = [fact for fact in facts if fact.field == "byline"]
    for fact in sorted(printed, key=lambda f: (read_byline(f.value) is None, -f.weight)):
        found = read_byline(fact.value)
        people = found.authors if found else read_credit(fact.value, houses(facts)).people
        if people and set(map(folded, people)) == wanted:
            return fact.value
    if not authors:
        return None
    return authors[0] if len(authors) == 1 else f"{', '.join(authors[:-1])} and {authors[-1]}"


def _agency(facts: tuple[Fact, ...], dateline: Dateline, body: str | None) -> str | None:
    stated = settle_plain(facts, "agency") or dateline.agency
    if stated:
        return stated
    for fact in facts:
        if fact.field == "byline" and (found := read_byline(fact.value)) and found.agency:
            return found.agency
    return body if body and is_agency(body) else None


def _dateline(paragraphs: tuple[Paragraph, ...]) -> Dateline:
    for paragraph in paragraphs[:3]:
        if paragraph.kind == "text" and (found := read_dateline(paragraph.text)):
            return found
    return Dateline()


def _is_stub(facts: tuple[Fact, ...], paragraphs: tuple[Paragraph, ...]) -> bool:
    """Whether the page says that it is not free and shows no more than an opening."""
    if sum(fact.weight for fact in facts if fact.field == "paywall") < 0.4:
        return False
    shown = sum(len(p.text) for p in paragraphs if p.kind in _BODY_KINDS)
    last = next((p.text for p in reversed(paragraphs) if p.kind in _BODY_KINDS), "")
    return shown < _STUB or re.search(r"(?:…|\.\.\.|\[…\])\Z", last) is not None
