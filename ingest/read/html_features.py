"""What is measured of each piece of a page, for telling the article from what is around it."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate
from math import log1p

from ingest.read.html_blocks import HINTS, Box, Piece
from ingest.read.html_words import STOPS, middle_of, squash, wide_in, words_of

_PROSE = 80  # characters: a shorter piece may be a label
_ABOVE_TAGS = (
    "article", "main", "aside", "footer", "header", "figure", "figcaption", "form", "table", "ul",
    "ol", "li", "blockquote", "section", "dl", "address", "center", "details",
)  # fmt: skip
_OWN_TAGS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "td", "span", "figcaption")
_HINTED = tuple(HINTS)

NAMES: tuple[str, ...] = (
    "length", "words", "linked", "strong", "links", "ends", "stops", "capital", "quote", "digits",
    "upper", "date", "prompt", "credit", "caption", "rule", "rights", "broken", "depth", "title",
    "repeated", "in title", "description", "stated", "stated known",
    "read", "read known",
    *(f"is {tag}" for tag in _OWN_TAGS),
    *(f"in {tag}" for tag in _ABOVE_TAGS),
    *(f"named {hint}" for hint in _HINTED),
    *(f"above {hint}" for hint in _HINTED),
    "like prose", "like share", "parent prose", "parent linked", "up", "core depth", "in core",
    "core up", "place", "from core", "before first", "after last", "after h1", "before length",
    "after length", "before linked", "after linked", "before tag", "after tag", "same box before",
    "same box after", "prose before", "prose after", "before ends", "colon before", "prompt above",
    "distance prose before", "distance prose after", "after prompt heading",
)  # fmt: skip


_ENDS, _PROMPT, _RULE = map(NAMES.index, ("ends", "prompt", "rule"))


def measure(
    pieces: list[Piece], *, titles: set[str], description: str, stated: str, read: str = ""
) -> None:
    """Set the features of every piece.

    `titles` are what the page is called, squashed; `description` its meta description and `stated`
    the text of the article as the page's JSON-LD gives it, squashed, "" where there is none.
    """
    if not pieces:
        return
    _sum_boxes(pieces)
    prose = [_prose_of(piece) for piece in pieces]
    squashed = [squash(piece.text) for piece in pieces]
    if read:
        told = [middle_of(text) in read for text in squashed]
        prose = [w if hit else w * 0.3 for w, hit in zip(prose, told, strict=True)]
    whole = sum(prose) or 1.0
    by_look: dict[tuple[str, str, str], float] = defaultdict(float)
    for piece, weight in zip(pieces, prose, strict=True):
        by_look[piece.box.signature] += weight
    core = _core(pieces, prose)
    core_boxes = {id(box): up for up, box in enumerate(_line(core))}
    count: dict[str, int] = defaultdict(int)
    for text in squashed:
        count[text] += 1
    best_look = max(by_look.values()) or 1.0
    first, last = core.first, core.last
    heading = next(
        (i for i, p in enumerate(pieces) if p.box.tag == "h1" and squashed[i] in titles),
        next((i for i, p in enumerate(pieces) if p.box.tag == "h1"), 0),
    )
    sums = [0.0, *accumulate(prose)]  # of the running text before each piece
    by_place: dict[tuple[str, frozenset[str], frozenset[str], frozenset[str]], list[float]] = {}
    near_before, near_after = _distances(prose)
    prompt_heading = False
    own_words = [words_of(piece, squashed[i], titles, description, stated, read, count)
                 for i, piece in enumerate(pieces)]  # fmt: skip
    for index, piece in enumerate(pieces):
        box = piece.box
        if box.tag[0] == "h" and box.tag[1:].isdigit():
            prompt_heading = own_words[index][_PROMPT] > 0 or own_words[index][_RULE] > 0
        up, divergence = _apart(box, core_boxes)
        parent = box.parent or box
        before = pieces[index - 1] if index else None
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        values = own_words[index]
        where = (box.tag, box.above, box.hints, parent.hints)
        if (standing := by_place.get(where)) is None:
            standing = by_place[where] = _standing(*where)
        values += standing
        look = by_look[box.signature]
        values += [
            look / best_look,
            (len(piece.text) / look) if look > len(piece.text) else 1.0,
            (sums[parent.last] - sums[parent.first]) / whole if parent.last > parent.first else 0.0,
            parent.linked / parent.total if parent.total else 0.0,
            float(up), float(core.depth), float(divergence == 0), float(divergence),
            index / len(pieces), float(index - first) / max(1, last - first),
            float(index < first), float(index >= last), float(index > heading),
            log1p(len(before.text)) if before else 0.0,
            log1p(len(after.text)) if after else 0.0,
            before.linked / max(1, len(before.text)) if before else 1.0,
            after.linked / max(1, len(after.text)) if after else 1.0,
            float(before is not None and before.box.tag == box.tag),
            float(after is not None and after.box.tag == box.tag),
            float(before is not None and before.box.parent is box.parent),
            float(after is not None and after.box.parent is box.parent),
            sums[index] / whole, 1.0 - sums[index] / whole - prose[index] / whole,
            own_words[index - 1][_ENDS] if before is not None else 0.0,
            float(before is not None and before.text.endswith(":")),
            float(before is not None and own_words[index - 1][_PROMPT] > 0),
            float(near_before[index]), float(near_after[index]), float(prompt_heading),
        ]  # fmt: skip
        piece.features = values


def _standing(
    tag: str, above: frozenset[str], hints: frozenset[str], around: frozenset[str]
) -> list[float]:
    """The features of where a piece stands, which pieces side by side share."""
    return [
        *(float(tag == own) for own in _OWN_TAGS),
        *(float(outer in above) for outer in _ABOVE_TAGS),
        *(float(hint in hints or hint in around) for hint in _HINTED),
        *(float(hint in above) for hint in _HINTED),
    ]


def _prose_of(piece: Piece) -> float:
    """How much running text a piece is, in characters: links and labels count for nothing."""
    text = piece.text
    length = len(text) - piece.linked
    if len(text) < 400:
        length += 2 * wide_in(text)
    if length < _PROSE or piece.linked * 2 > len(text):
        return 0.0
    if {"comment", "hidden"} & piece.box.above or "footer" in piece.box.above:
        return 0.0
    return float(min(length, 600)) if STOPS.search(text) else 0.0


def _sum_boxes(pieces: list[Piece]) -> None:
    for piece in pieces:
        box: Box | None = piece.box
        steps = 0
        while box is not None and steps < 60:
            box.total += len(piece.text)
            box.linked += piece.linked
            box = box.parent
            steps += 1


def _line(box: Box) -> list[Box]:
    line, at = [], box
    while at.parent is not None:
        line.append(at)
        at = at.parent
    line.append(at)
    return line


def _core(pieces: list[Piece], prose: list[float]) -> Box:
    """The box that holds most of the running text closest together.

    Each piece gives its text to the boxes it is in, less the further out they are; as Readability
    does, but further than to the grandparent and only halved from step to step where siblings
    share the box.
    """
    scores: dict[int, float] = defaultdict(float)
    boxes: dict[int, Box] = {}
    for piece, weight in zip(pieces, prose, strict=True):
        if not weight:
            continue
        at = piece.box.parent if piece.box.tag in ("p", "li", "blockquote") else piece.box
        share = 1.0
        for _ in range(6):
            if at is None:
                break
            boxes[id(at)] = at
            scores[id(at)] += weight * share
            share *= 0.75
            at = at.parent
    if not scores:
        return pieces[0].box
    best = max(scores, key=scores.__getitem__)
    return boxes[best]


def _apart(box: Box, core: dict[int, int]) -> tuple[int, int]:
    """Steps from a box up to the line of the core, and from the core up to there."""
    at: Box | None = box
    for up in range(40):
        if at is None:
            break
        if (found := core.get(id(at))) is not None:
            return up, found
        at = at.parent
    return 40, 40


def _distances(prose: list[float]) -> tuple[list[int], list[int]]:
    """How many pieces away the nearest running text is, before and after; 20 at most."""
    before, far = [], 20
    for weight in prose:
        before.append(far)
        far = 1 if weight else min(20, far + 1)
    after, far = [], 20
    for weight in reversed(prose):
        after.append(far)
        far = 1 if weight else min(20, far + 1)
    return before, after[::-1]
