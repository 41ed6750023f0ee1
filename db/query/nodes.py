"""The tree of a query.

Terms and what stands near each other are looked for in the words of a text; `In` says of which
text. Quotation conditions that belong together are gathered in one `Quoted`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextField = Literal["title", "byline", "publisher", "speaker", "said", "cue", "para"]
QuoteKindName = Literal["direct", "mixed", "indirect", "other"]
Bound = Literal["before", "after", "on"]
Thing = Literal["quote", "date"]

QUOTE_FIELDS = frozenset({"speaker", "said", "cue"})


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase; with `prefix`, its last word may go on."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """From one term to the next: at most `distance` words between; `ordered`: in this order."""

    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Terms each of which stands near the one before it; one step fewer than terms."""

    terms: tuple[Term, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class In:
    """`node` in one title, byline, name of a publisher, speaker, quotation, cue or paragraph."""

    field: TextField
    node: Node


@dataclass(frozen=True, slots=True)
class Kind:
    """A quotation of this kind."""

    kind: QuoteKindName


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation that meets all of `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class Dated:
    """Published before a date, from it on, or within it; `date` is 2023, 2023-05 or 2023-05-17."""

    bound: Bound
    date: str


@dataclass(frozen=True, slots=True)
class Has:
    """An article with at least one quotation, or with a date."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class At:
    """An article of this address, or of this site where it is a host alone."""

    address: str


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `wanted` and none of `unwanted`; without `wanted`, everything but those."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the choices."""

    choices: tuple[Node, ...]


Node = Term | Near | In | Kind | Quoted | Dated | Has | At | All | Any


def is_about_a_quote(node: Node) -> bool:
    """Whether nothing in `node` asks for anything but a property of a quotation."""
    match node:
        case In(field, _):
            return field in QUOTE_FIELDS
        case Kind():
            return True
        case All(wanted, unwanted):
            return all(map(is_about_a_quote, wanted + unwanted))
        case Any(choices):
            return all(map(is_about_a_quote, choices))
        case _:
            return False


def gathered(node: Node) -> Node:
    """`node` with the quotation conditions that stand together gathered: one quotation meets all.

    `speaker:a said:b` asks for a quotation by a that says b. What is unwanted joins them where
    something is wanted of the quotation: `speaker:a -cue:claimed`.
    """
    if is_about_a_quote(node):
        if isinstance(node, All) and not node.wanted:
            return All((), tuple(map(Quoted, node.unwanted)))
        return Quoted(node)
    match node:
        case In("para", inner):
            return In("para", gathered(inner))
        case Any(choices):
            return Any(tuple(map(gathered, choices)))
        case All(wanted, unwanted):
            quoted = tuple(n for n in wanted if is_about_a_quote(n))
            others = tuple(gathered(n) for n in wanted if not is_about_a_quote(n))
            if not quoted:
                return All(others, tuple(map(gathered, unwanted)))
            without = tuple(n for n in unwanted if is_about_a_quote(n))
            one = All(quoted, without) if without or len(quoted) > 1 else quoted[0]
            rest = tuple(gathered(n) for n in unwanted if not is_about_a_quote(n))
            return All((*others, Quoted(one)), rest)
        case _:
            return node
