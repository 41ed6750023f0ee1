"""Every table of an archive and what moving has to know of it. Nothing else names the columns.

Rows are copied by the columns that both archives have, so a new plain column needs no more than its
name here; a new reference needs its table, too. `tests/db/test_moving_tables.py` fails where the
schema has a table or a column that is not named here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.digests import Kind
from db.sketches import KEPT_IN


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns; `refs` says for a column the table whose row numbers it holds.

    `key` are the columns that tell a row by its content, empty for what belongs to one article;
    `digest` says that the first is one which `db.digests` looks up.
    """

    name: str
    columns: tuple[str, ...]
    refs: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    digest: Kind | None = None

    @property
    def numbered(self) -> bool:
        """Whether its rows have a number of their own."""
        return "id" in self.columns


_OF_ARTICLE = {"article_id": "articles"}
_OF_PERSON = {"article_id": "articles", "person_id": "people"}

ARTICLES = Table(
    "articles",
    (
        "id", "title", "byline", "authors", "agency", "publisher", "section", "dateline",
        "published", "published_precision", "modified", "modified_precision", "url", "rights",
        "distributor", "title_start", "title_end", "revision", "text_id", "start", "end",
        "language", "paywalled", "story",
    ),
    {"text_id": "texts"},
)  # fmt: skip

# What belongs to one article, each table after those that it points to.
PARTS = (
    Table(
        "revisions",
        (
            "id", "article_id", "number", "text_id", "start", "end", "fingerprint", "recorded",
            "reading",
        ),
        {"article_id": "articles", "text_id": "texts"},
    ),
    Table(
        "captures",
        (
            "id", "source_id", "article_id", "revision", "text_id", "sha256", "size", "encoding",
            "url", "given", "captured", "format", "saved", "publisher", "carried",
        ),
        {"article_id": "articles", "source_id": "sources", "text_id": "texts"},
    ),
    Table(
        "paragraphs", ("id", "article_id", "position", "kind", "text", "start", "end"), _OF_ARTICLE
    ),
    Table("furniture", ("id", "article_id", "text", "reason", "start", "end"), _OF_ARTICLE),
    Table("facts", ("id", "article_id", "field", "value", "origin", "weight"), _OF_ARTICLE),
    Table("addresses", ("id", "article_id", "url", "key"), _OF_ARTICLE),
    Table(
        "quotes",
        (
            "id", "article_id", "paragraph_id", "position", "kind", "text", "speaker", "person_id",
            "mention", "description", "cue", "confidence", "reason", "start", "end",
            "mention_start", "mention_end", "cue_start", "cue_end", "description_start",
            "description_end",
        ),
        {**_OF_PERSON, "paragraph_id": "paragraphs"},
    ),
    Table(
        "quote_pieces",
        ("id", "quote_id", "paragraph_id", "position", "start", "end"),
        {"quote_id": "quotes", "paragraph_id": "paragraphs"},
    ),
    Table(
        "mentions", ("id", "person_id", "article_id", "kind", "text", "start", "end"), _OF_PERSON
    ),
    Table("other_names", ("id", "person_id", "article_id", "name"), _OF_PERSON),
    Table("descriptions", ("id", "person_id", "article_id", "text", "start", "end"), _OF_PERSON),
    *(Table(name, ("hash", "article_id"), _OF_ARTICLE) for name in KEPT_IN),
    Table(
        "corrected_articles",
        ("correction_id", "article_id"),
        {"article_id": "articles", "correction_id": "corrections"},
    ),
    # `row_id` is a row of the table that `place` names.
    Table("as_read", ("id", "article_id", "place", "row_id", "person_id", "said"), _OF_PERSON),
)  # fmt: skip

# What articles share, or what belongs to none: known by its content.
SHARED = (
    Table("texts", ("id", "sha256", "content"), key=("sha256",), digest="t"),
    Table("raw_captures", ("id", "sha256", "data"), key=("sha256",)),
    Table("sources", ("id", "location", "kind", "first_read"), key=("location",)),
    Table("people", ("id", "name", "kind", "full_name"), key=("full_name",)),
    Table("spellings", ("id", "word", "folded"), key=("word",)),
    Table(
        "failures",
        ("id", "location", "kind", "message", "times", "failed", "resolved"),
        key=("location",),
    ),
    Table(
        "fetches",
        ("id", "address", "kind", "final", "etag", "last_modified", "entry", "fetched"),
        key=("address", "kind"),
    ),
    Table(
        "corrections",
        (
            "id", "kind", "words", "address", "bytes", "article_title", "subject", "occurrence",
            "value", "before", "made", "made_by", "undone",
        ),
        # The marks of an article change as it is read anew: see amending.py.
        key=("kind", "subject", "occurrence", "value", "made", "made_by"),
    ),
)  # fmt: skip

# Between two articles: found anew where they come from two archives.
COPIES = Table(
    "copies",
    ("id", "article_id", "other_id", "kind", "shared"),
    {"article_id": "articles", "other_id": "articles"},
)

EVERY = (ARTICLES, *PARTS, *SHARED, COPIES)
NAMED = {table.name: table for table in EVERY}


def columns_of(conn: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The names of a table's columns, in its order."""
    return tuple(row[1] for row in conn.execute(f"PRAGMA table_info({table})"))
