"""Words that are spoken of as words, not said: the word “fair” appears in the act."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.quotes.grammar import Grammar
from ingest.quotes.rules import Place
from ingest.quotes.tokens import Token

_WORDS = frozenset(
    "word words term terms phrase phrases expression expressions name acronym abbreviation label"
    " hashtag prefix suffix wort begriff ausdruck wörter begriffe mot mots terme termes palabra"
    " palabras término términos".split()
)
_THE = frozenset({"'s", "der", "das", "den", "dem", "le", "les", "la", "el", "los", "las"})
_SHUNS = (
    "avoid", "ban", "dislike", "hate", "loathe", "remov", "replac", "drop", "delet", "strike",
    "struck", "defin", "add", "insert", "retir", "abolish", "meid", "streich", "évit", "bann",
    "evit", "supprim",
)  # fmt: skip
_USES = frozenset({"use", "used", "uses", "using", "utter", "uttered", "uttering"})
_DENIED = frozenset({"not", "never", "n't", "without", "no", "cannot"})
_NO_VERB = frozenset(
    "hundreds thousands dozens times always perhaps sometimes afterwards us yes plus was's".split()
)
_JUDGES = frozenset({"is", "was", "isn't", "wasn't", "ist", "war", "est", "était", "es", "era"})
_REACH = 5  # tokens


def is_spoken_of(tokens: Sequence[Token], place: Place, words: Grammar) -> bool:
    """Whether "the word" or the like stands before the marks, and nobody says it there."""
    at = place.at - 2
    if at < place.start or tokens[at + 1].low not in _WORDS:
        return False
    if tokens[at].low not in words.determiners and tokens[at].low not in _THE:
        return False
    earlier = [t.low for t in tokens[max(place.floor, at - _REACH) : at]]
    inside = bool(earlier) and (earlier[-1] in _USES or earlier[-1] in words.prepositions)
    if not inside and place.at + 1 < place.end and _is_verb(tokens[place.at + 1], words):
        return True
    if any(low.startswith(_SHUNS) for low in earlier):
        return True
    used = any(low in _USES for low in earlier)
    return used and any(low in _DENIED or low.endswith("n't") for low in earlier)


def _is_verb(token: Token, words: Grammar) -> bool:
    """Whether a word behind the marks says something of the word in them."""
    low = token.low.removeprefix("n'").removeprefix("n’")  # le mot « poule » n'est
    if token.kind != "word" or low in _NO_VERB:
        return False
    if low in words.auxiliaries or low in words.be:
        return True
    return low.endswith(("s", "ed")) and not (
        low in words.prepositions
        or low in words.conjunctions
        or low in words.adverbs
        or low in words.determiners
    )


def is_judged(tokens: Sequence[Token], place: Place, words: Grammar) -> bool:
    """Whether the sentence goes on to call it a word: “gift” was the wrong word."""
    after = [t.low for t in tokens[place.at + 1 : min(place.end, place.at + 2 + _REACH)]]
    return bool(after) and after[0] in _JUDGES and not _WORDS.isdisjoint(after)


def is_christened(tokens: Sequence[Token], place: Place) -> bool:
    """Whether somebody gives a thing a name: has named the newcomer “Echo”."""
    before = [t.low for t in tokens[max(place.floor, place.at - _REACH) : place.at]]
    return not _CHRISTENS.isdisjoint(before) and place.at > place.floor


def is_motto(tokens: Sequence[Token], place: Place) -> bool:
    """Whether the words are a motto or the like: a club whose motto is “Measure twice”."""
    at = place.at - 2
    return at >= place.floor and tokens[at + 1].low in _JUDGES and tokens[at].low in _MOTTOS


_MOTTOS = frozenset(
    "motto slogan nickname catchphrase watchword strapline tagline wahlspruch spitzname devise"
    " surnom lema apodo".split()
)


def is_byname(inside: Sequence[str], tokens: Sequence[Token], place: Place) -> bool:
    """Whether a few words with a capital stand behind a name and "dit": Lunn, dit « le Coq »."""
    at = place.at - 1
    if at - 2 < place.floor or tokens[at].low not in ("dit", "dite"):
        return False
    few = len(inside) < 4 and inside[-1][0].isupper()
    return few and tokens[at - 1].low == "," and tokens[at - 2].kind == "name"


_CHRISTENS = frozenset(
    "named christened baptised baptized renamed nicknamed titled entitled getauft baptisé"
    " bautizado rebaptisé taufte".split()
)
