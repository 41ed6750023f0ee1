"""Turns of transcripts and interviews, whose words stand in no marks: "OSTROM: We had no choice."

A list looks much the same ("Tickets: 5 pounds"), so lines count as turns only together: speakers
take turns, come again, and speak in sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.article import Paragraph, Span
from ingest.quotes.labels import IN_WORDS, LONGEST_LINE, REACH, Label, by_initials, label_of
from ingest.quotes.marks import SPEECH_KINDS
from ingest.quotes.wordlists import words

TURN = "turn of a transcript"

_STAGE = words("transcripts", "labels", "stage")
_ASIDE = re.compile(r"[(\[]([^()\[\]\n]{1,40})[)\]]|\x01\x02*")
_ENDS = ".?!…—–-”\"’')]»\x02"
OF_TALK = re.compile(
    r"(?<![\w’'])(?:I|[Mm]e|[Mm]y|[Ww]e|[Uu]s|[Yy]ou|[Yy]our|ich|[Ww]ir|mir|mich|je|j[’']\w+|nous|vous"
    r"|yo|nosotros|usted)(?![\w-])"
)
OF_ME = re.compile(r"(?<![\w’'])(?:I|[Ww]e|ich|[Ww]ir|je|j[’']\w+|nous|yo|nosotros)(?![\w-])")
OF_YOU = re.compile(
    r"(?<![\w’'])(?:[Yy]ou|[Yy]our|Sie|Ihnen|Ihre?n?|[Dd]u|[Dd]ich|[Vv]ous|[Vv]otre|[Uu]sted|[Tt]u)(?![\w])"
)
_LETTER = re.compile(r"[^\W\d_]|\x01")
_LONE = 30  # characters of a name above its words, with no empty line between
_LETTERED = frozenset(letter + sign for letter in "QAFPR" for sign in ".)")
_WORD = re.compile(r"\w")
_TOLD = re.compile(r"[\w-]+")
_FEWEST_TALK = 4  # of so many turns below a name one speaks of "I" or "we", or asks
_MOST_LONE = 0.6  # of the turns that speak of "I" or "you", where nobody comes twice


class Turn(NamedTuple):
    """What somebody says in a row: the paragraphs, the label, the pieces outside marks.

    `who` is the mention, the label without a title.
    """

    label: Label
    paragraphs: tuple[int, ...]
    pieces: tuple[Span, ...]
    who: Span


def find_turns(mask: str, paragraphs: Sequence[Paragraph]) -> list[Turn]:
    """The turns of an article, in order; `mask` is its text with what stands in marks blanked."""
    likely = _likely(mask, paragraphs)
    if len(likely) < 2:
        return []
    labels: dict[int, Label] = {}
    for number in likely:
        found = label_of(mask, *paragraphs[number].span)
        if found is not None and not (found.alone and paragraphs[number].kind == "caption"):
            labels[number] = found
    labels = by_initials(labels)
    # A paper asks again and again; "Harbour Board: ..." in a list stands there once.
    keys = Counter(label.key for label in labels.values())
    labels = {
        n: label for n, label in labels.items() if label.kind != "body" or keys[label.key] > 1
    }
    if len(labels) < 2:
        return []
    return [*_turns(mask, paragraphs, labels, alone=False)] or [
        *_turns(mask, paragraphs, labels, alone=True)
    ]


def _likely(mask: str, paragraphs: Sequence[Paragraph]) -> list[int]:
    """The paragraphs that may begin with a label, found in as little time as can be."""
    find = mask.find
    return [
        n
        for n, (start, end) in enumerate([p.span for p in paragraphs])
        if end - start <= LONGEST_LINE
        or find(":", start, start + REACH) >= 0
        or find("\n", start, start + _LONE) >= 0
        or mask[start : start + 2] in _LETTERED
        or mask.startswith(IN_WORDS, start)
    ]


def _turns(
    mask: str, paragraphs: Sequence[Paragraph], labels: dict[int, Label], *, alone: bool
) -> Iterator[Turn]:
    kept = {n: label for n, label in labels.items() if label.alone == alone}
    if not alone:
        kept = {n: label for n, label in kept.items() if _speaks(mask, paragraphs[n], label)}
    if not _is_talk(mask, paragraphs, kept, alone=alone):
        return
    numbers = sorted(kept)
    for at, number in enumerate(numbers):
        label = kept[number]
        behind = numbers[at + 1] if at + 1 < len(numbers) else number + 1 + alone
        rest = [n for n in range(number + 1, behind) if n < len(paragraphs)]
        if not alone or _WORD.search(mask, label.end, paragraphs[number].span.end):
            own = [number, *going_on(mask, paragraphs, rest)]
        else:
            own = rest
        pieces: list[Span] = []
        for n in own:
            if paragraphs[n].kind in SPEECH_KINDS or n == number:
                start, end = paragraphs[n].span
                pieces += pieces_of(mask, label.end if n == number else start, end)
        if pieces:
            yield Turn(label, tuple(own), tuple(pieces), label.span)


def _speaks(mask: str, paragraph: Paragraph, label: Label) -> bool:
    """Whether a sentence stands behind a label: no price, no date, no place, no figure."""
    said = mask[label.end : paragraph.span.end].strip()
    return len(said) > 1 and said[-1] in _ENDS and _LETTER.search(said) is not None


def _is_talk(
    mask: str, paragraphs: Sequence[Paragraph], labels: dict[int, Label], *, alone: bool
) -> bool:
    """Whether the labels are those of people who talk to each other."""
    keys = Counter(label.key for label in labels.values())
    if len(keys) < 2:
        return False
    sure = sum(label.sure for label in labels.values())
    kinds = {label.kind for label in labels.values()}
    if kinds == {"body"}:
        return False
    if alone:
        timed = sum(label.timed for label in labels.values())
        again = sum(count > 1 for count in keys.values())
        if timed > 1 and sure > 1:
            return True
        # Headings come again too: "Workout Meal", "Best Picture".
        talks = sum(_is_spoken(_below(mask, paragraphs, n, label)) for n, label in labels.items())
        often = again > 1 or (again == 1 and "role" in kinds)
        return often and talks * _FEWEST_TALK >= len(labels)
    if "asks" in kinds or "answers" in kinds:
        return {"asks", "answers"} <= kinds or ("name" in kinds and max(keys.values()) > 1)
    if "role" in kinds and "name" in kinds:
        return True
    full = {label.key for label in labels.values() if label.kind == "name" and label.full}
    known = sum(
        label.sure or label.kind == "body" or label.key in full for label in labels.values()
    )
    if max(keys.values()) > 1 and len(labels) > 2 and known * 2 >= len(labels):
        spoken = (mask[label.end : paragraphs[n].span.end] for n, label in labels.items())
        return sure > 0 or any(map(_is_spoken, spoken))
    if len(keys) == 2 and len(labels) > 3 and _asks_in_turn(mask, paragraphs, labels):
        return True
    talks = sum(
        OF_TALK.search(mask, label.end, paragraphs[n].span.end) is not None
        for n, label in labels.items()
    )
    return sure > 1 and sure == len(labels) and talks >= max(2, _MOST_LONE * len(labels))


def _is_spoken(said: str) -> bool:
    """Whether words speak of "I" or "we", or ask."""
    return "?" in said or OF_ME.search(said) is not None


def _below(mask: str, paragraphs: Sequence[Paragraph], number: int, label: Label) -> str:
    """What stands below a name that is alone on its line."""
    last = paragraphs[min(number + 1, len(paragraphs) - 1)]
    return mask[label.end : last.span.end]


def _asks_in_turn(mask: str, paragraphs: Sequence[Paragraph], labels: dict[int, Label]) -> bool:
    """Whether two speak by turns and one of them mostly asks: "Herald: ...?", "Pell: ..."."""
    numbers = sorted(labels)
    if any(labels[a].key == labels[b].key for a, b in pairwise(numbers)):
        return False
    asked = sum(mask.find("?", *paragraphs[n].span) >= 0 for n in numbers[::2])
    return asked * 2 > len(numbers[::2])


def going_on(mask: str, paragraphs: Sequence[Paragraph], rest: Sequence[int]) -> Iterator[int]:
    """The paragraphs without a label that go on with the turn: those that say I or you."""
    for n in rest:
        if paragraphs[n].kind not in SPEECH_KINDS or not OF_TALK.search(mask, *paragraphs[n].span):
            return
        yield n


def pieces_of(mask: str, start: int, end: int) -> Iterator[Span]:
    """What is said between two places, without marks and stage directions."""
    at = start
    for m in _ASIDE.finditer(mask, start, end):
        inside = m.group(1)
        if inside is not None and _STAGE.isdisjoint(_TOLD.findall(inside.lower())):
            continue
        yield from _trimmed(mask, at, m.start())
        at = m.end()
    yield from _trimmed(mask, at, end)


def _trimmed(mask: str, start: int, end: int) -> Iterator[Span]:
    piece = mask[start:end]
    if _WORD.search(piece):
        first = start + len(piece) - len(piece.lstrip(" \t\r\n\xa0.,;:–—-*"))
        yield Span(first, start + len(piece.rstrip().rstrip("*").rstrip()))
