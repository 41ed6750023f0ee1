"""An article as rows of all tables, numbered, before any of them is written.

`put` functions add to the rows that are made; what they look up they find in `held`.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence

from db.clock import now
from db.fold import odd_words, spelling_rows
from db.held import Held
from db.people import full_name_key
from db.rows import (
    article_row,
    as_json,
    furniture_rows,
    holder,
    paragraph_at,
    paragraph_rows,
    quote_row,
    readable,
    speaking,
)
from db.texts import packed
from db.written import Rows
from ingest.addresses import is_address, same_address_key
from ingest.article import Article, Capture, Fact


def put_source(held: Held, rows: Rows, location: str) -> int:
    """A place that was never read before. Returns its number."""
    number = held.numbers("sources")
    rows["sources"].append((number, location, _kind_of(location), now()))
    return number


def _kind_of(location: str) -> str:
    if location == "-":
        return "standard input"
    return "address" if is_address(location) else "file"


def put_text(held: Held, rows: Rows, text: str) -> int:
    """A decoded text, if it is new. Returns its number."""
    return put_texts(held, rows, [text.encode()])[0]


def put_texts(held: Held, rows: Rows, texts: Sequence[bytes]) -> list[int]:
    """Decoded texts, in UTF-8, those that are new. Returns their numbers."""
    digests = [hashlib.sha256(text).hexdigest() for text in texts]
    numbers = [held.text(digest) for digest in digests]
    rows["texts"] += [
        (number, digest, packed(text))
        for (number, is_new), digest, text in zip(numbers, digests, texts, strict=True)
        if is_new
    ]
    return [number for number, _ in numbers]


def put_raw(held: Held, rows: Rows, capture: Capture) -> None:
    """The bytes as they came, compressed with zlib, once however often they come."""
    if capture.raw is not None and not held.has_raw(capture.sha256):
        rows["raw_captures"].append((capture.sha256, zlib.compress(capture.raw, 6)))


def put_article(held: Held, rows: Rows, article: Article, text_id: int, digest: str) -> int:
    """A new article, its first revision and all its parts. Returns its number."""
    article_id = held.numbers("articles")
    rows["articles"].append((article_id, text_id, *article_row(article)))
    put_revision(rows, article_id, 1, article, text_id, digest)
    put_parts(held, rows, article_id, article, {})
    return article_id


def put_revision(
    rows: Rows, article_id: int, number: int, article: Article, text_id: int, digest: str
) -> None:
    """What a revision is known by."""
    rows["revisions"].append((article_id, number, text_id, *article.extent, digest, now()))


def put_capture(
    rows: Rows, source: int, article: Article, article_id: int, revision: int, text_id: int
) -> None:
    """Where a reading came from, and the addresses that it names."""
    capture = article.capture
    rows["captures"].append((
        source, article_id, revision, text_id, capture.sha256, capture.size, capture.encoding,
        article.url, capture.source, now(), capture.format,
        article.captured and article.captured.value, article.publisher,
        facts_json(capture.carried),
    ))  # fmt: skip
    rows["addresses"] += [(article_id, url, key) for url, key in addresses_of(article).items()]


def addresses_of(article: Article) -> dict[str, str]:
    """Every address that the article names, with its key."""
    seen = [article.url, *(fact.value for fact in article.facts if fact.field == "url")]
    return {url: same_address_key(url) for url in seen if url}


def facts_json(facts: Iterable[Fact]) -> str | None:
    """Facts as JSON: [field, value, origin, weight] each; None where there are none."""
    rows = [(fact.field, fact.value, fact.origin, fact.weight) for fact in facts]
    return as_json(rows) if rows else None


def put_parts(
    held: Held, rows: Rows, article_id: int, article: Article, local: dict[str, int]
) -> None:
    """Paragraphs, quotations and all else that hangs on the article and changes with its words.

    `local` maps names to the rows that an earlier revision of this article used, so that a speaker
    without a full name keeps his row.
    """
    first = held.numbers("paragraphs", len(article.paragraphs))
    rows["paragraphs"] += [
        (at, article_id, *row) for at, row in enumerate(paragraph_rows(article), first)
    ]
    rows["furniture"] += [(article_id, *row) for row in furniture_rows(article)]
    rows["facts"] += [(article_id, f.field, f.value, f.origin, f.weight) for f in article.facts]
    rows["spellings"] += spelling_rows(odd_words("\n".join(_not_ascii(article))))
    if not article.quotes:
        return
    people = _put_people(held, rows, article_id, article, local)
    starts = holder(article)
    quotes, pieces = rows["quotes"], rows["quote_pieces"]
    for position, quote in enumerate(article.quotes, 1):
        person_id, name = None, None
        if quote.person is not None:
            person_id, name = people.get(quote.person, (None, article.people[quote.person].name))
        quote_id = held.numbers("quotes")
        paragraph_id = first + paragraph_at(starts, quote.pieces[0].start)
        row = quote_row(article, position, quote, name)
        quotes.append((quote_id, article_id, paragraph_id, person_id, *row))
        for number, piece in enumerate(quote.pieces, 1):
            within = first + paragraph_at(starts, piece.start)
            pieces.append((quote_id, within, number, *piece))


def _not_ascii(article: Article) -> Iterator[str]:
    """Those of the texts that are searched which may have words of an odd spelling."""
    for text in (article.title, article.byline, article.publisher):
        if text is not None and not text.isascii():
            yield text
    for person in article.people:
        if not person.name.isascii():
            yield person.name
    for paragraph in article.paragraphs:
        if not paragraph.text.isascii():
            yield paragraph.text


def _put_people(
    held: Held, rows: Rows, article_id: int, article: Article, local: dict[str, int]
) -> dict[int, tuple[int, str]]:
    """The speakers, with names, descriptions and mentions.

    Returns person index -> (people.id, people.name).
    """
    text = article.text
    found: dict[int, tuple[int, str]] = {}
    names, descriptions, mentions = rows["other_names"], rows["descriptions"], rows["mentions"]
    for index, person in speaking(article).items():
        key = full_name_key(person)
        known = held.person(key) if key is not None else None
        if known is None and key is None and person.name in local:
            known = (local[person.name], person.name)
        if known is None:
            known = held.new_person(person.name, key)
            rows["people"].append((known[0], person.name, person.kind, key))
        found[index] = known
        row = known[0]
        names += [(article_id, row, readable(n)) for n in person.other_names if n != person.name]
        descriptions += [
            (article_id, row, readable(span.of(text)), *span) for span in person.descriptions
        ]
        mentions += [
            (article_id, row, m.kind, readable(m.span.of(text)), *m.span) for m in person.mentions
        ]
    return found
