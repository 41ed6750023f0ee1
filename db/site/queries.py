"""The canned search query as metadata.json has it, with our query language in place of plain words.

metadata.json must work in stock Datasette, where a MATCH expression can only be put together in
SQL: it knows words and word beginnings. Here the same query is compiled by `onrecord_match`.
"""

from __future__ import annotations

from typing import Any

from db.site.archives import SEARCH

# Where the stock query has turned what was typed into an expression and begins to search.
_BEGINS = "hits(found_in,"
_HEAD = "with asked(expression) as (select onrecord_match(:words)),\n"
_DESCRIPTION = (
    "Titles, paragraphs and quotes together, best first. All words must occur. Also:"
    ' "exact words", either OR other, harbour -mayor, begin*, one NEAR/5 other, (groups).'
)


def compiled(queries: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The search query of `queries`, compiled by our own language; nothing where there is none."""
    stock = queries.get(SEARCH)
    if not isinstance(stock, dict) or _BEGINS not in stock.get("sql", ""):
        return {}
    sql = stock["sql"]
    ours = _HEAD + sql[sql.index(_BEGINS) :]
    return {SEARCH: {**stock, "sql": ours, "description": _DESCRIPTION}}
