"""Whether SQLite will take every row of an article, known before any is written.

Rows that are written later than the article was added must not fail then. This knows the checks of
the schema (`db.migrations`), and says no where it is in doubt: such an article is written at once,
and SQLite decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from db.keys import MOST
from ingest.article import (
    Article,
    Fact,
    Mention,
    MentionKind,
    Moment,
    Paragraph,
    ParagraphKind,
    Person,
    PersonKind,
    Precision,
    Quote,
    QuoteKind,
    Span,
)

_PARAGRAPHS = frozenset(get_args(ParagraphKind))
_QUOTES = frozenset(get_args(QuoteKind))
_PEOPLE = frozenset(get_args(PersonKind))
_MENTIONS = frozenset(get_args(MentionKind))
_PRECISIONS = frozenset(get_args(Precision))


def sound(location: str, article: Article) -> bool:
    """Whether all rows of a new article, read from `location`, keep to the schema for sure."""
    try:
        # Half a pair of surrogates cannot be written; None is no text.
        "".join(_texts(location, article)).encode()
        return _keeps_to_checks(article)
    except (TypeError, ValueError):
        return False


def _keeps_to_checks(article: Article) -> bool:
    capture, moments = article.capture, (article.published, article.modified)
    return (
        len(capture.sha256) == 64
        and 0 <= capture.size <= MOST
        and _is_span(article.extent)
        and (article.title_span is None or _is_span(article.title_span))
        and all(one is None or one.precision in _PRECISIONS for one in moments)
        and all(map(_is_fact, article.facts))
        and all(map(_is_fact, capture.carried))
        and all(map(_is_paragraph, article.paragraphs))
        and all(_holds_something(piece.span) for piece in article.furniture)
        and all(map(_is_person, article.people))
        and all(map(_is_quote, article.quotes))
        and (not article.quotes or bool(article.paragraphs))
        and all(q.person is None or 0 <= q.person < len(article.people) for q in article.quotes)
    )


def _is_span(span: Span) -> bool:
    start, end = span
    return 0 <= start <= end <= MOST


def _holds_something(span: Span) -> bool:
    start, end = span
    return 0 <= start < end <= MOST


def _is_fact(fact: Fact) -> bool:
    return 0 <= fact.weight <= 1


def _is_paragraph(paragraph: Paragraph) -> bool:
    start, end = paragraph.span
    return 0 <= start < end <= MOST and paragraph.kind in _PARAGRAPHS


def _is_person(person: Person) -> bool:
    return (
        person.kind in _PEOPLE
        and person.name != ""
        and all(map(_is_mention, person.mentions))
        and all(map(_holds_something, person.descriptions))
    )


def _is_mention(mention: Mention) -> bool:
    (start, end), kind = mention
    return 0 <= start < end <= MOST and kind in _MENTIONS


def _is_quote(quote: Quote) -> bool:
    return (
        bool(quote.pieces)
        and all(map(_holds_something, quote.pieces))
        and quote.pieces[0].start < quote.pieces[-1].end
        and quote.kind in _QUOTES
        and 0 <= quote.confidence <= 1
        and all(
            span is None or _holds_something(span)
            for span in (quote.mention, quote.cue, quote.description)
        )
    )


def _texts(location: str, article: Article) -> Iterator[str]:
    """Every text that is written and is not the capture's, nor a slice of it."""
    capture = article.capture
    yield from (location, capture.encoding, capture.source)
    yield from (capture.format, capture.sha256, *article.authors)
    yield from _given(
        article.title, article.byline, article.agency, article.publisher, article.section,
        article.dateline, article.url, article.rights, article.distributor, article.language,
    )  # fmt: skip
    yield from _values(article.published, article.modified, article.captured)
    for fact in (*article.facts, *capture.carried):
        yield from (fact.field, fact.value, fact.origin)
    for paragraph in article.paragraphs:
        yield paragraph.text
    for piece in article.furniture:
        yield piece.reason
    for person in article.people:
        yield person.name
        yield from person.other_names
    for quote in article.quotes:
        yield quote.reason


def _given(*values: str | None) -> Iterable[str]:
    return (value for value in values if value is not None)


def _values(*moments: Moment | None) -> Iterable[str]:
    return (moment.value for moment in moments if moment is not None)
