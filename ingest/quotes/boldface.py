"""Interviews whose questions were only set bold: "Were you brave?" and, below it, the answer.

Nothing tells who speaks but the turns themselves: paragraphs that ask "you", answered with "I".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.article import Paragraph, Span
from ingest.quotes.labels import Label
from ingest.quotes.marks import SPEECH_KINDS
from ingest.quotes.names import Name
from ingest.quotes.transcripts import OF_YOU, Turn, going_on, pieces_of

_OF_ME = re.compile(
    r"(?<![\w’'])(?:I|[Ww]e|[Mm]y|[Mm]e|[Oo]ur|[Ii]ch|[Mm]ein\w*|[Mm]ich|[Mm]ir|[Ww]ir|[Jj]e|[Jj][’']\w+"
    r"|[Mm]on|[Mm]a|[Mm]es|[Nn]ous|[Yy]o|[Mm]is?|[Nn]osotr[oa]s)(?![\w-])"
)
_FEWEST = 3  # questions
_LONGEST = 400  # characters of one
_MARKS = '\x01“"«„'


def answers(mask: str, paragraphs: Sequence[Paragraph], names: Sequence[Name]) -> Iterator[Turn]:
    """The answers of whoever the introduction names, as turns of a transcript."""
    if mask.count("?") < _FEWEST:
        return  # as most articles
    asked = [n for n, p in enumerate(paragraphs) if mask[p.span.end - 1 : p.span.end] == "?"]
    if len(asked) < _FEWEST:
        return
    questions = {n for n in asked if _is_question(mask, paragraphs[n].span)}
    told = [n for n in asked if n in questions and n + 1 not in questions]
    if told and told[-1] + 1 == len(paragraphs):
        told.pop()
    if len(told) < _FEWEST or not _is_interview(mask, paragraphs, told):
        return
    guest = _guest(names, paragraphs[told[0]].span.start)
    if guest is None:
        return
    who = Span(guest.whole.start, guest.span.end)
    key = guest.words[-1].lower()
    for at, number in enumerate(told):
        behind = told[at + 1] if at + 1 < len(told) else len(paragraphs)
        rest = [n for n in range(number + 2, behind) if n not in questions]
        own = [number + 1, *(rest if at + 1 < len(told) else going_on(mask, paragraphs, rest))]
        spans = [paragraphs[n].span for n in own if paragraphs[n].kind in SPEECH_KINDS]
        pieces = tuple(piece for span in spans for piece in pieces_of(mask, *span))
        if pieces:
            start = spans[0].start
            label = Label(who, start, guest.words, key, "name", True, True, False)
            yield Turn(label, tuple(own), pieces, guest.span)


def _is_question(mask: str, span: Span) -> bool:
    return span.end - span.start < _LONGEST and not mask.startswith(_MARKS, span.start)


def _is_interview(mask: str, paragraphs: Sequence[Paragraph], told: Sequence[int]) -> bool:
    """Whether half of the questions speak to "you" and half of the answers of "me"."""
    to_you = of_me = open_marks = 0
    for n in told:
        asked, answer = paragraphs[n].span, paragraphs[n + 1].span
        to_you += OF_YOU.search(mask, *asked) is not None
        of_me += _OF_ME.search(mask, *answer) is not None
        open_marks += mask.startswith(_MARKS, answer.start)
    spanish = len(told) > _FEWEST and mask[paragraphs[told[0]].span.start] == "¿"
    return (spanish or to_you * 2 >= len(told)) and of_me * 2 >= len(told) and not open_marks


def _guest(names: Sequence[Name], before: int) -> Name | None:
    """Whom the text names by a full name before the first question, and oftenest there."""
    there = [name for name in names if name.span.start < before]
    full = {
        name.words[-1]: name
        for name in reversed(there)
        if len(name.words) > 1 and name.kind in ("person", "unknown")
    }
    often = Counter(name.words[-1] for name in there if name.words[-1] in full).most_common(2)
    if not often or (len(often) > 1 and often[0][1] == often[1][1]):
        return None
    return full[often[0][0]]
