"""The tables of a notebook. Things are what everything else hangs on."""

from __future__ import annotations

from db.schema import TOKENIZE

# "Onrn" in ASCII.
APPLICATION_ID = 0x4F6E726E
VERSION = 1

_NAMED = "id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE"

TABLES = (
    """CREATE TABLE things (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('article', 'quote', 'person')),
        words TEXT, address TEXT, bytes TEXT, article_title TEXT,
        text TEXT, occurrence INTEGER, folded TEXT NOT NULL,
        CHECK ((kind = 'person') = (words IS NULL)),
        CHECK ((kind = 'quote') = (occurrence IS NOT NULL)))""",
    "CREATE INDEX things_words ON things (words)",
    "CREATE INDEX things_address ON things (address)",
    "CREATE INDEX things_bytes ON things (bytes)",
    "CREATE INDEX things_folded ON things (folded) WHERE words IS NULL",
    """CREATE TABLE notes (
        id INTEGER PRIMARY KEY,
        thing_id INTEGER NOT NULL REFERENCES things(id),
        text TEXT NOT NULL CHECK (text <> ''),
        made TEXT NOT NULL,
        changed TEXT NOT NULL)""",
    "CREATE INDEX notes_thing ON notes (thing_id)",
    "CREATE VIRTUAL TABLE notes_fts USING fts5("
    f"text, content='notes', content_rowid='id', tokenize='{TOKENIZE}')",
    """CREATE TRIGGER notes_ai AFTER INSERT ON notes BEGIN
        INSERT INTO notes_fts (rowid, text) VALUES (new.id, new.text); END""",
    """CREATE TRIGGER notes_ad AFTER DELETE ON notes BEGIN
        INSERT INTO notes_fts (notes_fts, rowid, text) VALUES ('delete', old.id, old.text); END""",
    """CREATE TRIGGER notes_au AFTER UPDATE ON notes BEGIN
        INSERT INTO notes_fts (notes_fts, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO notes_fts (rowid, text) VALUES (new.id, new.text); END""",
    f"CREATE TABLE tags ({_NAMED})",
    """CREATE TABLE tagged (
        tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
        thing_id INTEGER NOT NULL REFERENCES things(id),
        made TEXT NOT NULL,
        PRIMARY KEY (tag_id, thing_id)) WITHOUT ROWID""",
    "CREATE INDEX tagged_thing ON tagged (thing_id)",
    f"CREATE TABLE lists ({_NAMED}, made TEXT NOT NULL)",
    """CREATE TABLE listed (
        list_id INTEGER NOT NULL REFERENCES lists(id) ON DELETE CASCADE,
        thing_id INTEGER NOT NULL REFERENCES things(id),
        position INTEGER NOT NULL,
        PRIMARY KEY (list_id, thing_id)) WITHOUT ROWID""",
    "CREATE INDEX listed_thing ON listed (thing_id)",
    f"CREATE TABLE samples ({_NAMED}, seed INTEGER NOT NULL, size INTEGER NOT NULL,"
    " drawn_from INTEGER NOT NULL, drawn TEXT NOT NULL)",
    """CREATE TABLE marks (
        sample_id INTEGER NOT NULL REFERENCES samples(id) ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number >= 1),
        thing_id INTEGER NOT NULL REFERENCES things(id),
        speaker TEXT,
        verdict TEXT CHECK (verdict IN ('right', 'wrong')),
        remark TEXT,
        marked TEXT,
        PRIMARY KEY (sample_id, number)) WITHOUT ROWID""",
    "CREATE INDEX marks_thing ON marks (thing_id)",
    f"CREATE TABLE searches ({_NAMED}, typed TEXT NOT NULL, scope TEXT NOT NULL,"
    " saved TEXT NOT NULL, looked TEXT)",
)
