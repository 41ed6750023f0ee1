"""Paragraphs cut where quotations begin and end, so that a page can mark them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

# Beyond so many letters it would take minutes to find where two texts are the same.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Saying:
    """A quotation. `pieces` are offsets into the text that its article was read from.

    `order` counts the speakers of the article from 0 in the order in which they first speak; None
    where nobody is known to have said it.
    """

    order: int | None
    pieces: tuple[tuple[int, int], ...]
    id: int
    position: int
    kind: str
    text: str
    speaker: str | None
    person_id: int | None
    cue: str | None
    description: str | None
    confidence: float
    reason: str
    paragraph: int


# Start and end in the paragraph as written, the quotation, where the piece begins in all the text.
Piece = tuple[int, int, Saying, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph: its words, and the quotation that they belong to.

    `begins` and `ends` tell that the quotation does so here, `hit` that it was searched for.
    """

    text: str
    saying: Saying | None = None
    begins: bool = False
    ends: bool = False
    hit: bool = False


def parts_of(
    text: str, written: str, pieces: Sequence[tuple[int, int, Saying, int]]
) -> Iterator[Part]:
    """A paragraph cut where quotations begin and end.

    `written` is the paragraph as it stands in its text, line breaks and all, `text` the same made
    for reading. Where the two differ in more than white space over a great length, nothing is cut.
    """
    if not pieces or (len(text) > _LONGEST and written.split() != text.split()):
        yield Part(text)
        return
    places = positions(written, text)
    marked = sorted(
        ((places[a], places[b - 1] + 1, saying, start) for a, b, saying, start in pieces if b > a),
        key=lambda mark: mark[0],
    )
    cuts = sorted({0, len(text), *(mark[0] for mark in marked), *(mark[1] for mark in marked)})
    over: list[Piece] = []
    at = 0
    for start, end in pairwise(cuts):
        over = [mark for mark in over if mark[1] > start]
        while at < len(marked) and marked[at][0] <= start:
            over.append(marked[at])
            at += 1
        # A piece inside another one is the finer reading.
        inner = min(over, key=lambda mark: mark[1] - mark[0], default=None)
        if inner is None:
            yield Part(text[start:end])
        else:
            pieces_of = inner[2].pieces
            begins = start == inner[0] and inner[3] == pieces_of[0][0]
            ends = end == inner[1] and inner[3] == pieces_of[-1][0]
            yield Part(text[start:end], inner[2], begins, ends)


def positions(written: str, text: str) -> list[int]:
    """For each character of `written`, where it is in `text`, or where the next one is that is.

    `text` has other white space; seldom is more left out of it, a line of the page in its middle.
    """
    if written.split() != text.split():
        return _aligned(written, text)
    places = []
    at = 0
    for letter in written:
        if not letter.isspace():
            while text[at].isspace():
                at += 1
            places.append(at)
            at += 1
        else:
            places.append(at)
    return places


def _aligned(written: str, text: str) -> list[int]:
    places: list[int] = []
    at = 0
    blocks = SequenceMatcher(None, written, text, autojunk=False).get_matching_blocks()
    for start, there, size in blocks:
        places += [there if size else at] * (start - len(places))
        places += range(there, there + size)
        at = there + size
    return [min(place, len(text) - 1) for place in places]


def with_hits(parts: Sequence[Part], hits: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """The parts of a paragraph cut once more where the words of a search begin and end.

    `hits` are in order, and none overlaps another.
    """
    at = first = 0
    for part in parts:
        end = at + len(part.text)
        while first < len(hits) and hits[first][1] <= at:
            first += 1
        inside = []
        for number in range(first, len(hits)):
            a, b = hits[number]
            if a >= end:
                break
            inside.append((max(a, at), min(b, end)))
        found = {start for start, _ in inside}
        cuts = sorted({at, end, *(place for hit in inside for place in hit)})
        for start, stop in pairwise(cuts):
            yield replace(
                part,
                text=part.text[start - at : stop - at],
                begins=part.begins and start == at,
                ends=part.ends and stop == end,
                hit=start in found,
            )
        at = end
