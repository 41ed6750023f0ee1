"""Walk over an article's mentions in the order of the text and tell who each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter

from ingest.article import Span
from ingest.quotes.cast import Cast
from ingest.quotes.grammar import Grammar
from ingest.quotes.mentions import RELATIVE, Phrase
from ingest.quotes.names import NO_SPEAKER, Name
from ingest.quotes.openings import may_be_named, see_it, strangers
from ingest.quotes.roles import learn_roles
from ingest.quotes.roundnames import (
    ADJECTIVE,
    GENITIVE,
    THE,
    is_dateline,
    is_from,
    is_of_thing,
    owns,
    stands,
)

# Between two names: a new sentence begins, or a name hangs on a preposition. The first pattern
# begins with a set of signs, which the search skips to at once.
_BREAK = re.compile(r"[\n.?!\x02](?:(?<=\n)| |(?<=\.)[”\"] )")
_PREPOSITIONS = tuple("the of for with by to at in from on off over against about".split())
_UNDER = re.compile(rf"\b(?:{'|'.join(_PREPOSITIONS[1:])})\s(?:the\s)?$")
_ALSO_PEOPLE = frozenset("april may june august summer".split())
_READS = (" reads", " read ", " read,", " read:", " read.")
_SUBJECT = 120  # characters before a name in which its sentence begins with one of these
_DEATH = ("died", "dies", "bituary")
_DIED = re.compile(
    r"[Oo]bituary|, who (?:has )?died|\b(?:has died|dies) (?:at|aged)\b"
    r"|\bdied\b[^.\n]{0,80}(?:\baged\b|\. (?:He|She) was \d)"
)
_LONGEST_PARAGRAPH = 3_000  # characters
_OPENING = 260  # characters that tell whether an article is an obituary
_ASKED = ("Asked ", "Pressed ", "Told ", "Quizzed ")
_ADDRESSES = ("told ", "asked ", "warned ", "urged ")
_NO_LEAD = ("He ", "She ", "Asked ")
_PLAYED = (" part of ", " role of ", " character of ", " portrayal of ")


def resolve(
    mask: str,
    text: str,
    cast: Cast,
    names: Sequence[Name],
    phrases: Iterable[Phrase],
    spans: Sequence[Span],
) -> None:
    """Fill the cast from names, pronouns and the phrases that speak."""
    words = cast.grammar
    opening = mask[:_OPENING]
    cast.obituary = any(w in opening for w in _DEATH) and _DIED.search(opening) is not None
    told = {phrase.span.start: phrase for phrase in phrases}
    every = [*told.values(), *(p.antecedent for p in told.values() if p.antecedent is not None)]
    speaking = {p.span.start for p in every if p.kind == "name"}
    events: list[tuple[int, Name | Phrase | str]] = [(n.span.start, n) for n in names]
    known = {p.span.start for p in every}
    # One may speak and be an antecedent too: "admitió la regidora, quien recordó".
    events += {p.span.start: p for p in every if p.kind == "description"}.items()
    others = {p.span.start: p for p in strangers(mask, words.language)}
    events += [(start, p) for start, p in others.items() if start not in known]
    events += _pronouns(mask, spans, words, told)
    events += [(p.span.start, p) for p in told.values() if p.kind == "pronoun"]
    events.sort(key=itemgetter(0))  # where several begin, they stay in the order of above
    french = words.language == "fr"
    # What the text has nowhere need not be looked for beside each name.
    no_lead = [word for word in _NO_LEAD if word in mask]
    asks = [word for word in _ASKED if word in mask]
    seen, tells = 0, -1
    # There are so many that the time to call Span() counts.
    new = tuple.__new__
    for start, what in events:
        if isinstance(what, Name):
            speaks = start in speaking
            first = what.opens_sentence or (
                not speaks and what.kind not in NO_SPEAKER and _leads(mask, seen, what, no_lead)
            )
            if owner := first and not speaks and owns(mask, what.span.end):
                first, what = False, what._replace(opens_sentence=False)
            if what.kind == "time" and what.words[0].lower() not in _ALSO_PEOPLE:
                pass  # "On July 9, “..."": nobody
            elif not speaks and (start == 0 or mask[start - 1] == "\n") and is_dateline(mask, what):
                pass  # no short name of the Saltmere Harbour Board
            elif (
                (speaks or french)
                and is_from(mask, what)
                and cast.see_from(what.span, what.words[0].lower())
            ):
                pass  # "the Spaniard said": no name
            elif (
                not speaks and mask[start - 2 : start] == "f " and mask.endswith(_PLAYED, 0, start)
            ):
                pass  # "the part of Verity": somebody made up
            elif speaks or what.kind not in NO_SPEAKER:
                # Whoever speaks or opens the sentence stands out anyhow.
                _take_name(mask, cast, what, speaks, first)
            # "Ghana's striker, Adjoa Mensima": the place does not lead.
            if not (
                owner or (what.kind in NO_SPEAKER and mask.startswith(GENITIVE, what.span.end))
            ):
                seen = what.span.end
        elif isinstance(what, str):
            if cast.hero is not None:
                cast.paragraph = mask.rfind("\n", max(0, start - _LONGEST_PARAGRAPH), start)
            but = tells if mask.endswith(_ADDRESSES, 0, start) else -1  # "A tutor told her"
            cast.see_pronoun(what, new(Span, (start, start + len(what))), but=but)
        elif what.kind == "description":
            if start not in others or start in known or not may_be_named(cast, what, text):
                cast.see_description(what, text)
            tells = start
        elif what.low in RELATIVE:
            cast.see_relative(what)
        elif what.low == "it" and mask.startswith(_READS, what.span.end):
            pass  # "it reads": a text, whoever wrote it
        elif what.low == "it" and see_it(cast, mask, text, what.span):
            pass
        else:
            cast.see_pronoun(what.low, what.span, subject=True, asked=_asked(mask, start, asks))
    _describe(cast, told.values())


def _asked(mask: str, start: int, asks: Sequence[str]) -> int:
    """Where the sentence begins with "Asked about ...", if it does; else -1."""
    if not asks:
        return -1
    first = max(0, start - 2 * _SUBJECT)
    at = max([mask.rfind(word, first, start) for word in asks])
    return at if at >= 0 and _BREAK.search(mask, at, start) is None else -1


def _describe(cast: Cast, phrases: Iterable[Phrase]) -> None:
    """Give those who speak what the phrases call them, once each."""
    described: dict[int, set[Span]] = {}  # to look through a long list each time is quadratic
    for phrase in phrases:
        entity = cast.at(phrase.span.start)
        if entity is None:
            continue
        entity.speaks = True
        if phrase.description is None:
            continue
        if (known := described.get(id(entity))) is None:
            known = described[id(entity)] = set(entity.descriptions)
        if phrase.description not in known:
            known.add(phrase.description)
            entity.descriptions.append(phrase.description)


def _leads(mask: str, seen: int, name: Name, no_lead: Sequence[str]) -> bool:
    """Whether a name is the first of its sentence; `seen` is where the name before it ends.

    `no_lead` are words that show a sentence to have a subject already.
    """
    start = name.span.start
    if seen and _BREAK.search(mask, seen, start) is None:
        return False
    before = mask[max(0, start - 14) : name.whole.start]
    close = before.rstrip()
    if close.endswith(_PREPOSITIONS) and close != before and _UNDER.search(before) is not None:
        return False
    # "He denied that the choice ... Mark Threl": the sentence has a subject
    first = max(0, start - _SUBJECT)
    for word in no_lead:
        other = mask.rfind(word, first, start)
        if other >= 0:
            return _BREAK.search(mask, other, start) is not None
    return True


def _pronouns(
    mask: str, spans: Sequence[Span], words: Grammar, told: dict[int, Phrase]
) -> Iterable[tuple[int, str]]:
    """The pronouns for one person that stand in no phrase that speaks."""
    for pattern in _pronoun_patterns(words.he | words.she):
        for span in spans:
            for m in pattern.finditer(mask, span.start, span.end):
                start, end = m.span()
                if m.lastindex:
                    start -= 1
                if start not in told:
                    yield start, mask[start:end].lower()


@cache
def _pronoun_patterns(pronouns: frozenset[str]) -> Sequence[re.Pattern[str]]:
    """Patterns that find the pronouns with either capital.

    Each begins with one letter, which a search skips to much faster than to any of several. "She"
    is found by its second letter, as "he" is: then a group matches, and it begins one before.
    """
    firsts = {word[0] for word in pronouns}
    own: dict[str, list[str]] = {}
    led: dict[str, list[str]] = {}
    for word in sorted(pronouns):
        first, second, rest = word[0], word[1:2], word[2:]
        if second in firsts:
            before = rf"(?<=[{first}{first.upper()}]{second})(?<![\w’']..)"
            led.setdefault(second, []).append(f"{before}(){rest}")
        else:
            for letter in (first, first.upper()):
                own.setdefault(letter, []).append(second + rest)
    for letter, rests in own.items():
        led.setdefault(letter, []).append(rf"(?<![\w’'].)(?:{'|'.join(rests)})")
    return [re.compile(rf"{letter}(?:{'|'.join(ways)})(?!\w)") for letter, ways in led.items()]


def _take_name(mask: str, cast: Cast, name: Name, speaks: bool, leads: bool) -> None:
    start = name.whole.start
    thing = (
        not name.titled
        and name.kind == "unknown"
        and mask.endswith(THE, 0, start)
        and ADJECTIVE.match(mask, name.span.start) is None
    )
    things = thing and not speaks and is_of_thing(mask, name.span.end)
    entity = cast.see_name(name, speaks=speaks, leads=leads, thing=thing and not things)
    if entity is None:
        return
    if not entity.stands and not things:
        entity.stands = stands(mask, name)
    if len(entity.mentions) < 4:
        learn_roles(mask, entity, name, cast.grammar.language)
    if speaks and not entity.thing:
        entity.evidence += 1
