"""Cues, papers and other names of people: few enough to be compared with a query one by one."""

from __future__ import annotations

import json
import sqlite3

from db.query.near import holds
from db.query.nodes import Node

# An article that was read once has its publisher in the index.
_SEVERAL = "SELECT article_id FROM captures GROUP BY article_id HAVING count(*) > 1"


def reprinted(conn: sqlite3.Connection, node: Node) -> tuple[str, tuple[str, ...]]:
    """The ids of the articles that a paper of this name printed word for word, as SQL."""
    found = f"FROM captures WHERE article_id IN ({_SEVERAL}) AND publisher"
    papers = conn.execute(f"SELECT DISTINCT publisher {found} IS NOT NULL")
    names = [name for (name,) in papers if holds(node, name)]
    return f"SELECT article_id {found} IN (SELECT value FROM json_each(?))", (json.dumps(names),)


def known_as(conn: sqlite3.Connection, node: Node) -> list[int]:
    """The people whom an article calls so, beside their own names."""
    rows = conn.execute("SELECT DISTINCT person_id, name FROM other_names")
    return sorted({person for person, name in rows if holds(node, name)})


def cues_in(conn: sqlite3.Connection) -> list[str]:
    """Every cue, once."""
    # From one to the next in the index, rather than over all quotes.
    rows = conn.execute(
        "WITH RECURSIVE cues(cue) AS (SELECT min(cue) FROM quotes UNION ALL"
        " SELECT (SELECT min(cue) FROM quotes WHERE cue > cues.cue) FROM cues"
        " WHERE cue IS NOT NULL) SELECT cue FROM cues WHERE cue IS NOT NULL"
    )
    return [row[0] for row in rows]
