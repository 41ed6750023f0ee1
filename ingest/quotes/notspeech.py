"""Quoted text that nobody says: titles of works, scare quotes, nicknames, signs, single words.

Such runs are kept with the kind "other" and without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.quotes.grammar import NAMED_NOUNS, NAMING_WORDS, WORK_NOUNS, Grammar
from ingest.quotes.rules import Found, Place
from ingest.quotes.spokenof import is_byname, is_christened, is_judged, is_motto, is_spoken_of
from ingest.quotes.tokens import Token

_WORD = re.compile(r"\w[\w’'.-]*")
_SMALL = frozenset(
    "a an the of and or in on at to for from by with as is but vs de la le les el los y et der die"
    " das und".split()
)
_CALLED = frozenset("so-called titled entitled subtitled headlined intitulé intitulée".split())
_KNOWN = frozenset("known know knows knew bekannt connu connue conocido conocida goes went".split())
_AS = frozenset({"as", "als", "comme", "como", "by"})
_HABIT = frozenset({"call", "calls", "nicknamed", "nickname"})
_RATINGS = frozenset(
    "buy sell hold neutral overweight underweight outperform underperform accumulate reduce".split()
)
_DEFINITE = frozenset("der die das dem den des im am vom zum zur beim".split())
_AUTHORS = frozenset("auteur autrice auteure autor autora autorin".split())
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_VERBS = frozenset("is was means meant has had includes covers".split())
_IN_SO_MANY = frozenset("word words syllable sentence line".split())  # with a single word: "Amen."
_WHOM = frozenset({"him", "her", "it", "them", "me", "us"})
_PROGRAMME_BEFORE = frozenset("dem 's on of for in to told tells from by with".split())
_SPEAKS = frozenset({"said", "says", "added", "adds", "asked", "wrote"})
_LONGEST_TITLE = 200  # characters
# So many characters at first, and the words that no rule here asks for more of: the rest of a
# sentence need not be cut into words to see that it is one.
_GLANCE, _MOST = 60, 6
SENTENCE_WORDS = 4  # a fragment as long as this is somebody's words, even with no cue near it


def is_other(
    said: str, tokens: Sequence[Token], place: Place, found: Found | None, words: Grammar
) -> bool:
    """Whether a run in marks is no speech, by its own words and those round it."""
    inside = _WORD.findall(said, 0, _GLANCE)
    if len(said) > _GLANCE and (len(inside) <= _MOST or not _is_prose(inside[:-1])):
        inside = _WORD.findall(said, 0, _LONGEST_TITLE)
    if not inside:
        return not _WORD.search(said)
    bare = place.floor == place.at and place.at == place.start
    before = tokens[place.at - 1] if place.at > place.start else None
    if before is not None and (
        before.low in _CALLED
        or _word_used(tokens, place, len(inside))
        or is_spoken_of(tokens, place, words)
        or is_byname(inside, tokens, place)
        or is_motto(tokens, place)
        or _is_topic(tokens, place)
    ):
        return True
    if words.language != "en" and _is_named_abroad(said, tokens, place, words.language):
        return True
    if len(inside) < 3 and is_judged(tokens, place, words):
        return True
    if len(said) == 1 and not bare:
        return True  # an “A” in patience
    if len(inside) == 1 and said.lower() in _RATINGS and _is_rating(tokens, place):
        return True
    title = looks_like_title(inside, said) and not _headline(tokens)
    if title and len(inside) < 4 and is_christened(tokens, place):
        return True
    if words.language == "de" and found is not None and found.cue is not None:
        # There every noun has a capital; but: sagte er der „Zeitung“.
        definite = before is not None and before.low in _DEFINITE
        title = title and (definite or _work_before(tokens, place))
    if bare and found is None and _goes_on(said, tokens, place):
        return False
    if bare and found is None:
        behind = tokens[place.at + 1].low if place.at + 1 < place.end else ""
        cut = behind not in ("", ":") and len(inside) <= 3 and said[-1] not in ",.!?"
        title = title and not (behind == ":" and said.isupper())
        return (title and len(inside) < 6) or cut or (behind == ":" and len(inside) == 1)
    if title and len(inside) < 3 and _calls(tokens, place):
        return True
    strong = found is not None and found.cue is not None and found.strength >= 0.9
    if _known_as(tokens, place) or (
        _named(tokens, place, words, title) and not (strong and not title)
    ):
        return True
    if before is not None and before.low == ":" and found is not None:
        return title and _work_before(tokens, place)
    if len(inside) == 1 and before is not None and _is_attribute(said, tokens, place, found):
        return True
    near = found is not None and found.cue is not None and found.gap <= 1 and found.strength >= 0.8
    if title and _in_programme(tokens, place) and said[-1] not in "!?":
        return True
    if title and len(inside) > 1 and not near and not bare and said[-1] not in ".!?":
        return found is None or found.strength < 0.9 or said[-1] != ","
    if found is None or found.strength == 0:
        if title and before is not None and before.low == "," and _work_before(tokens, place):
            return True
        if before is not None and before.low in (":", ",") and len(inside) >= 4:
            return False
        if before is not None and before.low == ":" and said[0].isupper() and said[-1] in ".!?…":
            return title  # "Another rhymed: “Lunn, run.”"
        return len(inside) < SENTENCE_WORDS
    if near or bare:
        return title and _work_before(tokens, place)
    if found.content or found.strength >= 0.9:
        return False
    if len(inside) == 1:
        return found.gap > 6 or found.strength < 0.6
    return found.strength < 0.5 and len(inside) < 4


def _is_topic(tokens: Sequence[Token], place: Place) -> bool:
    """Whether the run is what the words before it are said of: “Yes,” she said of the “deal”."""
    at = place.at - 1
    if at - 2 < place.floor or place.floor == place.start or tokens[at].low != "the":
        return False
    return tokens[at - 1].low in ("of", "about") and tokens[at - 2].low in _SPEAKS


def _is_named_abroad(said: str, tokens: Sequence[Token], place: Place, language: str) -> bool:
    """Whether a noun, an author or a year beside the marks tells that a name stands in them."""
    if not said[0].isupper() or said[-1] in ".,!?…" or place.at == place.start:
        return False
    behind = tokens[place.at + 1 : place.at + 4]
    if len(behind) == 3 and behind[0].low == "(" and behind[2].low == ")":
        return _YEAR.fullmatch(behind[1].low) is not None  # “Los hornos fríos” (1968)
    if behind and behind[0].low == ",":  # «El ruido», su primera novela
        after = (t.low for t in tokens[place.at + 2 : min(place.end, place.at + 5)])
        if any(low in NAMED_NOUNS for low in after):
            return True
    before = tokens[place.at - 1]
    if before.low in ("de", "von") and tokens[place.at - 2].low in _AUTHORS:
        return True  # auteur de « La France sans usines »
    if before.low == "," and place.at - 2 >= place.start:
        before = tokens[place.at - 2]
    elif language == "de" and before.kind == "name" and before.low.endswith("s"):
        return looks_like_title(_WORD.findall(said, 0, _LONGEST_TITLE), said)  # Kleists „Krug“
    return before.kind == "word" and before.low in NAMED_NOUNS


def _is_rating(tokens: Sequence[Token], place: Place) -> bool:
    """Whether a word tells what analysts advise: who rate the stock a "buy"."""
    beside = tokens[max(place.start, place.at - 5) : min(place.end, place.at + 4)]
    return any(t.low.startswith(("rat", "recommend", "stock", "shares")) for t in beside)


def _goes_on(said: str, tokens: Sequence[Token], place: Place) -> bool:
    """Whether the run is a sentence behind another one, or a paragraph of its own: an answer."""
    ended = tokens[place.at + 1 : place.end]
    outside = len(ended) == 1 and ended[0].low == "." and said[0].isupper() and place.at > 0
    if said[-1] not in ".!?…" and not outside:
        return False
    alone = all(t.kind == "point" for t in tokens[place.at + 1 : place.end])
    behind = any(t.kind == "quote" for t in tokens[: place.at])
    return alone and (behind or (place.at == 0 and place.end == len(tokens)))


def _word_used(tokens: Sequence[Token], place: Place, words: int) -> bool:
    """Whether the run is a word that is spoken of: the use of "unprecedented"."""
    at = place.at - 1
    if at <= place.floor:
        return False
    if tokens[at].low == "of":
        return tokens[at - 1].low in ("use", "mention", "meaning")
    if tokens[at].low in ("whether", "if", "says", "said") and place.at + 1 < place.end:
        after = tokens[place.at + 1].low  # whether "everything" included him
        told = after in _VERBS or (after.endswith("ed") and tokens[at].low != "said")
        return words == 1 and told
    return False


def _is_attribute(said: str, tokens: Sequence[Token], place: Place, found: Found | None) -> bool:
    """Whether a word in marks only tells of the noun behind it: a "sell" rating."""
    if tokens[place.at - 1].low not in ("a", "an") or place.at + 1 >= place.end:
        return False
    if found is not None and found.cue is not None and found.cue.start < tokens[place.at].start:
        return False
    return said.islower() and tokens[place.at + 1].kind == "word"


def _headline(tokens: Sequence[Token]) -> bool:
    """Whether the whole line is set as a headline, so that capitals tell nothing."""
    long = [t for t in tokens if t.kind in ("word", "name") and len(t.low) > 3]
    return bool(long) and sum(1 for t in long if t.capital) >= 0.7 * len(long)


def _in_programme(tokens: Sequence[Token], place: Place) -> bool:
    """Whether a title stands where programmes and papers do: NBC's "Today", on "New Day"."""
    i = place.at - 1
    if i < place.floor:
        return False
    low = tokens[i].low
    return low in _PROGRAMME_BEFORE or (tokens[i].kind == "name" and low.isupper())


def _named(tokens: Sequence[Token], place: Place, words: Grammar, title: bool) -> bool:
    """Whether the words before the marks name or explain something: the so-called "..."."""
    i = place.at - 1
    if i < place.floor:
        return False
    low = tokens[i].low
    if low in ("called", "named") and not title:
        return False
    if low in NAMING_WORDS:
        return True
    return _work_before(tokens, place) and title


def _calls(tokens: Sequence[Token], place: Place) -> bool:
    """Whether the run is what people call somebody by habit: neighbours call her "..."."""
    before = [t.low for t in tokens[max(place.floor, place.at - 2) : place.at]]
    return len(before) == 2 and before[0] in _HABIT and before[1] in _WHOM


def _known_as(tokens: Sequence[Token], place: Place) -> bool:
    """Known as "...", known to friends as the "..."."""
    before = [t.low for t in tokens[max(place.floor, place.at - 9) : place.at]]
    return not (_KNOWN.isdisjoint(before) or _AS.isdisjoint(before[-2:]))


def _work_before(tokens: Sequence[Token], place: Place) -> bool:
    if tokens[place.at - 1].low == ":" and tokens[place.at - 2].low in _IN_SO_MANY:
        return False
    before = [token.low for token in tokens[max(place.floor, place.at - 3) : place.at]]
    return not WORK_NOUNS.isdisjoint(before)


def _is_prose(inside: Sequence[str]) -> bool:
    """Whether words are not capitalised as a title is, whatever follows."""
    if not inside[0][0].isupper():
        return True
    return sum([word[0].islower() and word.lower() not in _SMALL for word in inside]) > 1


def looks_like_title(inside: Sequence[str], said: str) -> bool:
    """Whether the words are capitalised as the title of a work is."""
    if not inside[0][0].isupper():
        return False
    long = plain = 0
    for word in inside:
        if word.lower() not in _SMALL:
            long += 1
            plain += word[0].islower()
            if plain > 1:
                return False
    return bool(long) and (not plain or long >= 5)
