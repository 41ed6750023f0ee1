"""Making captures and articles for tests, without reading a file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from ingest import Article, Capture, Mention, Paragraph, Person, Quote, Span


def capture(text: str, source: str = "clip.txt") -> Capture:
    data = text.encode()
    return Capture(source, text, "utf-8", hashlib.sha256(data).hexdigest(), len(data))


def article(title: str, *paragraphs: str, before: str = "", **facts: Any) -> Article:
    """An article of a title and paragraphs, blank lines between; `before` stands above it."""
    text = before + "\n\n".join([title, *paragraphs]) + "\n"
    spans, at = [], 0
    for part in (title, *paragraphs):
        start = text.index(part, at)
        spans.append(Span(start, start + len(part)))
        at = spans[-1].end
    made = Article(
        capture=capture(text),
        extent=Span(0, len(text)),
        title=title,
        title_span=spans[0],
        paragraphs=tuple(Paragraph(span, span.of(text)) for span in spans[1:]),
    )
    return replace(made, **facts)


def saying(base: Article, *said: tuple[str, str, str], kind: str = "person") -> Article:
    """`base` with quotes: (words, speaker's name, mention as it stands) each."""
    text = base.text
    people = {name: at for at, name in enumerate(dict.fromkeys(name for _, name, _ in said))}
    quotes = []
    for words, name, mention in said:
        start, where = text.index(words), text.index(mention)
        quotes.append(
            Quote(
                pieces=(Span(start, start + len(words)),),
                kind="direct",
                person=people[name],
                mention=Span(where, where + len(mention)),
                confidence=0.9,
                reason="made for a test",
            )
        )
    mentions = {name: where.mention for where, (_, name, _) in zip(quotes, said, strict=True)}
    persons = tuple(
        Person(name, kind, mentions=(Mention(mentions[name]),))  # type: ignore[arg-type]
        for name in people
    )
    return replace(base, quotes=tuple(quotes), people=persons)
