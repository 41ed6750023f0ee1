"""The parts of a query that a text can show, sorted by where they are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.query import Node
from db.query.nodes import All, Any, In, Near, Quoted, Term


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parts of a query that a text can show: what is unwanted leaves no trace."""

    words: tuple[Node, ...] = ()
    titles: tuple[Node, ...] = ()
    bylines: tuple[Node, ...] = ()
    publishers: tuple[Node, ...] = ()
    paragraphs: tuple[Node, ...] = ()
    quotes: tuple[Node, ...] = ()
    said: tuple[Node, ...] = ()


def wanted_in(node: Node | None) -> Wanted:
    """Sort the positive leaves of a query by where they are looked for."""
    if isinstance(node, Term):
        return Wanted((node,))
    found: dict[str, list[Node]] = {name: [] for name in Wanted.__slots__}
    if node is not None:
        _sort(node, found)
    return Wanted(**{name: tuple(nodes) for name, nodes in found.items()})


def _sort(node: Node, found: dict[str, list[Node]]) -> None:
    match node:
        case Term() | Near():
            found["words"].append(node)
        case In("para", inner):
            found["paragraphs"].append(node)
            _sort(inner, found)
        case In("said", inner):
            found["said"].append(inner)
        case In("title" | "byline" | "publisher" as field, inner):
            found[f"{field}s"].append(inner)
        case Quoted(inner):
            found["quotes"].append(node)
            _sort(inner, found)
        case All(wanted, _):
            for part in wanted:
                _sort(part, found)
        case Any(choices):
            for part in choices:
                _sort(part, found)


def terms_in(nodes: Iterable[Node]) -> Iterator[Term]:
    """The words and phrases of conditions on one text."""
    for node in nodes:
        match node:
            case Term():
                yield node
            case Near(parts, _) | All(parts, _) | Any(parts):
                yield from terms_in(parts)
