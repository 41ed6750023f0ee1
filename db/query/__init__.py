"""The query language: what a person types, read into a tree, explained, and written as SQL.

    nodes.py    the tree
    tokens.py   what was typed, cut up          dates.py   2023, 2023-05, 2023-05-17
    parse.py    tokens into the tree
    explain.py  the tree as a plain line
    fts.py      words as FTS5 expressions, with all their spellings
    near.py     order and distance, exactly
    runs.py     words of scripts without spaces, as SQL
    listed.py   cues, papers and names, compared one by one
    compile.py  the tree as SQL
    suggest.py  "did you mean", from the archive's own words
    partly.py   the longest part of a sentence that somebody printed

The README says what can be typed ("How to search").
"""

from __future__ import annotations

from db.query.compile import Compiler
from db.query.explain import explain
from db.query.fts import to_match
from db.query.nodes import Node
from db.query.parse import Query, parse, read
from db.query.partly import suggestions

__all__ = ["Compiler", "Node", "Query", "explain", "parse", "read", "suggestions", "to_match"]
