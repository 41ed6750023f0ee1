"""The first tables, with their full-text indexes and views."""

from __future__ import annotations

from sqlite_utils import Database

from db.migrations.script import run
from db.schema import INDEXED, TOKENIZE

_FIRST = """
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    content TEXT NOT NULL
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    title TEXT,
    byline TEXT,
    authors TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(authors)),
    agency TEXT,
    publisher TEXT,
    section TEXT,
    dateline TEXT,
    published TEXT,
    published_precision TEXT
        CHECK (published_precision IN ('year', 'month', 'day', 'minute', 'second')),
    modified TEXT,
    modified_precision TEXT
        CHECK (modified_precision IN ('year', 'month', 'day', 'minute', 'second')),
    url TEXT,
    rights TEXT,
    distributor TEXT,
    title_start INTEGER,
    title_end INTEGER CHECK (title_end >= title_start),
    revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
    text_id INTEGER NOT NULL REFERENCES texts(id),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end >= start),
    CHECK ((published IS NULL) = (published_precision IS NULL)),
    CHECK ((modified IS NULL) = (modified_precision IS NULL))
);
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_publisher ON articles (publisher);
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_text ON articles (text_id);
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number >= 1),
    text_id INTEGER NOT NULL REFERENCES texts(id),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end >= start),
    fingerprint TEXT NOT NULL,
    recorded TEXT NOT NULL,
    reading TEXT CHECK (reading IS NULL OR json_valid(reading)),
    UNIQUE (article_id, number)
);
CREATE INDEX revisions_fingerprint ON revisions (fingerprint);
CREATE INDEX revisions_text ON revisions (text_id);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    location TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('file', 'standard input', 'address')),
    first_read TEXT NOT NULL
);
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    text_id INTEGER NOT NULL REFERENCES texts(id),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (size >= 0),
    encoding TEXT NOT NULL,
    url TEXT,
    given TEXT NOT NULL,
    captured TEXT NOT NULL,
    FOREIGN KEY (article_id, revision) REFERENCES revisions(article_id, number)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX captures_source ON captures (source_id);
CREATE INDEX captures_article ON captures (article_id, revision);
CREATE INDEX captures_text ON captures (text_id);
CREATE TABLE paragraphs (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    kind TEXT NOT NULL CHECK (
        kind IN ('text', 'heading', 'list_item', 'caption', 'block_quote', 'table')),
    text TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    UNIQUE (article_id, position)
);
CREATE TABLE furniture (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start)
);
CREATE INDEX furniture_article ON furniture (article_id);
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
    full_name TEXT UNIQUE
);
CREATE INDEX people_name ON people (name);
CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    paragraph_id INTEGER NOT NULL REFERENCES paragraphs(id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect', 'other')),
    text TEXT NOT NULL,
    speaker TEXT,
    person_id INTEGER REFERENCES people(id) ON DELETE SET NULL,
    mention TEXT,
    description TEXT,
    cue TEXT,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    reason TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    mention_start INTEGER,
    mention_end INTEGER CHECK (mention_end > mention_start),
    cue_start INTEGER,
    cue_end INTEGER CHECK (cue_end > cue_start),
    description_start INTEGER,
    description_end INTEGER CHECK (description_end > description_start),
    UNIQUE (article_id, position)
);
CREATE INDEX quotes_paragraph ON quotes (paragraph_id);
CREATE INDEX quotes_person ON quotes (person_id);
CREATE TABLE quote_pieces (
    id INTEGER PRIMARY KEY,
    quote_id INTEGER NOT NULL REFERENCES quotes(id) ON DELETE CASCADE,
    paragraph_id INTEGER NOT NULL REFERENCES paragraphs(id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start),
    UNIQUE (quote_id, position)
);
CREATE INDEX quote_pieces_paragraph ON quote_pieces (paragraph_id);
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (
        kind IN ('name', 'surname', 'title', 'pronoun', 'description', 'abbreviation')),
    text TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start)
);
CREATE INDEX mentions_person ON mentions (person_id);
CREATE INDEX mentions_article ON mentions (article_id);
CREATE TABLE other_names (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    UNIQUE (person_id, article_id, name)
);
CREATE INDEX other_names_article ON other_names (article_id);
CREATE TABLE descriptions (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    end INTEGER NOT NULL CHECK (end > start)
);
CREATE INDEX descriptions_person ON descriptions (person_id);
CREATE INDEX descriptions_article ON descriptions (article_id);
CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    location TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1 CHECK (times >= 1),
    failed TEXT NOT NULL,
    resolved TEXT
);
"""

# Views for the person who writes SQL: one row tells the whole story of a quote, a text, an article.
_VIEWS = """
CREATE VIEW sayings AS
SELECT quotes.id, quotes.speaker, quotes.text AS quote, quotes.kind, quotes.cue,
       quotes.description, articles.title, articles.published, articles.publisher, articles.url,
       paragraphs.position AS paragraph, paragraphs.text AS context, quotes.confidence,
       quotes.reason, quotes.article_id, quotes.person_id,
       '/article/' || quotes.article_id || '#q' || quotes.position AS link
FROM quotes
JOIN articles ON articles.id = quotes.article_id
JOIN paragraphs ON paragraphs.id = quotes.paragraph_id
WHERE quotes.kind <> 'other';
CREATE VIEW speakers AS
SELECT people.id, people.name, people.kind, count(*) AS quotes,
       count(DISTINCT quotes.article_id) AS articles,
       min(articles.published) AS first_quoted, max(articles.published) AS last_quoted
FROM quotes
JOIN people ON people.id = quotes.person_id
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.kind <> 'other'
GROUP BY people.id;
CREATE VIEW article_texts AS
SELECT articles.id, articles.title, articles.byline, articles.publisher, articles.published,
       (SELECT group_concat(text, char(10) || char(10)) FROM (
            SELECT text FROM paragraphs WHERE article_id = articles.id ORDER BY position)) AS body
FROM articles;
CREATE VIEW superseded_paragraphs AS
SELECT revisions.article_id, revisions.number AS revision, revisions.recorded,
       part.key + 1 AS position, json_extract(part.value, '$.kind') AS kind,
       json_extract(part.value, '$.text') AS text,
       json_extract(part.value, '$.start') AS start, json_extract(part.value, '$.end') AS end
FROM revisions, json_each(revisions.reading, '$.paragraphs') AS part
WHERE revisions.reading IS NOT NULL;
CREATE VIEW superseded_quotes AS
SELECT revisions.article_id, revisions.number AS revision, revisions.recorded,
       part.key + 1 AS position, json_extract(part.value, '$.speaker') AS speaker,
       json_extract(part.value, '$.text') AS quote, json_extract(part.value, '$.kind') AS kind,
       json_extract(part.value, '$.cue') AS cue
FROM revisions, json_each(revisions.reading, '$.quotes') AS part
WHERE revisions.reading IS NOT NULL;
"""


def first_tables(db: Database) -> None:
    """Articles, captures, revisions, paragraphs, quotes, people; their indexes and views."""
    run(db, _FIRST)
    for table, columns in INDEXED.items():
        db.table(table).enable_fts(columns, create_triggers=True, tokenize=TOKENIZE)
    run(db, _VIEWS)
