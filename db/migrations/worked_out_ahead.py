"""What searches would else work out for themselves, and what it still says after a write."""

from __future__ import annotations

from sqlite_utils import Database

from db.migrations.script import run

_AHEAD = """
CREATE TABLE ahead (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL,
    copies INTEGER NOT NULL CHECK (copies IN (0, 1)),
    lists INTEGER NOT NULL CHECK (lists IN (0, 1))
);
CREATE TABLE ahead_changed (
    article_id INTEGER PRIMARY KEY
);
CREATE TABLE ahead_quoted (
    article_id INTEGER PRIMARY KEY
);
CREATE TABLE ahead_columns (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
);
CREATE TABLE ahead_lists (
    word TEXT PRIMARY KEY,
    found INTEGER NOT NULL,
    total INTEGER NOT NULL,
    best BLOB NOT NULL,
    newest BLOB,
    counted BLOB
) WITHOUT ROWID;
"""

# Whoever writes it, a row that a search would show otherwise is noted here. While much is added the
# first of these conditions is all that is looked at.
_NOTE_ARTICLE = (
    "UPDATE ahead SET lists = 0;"
    " INSERT INTO ahead_changed (article_id) SELECT {0}.id FROM ahead WHERE {0}.id <= articles"
    " AND NOT EXISTS (SELECT 1 FROM ahead_changed WHERE article_id = {0}.id)"
)
_KNOWN = "EXISTS (SELECT 1 FROM ahead WHERE lists OR {0}.id <= articles)"
_FACTS = "id", "title", "byline", "published", "publisher", "story"
_CUT = (
    "UPDATE ahead SET lists = 0, paragraphs = min(paragraphs, {0}.id - 1)"
    " WHERE lists OR {0}.id <= paragraphs"
)
_NOTE_QUOTED = (
    "INSERT INTO ahead_quoted (article_id) SELECT {0}.article_id FROM ahead"
    " WHERE {0}.article_id <= articles"
    " AND NOT EXISTS (SELECT 1 FROM ahead_quoted WHERE article_id = {0}.article_id)"
)
_QUOTED = "EXISTS (SELECT 1 FROM ahead WHERE {0}.article_id <= articles)"
_OTHER_COPIES = "UPDATE ahead SET lists = 0, copies = 0 WHERE lists OR copies"


def _trigger(table: str, name: str, when: str, condition: str, action: str) -> str:
    return (
        f"CREATE TRIGGER {table}_ahead_{name} AFTER {when} ON {table} WHEN {condition}"
        f" BEGIN {action}; END"
    )


def _triggers() -> list[str]:
    listed = ", ".join(_FACTS)
    old, new = (", ".join(f"{row}.{column}" for column in _FACTS) for row in ("old", "new"))
    any_ = "EXISTS (SELECT 1 FROM ahead WHERE lists OR copies)"
    both = f"{_NOTE_ARTICLE.format('old')}; {_NOTE_ARTICLE.format('new')}"
    story = "UPDATE ahead SET copies = 0 WHERE old.story IS NOT new.story"
    return [
        _trigger("articles", "ai", "INSERT", _KNOWN.format("new"), _NOTE_ARTICLE.format("new")),
        _trigger("articles", "ad", "DELETE", _KNOWN.format("old"), _NOTE_ARTICLE.format("old")),
        _trigger(
            "articles", "au", f"UPDATE OF {listed}",
            f"({old}) IS NOT ({new}) AND EXISTS (SELECT 1 FROM ahead)", f"{both}; {story}",
        ),
        _trigger(
            "paragraphs", "ai", "INSERT",
            "EXISTS (SELECT 1 FROM ahead WHERE lists OR new.id <= paragraphs)", _CUT.format("new"),
        ),
        _trigger(
            "paragraphs", "ad", "DELETE", "EXISTS (SELECT 1 FROM ahead WHERE lists)",
            "UPDATE ahead SET lists = 0",
        ),
        _trigger(
            "paragraphs", "au", "UPDATE OF id, article_id, text", "EXISTS (SELECT 1 FROM ahead)",
            f"{_CUT.format('old')}; {_CUT.format('new')}",
        ),
        _trigger("quotes", "ai", "INSERT", _QUOTED.format("new"), _NOTE_QUOTED.format("new")),
        _trigger("quotes", "ad", "DELETE", _QUOTED.format("old"), _NOTE_QUOTED.format("old")),
        _trigger(
            "quotes", "au", "UPDATE OF article_id, person_id, kind", "EXISTS (SELECT 1 FROM ahead)",
            f"{_NOTE_QUOTED.format('old')}; {_NOTE_QUOTED.format('new')}",
        ),
        *(
            _trigger("copies", name, when, any_, _OTHER_COPIES)
            for name, when in (("ai", "INSERT"), ("ad", "DELETE"), ("au", "UPDATE"))
        ),
    ]  # fmt: skip


def worked_out_ahead(db: Database) -> None:
    """The first page of common words, facts of all articles and who is quoted, ready to be read."""
    run(db, _AHEAD)
    for statement in _triggers():
        db.execute(statement)
