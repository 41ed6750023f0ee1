"""Canned queries of metadata.json with what our SQL functions know in place of what SQL can tell.

metadata.json must work in stock Datasette, where a MATCH expression can only be put together in
SQL: it knows words and word beginnings. Here the same query is compiled by `onrecord_match`, and an
address is compared by what all the addresses of one page share.
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


ADDRESS = "address"
_BY_KEY = """with asked(start) as (select onrecord_address(substr(:address, 1, 4000)))
select addresses.url, articles.title, articles.published, articles.publisher, addresses.article_id
from addresses
join articles on articles.id = addresses.article_id
join asked on trim(:address) <> '' and addresses.key >= asked.start
  and addresses.key < asked.start || char(1114111)
order by addresses.key, addresses.url
limit 100"""
_BY_KEY_TOLD = (
    "Articles whose address begins with what you paste; http or https, www., a slash at the end and"
    " tracking parameters make no difference."
)


def compiled(queries: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Those of `queries` that our functions answer better, made anew; nothing for the others."""
    found = {}
    stock = queries.get(SEARCH)
    if isinstance(stock, dict) and _BEGINS in stock.get("sql", ""):
        sql = stock["sql"]
        ours = _HEAD + sql[sql.index(_BEGINS) :]
        found[SEARCH] = {**stock, "sql": ours, "description": _DESCRIPTION}
    stock = queries.get(ADDRESS)
    if isinstance(stock, dict):
        found[ADDRESS] = {**stock, "sql": _BY_KEY, "description": _BY_KEY_TOLD}
    return found
