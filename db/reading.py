"""A superseded revision's reading as one JSON document, taken from the rows that it had."""

from __future__ import annotations

import json
import sqlite3

from db.rows import ARTICLE_COLUMNS

_PARTS = {
    "paragraphs": "SELECT kind, text, start, end FROM paragraphs"
    " WHERE article_id = ? ORDER BY position",
    "furniture": "SELECT text, reason, start, end FROM furniture WHERE article_id = ? ORDER BY id",
    "quotes": "SELECT kind, text, speaker, mention, description, cue, confidence, reason,"
    " start, end, mention_start, mention_end, cue_start, cue_end,"
    " (SELECT json_group_array(json_array(start, end)) FROM ("
    "  SELECT start, end FROM quote_pieces WHERE quote_id = quotes.id ORDER BY position))"
    " AS pieces FROM quotes WHERE article_id = ? ORDER BY position",
}


def reading(conn: sqlite3.Connection, article_id: int) -> str:
    """What the archive holds of an article now, as JSON: its facts, paragraphs, furniture, quotes.

    Offsets count in the revision's text, which is kept whole in `texts`.
    """
    columns = ", ".join(ARTICLE_COLUMNS)
    whole = _dicts(conn, f"SELECT {columns} FROM articles WHERE id = ?", article_id)[0]
    whole["authors"] = json.loads(str(whole["authors"]))
    for name, sql in _PARTS.items():
        whole[name] = _dicts(conn, sql, article_id)
    for quote in whole["quotes"]:  # type: ignore[attr-defined]
        quote["pieces"] = json.loads(quote["pieces"])
    return json.dumps(whole, ensure_ascii=False)


def _dicts(conn: sqlite3.Connection, sql: str, article_id: int) -> list[dict[str, object]]:
    cursor = conn.execute(sql, [article_id])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
