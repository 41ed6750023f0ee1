"""Words as FTS5 expressions, with every spelling that the archive knows of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, product
from typing import Any as Anything

from db.fold import folded_words, odd_words, words_of
from db.query.nodes import All, Any, In, Near, Node, Quoted, Term
from db.unspaced import is_unspaced

# Gives further spellings of a word; the flag says that the word may go on.
Spell = Callable[[str, bool], list[str]]

MOST_SPELLINGS = 16
MOST_PAIRS = 48
# Parts of an expression in all: FTS5 takes more, but nobody means it.
MOST_PARTS = 1_000


def no_spellings(word: str, prefix: bool) -> list[str]:
    """For an index that no table `spellings` belongs to."""
    return []


def is_plain(node: Node) -> bool:
    """Whether FTS5 alone can tell where the words of `node` stand."""
    match node:
        case Term(text, _):
            return not is_unspaced(text)
        case Near(terms, steps):
            alone = len(steps) == 1 and not steps[0].ordered and not _overlap(*terms)
            return alone and all(map(is_plain, terms))
        case All(wanted, unwanted):
            return bool(wanted) and all(map(is_plain, wanted + unwanted))
        case Any(choices):
            return all(map(is_plain, choices))
        case _:
            return False


def _overlap(one: Term, other: Term) -> bool:
    # FTS5 lets one word stand for both.
    first, second = folded_words(one.text), folded_words(other.text)
    return any(
        a == b or (one.prefix and b.startswith(a)) or (other.prefix and a.startswith(b))
        for a in first
        for b in second
    )


def expression(node: Node, spell: Spell = no_spellings) -> str:
    """The FTS5 expression of the words in `node`; "" where there are none.

    Where `is_plain(node)` it finds just what is asked for. Otherwise it finds at least that: order,
    the steps of a chain and words of scripts without spaces are left to `db.query.near`. Fields are
    left out.
    """
    return _Writer(spell).write(node)


class _Writer:
    def __init__(self, spell: Spell, *, loosely: bool = False) -> None:
        self.spell = spell
        self.loosely = loosely
        self.left = MOST_PARTS

    def write(self, node: Node) -> str:
        match node:
            case Term(text, _) if is_unspaced(text):
                return _either(self.spellings(Term(text, prefix=True))) if self.loosely else ""
            case Term():
                return _either(self.spellings(node))
            case Near(terms, _) if any(is_unspaced(term.text) for term in terms):
                return self.all(terms, ())
            case Near():
                return self.near(node)
            case Any(choices):
                return _either([part for part in map(self.write, choices) if part])
            case All(wanted, unwanted):
                return self.all(wanted, unwanted)
            case In(field, inner) if field != "cue":
                return self.write(inner)
            case Quoted(inner):
                return self.write(inner)
            case _:
                return ""

    def all(self, wanted: tuple[Node, ...], unwanted: tuple[Node, ...]) -> str:
        parts = [part for part in map(self.write, wanted) if part]
        if not parts:
            return ""
        text = " AND ".join(parts)
        for node in unwanted:
            # Leaving out more than is asked for would lose what should be found.
            if is_plain(node) and (part := self.write(node)):
                text = f"({text}) NOT {part}"
        return f"({text})" if len(parts) > 1 or text != parts[0] else text

    def near(self, near: Near) -> str:
        every = [self.spellings(term) for term in near.terms]
        if is_plain(near):
            distance = near.steps[0].distance
        else:
            words = sum(len(folded_words(term.text)) for term in near.terms)
            distance = sum(step.distance for step in near.steps) + words
        if len(near.terms) > 2 and max(map(len, every)) > 1:
            return "(" + " AND ".join(map(_either, every)) + ")"
        pairs = islice(product(*every), MOST_PAIRS)
        return _either([f"NEAR({' '.join(pair)}, {distance})" for pair in pairs])

    def spellings(self, term: Term) -> list[str]:
        """Quoted strings, one for each way to spell the term."""
        words = [word for word in term.text.split() if words_of(word)]
        last = len(words) - 1
        ways = [self.word(word, term.prefix and at == last) for at, word in enumerate(words)]
        limit = max(1, min(MOST_SPELLINGS, self.left))
        found = [f'"{" ".join(way)}"' for way in islice(product(*ways), limit)]
        self.left -= len(found)
        return [f"{quoted} *" for quoted in found] if term.prefix else found

    def word(self, word: str, prefix: bool) -> list[str]:
        asked = [" ".join(folded_words(word)), *sorted(odd_words(word))]
        return list(dict.fromkeys(asked + self.spell(word, prefix)))


def _either(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "(" + " OR ".join(parts) + ")" if parts else ""


def to_match(typed: Anything, spell: Spell = no_spellings) -> str:
    """What a person typed as an FTS5 MATCH expression for any one index, always valid.

    One index knows no other fields, so those are read as their words; dates and kinds are left out.
    Of a script without spaces it finds runs of letters that begin with the words. Searching for
    nothing, or for what only leaves out, gives "" .
    """
    from db.query.parse import parse

    node = parse("" if typed is None else str(typed))
    return _Writer(spell, loosely=True).write(node) if node else ""
