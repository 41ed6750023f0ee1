"""From bytes to articles: read -> recognise -> paragraphs -> quotes -> people -> store.

The records are here; `ingest.pipeline.read_articles(path)` makes them of a file.
"""

from ingest.article import (
    Article,
    Capture,
    Furniture,
    Mention,
    Moment,
    Paragraph,
    Person,
    Quote,
    Span,
)
from ingest.errors import IngestError

__all__ = [
    "Article",
    "Capture",
    "Furniture",
    "IngestError",
    "Mention",
    "Moment",
    "Paragraph",
    "Person",
    "Quote",
    "Span",
]
