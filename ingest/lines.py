"""The lines of a text that hold something, and where they stand.

Layout is put straight here so that no later step has to know of it: a margin that the whole page
shares counts for nothing, and where a blank line stands after every line, it takes two to part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.article import Span

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

# White space to Python, and characters that show as nothing.
BLANK = " \t\xa0\u1680\u202f\u205f\u2060\u3000\ufeff\x1a\x1c\x1d\x1e\x1f" + "".join(
    map(chr, range(0x2000, 0x2010))
)
_TO_SPACE = dict.fromkeys((9, 160, 8199, 8239, *range(8192, 8199)), " ")

TAB_COLUMNS = 8

# What a ruled line between two parts of an article counts for, in blank lines.
PART = 9

# What closes a sentence: the mark, in Indian scripts, Arabic, Armenian, Ethiopic, Burmese and Khmer
# another one, and the brackets and quotation marks after it, of whatever language.
SENTENCE_MARKS = ".!?…。！？।॥؟۔։።။។"
CLOSING_MARKS = ")]\"'”’»›“‘«‹」』）】"
ENDS_SENTENCE = re.compile(rf"[{SENTENCE_MARKS}:;][{re.escape(CLOSING_MARKS)}]*\Z")

# Not an address, a handle or a reader's alias.
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:[-’'/][^\W\d_]+)*[,.;!?)”\"’]*(?:\s|\Z)")

_STEMS_FROM = 25  # characters: shorter lines say nothing about how a text was wrapped


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it.

    `start` and `end` leave the white space at its edges out; `text` is what stands between, with
    no-break spaces and tabs as plain spaces (so it has the same length). `indent` counts columns
    beyond the page's margin, `blank_before` the blank lines above it.
    """

    start: int
    end: int
    text: str
    indent: int
    blank_before: int

    @property
    def width(self) -> int:
        """Columns from the margin to the last character."""
        return self.indent + len(self.text)


def lines_of(text: str, *parts: Span) -> list[Line]:
    """The lines of these parts of `text` that are not blank, in order."""
    lines: list[Line] = []
    for part in parts:
        more = _split(text, part)
        if lines and more:
            more[0] = replace(more[0], blank_before=PART)
        lines += more
    return _single_spaced(_without_margin(lines))


def _split(text: str, extent: Span) -> list[Line]:
    lines: list[Line] = []
    blank = 0
    position = extent.start
    while position <= extent.end:
        found = _BREAK.search(text, position, extent.end)
        end = found.start() if found else extent.end
        line = _line(text, position, end, blank)
        if line is None:
            blank += 1
        else:
            lines.append(line)
            blank = 0
        if found is None:
            break
        position = found.end()
    return lines


def _line(text: str, start: int, end: int, blank: int) -> Line | None:
    raw = text[start:end]
    content = raw.lstrip(BLANK)
    if not content:
        return None
    lead = raw[: len(raw) - len(content)]
    content = content.rstrip(BLANK)
    first = start + len(lead)
    indent = len(lead.replace("\t", " " * TAB_COLUMNS))
    return Line(first, first + len(content), content.translate(_TO_SPACE), indent, blank)


def _without_margin(lines: list[Line]) -> list[Line]:
    """Take away the indent that nearly every line shares (a page printed with a margin)."""
    if len(lines) < 2:
        return [replace(line, indent=0) for line in lines]
    indents = sorted(line.indent for line in lines)
    margin = indents[len(indents) // 20]
    if margin == 0:
        return lines
    return [replace(line, indent=max(0, line.indent - margin)) for line in lines]


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Where each line is followed by a blank one, take one blank line from every gap."""
    pairs = list(pairwise(lines))
    apart = [(above, below) for above, below in pairs if below.blank_before == 1]
    if len(pairs) < 4 or sum(below.blank_before == 0 for _, below in pairs) > len(pairs) // 10:
        return lines
    running = sum(runs_on(above, below) for above, below in apart)
    if running < 2 or running < 0.3 * len(apart):
        return lines
    return [replace(line, blank_before=max(0, line.blank_before - 1)) for line in lines]


def runs_on(above: Line, below: Line) -> bool:
    """Whether a sentence plainly goes on from one line to the next."""
    return (
        len(above.text) >= _STEMS_FROM
        and not ENDS_SENTENCE.search(above.text[-8:])
        and below.text[0].islower()
        and _PLAIN_WORD.match(below.text) is not None
    )
