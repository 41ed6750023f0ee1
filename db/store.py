"""An Article into the tables: new, as a further capture, or as the next revision.

Every function here works inside the transaction that `db.archive` has begun.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime

from db.copies import find_copies, forget_sketch, group, leave_story
from db.fold import keep_spellings
from db.people import drop_silent, local_people, store_people
from db.reading import reading
from db.rows import (
    ARTICLE_COLUMNS,
    QUOTE_COLUMNS,
    article_row,
    furniture_rows,
    holder,
    paragraph_at,
    paragraph_rows,
    quote_row,
)
from ingest.addresses import is_address, same_address_key
from ingest.article import Article, Capture, Fact

# The first columns are facts; offsets after them move with the furniture around the article.
FACTS = ARTICLE_COLUMNS[: ARTICLE_COLUMNS.index("title_start")]


# What hangs on an article and is made anew with each revision.
_PARTS = (
    "quotes", "paragraphs", "furniture", "mentions", "other_names", "descriptions", "facts",
)  # fmt: skip


def now() -> str:
    """The time in UTC, to the second, as the archive writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _marks(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))


def _inserted(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def insert(conn: sqlite3.Connection, article: Article, text_id: int, digest: str) -> int:
    """Store a new article with its first revision and all its parts. Returns its id."""
    columns = (*ARTICLE_COLUMNS, "text_id")
    article_id = _inserted(
        conn.execute(
            f"INSERT INTO articles ({', '.join(columns)}) VALUES ({_marks(columns)})",
            (*article_row(article), text_id),
        )
    )
    _record_revision(conn, article_id, 1, article, text_id, digest)
    _insert_parts(conn, article_id, article, {})
    group(conn, article_id, find_copies(conn, article_id, article))
    return article_id


def source_id(conn: sqlite3.Connection, location: str) -> tuple[int, bool]:
    """The id of the place that a capture was read from, and whether this is its first reading."""
    row = conn.execute("SELECT id FROM sources WHERE location = ?", [location]).fetchone()
    if row:
        return int(row[0]), False
    return _inserted(
        conn.execute(
            "INSERT INTO sources (location, kind, first_read) VALUES (?, ?, ?)",
            [location, _kind_of(location), now()],
        )
    ), True


def _kind_of(location: str) -> str:
    if location == "-":
        return "standard input"
    return "address" if is_address(location) else "file"


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


def _record_revision(
    conn: sqlite3.Connection,
    article_id: int,
    number: int,
    article: Article,
    text_id: int,
    digest: str,
) -> None:
    conn.execute(
        "INSERT INTO revisions (article_id, number, text_id, start, end, fingerprint, recorded)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (article_id, number, text_id, *article.extent, digest, now()),
    )


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
    saved = article.captured and article.captured.value
    conn.execute(
        "INSERT INTO captures (source_id, article_id, revision, text_id, sha256, size, encoding,"
        " url, given, captured, format, saved, publisher, carried)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [source, article_id, revision, text_id, capture.sha256, capture.size, capture.encoding,
         article.url, capture.source, now(), capture.format, saved, article.publisher,
         facts_json(capture.carried)],
    )  # fmt: skip
    _keep_addresses(conn, article_id, article)
    return True


def facts_json(facts: tuple[Fact, ...]) -> str | None:
    """Facts as JSON: [field, value, origin, weight] each; None where there are none."""
    rows = [(fact.field, fact.value, fact.origin, fact.weight) for fact in facts]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def keep_raw(conn: sqlite3.Connection, capture: Capture) -> None:
    """Keep the bytes as they came, compressed with zlib, once however often they come."""
    if capture.raw is None:
        return
    known = conn.execute("SELECT 1 FROM raw_captures WHERE sha256 = ?", [capture.sha256])
    if known.fetchone() is None:
        conn.execute(
            "INSERT INTO raw_captures (sha256, data) VALUES (?, ?)",
            [capture.sha256, zlib.compress(capture.raw, 6)],
        )


def _keep_addresses(conn: sqlite3.Connection, article_id: int, article: Article) -> None:
    seen = [article.url, *(fact.value for fact in article.facts if fact.field == "url")]
    conn.executemany(
        "INSERT OR IGNORE INTO addresses (article_id, url, key) VALUES (?, ?, ?)",
        [(article_id, url, same_address_key(url)) for url in dict.fromkeys(seen) if url],
    )


def _keep_facts(conn: sqlite3.Connection, article_id: int, article: Article) -> None:
    conn.executemany(
        "INSERT INTO facts (article_id, field, value, origin, weight) VALUES (?, ?, ?, ?, ?)",
        [(article_id, f.field, f.value, f.origin, f.weight) for f in article.facts],
    )


def supersede(
    conn: sqlite3.Connection, article_id: int, article: Article, text_id: int, digest: str
) -> int:
    """Keep the current reading with its revision and put the new one in its place."""
    (number,) = conn.execute("SELECT revision FROM articles WHERE id = ?", [article_id]).fetchone()
    conn.execute(
        "UPDATE revisions SET reading = ? WHERE article_id = ? AND number = ?",
        [reading(conn, article_id), article_id, number],
    )
    _record_revision(conn, article_id, number + 1, article, text_id, digest)
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
    _insert_parts(conn, article_id, article, local)
    leave_story(conn, article_id)
    group(conn, article_id, find_copies(conn, article_id, article))
    drop_silent(conn, before)


def _next_id(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _insert_parts(
    conn: sqlite3.Connection, article_id: int, article: Article, local: dict[str, int]
) -> None:
    # Row ids are given out here, not by SQLite, so that whole lists go in with one executemany.
    first = _next_id(conn, "paragraphs")
    conn.executemany(
        "INSERT INTO paragraphs (id, article_id, position, kind, text, start, end)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(first + row[0] - 1, article_id, *row) for row in paragraph_rows(article)],
    )
    conn.executemany(
        "INSERT INTO furniture (article_id, text, reason, start, end) VALUES (?, ?, ?, ?, ?)",
        [(article_id, *row) for row in furniture_rows(article)],
    )
    _keep_facts(conn, article_id, article)
    names = (person.name for person in article.people)
    heads = (article.title, article.byline, article.publisher)
    keep_spellings(conn, (*heads, *names, *(p.text for p in article.paragraphs)))
    if not article.quotes:
        return
    people = store_people(conn, article_id, article, local)
    starts = holder(article)
    columns = ("id", "article_id", "paragraph_id", "person_id", *QUOTE_COLUMNS)
    quote_id = _next_id(conn, "quotes")
    quotes, pieces = [], []
    for position, quote in enumerate(article.quotes, 1):
        person_id, name = None, None
        if quote.person is not None:
            person_id, name = people.get(quote.person, (None, article.people[quote.person].name))
        paragraph_id = first + paragraph_at(starts, quote.pieces[0].start)
        row = quote_row(article, position, quote, name)
        quotes.append((quote_id, article_id, paragraph_id, person_id, *row))
        for number, piece in enumerate(quote.pieces, 1):
            within = first + paragraph_at(starts, piece.start)
            pieces.append((quote_id, within, number, *piece))
        quote_id += 1
    conn.executemany(
        f"INSERT INTO quotes ({', '.join(columns)}) VALUES ({_marks(columns)})", quotes
    )
    conn.executemany(
        "INSERT INTO quote_pieces (quote_id, paragraph_id, position, start, end)"
        " VALUES (?, ?, ?, ?, ?)",
        pieces,
    )
