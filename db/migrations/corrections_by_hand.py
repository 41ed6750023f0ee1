"""Corrections that people make."""

from __future__ import annotations

from sqlite_utils import Database

from db.migrations.script import run

_CORRECTIONS = """
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'speaker', 'title', 'published')),
    words TEXT,
    address TEXT,
    bytes TEXT,
    article_title TEXT,
    subject TEXT,
    occurrence INTEGER CHECK (occurrence >= 1),
    value TEXT,
    before TEXT,
    made TEXT NOT NULL,
    made_by TEXT,
    undone TEXT,
    CHECK (kind = 'merge' OR words IS NOT NULL),
    CHECK ((kind IN ('merge', 'split', 'speaker')) = (subject IS NOT NULL))
);
CREATE INDEX corrections_words ON corrections (words);
CREATE INDEX corrections_address ON corrections (address);
CREATE INDEX corrections_bytes ON corrections (bytes);
CREATE TABLE corrected_articles (
    correction_id INTEGER NOT NULL REFERENCES corrections(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    PRIMARY KEY (correction_id, article_id)
) WITHOUT ROWID;
CREATE INDEX corrected_articles_article ON corrected_articles (article_id);
CREATE TABLE as_read (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    place TEXT NOT NULL CHECK (
        place IN ('articles', 'quotes', 'mentions', 'descriptions', 'other_names')),
    row_id INTEGER NOT NULL,
    person_id INTEGER REFERENCES people(id),
    said TEXT CHECK (said IS NULL OR json_valid(said)),
    UNIQUE (place, row_id)
);
CREATE INDEX as_read_article ON as_read (article_id);
CREATE INDEX as_read_person ON as_read (person_id);
CREATE INDEX captures_sha256 ON captures (sha256);
"""


def corrections_by_hand(db: Database) -> None:
    """What people corrected, keyed by content, and what was read where a correction stands."""
    run(db, _CORRECTIONS)
