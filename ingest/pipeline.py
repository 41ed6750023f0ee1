"""The whole way from a capture to articles with their quotes, one step after the other."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.article import BY_HAND, Article, Capture, Fact, FactField, Moment, Paragraph, Span
from ingest.decode import decode
from ingest.errors import IngestError, UnreadableFile
from ingest.quotes import find_quotes
from ingest.read import MAX_BYTES, place_of, read_captures
from ingest.recognise import recognise

# Half of a character, which JSON can spell and no encoding can keep.
_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of an article; it stands above what the file says."""

    title: str | None = None
    publisher: str | None = None
    published: Moment | None = None
    url: str | None = None

    def __bool__(self) -> bool:
        return any((self.title, self.publisher, self.published, self.url))


def read_articles(
    path: str, given: Given | None = None, *, max_bytes: int = MAX_BYTES
) -> Iterator[Article | IngestError]:
    """Read the articles of one file ("-" for standard input), quotes and people included.

    An IngestError that is yielded concerns one member of the file. Raises IngestError where
    nothing can be read from it; the message says why and what to do.
    """
    for capture in read_captures(path, max_bytes=max_bytes):
        if isinstance(capture, IngestError):
            yield capture
            continue
        try:
            yield from articles_of(capture, given)
        except IngestError as error:
            yield error


def articles_of(capture: Capture, given: Given | None = None) -> tuple[Article, ...]:
    """The articles that a capture holds, quotes and people included. Raises NoArticle."""
    return tuple(_with_quotes(_with(article, given)) for article in recognise(capture))


def _with(article: Article, given: Given | None) -> Article:
    if not given:
        return article
    told_title = given.title is not None and given.title != article.title
    told: dict[FactField, str | None] = {
        "title": given.title,
        "publisher": given.publisher,
        "published": given.published.value if given.published else None,
        "url": given.url,
    }
    return replace(
        article,
        facts=(
            *article.facts,
            *(Fact(name, value, BY_HAND, 1.0) for name, value in told.items() if value),
        ),
        title=given.title or article.title,
        # A title that a person gave stands nowhere in the text.
        title_span=None if told_title else article.title_span,
        publisher=given.publisher or article.publisher,
        published=given.published or article.published,
        url=given.url or article.url,
    )


def _with_quotes(article: Article) -> Article:
    names = [name for name in (*article.authors, article.publisher, article.agency) if name]
    quotes, people = find_quotes(
        article.text, article.paragraphs, title=article.title_span, names=names
    )
    return replace(article, quotes=quotes, people=people)


def _whole(text: str) -> str:
    """A text without half characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text)
    return text


def _lines(path: str) -> list[str]:
    text, _ = decode(place_of(path).read(), path)
    return text.splitlines()


def bare_articles(path: str) -> Iterator[Article]:
    """Texts that are articles already: a file with lines of {"id", "text"}, JSON each.

    Every line of a text that is not blank is a paragraph; nothing else is recognised. Raises
    UnreadableFile for a line that is not such an object.
    """
    new = tuple.__new__
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            key, text = _whole(str(row["id"])), _whole(str(row["text"]))
        except (ValueError, KeyError, TypeError):
            raise UnreadableFile(
                path, f'line {number} is not a JSON object with "id" and "text"'
            ) from None
        capture = Capture(key, text, "utf-8", hashlib.sha256(text.encode()).hexdigest(), len(text))
        found = tuple(
            [
                # There are so many that the time to call Paragraph() and Span() counts.
                new(Paragraph, (new(Span, match.span()), match.group(), "text"))
                for match in re.finditer(r"\S(?:.*\S)?", text)
            ]
        )
        quotes, people = find_quotes(text, found)
        extent = Span(0, len(text))
        yield Article(capture, extent, paragraphs=found, quotes=quotes, people=people)
