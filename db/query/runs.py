"""Words of scripts without spaces as SQL: no index has them, so the texts are read."""

from __future__ import annotations

from itertools import chain

from db.query.near import to_json
from db.query.nodes import Near, Term
from db.unspaced import is_unspaced, letters_of


def unspaced_in(node: Term | Near) -> Near | None:
    """The node as a chain, where a word of it is of a script without spaces."""
    near = node if isinstance(node, Near) else Near((node,), ())
    return near if any(is_unspaced(term.text) for term in near.terms) else None


def read_in(near: Near, row: str, columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The condition that one of these columns of a row holds the chain, with its values.

    SQLite looks for the letters first: few texts that have all of them have not the words too.
    """
    letters = letters_of(term.text for term in near.terms)
    ways: list[str] = []
    values: list[str] = []
    for column in columns:
        held = [f"({' OR '.join([f'instr({row}.{column}, ?)'] * len(ls))})" for ls in letters]
        ways.append(" AND ".join([*held, f"onrecord_near({row}.{column}, ?)"]))
        values += [*chain.from_iterable(letters), to_json(near)]
    return " OR ".join(f"({way})" for way in ways), tuple(values)
