"""What ingest makes of a file: frozen records, from the capture to the people who speak.

Offsets count characters of the decoded text (byte-order mark left out, CRLF two characters), start
inclusive, end exclusive. Where one file holds several articles, the offsets of each of them count
from the start of the file's text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

ParagraphKind = Literal["text", "heading", "list_item", "caption", "block_quote", "table"]
QuoteKind = Literal["direct", "mixed", "indirect", "other"]
PersonKind = Literal["person", "organisation", "unnamed"]
MentionKind = Literal["name", "surname", "title", "pronoun", "description", "abbreviation"]
Precision = Literal["year", "month", "day", "minute", "second"]
# The origin of a fact that a person gave: it stands above whatever a file says.
BY_HAND = "given by hand"

BlockKind = ParagraphKind | Literal["title", "byline", "furniture"]
FactField = Literal[
    "title", "author", "byline", "agency", "publisher", "distributor", "section", "language",
    "url", "published", "modified", "captured", "rights", "dateline", "paywall", "tag",
    "charset",
]  # fmt: skip


class Span(NamedTuple):
    """A stretch of the decoded text, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The slice of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a capture's text whose kind its format tells: markup, a field of a record.

    `reason` says why furniture is furniture.
    """

    span: Span
    kind: BlockKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one place in the source says of the article.

    `origin` names the place for a reader ("JSON-LD datePublished", "meta og:title", "byline in the
    page"). `weight`, 0 to 1, is how far such a place is to be believed. Dates are ISO 8601 values
    cut at their precision.
    """

    field: FactField
    value: str
    origin: str
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class Capture:
    """One reading of one place: what the bytes say once decoded.

    `source` is the path as it was given ("-" for standard input), with the member after a "!" where
    the file holds several ("clips.zip!ferry.html"). `encoding` is a Python codec name, `sha256` the
    digest of the raw bytes in hex, `format` what they were recognised as.

    A format with markup or fields gives `blocks`, which cover all of the text but white space, and
    `facts`; a plain text gives neither, and everything is recognised from its lines. For such
    formats `text` is what the reader set from them, one blank line between blocks. `carried` are
    those of the facts that a container said, so that the raw bytes can be read again without it.
    """

    source: str
    text: str
    encoding: str
    sha256: str
    size: int
    url: str | None = None
    format: str = "text"
    raw: bytes | None = None
    blocks: tuple[Block, ...] | None = None
    facts: tuple[Fact, ...] = ()
    carried: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """A date cut at its precision, in ISO 8601: "2023", "2021-03", "2021-03-03T16:15+01:00".

    The zone is there only where the text gave one.
    """

    value: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line of the page that is not the article, and why it was taken out of the body."""

    span: Span
    reason: str


class Paragraph(NamedTuple):
    """A paragraph of the body. `text` is set for reading: hard-wrapped lines joined again."""

    span: Span
    text: str
    kind: ParagraphKind = "text"


class Mention(NamedTuple):
    """Words outside quotation marks that stand for a person or an organisation."""

    span: Span
    kind: MentionKind = "name"


class Person(NamedTuple):
    """Somebody or some body that the article names.

    `name` is the canonical name: the fullest form used in the article, without title. For the
    kind "unnamed" ("officials", "the spokeswoman") it is the description as it stands.
    `other_names` are the other forms used ("Putin", "HSB"), `descriptions` what the article calls
    them ("a spokesman for the National Security Council"), both in order of first use.
    """

    name: str
    kind: PersonKind = "person"
    other_names: tuple[str, ...] = ()
    descriptions: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Quote(NamedTuple):
    """One quotation. `pieces` leave the quotation marks out and never overlap.

    `person` is the index of the speaker in the article's people; None where nobody is found.
    `mention` is where the text names the speaker (a pronoun where it is one), `cue` the words that
    mark the speech ("said", "tore into"), None where there is no such word. `reason` names, for a
    reader, the rule that found the speaker; `confidence` goes from 0 to 1.
    """

    pieces: tuple[Span, ...]
    kind: QuoteKind
    person: int | None = None
    mention: Span | None = None
    cue: Span | None = None
    description: Span | None = None
    confidence: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as recognised. `extent` is its part of the capture's text.

    `facts` holds what every place in the source said, the values that lost as well; `captured` is
    when the page was saved, never when it was published.
    """

    capture: Capture
    extent: Span
    title: str | None = None
    title_span: Span | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    section: str | None = None
    publisher: str | None = None
    rights: str | None = None
    distributor: str | None = None
    dateline: str | None = None
    url: str | None = None
    language: str | None = None
    paywalled: bool = False
    published: Moment | None = None
    modified: Moment | None = None
    captured: Moment | None = None
    facts: tuple[Fact, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    quotes: tuple[Quote, ...] = ()
    people: tuple[Person, ...] = field(default=())

    @property
    def text(self) -> str:
        """The decoded text of the whole capture, which every offset counts in."""
        return self.capture.text
