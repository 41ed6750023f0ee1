"""SQL functions for everybody who writes queries, and for Datasette's own search box."""

from __future__ import annotations

import json
import sqlite3

from db.query import Compiler, explain, read, to_match
from db.query.fts import Spell, no_spellings
from db.query.near import register_near
from db.search.evaluate import Evaluation
from db.search.memory import Memory, Reader, memory_of
from db.texts import text_of
from ingest.addresses import same_address_key

# FTS5 takes an empty string for a syntax error, but finds nothing, quietly, for an empty phrase.
NOTHING = '""'


def onrecord_match(typed: object, spell: Spell = no_spellings) -> str:
    """What a person typed as a MATCH expression that never fails, with OR, -not, NEAR, prefix*."""
    return to_match(typed, spell) or NOTHING


def onrecord_reading(typed: object) -> str:
    """How what a person typed is read, as one line."""
    return explain(read(_text(typed)))


def onrecord_address(typed: object) -> str:
    """The key of an address, typed with or without its scheme."""
    address = _text(typed).strip()
    return same_address_key(address if "://" in address else f"https://{address}")


def _text(typed: object) -> str:
    return "" if typed is None else str(typed)


def register(conn: sqlite3.Connection) -> None:
    """Give a connection our SQL functions.

    - `onrecord_match(text)`: the query as an expression for one FTS5 index.
    - `onrecord_articles(text)`, `onrecord_paragraphs(text)`, `onrecord_quotes(text)`: the ids of
      what meets the query, fields and all, as a JSON array for `json_each`.
    - `onrecord_reading(text)`: how the query was read.
    - `onrecord_address(text)`: what all the addresses of one page share, as `addresses.key` has it.
    - `onrecord_text(id)`: the whole text of a row of `texts`, which keeps it compressed.
    - `onrecord_near(text, near)`: what compiled queries check order with.

    Datasette compiles what is typed in a table's search box with its SQL function `escape_fts`,
    which drops operators and fails on `""`: ours takes its place.
    """

    def articles(typed: object) -> str:
        node = read(_text(typed)).node
        # The statement that calls this sees one moment already.
        reader = Reader(conn, Memory() if conn.in_transaction else memory_of(conn))
        return json.dumps(Evaluation(reader).articles(node).tolist() if node else [])

    def paragraphs(typed: object) -> str:
        return _rows(conn, typed, "p")

    def quotes(typed: object) -> str:
        return _rows(conn, typed, "q")

    def match(typed: object) -> str:
        return onrecord_match(typed, Compiler(conn).spell)

    def whole_text(text_id: object) -> str | None:
        return text_of(conn, text_id) if isinstance(text_id, int) else None

    for name in ("onrecord_match", "escape_fts"):
        conn.create_function(name, 1, match, deterministic=True)
    conn.create_function("onrecord_reading", 1, onrecord_reading, deterministic=True)
    conn.create_function("onrecord_address", 1, onrecord_address, deterministic=True)
    conn.create_function("onrecord_text", 1, whole_text)
    conn.create_function("onrecord_articles", 1, articles)
    conn.create_function("onrecord_paragraphs", 1, paragraphs)
    conn.create_function("onrecord_quotes", 1, quotes)
    register_near(conn)


def _rows(conn: sqlite3.Connection, typed: object, row: str) -> str:
    node = read(_text(typed)).node
    if node is None:
        return "[]"
    unit = "paragraphs" if row == "p" else "quotes"
    sql = Compiler(conn).rows(node, unit, f"{row}.id")  # type: ignore[arg-type]
    return json.dumps(sorted(found[0] for found in conn.execute(sql.text, sql.values)))
