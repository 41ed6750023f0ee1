"""Is the archive whole? Every promise that the schema makes, checked against the texts."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from db import ahead, digests
from db.archive import Archive
from db.errors import ArchiveBusy
from db.fold import odd_words
from db.overlay import relay
from db.reading import reading
from db.rows import GAP, readable
from db.schema import INDEXED, WITH_SPELLINGS
from db.texts import unpacked

# Tables whose rows repeat a stretch of their article's text, and what picks the article.
_SLICES = {
    "paragraphs": "SELECT id, article_id, text, start, end FROM paragraphs",
    "furniture": "SELECT id, article_id, text, start, end FROM furniture",
    "mentions": "SELECT id, article_id, text, start, end FROM mentions",
    "descriptions": "SELECT id, article_id, text, start, end FROM descriptions",
    "quotes (mention)": "SELECT id, article_id, mention, mention_start, mention_end FROM quotes"
    " WHERE mention_start IS NOT NULL",
    "quotes (cue)": "SELECT id, article_id, cue, cue_start, cue_end FROM quotes"
    " WHERE cue_start IS NOT NULL",
    "quotes (description)": "SELECT id, article_id, description, description_start,"
    " description_end FROM quotes WHERE description_start IS NOT NULL",
}
_BATCH = 500


def check(archive: Archive) -> list[str]:
    """One line for each thing that is wrong, none where the archive is whole.

    Verifies SQLite's own integrity, foreign keys, each full-text index against its table, the
    digest of each text, that texts, revisions and captures are found by theirs, that each
    paragraph, quote, mention and furniture line equals its slice of the text (but for the white
    space and hyphens of re-joined lines), the revisions, that each article shows its reading with
    the corrections that stand, and what was worked out for searches.

    Raises ArchiveBusy where the archive may not be written, which its indexes want for their check.
    """
    if archive.read_only:
        raise ArchiveBusy(archive.path, "is checked only where it may be written; check a copy")
    conn = archive.db.conn
    return [
        *_sqlite(conn),
        *_indexes(conn),
        *_spellings(conn),
        *_texts(conn),
        *digests.missing(conn),
        *_slices(conn),
        *_revisions(conn),
        *_corrections(conn),
        *ahead.wrong(conn),
    ]


def _sqlite(conn: sqlite3.Connection) -> Iterator[str]:
    for (line,) in conn.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"SQLite: {line}"
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row}: points to a row of {parent} that is not there"


def _indexes(conn: sqlite3.Connection) -> Iterator[str]:
    for table in INDEXED:
        index = f"{table}_fts"
        try:
            # Rank 1 asks for the comparison with the content table as well.
            conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"{index}: does not agree with {table} ({error})"
        missing = conn.execute(
            f"SELECT (SELECT count(*) FROM {table}), (SELECT count(*) FROM {index}_docsize)"
        ).fetchone()
        if missing[0] != missing[1]:
            yield f"{index}: holds {missing[1]} rows, {table} {missing[0]}"


def _spellings(conn: sqlite3.Connection) -> Iterator[str]:
    kept = {row[0] for row in conn.execute("SELECT word FROM spellings")}
    for sql in WITH_SPELLINGS:
        for (text,) in conn.execute(sql):
            for word in sorted(odd_words(text or "") - kept):
                kept.add(word)
                yield f"spellings: has not got {word}, so that its other spellings do not find it"


def _texts(conn: sqlite3.Connection) -> Iterator[str]:
    for text_id, digest, content in conn.execute(
        "SELECT id, sha256, CAST(content AS BLOB) FROM texts"
    ):
        text = _text(content)
        if text is None or hashlib.sha256(text.encode()).hexdigest() != digest:
            yield f"texts {text_id}: its words are not those that its digest was taken of"


def _text(content: bytes) -> str | None:
    """The text, None where nothing can be read of it."""
    try:
        return unpacked(content)
    except ValueError:
        return None


def _bare(text: str) -> str:
    return "".join(text.split()).replace("-", "").replace("\u00ad", "").replace("\u2010", "")


def _same(stored: str, piece: str) -> bool:
    # A hard-wrapped line is re-joined for reading, a divided word made whole again.
    return stored == piece or (
        _bare(stored) == _bare(piece)
        and ("\n" in piece or "\r" in piece or stored == readable(piece))
    )


def _slices(conn: sqlite3.Connection) -> Iterator[str]:
    last = conn.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
    for first in range(0, last + 1, _BATCH):
        texts = {
            article_id: (text, start, end, title_start, title_end)
            for article_id, content, start, end, title_start, title_end in conn.execute(
                "SELECT articles.id, CAST(texts.content AS BLOB), start, end, title_start,"
                " title_end FROM articles JOIN texts ON texts.id = articles.text_id"
                " WHERE articles.id BETWEEN ? AND ?",
                [first, first + _BATCH - 1],
            )
            if (text := _text(content)) is not None  # else it is named already
        }
        for article_id, (content, start, end, title_start, title_end) in texts.items():
            if end > len(content):
                yield f"articles {article_id}: ends at {end}, its text at {len(content)}"
            if title_start is not None and not start <= title_start <= title_end <= end:
                yield f"articles {article_id}: its title lies outside of it"
        extents = {key: row[:3] for key, row in texts.items()}
        yield from _slices_of(conn, first, extents)
        yield from _quotes(conn, first, extents)


def _slices_of(
    conn: sqlite3.Connection, first: int, texts: dict[int, tuple[str, int, int]]
) -> Iterator[str]:
    for table, sql in _SLICES.items():
        joined = f"SELECT * FROM ({sql}) WHERE article_id BETWEEN ? AND ?"
        for row, article_id, stored, start, end in conn.execute(
            joined, [first, first + _BATCH - 1]
        ):
            if article_id not in texts:
                continue  # the broken reference is named already
            content, article_start, article_end = texts[article_id]
            if not article_start <= start <= end <= article_end:
                yield f"{table} {row}: {start} to {end} lies outside of article {article_id}"
            elif not _same(stored, content[start:end]):
                yield f"{table} {row}: is not what the text says from {start} to {end}"


def _quotes(
    conn: sqlite3.Connection, first: int, texts: dict[int, tuple[str, int, int]]
) -> Iterator[str]:
    between = [first, first + _BATCH - 1]
    pieces: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for quote_id, start, end in conn.execute(
        "SELECT quote_id, quote_pieces.start, quote_pieces.end FROM quote_pieces"
        " JOIN quotes ON quotes.id = quote_id WHERE article_id BETWEEN ? AND ?"
        " ORDER BY quote_id, quote_pieces.position",
        between,
    ):
        pieces[quote_id].append((start, end))
    for quote_id, article_id, text, start, end in conn.execute(
        "SELECT id, article_id, text, start, end FROM quotes WHERE article_id BETWEEN ? AND ?",
        between,
    ):
        if article_id not in texts:
            continue
        content, article_start, article_end = texts[article_id]
        parts = pieces.get(quote_id)
        if not parts:
            yield f"quotes {quote_id}: has no pieces"
        elif (parts[0][0], parts[-1][1]) != (start, end):
            yield f"quotes {quote_id}: does not begin and end with its pieces"
        elif not article_start <= start < end <= article_end:
            yield f"quotes {quote_id}: {start} to {end} lies outside of article {article_id}"
        elif GAP.join(readable(content[a:b]) for a, b in parts) != text:
            yield f"quotes {quote_id}: is not what the text says in its pieces"


def _revisions(conn: sqlite3.Connection) -> Iterator[str]:
    for article_id, current, count, newest, open_ones in conn.execute(
        "SELECT articles.id, articles.revision, count(revisions.id), max(revisions.number),"
        " sum(revisions.reading IS NULL) FROM articles"
        " LEFT JOIN revisions ON revisions.article_id = articles.id GROUP BY articles.id"
    ):
        if not count == newest == current:
            yield f"articles {article_id}: says revision {current}, {count} are kept"
        elif open_ones != 1:
            yield f"articles {article_id}: {open_ones - 1} superseded revisions lost their reading"
    for (article_id,) in conn.execute(
        "SELECT id FROM articles WHERE NOT EXISTS"
        " (SELECT 1 FROM captures WHERE article_id = articles.id)"
    ):
        yield f"articles {article_id}: nothing says where it came from"


def _corrections(conn: sqlite3.Connection) -> Iterator[str]:
    corrected = [
        row[0]
        for row in conn.execute(
            "SELECT article_id FROM as_read UNION SELECT article_id FROM corrected_articles"
        )
    ]
    for place in ("articles", "quotes", "mentions", "descriptions", "other_names"):
        for (row,) in conn.execute(
            f"SELECT id FROM as_read WHERE place = ? AND row_id NOT IN (SELECT id FROM {place})",
            [place],
        ):
            yield f"as_read {row}: keeps what a row of {place} said that is not there"
    for (article_id,) in conn.execute(
        "SELECT DISTINCT article_id FROM corrected_articles"
        " WHERE article_id NOT IN (SELECT article_id FROM as_read)"
    ):
        yield f"articles {article_id}: what was read where it is corrected is lost"
    for article_id in corrected:
        # Laid anew and rolled back: the corrections must come to what the archive shows.
        conn.execute("SAVEPOINT laying")
        try:
            before = reading(conn, article_id)
            relay(conn, article_id)
            same = reading(conn, article_id) == before
        finally:
            conn.execute("ROLLBACK TO laying")
            conn.execute("RELEASE laying")
        if not same:
            yield f"articles {article_id}: does not show the corrections that stand"
