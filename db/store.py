"""An Article into the tables: new, as a further capture, or as the next revision.

Every function here works inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import sqlite3

from db.held import Held
from db.made import put_article, put_capture, put_parts, put_revision
from db.people import drop_silent, local_people
from db.reading import reading
from db.rows import ARTICLE_COLUMNS, article_row
from db.sketches import forget_sketch
from db.stories import join_story, leave_story
from db.written import Rows, write
from ingest.article import Article

# The first columns are facts; offsets after them move with the furniture around the article.
FACTS = ARTICLE_COLUMNS[: ARTICLE_COLUMNS.index("title_start")]

# What hangs on an article and is made anew with each revision.
_PARTS = (
    "quotes", "paragraphs", "furniture", "mentions", "other_names", "descriptions", "facts",
)  # fmt: skip


def source_id(conn: sqlite3.Connection, location: str) -> int | None:
    """The number of the place that a capture was read from; None where it is read first."""
    row = conn.execute("SELECT id FROM sources WHERE location = ?", [location]).fetchone()
    return int(row[0]) if row else None


def insert(
    conn: sqlite3.Connection,
    held: Held,
    rows: Rows,
    source: int,
    article: Article,
    text_id: int,
    digest: str,
) -> int:
    """Store a new article with its first revision and all its parts, and where it was read.

    What `rows` has already is written as well. Returns the article's id.
    """
    article_id = put_article(held, rows, article, text_id, digest)
    put_capture(rows, source, article, article_id, 1, text_id)
    write(conn, rows)
    join_story(conn, article_id, article)
    return article_id


def is_lesser(conn: sqlite3.Connection, article_id: int, article: Article) -> bool:
    """Whether `article` is a feed's word on what the archive holds as read from the page itself.

    A page that shows but its opening is no more than a feed's whole text.
    """
    if article.capture.format != "feed":
        return False
    (stub,) = conn.execute("SELECT paywalled FROM articles WHERE id = ?", [article_id]).fetchone()
    if stub and not article.paywalled:
        return False
    page = conn.execute(
        "SELECT 1 FROM captures JOIN articles ON articles.id = captures.article_id"
        " AND articles.text_id = captures.text_id AND articles.revision = captures.revision"
        " WHERE article_id = ? AND format <> 'feed'",
        [article_id],
    )
    return page.fetchone() is not None


def facts_differ(conn: sqlite3.Connection, article_id: int, article: Article) -> bool:
    """Whether title, byline, dates and the like are not those that the archive holds."""
    columns = ", ".join(FACTS)
    row = conn.execute(f"SELECT {columns} FROM articles WHERE id = ?", [article_id]).fetchone()
    return tuple(row) != article_row(article)[: len(FACTS)]


def record_capture(
    conn: sqlite3.Connection,
    source: int,
    article: Article,
    article_id: int,
    revision: int,
    text_id: int,
) -> bool:
    """Note where this reading came from. False where the same bytes were noted before."""
    capture = article.capture
    same = conn.execute(
        "SELECT 1 FROM captures WHERE article_id = ? AND revision = ? AND source_id = ?"
        " AND sha256 = ?",
        [article_id, revision, source, capture.sha256],
    ).fetchone()
    if same:
        return False
    rows = Rows()
    put_capture(rows, source, article, article_id, revision, text_id)
    write(conn, rows)
    return True


def supersede(
    conn: sqlite3.Connection, article_id: int, article: Article, text_id: int, digest: str
) -> int:
    """Keep the current reading with its revision and put the new one in its place."""
    (number,) = conn.execute("SELECT revision FROM articles WHERE id = ?", [article_id]).fetchone()
    conn.execute(
        "UPDATE revisions SET reading = ? WHERE article_id = ? AND number = ?",
        [reading(conn, article_id), article_id, number],
    )
    rows = Rows()
    put_revision(rows, article_id, number + 1, article, text_id, digest)
    write(conn, rows)
    put_in_place(conn, article_id, article, text_id, number + 1)
    return int(number) + 1


def put_in_place(
    conn: sqlite3.Connection, article_id: int, article: Article, text_id: int, number: int
) -> None:
    """Make `article` what the archive holds of it, as revision `number`."""
    local = local_people(conn, article_id)
    before = {
        row[0]
        for row in conn.execute(
            "SELECT person_id FROM quotes WHERE article_id = ? AND person_id IS NOT NULL",
            [article_id],
        )
    }
    forget_sketch(conn, article_id)
    # Quotes, mentions and the like go with their paragraphs or their article's rows here.
    for table in _PARTS:
        conn.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    settings = ", ".join(f"{column} = ?" for column in ARTICLE_COLUMNS)
    conn.execute(
        f"UPDATE articles SET {settings}, text_id = ?, revision = ? WHERE id = ?",
        (*article_row(article), text_id, number, article_id),
    )
    parts = Rows()
    put_parts(Held(conn), parts, article_id, article, local)
    write(conn, parts)
    leave_story(conn, article_id)
    join_story(conn, article_id, article)
    drop_silent(conn, before)
