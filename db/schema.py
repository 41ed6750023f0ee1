"""What an archive is known by, and what of it is searched. The tables stand in `db.migrations`.

A text is stored whole and once; captures, revisions, paragraphs and quotes point into it with
character offsets (start inclusive, end exclusive). `articles`, `paragraphs`, `quotes` and what
hangs on them hold the current revision only, so that every index, ours or stock Datasette's,
searches what is current; a superseded revision keeps its text and its reading in `revisions`.
"""

from __future__ import annotations

# "Onrd" in ASCII: lets `file` and ourselves tell an archive from any other SQLite file.
APPLICATION_ID = 0x4F6E7264
SCHEMA_VERSION = 10

# remove_diacritics 2 also folds letters with more than one mark (Vietnamese); apostrophes of both
# kinds separate words, so Beijing’s is found by beijing and by beijing's alike.
TOKENIZE = "unicode61 remove_diacritics 2"

INDEXED = {
    "articles": ["title", "byline", "publisher"],
    "paragraphs": ["text"],
    "quotes": ["text", "speaker"],
}

# Every text that is searched. Words of quotes stand in paragraphs.
WITH_SPELLINGS = (
    "SELECT title FROM articles UNION SELECT byline FROM articles"
    " UNION SELECT publisher FROM articles UNION SELECT speaker FROM quotes",
    "SELECT text FROM paragraphs",
)
