"""Who speaks in the turns of a transcript, and whom "you" and "I" stand for in an interview."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ingest.quotes.cast import Cast
from ingest.quotes.labels import NAMING, Label
from ingest.quotes.mentions import Phrase
from ingest.quotes.names import Name
from ingest.quotes.people import Entity
from ingest.quotes.rules import Found
from ingest.quotes.shapes import NameKind
from ingest.quotes.transcripts import Turn
from ingest.quotes.turns import Said

_LETTERS = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"[B-DF-HJ-NP-TV-Z]{2,3}")  # as few surnames are: no vowel
_SHORT = 4  # characters
_I = frozenset({"i", "we", "ich", "je", "j", "yo"})
_YOU = frozenset({"you", "sie", "vous", "tu", "usted"})
_FAR = 30  # turns or quotations that are looked through, which keeps time linear in any text
_NEAR = 2  # paragraphs between a question and its answer


def with_labels(names: Sequence[Name], turns: Sequence[Turn]) -> list[Name]:
    """The names of an article, those of the labels as labels have them: "MR OSTROM", "HOST"."""
    if not turns:
        return list(names)
    labels = [turn.label for turn in turns]
    starts = [label.span.start for label in labels]
    kept = []
    inside: dict[int, Name] = {}
    for name in names:
        at = bisect_right(starts, name.span.start) - 1
        if at >= 0 and name.span.start < labels[at].end:
            inside.setdefault(starts[at], name)
        else:
            kept.append(name)
    kept += [_name(label, inside.get(label.span.start)) for label in labels if label.kind in NAMING]
    return sorted(kept, key=lambda name: name.span)


def _name(label: Label, found: Name | None) -> Name:
    """A label as a name; what was found there knows its title."""
    kind: NameKind = "organisation" if label.kind == "body" else "person"
    if found is None or found.span.end > label.span.end:
        found = Name(label.span, label.span, (), kind)
    short = label.span.end - label.span.start < _SHORT  # "OW" is Odo Wray
    words = (not short and found.words) or tuple(label.words)
    if len(words) == 1 and _INITIALS.fullmatch(words[0]):
        return found._replace(words=words, kind=kind, opens_sentence=True)
    set_small = (_LETTERS.sub(lambda m: m.group().capitalize(), w) for w in words)
    words = tuple(set_small) if all(w.isupper() for w in words) else words
    return found._replace(words=words, kind=kind, opens_sentence=True)


def with_speakers(
    turns: Sequence[Turn], names: Iterable[Name]
) -> tuple[list[Turn], list[Phrase | None]]:
    """The turns with the mentions of their speakers, and what stands for these.

    None stands for whoever answers, as "A" is no name.
    """
    at = {name.whole.start: name for name in names} if turns else {}
    phrases = [_phrase(turn.label, at.get(turn.label.span.start)) for turn in turns]
    both = zip(turns, phrases, strict=True)
    return [turn._replace(who=p.span) if p is not None else turn for turn, p in both], phrases


def _phrase(label: Label, name: Name | None) -> Phrase | None:
    if label.kind == "answers":
        return None
    if name is not None and label.kind in NAMING:
        return Phrase("name", name.span, 0, 0, name, None, label.key)
    return Phrase("description", label.span, 0, 0, low=label.key.rpartition(" ")[2])


def in_turn(turn: Turn, phrase: Phrase | None) -> Found:
    """Who says the words in marks inside a turn where nothing else tells."""
    phrase = phrase or Phrase("description", turn.label.span, 0, 0, low=turn.label.key)
    return Found(phrase, None, "words in marks in a turn of a transcript", 0.7, 0.5, 9)


def see_answers(cast: Cast, turns: Sequence[Turn], text: str) -> None:
    """Let "A" stand for the only person that the article names outside the talk."""
    answers = [turn.label for turn in turns if turn.label.kind == "answers"]
    if not answers:
        return
    guest = _guest(cast, turns)
    for label in answers:
        if guest is not None:
            guest.speaks = True
            cast.see_again(label.span, guest.mentions[0].span.start)
        else:
            phrase = Phrase("description", label.span, 0, 0, low=label.key)
            cast.see_description(phrase, text).speaks = True


def _guest(cast: Cast, turns: Sequence[Turn]) -> Entity | None:
    said = [piece for turn in turns for piece in turn.pieces]
    people = [
        entity
        for entity in cast.entities
        if len(entity.name) > 1
        and (entity.may_be_person or entity.may_be_unsure)
        and any(not any(p.start <= m.span.start < p.end for p in said) for m in entity.mentions)
    ]
    sure = [entity for entity in people if entity.may_be_person]
    # "Ansel Tregarth, a chemist, won the Bellamy Prize": only the first is somebody.
    return people[0] if len(people) == 1 or (sure and sure == people[:1]) else None


def see_addressed(
    cast: Cast, said: Sequence[Said], turns: Sequence[Turn], numbers: Sequence[int]
) -> None:
    """Let "you" stand for the one who answers, "I" for whoever's turn it is.

    `numbers` tells for each of `said` in which paragraph it stands.
    """
    turn_of = {n: i for i, turn in enumerate(turns) for n in turn.paragraphs}
    for at, item in enumerate(said):
        phrase = item.found.phrase if item.found is not None else None
        if phrase is None or phrase.kind != "pronoun":
            continue
        here = turn_of.get(numbers[at])
        meant: int | None = None
        if here is not None and phrase.low in _I:
            meant = turns[here].who.start
        elif here is not None and phrase.low in _YOU:
            meant = _other(turns, here)
        elif phrase.low == "you":
            meant = _answering(cast, said, at, numbers)
        if meant is not None and cast.at(phrase.span.start) is None:
            cast.see_again(phrase.span, meant)


def _other(turns: Sequence[Turn], here: int) -> int | None:
    """Whoever speaks next, or else spoke before."""
    key = turns[here].label.key
    before = reversed(turns[max(0, here - _FAR) : here])
    for turn in (*turns[here + 1 : here + 1 + _FAR], *before):
        if turn.label.key != key:
            return turn.who.start
    return None


def _answering(cast: Cast, said: Sequence[Said], at: int, numbers: Sequence[int]) -> int | None:
    """Who speaks in the paragraphs behind, or else in those before."""
    behind = range(at + 1, min(len(said), at + 1 + _FAR))
    for others in (behind, range(at - 1, max(-1, at - 1 - _FAR), -1)):
        for other in others:
            gap = abs(numbers[other] - numbers[at])
            if gap > _NEAR:
                break
            found = said[other].found
            phrase = found.phrase if found is not None else None
            if gap and phrase is not None and phrase.low not in _YOU:
                start = phrase.span.start
                return start if cast.at(start) is not None else None
    return None
