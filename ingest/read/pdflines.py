"""The lines of a PDF's pages put together as paragraphs: no page furniture, no hyphens at ends.

A page gives lines with a place and a size. What stands at the same height of many pages is a
running head; a gap, an indent, another size of letter or a short last line ends a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.lines import ENDS_SENTENCE
from ingest.units import join

# The share of a page's height, above and below, where running heads and page numbers stand.
_MARGIN = 0.1
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.|pág\.?|página|side|sida)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?"
    r"(?:\s*(?:of|/|von|de|sur|av)\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_GAP = 1.45  # times the usual distance of two lines
_SIZE = 1.12  # times: letters that differ less are of one text (small capitals, sub-headings do)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page; the edges in points, `top` and `bottom` from the lower edge upward."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which the file draws them."""

    height: float
    lines: tuple[PageLine, ...]


def paragraphs_of_pages(pages: list[Page]) -> list[str]:
    """The paragraphs of all pages, in order, each on one line."""
    kept = without_furniture(pages)
    flat = [line for lines in kept for line in lines]
    leading = _leading(flat)
    edge = _right_edges(flat)
    groups: list[list[PageLine]] = []
    for line in flat:
        if groups and _goes_on(groups[-1], line, leading, edge):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join([line.text for line in group]) for group in groups]


def without_furniture(pages: list[Page]) -> list[list[PageLine]]:
    """The lines of each page but page numbers, and heads and feet that come back page by page."""
    seen = Counter(
        key for page in pages for key in {_key(line) for line in page.lines if _outer(page, line)}
    )
    # Heads of left and right pages may differ: each then stands on half of them.
    often = max(2, len(pages) // 3)
    return [
        [
            line
            for line in page.lines
            if not (
                _outer(page, line)
                and (seen[_key(line)] >= often or _PAGE_NUMBER.fullmatch(line.text))
            )
        ]
        for page in pages
    ]


def _outer(page: Page, line: PageLine) -> bool:
    return line.bottom > page.height * (1 - _MARGIN) or line.top < page.height * _MARGIN


def _key(line: PageLine) -> str:
    return _DIGITS.sub("0", line.text.casefold())


def _leading(lines: list[PageLine]) -> float:
    steps = [
        above.bottom - below.bottom
        for above, below in pairwise(lines)
        if 0 < above.bottom - below.bottom < 4 * max(above.size, 1) and _same(above, below)
    ]
    return median(steps) if steps else 0.0


def _right_edges(lines: list[PageLine]) -> dict[int, float]:
    """How far to the right the lines reach that begin at about the same place."""
    edges: dict[int, float] = {}
    for line in lines:
        column = round(line.left / 20)
        edges[column] = max(edges.get(column, 0.0), line.right)
    return edges


def _same(above: PageLine, below: PageLine) -> bool:
    return 1 / _SIZE <= (above.size or 1) / (below.size or 1) <= _SIZE


def _goes_on(
    group: list[PageLine], line: PageLine, leading: float, edges: dict[int, float]
) -> bool:
    above = group[-1]
    if not _same(above, line):
        return False
    ended = ENDS_SENTENCE.search(above.text[-8:]) is not None
    step = above.bottom - line.bottom
    if step <= 0.2 * line.size or step > 12 * line.size:  # the next column, or the next page
        return not ended and len(above.text) > 20 and not line.text[:1].isupper()
    # A title stands wider than the text below.
    usual = max(leading, line.size * 1.1) * (1.0 if leading >= line.size * 0.9 else 1.2)
    if step > _GAP * max(usual, line.size * 1.2 if line.size > 14 else 0):
        return False
    if line.left > above.left + 0.7 * line.size and line.left < above.right:
        hanging = len(group) == 1 and line.left < above.left + 4 * line.size and not ended
        if not hanging:
            return False
    column = min(round(part.left / 20) for part in group)
    edge = max(edges.get(near, 0.0) for near in (column - 1, column, column + 1))
    # A line is short where the next word would have stood on it.
    word = line.text.partition(" ")[0]
    short = above.right + (len(word) + 2) * 0.6 * line.size < edge
    return not (short and (ended or not line.text[:1].islower()))
