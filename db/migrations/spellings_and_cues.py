"""What search by spelling and by cue needs."""

from __future__ import annotations

from sqlite_utils import Database

from db.fold import keep_spellings
from db.migrations.script import run
from db.schema import WITH_SPELLINGS

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


def spellings_and_cues(db: Database) -> None:
    """The words that the indexes hold in a form of their own; the cues in order."""
    run(db, _SEARCH)
    for sql in WITH_SPELLINGS:
        keep_spellings(db.conn, (row[0] for row in db.execute(sql)))
