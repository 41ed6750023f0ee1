"""How a query was read, as one plain line for the person who typed it."""

from __future__ import annotations

from functools import lru_cache

from db.fold import words_of
from db.query.nodes import All, Any, At, Dated, Has, In, Kind, Near, Node, Quoted, Term
from db.query.parse import Query

NOTHING = 'Nothing in it can be searched for: type a word, a name or a "phrase".'
EVERYTHING = "Looking for everything."
_WHERE = {"title": "in the title", "byline": "in the byline", "para": "in one paragraph"}
_DATES = {"before": "published before", "after": "published in or after", "on": "published in"}
_THINGS = {"quote": "with a quotation", "date": "with a date"}


@lru_cache(maxsize=512)
def explain(query: Query) -> str:
    """One line: what is looked for, then what was taken as words or left out, and why."""
    read = f"Looking for {_phrase(query.node)}." if query.node else NOTHING
    return " ".join([read, *(f"{note[0].upper()}{note[1:]}." for note in query.notes)])


def _phrase(node: Node) -> str:
    match node:
        case Term():
            return _term(node)
        case Near(terms, steps):
            text = _term(terms[0])
            for term, step in zip(terms[1:], steps, strict=True):
                how = "before" if step.ordered else "near"
                words = "word" if step.distance == 1 else "words"
                text += f" {how} {_term(term)} (at most {step.distance} {words} between)"
            return text
        case In("publisher", inner):
            return f"published by {_inside(inner)}"
        case In(field, inner) if field in _WHERE:
            return f"{_inside(inner)} {_WHERE[field]}"
        case Quoted(inner):
            return f"a quotation {_said(inner)}"
        case Dated(bound, date):
            how = _DATES[bound] if len(date) < 10 else _DATES[bound].replace(" in", " on")
            return f"{how} {date}"
        case Has(thing):
            return _THINGS[thing]
        case At(address):
            return f"the address {address}"
        case Any((At(address), Term())):
            return f"the address {address}, or its words"
        case All(wanted, unwanted):
            return _all(wanted, unwanted, _inside, "everything")
        case Any(choices):
            return " or ".join(map(_inside, choices))
        case _:
            return _said(node)


def _said(node: Node) -> str:
    match node:
        case In("speaker", inner):
            return f"by {_inside(inner)}"
        case In("said", inner):
            return f"that says {_inside(inner)}"
        case In("cue", inner):
            return f"marked by {_inside(inner)}"
        case Kind(kind):
            return f"of kind {kind}"
        case All(wanted, unwanted):
            return _all(wanted, unwanted, _said, "of any kind")
        case Any(choices):
            return " or ".join(map(_said, choices))
        case _:
            return _phrase(node)


def _all(wanted: tuple[Node, ...], unwanted: tuple[Node, ...], say: object, empty: str) -> str:
    assert callable(say)
    text = " and ".join(map(say, wanted)) or empty
    return text + "".join(f", but not {say(node)}" for node in unwanted)


def _inside(node: Node) -> str:
    text = _phrase(node)
    several = isinstance(node, All | Any) or (isinstance(node, Near) and len(node.steps) > 1)
    return f"({text})" if several else text


def _term(term: Term) -> str:
    words = " ".join(word for word in term.text.split() if words_of(word))
    if " " in words:
        return f"“{words}…”" if term.prefix else f"“{words}”"
    # Marks around a word are not looked for: "park." is park.
    first, last = words_of(words)[0], words_of(words)[-1]
    word = words[words.index(first) : words.rindex(last) + len(last)]
    return f"words that begin with {word}" if term.prefix else word
