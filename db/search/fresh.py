"""What a search finds that came in since somebody last looked."""

from __future__ import annotations

import json
import sqlite3

import numpy as np

from db.query import read
from db.search.evaluate import Evaluation
from db.search.memory import reading
from db.search.numbers import common
from db.search.results import Filters
from db.search.survey import survey

# Number, title, publisher and date of an article.
Titled = tuple[int, str | None, str | None, str | None]


def fresh(
    conn: sqlite3.Connection, typed: str, since: str, filters: Filters | None = None
) -> list[int]:
    """The articles found for `typed` that were taken in or revised at or after `since`, a UTC time
    as the archive writes it; by date of publication, newest first.

    To the second: what came in within the second of the last look is told again, not left out.
    """
    node = read(typed).node
    if node is None:
        return []
    # Few are new: those first, so that the rest costs next to nothing.
    rows = conn.execute(
        "SELECT article_id FROM revisions JOIN articles ON articles.id = article_id"
        " AND number = revision WHERE recorded >= ?",
        [since],
    )
    came = {row[0] for row in rows}
    if not came:
        return []
    with reading(conn) as reader:
        found = Evaluation(reader).articles(node)
        found = common(found, np.array(sorted(came), np.int64))
        kept = survey(
            reader, found, np.zeros(len(found)), filters=filters or Filters(), sort="newest",
            fold_copies=False,
        )  # fmt: skip
    return [int(article) for article in kept.first()]


def titles(conn: sqlite3.Connection, articles: list[int]) -> list[Titled]:
    """What there is to show of articles, in the order given."""
    rows = conn.execute(
        "SELECT articles.id, title, publisher, published FROM json_each(?) AS wanted"
        " JOIN articles ON articles.id = wanted.value ORDER BY wanted.key",
        [json.dumps(articles)],
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
