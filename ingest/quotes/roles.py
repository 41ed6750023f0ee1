"""What stands beside a name tells who it is: a role, an age, a relative clause."""

from __future__ import annotations

import re

from ingest.quotes.endings import is_calling
from ingest.quotes.genders import gender_by_article, gender_of
from ingest.quotes.grammar import BODY_NOUNS, PERSON_NOUNS
from ingest.quotes.names import Name
from ingest.quotes.people import Entity
from ingest.quotes.reading import finite_forms

_BESIDE = re.compile(r",\s([^.;:,\x01]{2,90})|\s(?:\((?!\w+\))|who\b|whose\b)")
# Up to the last sign or capitalised word; a role stands behind it.
_EDGE = re.compile(r".*(?:[.,;:!?()\x01\x02\n“”\"]|[A-Z][\w’'-]*)", re.DOTALL)
_FINITE = finite_forms("en")  # "Holt, the club announced": nothing is said of Holt
_WHERE = ("from ", "at ", "in ", "for ")
_REACH_ABROAD = 90
_REACH = 52  # characters before a name in which its role may stand
_ROLES = PERSON_NOUNS | BODY_NOUNS
# What titles are short for: "Sgt. Poe" is the sergeant.
_SHORT = {
    "sgt": "sergeant", "sgt.": "sergeant", "capt": "captain", "capt.": "captain",
    "col.": "colonel", "gen.": "general", "sen.": "senator", "gov.": "governor",
    "insp": "inspector", "cllr": "councillor", "supt": "superintendent", "dr": "doctor",
    "dr.": "doctor", "prof": "professor", "prof.": "professor", "rev": "vicar", "rev.": "pastor",
    "det.": "detective", "lt.": "lieutenant",
}  # fmt: skip
# Two words for one role, either of which a text goes on with: the Rovers boss, the manager.
_ALSO = {
    a: b
    for pair in (
        "boss manager", "skipper captain", "keeper goalkeeper", "attorney lawyer",
        "barrister lawyer", "solicitor lawyer", "headteacher principal", "mp lawmaker",
        "physician doctor", "surgeon doctor", "pdg patron",
    )
    for a, b in (pair.split(), pair.split()[::-1])
    if a not in ("lawyer", "doctor")
}  # fmt: skip
_ARTICLES = frozenset("a an the its one".split())
_DETERMINED = ("The", "A", "An", "Its", "One")
# "The mayor of Orrin, " before a name: what the head noun is.
_HEADED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s"
    r"((?:[a-z’'-]+\s){1,3})(?:of|for)\s[\w’' -]{2,24}, $"
)
# "La alcaldesa de Alcoy, " and "L'avocate de la famille, " before a name.
_HEADED_ABROAD = re.compile(
    r"(?<!\w)(?:(?P<article>l[ae]|el|der|die|une?|una|eine?)\s|[ls][’']|son\s|sa\s|su\s)"
    r"(?P<head>[^\W\d_]+)(?P<rest>(?:\s[^\s,.;:]+){0,9}), $",
    re.IGNORECASE,
)
_POST = re.compile(r"\b[Tt]he\s((?:[A-Z][\w-]*\s){0,3}[A-Z][\w-]*)$")
# "The first witness, neighbour " before a name: both are roles.
_TWOFOLD = re.compile(r"\b(?:[Tt]he|[Aa]n?)\s((?:[a-z’'-]+\s){0,2}[a-z-]+), [a-z-]+ $")
_STOPS = tuple(
    "and or who for of in at from with by to de du des von der del à au aux dans sur im bei".split()
)
_STOP = re.compile(rf"\b(?:{'|'.join(_STOPS)})\b")
# Nor is the noun of another phrase one: "the company had ignored warnings about the Route 9".
_VERB = re.compile(
    r"\b(?:about|against|on|over|into|after|before|as|but|when|while|that|had|has|have|was|were|is"
    r"|are|will|would|could|said|says|told)\b"
)
# No role stands right before a name that one of these stands between.
_APART = (*'.;:!?()\x01\x02“”"', *(" " + word for word in _STOPS))


def learn_roles(mask: str, entity: Entity, name: Name, language: str) -> None:
    """Learn what stands beside a name: "the planner, Owen Thackeray", "Bech, 31, a keeper"."""
    if language != "en":
        _learn_abroad(mask, entity, name.whole.start, language)
    if name.whole.start < name.span.start:
        _learn(entity, mask[name.whole.start : name.span.start])
    m = _BESIDE.match(mask, name.span.end)
    if m:
        beside = m.group(1)
        if beside is None:
            entity.evidence += mask.startswith(" who", name.span.end)
        elif beside.startswith("who "):
            # "A woman from Orrin, who wept", "analysts at Lunn Harcourt, who": no word of the name
            entity.evidence += not mask.endswith(_WHERE, 0, name.whole.start)
        elif beside[:2].isdigit():
            entity.evidence += 1
        elif _tells_role(beside):
            first, *others = beside.split()
            apposition = first in _ARTICLES and _FINITE.isdisjoint(others[1:3])
            _learn(entity, _before_verb(_STOP.split(beside, maxsplit=1)[0]), body=apposition)
    before = mask[max(0, name.whole.start - _REACH) : name.whole.start]
    close = before.rstrip(", \n")
    if close.endswith(_APART) and not before.endswith((", ", ", \n")):
        return
    comma = before.endswith(", ")
    headed = _HEADED.search(before) if comma else None
    if headed:
        _learn(entity, headed.group(1))
        return
    if comma and (posted := _POST.search(close)):
        _learn(entity, posted.group(1), body=False)  # "the Roads Minister, Sir Digby Lunn"
    edge = _EDGE.match(close)
    at = edge.end() if edge else 0
    beside = close[at:]
    if _tells_role(beside):
        if close[at - 1 : at] == "," and (first := _TWOFOLD.search(before)):
            _learn(entity, first.group(1))
        # "At Orrin station, Ada Lunn": she is no station
        apart = comma and not close[:at].endswith(_DETERMINED)
        told = _VERB.split(_STOP.split(beside)[-1])[-1]
        if comma and told[-1:].isdigit():
            return  # "Fining the farmer €300, Judge Lunn": she is no farmer
        _learn(entity, told, body=not apart or told.lstrip().partition(" ")[0] in _ARTICLES)


def _learn_abroad(mask: str, entity: Entity, start: int, language: str) -> None:
    """Learn the head of the words before a comma and a name, its gender from its article."""
    m = _HEADED_ABROAD.search(mask, max(0, start - _REACH_ABROAD), start)
    if m is None or entity.is_body:
        return
    head = m.group("head").lower()
    if head not in PERSON_NOUNS and not is_calling(head, language):
        return
    entity.roles.add(head)
    entity.evidence += 1
    told = gender_by_article(language, m.group("article") or "")
    entity.gender = entity.gender or gender_of(head) or told


def _before_verb(words: str) -> str:
    """What stands before the first verb of speech: "told a colleague" makes nobody a colleague."""
    told = words.split()
    at = next((i for i, word in enumerate(told) if word in _FINITE), len(told))
    return " ".join(told[:at])


def _tells_role(words: str) -> bool:
    return not _ROLES.isdisjoint(words.lower().split())


def _learn(entity: Entity, words: str, *, body: bool = True) -> None:
    told = words.lower().split()
    if told and told[0] == "justice":
        entity.roles.add("judge")
    if body and not PERSON_NOUNS.isdisjoint(told):
        body = False  # "the opposition leader" is no opposition
    for at, word in enumerate(told):
        word = _SHORT.get(word, word)
        if word in PERSON_NOUNS and not entity.is_body:
            entity.roles.add(word)
            if word in _ALSO:
                entity.roles.add(_ALSO[word])
            if at:
                entity.posts.add(f"{told[at - 1]} {word}")
            entity.evidence += 1
            entity.gender = entity.gender or gender_of(word)
        elif body and word in BODY_NOUNS and not entity.evidence:
            entity.roles.add(word)
            entity.thing = entity.kind == "unknown"
