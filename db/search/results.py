"""What a search gives back: frozen records that a page, a terminal or JSON can be made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Tab = Literal["articles", "paragraphs", "quotes", "people"]
Sort = Literal["relevance", "newest", "oldest"]
MatchField = Literal["title", "byline", "publisher", "paragraph", "quote"]

# A stretch of text, and whether it is what was looked for.
Segment = tuple[str, bool]
Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search, each value as a facet gives it. None narrows nothing.

    `year` is "2023", `publisher` the whole name, `person` a number of the table people.
    """

    year: str | None = None
    publisher: str | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One place of an article where something was found.

    `anchor` is the place on the article's page: "p7", "q3", "" for its head. `speaker`, `cue` and
    `kind` are those of a quotation.
    """

    field: MatchField
    anchor: str
    snippet: Segments
    speaker: str | None = None
    cue: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article with up to three places in its text, its title with what was found in it.

    `fields` names everything that matched; `copies` counts other articles found that print the same
    story and are not shown. `score` is 0 where no word was asked for.
    """

    article_id: int
    title: Segments
    byline: str | None
    publisher: str | None
    published: str | None
    score: float
    fields: tuple[MatchField, ...]
    matches: tuple[Match, ...]
    copies: int = 0

    @property
    def anchor(self) -> str:
        """The first place in its text; "" where only its head was found."""
        return next((match.anchor for match in self.matches if match.anchor), "")


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A paragraph or a quotation, with the article that it stands in."""

    article_id: int
    match: Match
    title: str | None
    publisher: str | None
    published: str | None
    kind: str
    score: float
    copies: int = 0


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody whose name or whose words were found: how often, where, from when to when."""

    person_id: int
    name: str
    kind: str
    quotes: int
    articles: int
    first: str | None
    last: str | None


Hit = ArticleHit | PlaceHit | PersonHit


@dataclass(frozen=True, slots=True)
class Count:
    """A value of a facet, or a year, month or day of the timeline, with its hits.

    `value` is what Filters takes, `label` what a person reads.
    """

    value: str | int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The most frequent values, most first; years newest first."""

    years: tuple[Count, ...] = ()
    publishers: tuple[Count, ...] = ()
    people: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits and all that is told about the rest.

    `total` counts hits, copies of a story once; `articles` counts the articles that they are in,
    copies too. `timeline` has a bar a year, month or day, oldest first, `undated` what has no date
    as fine as that. `reading` says how the query was read; `suggestion` is another query, where
    nothing was found.
    """

    tab: Tab
    hits: tuple[Hit, ...]
    total: int
    articles: int
    page: int
    size: int
    reading: str
    sort: Sort = "relevance"
    filters: Filters = field(default_factory=Filters)
    facets: Facets = field(default_factory=Facets)
    timeline: tuple[Count, ...] = ()
    undated: int = 0
    suggestion: str | None = None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size)
