"""Lines to units: what a reader takes for one piece, its hard-wrapped lines joined again.

A unit is a candidate for anything (title, paragraph, share bar); later steps say which. Whether
lines are wrapped is seen on the page as a whole: sentences that run on from line to line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.article import Span
from ingest.lines import ENDS_SENTENCE, Line, runs_on

BULLET = re.compile(r"(?:[•‣◦▪●○■□*·–-]|[-=]>|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")

_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# Thai, Lao: neither are there spaces between words, nor does any mark end a sentence.
_NO_ENDS = re.compile("[\u0e01-\u0eff]")
_LONG_LINE = 50  # of such letters; a headline has fewer
_WIDEST_WRAP = 132
# Lines in a ragged or justified column end this many columns before the edge and still are full.
_RAGGED = 8
_INDENT = 2
_WORD = re.compile(r"\S+")
_OPEN_BYLINE = re.compile(r"by .{3,150}(?:,| and| &)\Z", re.IGNORECASE)
# A byline in small letters goes on from no title, however open the title ends.
_STARTS_ANEW = re.compile(r"(?:(?:written|reported|posted|words|story) )?by [^\W\d_a-zà-ÿ]")


_ENDS_SHORT = re.compile(r"\b(?:[ap]\.m|(?:[A-Z]\.)+[A-Z]|Inc|Jr|Sr|Co|Ltd|Corp|Bros)\.\Z")
_SENTENCE_INSIDE = re.compile(r"[.!?][”\"’']?\s+[“\"‘]?[A-Z].*\s")


@dataclass(frozen=True)
class Unit:
    """One or more lines that belong together. Spans count characters of the decoded text."""

    lines: tuple[Line, ...]

    @property
    def span(self) -> Span:
        """From the first to the last character that is not white space."""
        return Span(self.lines[0].start, self.lines[-1].end)

    @property
    def blank_before(self) -> int:
        """Blank lines above it."""
        return self.lines[0].blank_before

    @property
    def indent(self) -> int:
        """Columns by which the first line stands in from the margin."""
        return self.lines[0].indent

    @cached_property
    def text(self) -> str:
        """The words, on one line."""
        return join([line.text for line in self.lines])

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it closes as a sentence does."""
        return bool(ENDS_SENTENCE.search(self.lines[-1].text[-8:]))

    @cached_property
    def words(self) -> int:
        """How many words; in scripts without spaces, half as many as characters."""
        text = self.text
        words = len(text.split())
        if text.isascii():
            return words
        letters = len(_NO_SPACES.findall(text)) + len(_NO_ENDS.findall(text)) // 2
        return words + letters // 2

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as running text rather than as a label, a title or a link."""
        text = self.text
        if text[-1] in ":;":
            return self.words >= 8
        if self.ends_sentence:
            if self.words <= 14 and _ENDS_SHORT.search(text) and not _SENTENCE_INSIDE.search(text):
                return False  # the full stop may be the abbreviation's own
            return self.words >= 6 and not (text.endswith("?") and self.words <= 20)
        if not text.isascii() and len(_NO_ENDS.findall(text)) >= _LONG_LINE:
            return True
        return len(text) > 160 or (len(text) > 100 and bool(re.search(r"[.!?…]”? \w", text)))

    @cached_property
    def bullet(self) -> int:
        """How many characters of the first line the list mark takes; 0 where there is none."""
        found = BULLET.match(self.lines[0].text)
        return found.end() if found else 0


def units_of(lines: list[Line]) -> list[Unit]:
    """Join the lines that a hard wrap has parted."""
    width = _wrap_width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Unit(tuple(group)) for group in groups]


def _wrap_width(lines: list[Line]) -> int | None:
    """The column at which the page is wrapped; None where it is not."""
    pairs = [
        (above, below)
        for above, below in pairwise(lines)
        if below.blank_before == 0 and len(above.text) >= 25 and above.width <= _WIDEST_WRAP
    ]
    running = [above.width for above, below in pairs if runs_on(above, below)]
    open_ended = sum(not ENDS_SENTENCE.search(above.text[-8:]) for above, _ in pairs)
    if len(running) < 2 or len(running) < 0.3 * open_ended or open_ended < 0.4 * len(pairs):
        return None
    running.sort()
    typical = running[len(running) // 2]
    return max(width for width in running if width <= 1.25 * typical)


def _continues(group: list[Line], line: Line, width: int | None) -> bool:
    above = group[-1]
    if line.blank_before:
        return False
    if _STARTS_ANEW.match(line.text) and (width is None or above.width < 0.7 * width):
        return False
    if line.text[0] == "©" or line.text.lower().startswith(("(c) ", "copyright ")):
        return False
    if _OPEN_BYLINE.match(above.text):
        return True
    bulleted = BULLET.match(line.text) is not None
    hanging = BULLET.match(group[0].text) is not None
    if line.indent > above.indent + _INDENT - 1 and not (hanging and len(group) == 1):
        return False
    if bulleted and (hanging or not runs_on_to_bullet(above, width)):
        return False
    if runs_on(above, line):
        return True
    if width is None or above.width > width + _RAGGED:
        return False
    first = _WORD.match(line.text)
    needed = 1 + (first.end() if first else 0)
    room = width - above.width
    if ENDS_SENTENCE.search(above.text[-8:]):
        return needed > room
    return needed + _RAGGED > room


def runs_on_to_bullet(above: Line, width: int | None) -> bool:
    """Whether a line that opens like a list item may still be the middle of a sentence."""
    return width is not None and width - above.width < 6 and not above.text.endswith(":")


_HYPHEN_END = re.compile(r"(\w+(?:-\w+)*)-\Z")
_SOFT_END = "\xad"

# What often stands before a hyphen that is meant.
_KEEP_AFTER = frozenset(
    (
        "all anti co cross ex far first full half high long low mid multi near non off old one "
        "part post pre pro second self semi short single so third three two under well year"
    ).split()
)


def join(lines: list[str]) -> str:
    """Lines as one, with single spaces, words divided at a line's end put together again."""
    if len(lines) == 1:
        return " ".join(lines[0].split())
    parts = [lines[0]]
    for line in lines[1:]:
        above = parts[-1]
        hyphen = _HYPHEN_END.search(above[-60:])
        if above.endswith(_SOFT_END):
            parts[-1] = above[:-1] + line
        elif hyphen and line[0].islower():
            head = hyphen.group(1)
            kept = "-" in head or head.casefold() in _KEEP_AFTER or not head.isalpha()
            parts[-1] = (above if kept else above[:-1]) + line
        else:
            parts.append(line)
    return " ".join(" ".join(parts).split())
