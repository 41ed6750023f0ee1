"""Whether words stand in a text as asked, exactly: order, distances of a chain, prefixes.

FTS5 knows neither order nor a distance for each step, so it finds the candidates and this decides.
Short texts without an index of their own (cues, other names of people) are matched here too.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from functools import lru_cache

from db.fold import folded_words
from db.query.nodes import All, Any, Near, Node, Step, Term
from db.unspaced import is_unspaced, units

Place = tuple[int, int]


def holds(node: Node, text: str | None) -> bool:
    """Whether the words that `node` asks for are in `text`. Fields in it hold nowhere."""
    if text is None:
        return False
    words = folded_words(text)
    # A run of letters without spaces is one word, as in the indexes, unless some are asked for.
    return _holds(node, words, units(text) if is_unspaced(text) else words)


def _holds(node: Node, words: list[str], letters: list[str]) -> bool:
    match node:
        case Term():
            return bool(_places(node, letters if is_unspaced(node.text) else words))
        case Near():
            apart = any(is_unspaced(term.text) for term in node.terms)
            return _is_near(node, letters if apart else words)
        case All(wanted, unwanted):
            return all(_holds(n, words, letters) for n in wanted) and not any(
                _holds(n, words, letters) for n in unwanted
            )
        case Any(choices):
            return any(_holds(n, words, letters) for n in choices)
        case _:
            return False


@lru_cache(maxsize=512)
def _wanted(term: Term) -> tuple[str, ...]:
    return tuple(units(term.text))


def _places(term: Term, words: list[str]) -> list[Place]:
    """Where the term stands: first word inclusive, last exclusive."""
    wanted = _wanted(term)
    if not wanted:
        return []
    *first, last = wanted
    size = len(wanted)
    return [
        (at, at + size)
        for at in range(len(words) - size + 1)
        if words[at : at + size - 1] == first
        and (words[at + size - 1].startswith(last) if term.prefix else words[at + size - 1] == last)
    ]


def _is_near(near: Near, words: list[str]) -> bool:
    reached = _places(near.terms[0], words)
    for term, step in zip(near.terms[1:], near.steps, strict=True):
        reached = [
            place
            for place in _places(term, words)
            if any(_within(before, place, step) for before in reached)
        ]
        if not reached:
            break
    return bool(reached)


def _within(before: Place, place: Place, step: Step) -> bool:
    if place[0] >= before[1]:
        return place[0] - before[1] <= step.distance
    return not step.ordered and place[1] <= before[0] and before[0] - place[1] <= step.distance


def to_json(near: Near) -> str:
    """`near` as the SQL function `onrecord_near` takes it."""
    return json.dumps(
        [[(t.text, t.prefix) for t in near.terms], [(s.distance, s.ordered) for s in near.steps]]
    )


@lru_cache(maxsize=64)
def _from_json(text: str) -> Near:
    terms, steps = json.loads(text)
    return Near(
        tuple(Term(words, bool(prefix)) for words, prefix in terms),
        tuple(Step(distance, bool(ordered)) for distance, ordered in steps),
    )


def register_near(conn: sqlite3.Connection) -> None:
    """Give a connection `onrecord_near(text, near)`, which compiled queries use."""
    # SQLite refuses to put a function in the place of itself while a statement runs. To try it is
    # quicker than to look through the list of functions.
    with suppress(sqlite3.OperationalError):
        conn.execute("SELECT onrecord_near(NULL, '[[], []]')").close()
        return
    conn.create_function(
        "onrecord_near", 2, lambda text, near: holds(_from_json(near), text), deterministic=True
    )
