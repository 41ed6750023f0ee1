"""The query language: what a person types, read into a tree and written as an FTS5 expression.

    harbour mayor        both words              "harbour bill"    the words side by side
    robert OR mayor      either                  harbour -mayor    the first without the second
    rob*                 words that begin so     (a OR b) c        grouped
    county NEAR/8 grain  at most 8 words between them

Operators are in capitals. Whatever cannot be read as an operator is taken as words: nothing that a
person types is an error.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# FTS5 gives up on expressions deeper than 256; sixty words are more than anybody means.
MAX_TERMS = 60
MAX_DEPTH = 12
MAX_CHARACTERS = 4_000
MAX_NEAR = 1_000


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase; with `prefix`, its last word may go on."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Terms that stand within `distance` words of each other."""

    terms: tuple[Term, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class All:
    """Every one of `wanted` and none of `unwanted`."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the choices."""

    choices: tuple[Node, ...]


Node = Term | Near | All | Any

_TOKEN = re.compile(
    r"""
      (?P<open>\() | (?P<close>\))
    | (?P<minus>(?<![^\s(])-(?=[^\s\-)]))
    | "(?P<phrase>[^"]*)(?:"|$)(?P<phrase_star>\*?)
    | (?P<near>NEAR(?:/(?P<distance>\d{1,6}))?(?=[\s(]|$))
    | (?P<operator>(?:AND|OR|NOT)(?=[\s()]|$))
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str = ""
    prefix: bool = False
    distance: int = 10


def _searchable(text: str) -> bool:
    # What unicode61 makes a word of: letters, digits and private-use characters.
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in text)


def _tokens(typed: str) -> list[_Token]:
    typed = typed[:MAX_CHARACTERS].translate(_MARKS)
    typed = re.sub("[\ud800-\udfff]", " ", typed)
    found: list[_Token] = []
    terms = 0
    for match in _TOKEN.finditer(typed):
        kind = match.lastgroup or ""
        if match["open"] or match["close"] or match["minus"]:
            found.append(_Token("minus" if match["minus"] else match.group()))
        elif match["operator"]:
            found.append(_Token(match.group(), match.group()))
        elif match["near"]:
            found.append(
                _Token("NEAR", "NEAR", distance=min(int(match["distance"] or 10), MAX_NEAR))
            )
        else:
            text = match["phrase"] if match["phrase"] is not None else match["word"]
            prefix = bool(match["phrase_star"]) or (kind == "word" and text.endswith("*"))
            if terms < MAX_TERMS and _searchable(text):
                found.append(_Token("term", text.strip("*"), prefix))
                terms += 1
    return found


class _Reader:
    """Recursive descent over the tokens. Operators that lack a side are read as words."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self, ahead: int = 0) -> _Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def takes_operand(self, ahead: int) -> bool:
        """Whether something that can be searched for begins `ahead` tokens from here."""
        token = self.peek(ahead)
        return token is not None and token.kind in ("term", "(", "minus", "NOT")

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
            if token.kind == "OR" and wanted and self.takes_operand(1):
                break
            negated = token.kind in ("minus", "NOT") and self.takes_operand(1)
            if negated or (token.kind == "AND" and wanted and self.takes_operand(1)):
                self.at += 1
                if not negated:
                    continue
            node = self.operand(depth)
            if node is not None:
                (unwanted if negated else wanted).append(node)
        if not wanted:
            # Nothing to take them away from: the words themselves are the best reading.
            wanted, unwanted = unwanted, []
        if not wanted:
            return None
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return All(tuple(wanted), tuple(unwanted))

    def operand(self, depth: int) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "(":
            if depth >= MAX_DEPTH:
                return None
            node = self.either(depth + 1)
            if (closing := self.peek()) and closing.kind == ")":
                self.at += 1
            return node
        if token.kind != "term":
            return Term(token.text) if token.text else None
        terms = [Term(token.text, token.prefix)]
        distance = 0
        while (near := self.peek()) and near.kind == "NEAR":
            other = self.peek(1)
            if other is None or other.kind != "term":
                break
            terms.append(Term(other.text, other.prefix))
            distance = max(distance, near.distance)
            self.at += 2
        return Near(tuple(terms), distance) if len(terms) > 1 else terms[0]


def parse(typed: str) -> Node | None:
    """Read what was typed. None where there is nothing in it to search for."""
    reader = _Reader(_tokens(typed))
    parts: list[Node] = []
    while reader.peek():
        node = reader.either(0)
        if node is not None:
            parts.append(node)
    return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None


def _term(term: Term) -> str:
    return '"' + term.text.replace('"', " ") + '"' + (" *" if term.prefix else "")


def compile_fts(node: Node) -> str:
    """The FTS5 expression of a query."""
    match node:
        case Term():
            return _term(node)
        case Near(terms, distance):
            return f"NEAR({' '.join(map(_term, terms))}, {distance})"
        case Any(choices):
            return "(" + " OR ".join(map(compile_fts, choices)) + ")"
        case All(wanted, unwanted):
            text = " AND ".join(map(compile_fts, wanted))
            for node_ in unwanted:
                text = f"({text}) NOT {compile_fts(node_)}"
            return f"({text})"


def to_match(typed: str | None) -> str:
    """What a person typed as an FTS5 MATCH expression, "" where there is nothing to search for.

    Always valid, whatever was typed. This is the SQL function `onrecord_match` too.
    """
    node = parse(typed or "")
    return compile_fts(node) if node else ""
