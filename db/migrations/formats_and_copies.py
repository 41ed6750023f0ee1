"""Articles that were read from many formats, and their copies."""

from __future__ import annotations

from sqlite_utils import Database

from db.migrations.script import run

_READING = """
ALTER TABLE articles ADD COLUMN language TEXT;
ALTER TABLE articles ADD COLUMN paywalled INTEGER NOT NULL DEFAULT 0 CHECK (paywalled IN (0, 1));
ALTER TABLE articles ADD COLUMN story INTEGER;
CREATE INDEX articles_story ON articles (story) WHERE story IS NOT NULL;
ALTER TABLE captures ADD COLUMN format TEXT NOT NULL DEFAULT 'text';
ALTER TABLE captures ADD COLUMN saved TEXT;
ALTER TABLE captures ADD COLUMN publisher TEXT;
ALTER TABLE captures ADD COLUMN carried TEXT CHECK (carried IS NULL OR json_valid(carried));
CREATE TABLE raw_captures (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    data BLOB NOT NULL
);
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    key TEXT NOT NULL,
    UNIQUE (article_id, url)
);
CREATE INDEX addresses_key ON addresses (key);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    origin TEXT NOT NULL,
    weight REAL NOT NULL
);
CREATE INDEX facts_article ON facts (article_id);
CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
CREATE INDEX sketches_article ON sketches (article_id);
CREATE TABLE copies (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('near', 'partial')),
    shared REAL NOT NULL CHECK (shared BETWEEN 0 AND 1),
    UNIQUE (article_id, other_id)
);
CREATE INDEX copies_other ON copies (other_id);
CREATE TABLE fetches (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('page', 'feed')),
    final TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    entry TEXT,
    fetched TEXT NOT NULL,
    UNIQUE (address, kind)
);
CREATE VIEW stories AS
SELECT articles.story, count(*) AS articles, count(DISTINCT articles.publisher) AS papers,
       min(articles.published) AS first_published, max(articles.published) AS last_published,
       (SELECT title FROM articles AS first WHERE first.id = articles.story) AS title,
       group_concat(DISTINCT articles.publisher) AS publishers,
       max(articles.agency) AS agency
FROM articles WHERE articles.story IS NOT NULL GROUP BY articles.story;
"""


def formats_and_copies(db: Database) -> None:
    """Raw captures, every address, what each place said of an article, stories and copies."""
    run(db, _READING)
    db.execute(
        "INSERT INTO addresses (article_id, url, key) SELECT id, url, url FROM articles"
        " WHERE url IS NOT NULL"
    )
