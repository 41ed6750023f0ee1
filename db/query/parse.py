"""What a person types, read into a tree. Nothing that is typed is an error."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import cast

from db.query.nodes import (
    All,
    Any,
    At,
    Bound,
    Dated,
    Has,
    In,
    Kind,
    Near,
    Node,
    QuoteKindName,
    Step,
    Term,
    TextField,
    Thing,
    gathered,
)
from db.query.tokens import Token, tokens_of

MAX_DEPTH = 12
# So many pairs come of groups on both sides of a NEAR.
MAX_PAIRS = 40


@dataclass(frozen=True, slots=True)
class Query:
    """A reading of what was typed. `node` is None where there is nothing to search for."""

    typed: str
    node: Node | None
    notes: tuple[str, ...] = ()


class _Reader:
    """Recursive descent over the tokens. Operators that lack a side are read as words."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.at = 0
        # The field whose brackets we are in: fields in there are words again.
        self.field = ""
        self.notes: list[str] = []

    def peek(self, ahead: int = 0) -> Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def takes_operand(self, ahead: int) -> bool:
        """Whether something that can be searched for begins `ahead` tokens from here."""
        token = self.peek(ahead)
        return token is not None and token.kind in (
            "term", "(", "minus", "NOT", "field", "limit", "address",
        )  # fmt: skip

    def either(self, depth: int) -> Node | None:
        choices = [self.every(depth)]
        while (token := self.peek()) and token.kind == "OR":
            self.at += 1
            choices.append(self.every(depth))
        kept = tuple(choice for choice in choices if choice is not None)
        return kept[0] if len(kept) == 1 else Any(kept) if kept else None

    def every(self, depth: int) -> Node | None:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        while token := self.peek():
            if token.kind == ")":
                if depth:
                    break
                self.at += 1
                continue
            if token.kind == "OR" and (wanted or unwanted) and self.takes_operand(1):
                break
            negated = token.kind in ("minus", "NOT") and self.takes_operand(1)
            if negated or (token.kind == "AND" and wanted and self.takes_operand(1)):
                self.at += 1
                if not negated:
                    continue
            node = self.operand(depth)
            if node is not None:
                (unwanted if negated else wanted).append(node)
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return All(tuple(wanted), tuple(unwanted)) if wanted or unwanted else None

    def operand(self, depth: int) -> Node | None:
        """What one operand is, with all that stands NEAR it."""
        first = self.single(depth)
        terms, steps = [first], []
        while (near := self.peek()) and near.kind == "NEAR":
            following = self.peek(1)
            if not _words(terms[-1]) or following is None or following.kind not in ("term", "("):
                break
            mark = self.at
            self.at += 1
            other = self.single(depth)
            if not _words(other):
                self.at = mark
                break
            terms.append(other)
            steps.append(Step(near.distance, near.ordered))
        return _near(terms, tuple(steps)) if steps else first

    def single(self, depth: int) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "(":
            return self.group(depth)
        if token.kind == "field":
            return self.in_field(token, depth)
        if token.kind == "address" and self.field in ("", "para"):
            return Any((At(token.value), Term(token.text)))
        if token.kind == "address":
            return Term(token.text)
        if token.kind == "limit" and self.field in ("", "para"):
            return _limit(token)
        if token.kind == "limit":
            return Term(f"{token.text} {token.value}")
        if token.kind == "term":
            return Term(token.text, token.prefix)
        if token.text:
            self.notes.append(f"“{token.text}” is taken as a word: it has nothing to join")
            return Term(token.text)
        return None

    def group(self, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self.notes.append(f"brackets deeper than {MAX_DEPTH} are not read")
            return None
        node = self.either(depth + 1)
        if (closing := self.peek()) and closing.kind == ")":
            self.at += 1
        return node

    def in_field(self, token: Token, depth: int) -> Node | None:
        following = self.peek()
        nested = self.field and not (self.field == "para" and token.text != "para")
        if following is None or following.kind not in (
            "term", "(", "field", "limit", "address",
        ):  # fmt: skip
            return None
        if nested or following.kind in ("field", "limit"):
            self.notes.append(f"“{token.text}:” is taken as a word here")
            return Term(token.text)
        outer, self.field = self.field, token.text
        node = self.operand(depth)
        self.field = outer
        return None if node is None else In(cast(TextField, token.text), node)


def _limit(token: Token) -> Node:
    if token.text == "kind":
        return Kind(cast(QuoteKindName, token.value))
    if token.text == "url":
        return At(token.value)
    if token.text == "has":
        return Has(cast(Thing, token.value))
    return Dated(cast(Bound, token.text), token.value)


def _words(node: Node | None) -> tuple[Term, ...]:
    """The terms that may stand in this place of a NEAR; none where it is something else."""
    if isinstance(node, Term):
        return (node,)
    if isinstance(node, Any) and all(isinstance(choice, Term) for choice in node.choices):
        return cast(tuple[Term, ...], node.choices)
    return ()


def _near(places: list[Node | None], steps: tuple[Step, ...]) -> Node:
    pairs = list(product(*map(_words, places)))[:MAX_PAIRS]
    choices = tuple(Near(terms, steps) for terms in pairs)
    return choices[0] if len(choices) == 1 else Any(choices)


@lru_cache(maxsize=512)
def read(typed: str | None) -> Query:
    """Read what was typed, with notes on what could not be read as it seems to be meant."""
    typed = typed or ""
    cut = tokens_of(typed)
    reader = _Reader(cut.tokens)
    parts: list[Node] = []
    while reader.peek():
        node = reader.either(0)
        if node is not None:
            parts.append(node)
    whole = parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None
    notes = tuple(dict.fromkeys((*cut.notes, *reader.notes)))
    return Query(typed, gathered(whole) if whole else None, notes)


def parse(typed: str | None) -> Node | None:
    """The tree of what was typed. None where there is nothing in it to search for."""
    return read(typed).node
