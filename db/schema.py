"""The tables of an archive, and the steps that bring an older archive up to date.

A text is stored whole and once; captures, revisions, paragraphs and quotes point into it with
character offsets (start inclusive, end exclusive). `articles`, `paragraphs`, `quotes` and what
hangs on them hold the current revision only, so that every index, ours or stock Datasette's,
searches what is current; a superseded revision keeps its text and its reading in `revisions`.

Migrations are never edited once released: add one below the last and raise SCHEMA_VERSION.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database, Migrations

from db.copies import sketch_all
from db.fold import keep_spellings
from db.texts import packed

# "Onrd" in ASCII: lets `file` and ourselves tell an archive from any other SQLite file.
APPLICATION_ID = 0x4F6E7264
SCHEMA_VERSION = 5

# remove_diacritics 2 also folds letters with more than one mark (Vietnamese); apostrophes of both
# kinds separate words, so Beijing’s is found by beijing and by beijing's alike.
TOKENIZE = "unicode61 remove_diacritics 2"

INDEXED = {
    "articles": ["title", "byline", "publisher"],
    "paragraphs": ["text"],
    "quotes": ["text", "speaker"],
}

migrations = Migrations("onrecord")

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


def _run(db: Database, script: str) -> None:
    # executescript() would commit the transaction that the migration runs in.
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def first_tables(db: Database) -> None:
    """Articles, captures, revisions, paragraphs, quotes, people; their indexes and views."""
    _run(db, _FIRST)
    for table, columns in INDEXED.items():
        db.table(table).enable_fts(columns, create_triggers=True, tokenize=TOKENIZE)
    _run(db, _VIEWS)


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


@migrations()
def formats_and_copies(db: Database) -> None:
    """Raw captures, every address, what each place said of an article, stories and copies."""
    _run(db, _READING)
    db.execute(
        "INSERT INTO addresses (article_id, url, key) SELECT id, url, url FROM articles"
        " WHERE url IS NOT NULL"
    )


# Every text that is searched. Words of quotes stand in paragraphs.
WITH_SPELLINGS = (
    "SELECT title FROM articles UNION SELECT byline FROM articles"
    " UNION SELECT publisher FROM articles UNION SELECT speaker FROM quotes",
    "SELECT text FROM paragraphs",
)
_SEARCH = """
CREATE TABLE spellings (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL
);
CREATE INDEX spellings_folded ON spellings (folded);
CREATE INDEX quotes_cue ON quotes (cue);
DROP INDEX quotes_person;
CREATE INDEX quotes_person ON quotes (person_id, kind);
CREATE INDEX quotes_other ON quotes (article_id) WHERE kind = 'other';
"""


@migrations()
def spellings_and_cues(db: Database) -> None:
    """The words that the indexes hold in a form of their own; the cues in order."""
    _run(db, _SEARCH)
    for sql in WITH_SPELLINGS:
        keep_spellings(db.conn, (row[0] for row in db.execute(sql)))


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


@migrations()
def corrections_by_hand(db: Database) -> None:
    """What people corrected, keyed by content, and what was read where a correction stands."""
    _run(db, _CORRECTIONS)


_SMALLER = """
DROP TABLE sketches;
CREATE TABLE sketches (
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (hash, article_id)
) WITHOUT ROWID;
CREATE TABLE unindexed (
    name TEXT PRIMARY KEY CHECK (name IN ('articles', 'paragraphs', 'quotes')),
    first INTEGER NOT NULL
) WITHOUT ROWID;
"""


def _index_triggers(table: str, columns: list[str]) -> Iterator[str]:
    """The triggers of sqlite-utils, but for rows that `unindexed` leaves for later.

    An update is the index's business only where it changes a word.
    """
    index = f"{table}_fts"
    listed = ", ".join(columns)
    indexed = f"NOT EXISTS (SELECT 1 FROM unindexed WHERE name = '{table}' AND first <= %s.id)"
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    add = f"INSERT INTO {index} (rowid, {listed}) VALUES (new.id, {new})"
    remove = f"INSERT INTO {index} ({index}, rowid, {listed}) VALUES ('delete', old.id, {old})"
    for name in ("ai", "ad", "au"):
        yield f"DROP TRIGGER {table}_{name}"
    yield (
        f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} WHEN {indexed % 'new'} BEGIN {add}; END"
    )
    yield (
        f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} WHEN {indexed % 'old'}"
        f" BEGIN {remove}; END"
    )
    yield (
        f"CREATE TRIGGER {table}_au AFTER UPDATE OF id, {listed} ON {table}"
        f" WHEN {indexed % 'old'} BEGIN {remove}; {add}; END"
    )


@migrations()
def smaller_and_quicker(db: Database) -> None:
    """Texts compressed, sketches that are found by their hashes only, indexing put off."""
    _run(db, _SMALLER)
    for table, columns in INDEXED.items():
        for statement in _index_triggers(table, columns):
            db.execute(statement)
    for (text_id,) in db.execute("SELECT id FROM texts").fetchall():
        (text,) = db.execute("SELECT content FROM texts WHERE id = ?", [text_id]).fetchone()
        db.execute("UPDATE texts SET content = ? WHERE id = ?", [packed(text.encode()), text_id])
    sketch_all(db.conn)
