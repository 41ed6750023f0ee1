"""What stands between a verb or its speaker and the quotation behind them."""

from __future__ import annotations

from ingest.quotes.rules import Place, Reading

_LONGEST_OF = 10  # tokens


def past_adverb(r: Reading, at: int) -> int:
    """Behind a speaker, past a German adverb: "antwortete der Beamte knapp: “...”"."""
    after = r.tokens[at]
    adverb = r.words.language == "de" and after.kind == "word" and not after.capital
    return at + 1 if adverb and r.tokens[at + 1].low == ":" else at


def is_object(r: Reading, start: int, place: Place) -> bool:
    """Whether only what is called so stands between: for calling her manager's loaf “a brick”."""
    words, end = r.words, place.at
    if r.tokens[start].low not in words.determiners and r.tokens[start].kind != "name":
        return False
    return not any(
        t.kind == "quote"
        or (t.kind == "point" and t.low not in "'’")
        or t.low in words.prepositions
        or t.low in words.conjunctions
        or t.low in words.auxiliaries
        for t in r.tokens[start:end]
        if t.low != "'s"
    )


def tells_of(r: Reading, at: int, place: Place) -> bool:
    """Whether it stands there what somebody speaks of: "Said Lunn of her win: “...”"."""
    of = r.tokens[at].low in ("of", "about", "after") and r.tokens[place.at - 1].low == ":"
    return of and place.floor == place.start and place.at - at < _LONGEST_OF


def tells_who(r: Reading, comma: int, place: Place) -> bool:
    """Whether only a relative clause stands between: "Said Ada Lunn, who ran it, “...”"."""
    tokens = r.tokens
    return (
        tokens[comma + 1].low in r.words.relatives
        and tokens[place.at - 1].low == ","
        and place.floor == place.start
    )
