"""Pair quotation marks: the runs of text between them, paragraph by paragraph.

Newspapers mix styles and lose marks, so a mark opens or closes by what stands beside it; a run
that is never closed ends with its paragraph, and a paragraph that begins with a mark after such a
run goes on with it. One pass over the marks of a paragraph, never back, so that time stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Paragraph, Span
from ingest.quotes.wordlists import load

SPEECH_KINDS = frozenset({"text", "list_item", "block_quote"})

_DOUBLE: dict[str, str] = load("marks")["double"]
_SINGLE: dict[str, str] = load("marks")["single"]
_CLOSERS = {
    mark: frozenset(re.findall("''|``|.", closers)) for mark, closers in (_DOUBLE | _SINGLE).items()
}
_MARK = re.compile("''|``|[\"“”„‟«»″‹›‘’‚']")
_SAME = {"″": '"', "‟": "“"}
_STRAIGHT = frozenset({'"', "''", "``"})
# What may stand before a mark that opens: nothing, white space, a bracket, a dash, another mark.
_BEFORE_OPENING = frozenset(" \t\r\n\xa0\u2009\u202f([{—–-/“‘\"'„«‚‹:>*…¿¡")
_SPACE = frozenset(" \t\r\n\xa0\u2009\u202f\u200b")
# Where a mark is missing, the attribution tells where the words ended: ("We left, Pell said.)
_ATTRIBUTION = re.compile(
    r"[,?!]\s(?:(?:said|says|added|asked)\s[^\s.,][^.,\n]{1,60}|[^\W\d_a-z][^.,\n]{1,50}\s(?:said|says|added|asked))"
    r"[.,]\s*$"
)
_TAG = re.compile(r"<[a-zA-Z][^<>]{0,500}=[^<>]{0,500}>")
_ELIDED = re.compile(r"['‘’]\d\ds?\b|['‘’](?:em|til|tis|twas|cause|n|round|bout)\b", re.I)
_DROPPED_G = re.compile(r"\b\w+in$")


@dataclass(frozen=True, slots=True)
class Run:
    """The text between a pair of marks, white space at the edges left out.

    `outer` covers the marks too. `closed` is False where the paragraph ended first. `continues`
    tells that the run goes on with the unclosed one of the paragraph before.
    """

    span: Span
    outer: Span
    mark: str
    paragraph: int
    closed: bool = True
    continues: bool = False


def find_runs(text: str, paragraphs: Sequence[Paragraph]) -> list[Run]:
    """Every run between marks in the paragraphs that hold speech, in order.

    Straight single marks count only in a text without double ones: there they are a style, while
    elsewhere they are apostrophes or quote within a quotation.
    """
    spans = [(number, p.span) for number, p in enumerate(paragraphs) if p.kind in SPEECH_KINDS]
    doubles = any(text.find(mark, s.start, s.end) >= 0 for mark in _DOUBLE for _, s in spans)
    runs: list[Run] = []
    for i, (number, span) in enumerate(spans):
        last = runs[-1] if runs else None
        found = []
        at = span.start
        if last is not None and not last.closed and number - last.paragraph <= 2:
            rest = _unopened(text, span, number, last.mark)
            if rest is not None:
                found.append(rest)
                at = rest.outer.end
        after = text[spans[i + 1][1].start] if i + 1 < len(spans) else ""
        found += _runs_in(text, Span(at, span.end), number, after, straight_singles=not doubles)
        if (
            found
            and last is not None
            and not last.closed
            and last.mark == found[0].mark
            and not found[0].continues
            and not text[span.start : found[0].outer.start].strip()
        ):
            found[0] = replace(found[0], continues=True)
        runs += found
    return runs


_REST = re.compile(r"[^\"“”«»„]*[.,!?…](?P<mark>[\"”])(?!\w)")


def _unopened(text: str, span: Span, number: int, mark: str) -> Run | None:
    """The rest of an unclosed quotation, in a paragraph that only closes it."""
    if mark not in ('"', "“"):
        return None
    m = _REST.match(text, span.start, span.end)
    if m is None:
        return None
    run = _run(text, span.start, m.start("mark"), span.start, m.end(), mark, number)
    return replace(run, continues=True) if run else None


def masked(text: str, runs: Sequence[Run]) -> str:
    """The text with every run and its marks blanked by a sign of its own, offsets unchanged."""
    parts, at = [], 0
    for run in runs:
        parts.append(text[at : run.outer.start])
        parts.append("\x01" + "\x02" * (run.outer.end - run.outer.start - 1))
        at = run.outer.end
    parts.append(text[at:])
    return "".join(parts)


def _runs_in(
    text: str, span: Span, number: int, after: str, *, straight_singles: bool
) -> Iterator[Run]:
    """The runs of one paragraph; `after` is the first character of the next."""
    if _is_noise(text, span):
        return
    tags = [t.span() for t in _TAG.finditer(text, span.start, span.end)]
    marks = [
        (m.start(), m.end(), m.group())
        for m in _MARK.finditer(text, span.start, span.end)
        if _may_be_mark(text, span, m, straight_singles) and not _in_tag(tags, m.start())
    ]
    i = 0
    while i < len(marks):
        if not _opens(text, span, marks[i]):
            i += 1
            continue
        start, inside, sign = marks[i]
        close = _closing(text, span, marks, i)
        if close is None:
            # Single marks without an end are apostrophes; double ones end with the paragraph,
            # unless another opens first: then this one is the stray.
            later = _next_same(marks, i)
            end = marks[later][0] if later is not None else span.end
            told = _ATTRIBUTION.search(text, inside, end) if sign in _DOUBLE else None
            if told:
                run = _run(text, inside, told.start() + 1, start, told.start() + 1, sign, number)
                if run:
                    yield run
            elif later is None and (sign in _DOUBLE or (sign == after and sign == "‘")):
                run = _run(text, inside, span.end, start, span.end, sign, number)
                if run:
                    yield replace(run, closed=False)
                return
            i += 1
            continue
        end, outer_end, _ = marks[close]
        run = _run(text, inside, end, start, outer_end, sign, number)
        if run:
            yield run
        i = close + 1


# More marks than this, and more than one in three characters: no prose, and not worth the time.
_MANY_MARKS = 1_000
_SIGNS = tuple(sorted({*"".join(_CLOSERS), *"”’"}))


def _is_noise(text: str, span: Span) -> bool:
    if span.end - span.start < _MANY_MARKS:
        return False
    many = sum(text.count(sign, span.start, span.end) for sign in _SIGNS)
    return many > _MANY_MARKS and many * 3 > span.end - span.start


def _run(
    text: str, start: int, end: int, outer_start: int, outer_end: int, sign: str, number: int
) -> Run | None:
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    if start == end:
        return None
    return Run(Span(start, end), Span(outer_start, outer_end), _SAME.get(sign, sign), number)


def _in_tag(tags: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start < at < end for start, end in tags) if len(tags) < 50 else False


def _may_be_mark(text: str, span: Span, m: re.Match[str], straight_singles: bool) -> bool:
    sign, before, after = m.group(), m.start() - 1, m.end()
    inner_before = before >= span.start and text[before].isalnum()
    inner_after = after < span.end and text[after].isalnum()
    if sign == "'" and not straight_singles:
        return False
    if sign in "'‘’":
        return not (inner_before and inner_after) and not _ELIDED.match(text, m.start())
    if sign in _STRAIGHT or sign == "″":
        # 6'2", 44": an inch follows a digit and a word or nothing that closes follows it.
        return not (inner_before and inner_after and text[before].isdigit())
    return True


def _opens(text: str, span: Span, mark: tuple[int, int, str]) -> bool:
    start, end, sign = mark
    if sign not in _CLOSERS or end >= span.end:
        return False
    free = start == span.start or text[start - 1] in _BEFORE_OPENING
    tight = text[end] not in _SPACE
    if sign in ("“", "„", "‚", "‟"):
        return True
    if sign == "«":
        return free or not tight or text[start - 1] in "'’"
    if sign in ("‘", "'", "‹", "»", "›"):
        return free and tight
    if sign in ("''", "``"):
        return True
    if start > span.start and text[start - 1].isdigit():
        return False
    return free or not text[start - 1].isalnum() or tight


def _closing(text: str, span: Span, marks: Sequence[tuple[int, int, str]], i: int) -> int | None:
    """The index of the mark that closes the one at `i`; None where another opens first."""
    sign = marks[i][2]
    closers = _CLOSERS[sign]
    spare = None
    inner = ""  # the double mark that is open inside single ones
    for j in range(i + 1, len(marks)):
        start, end, other = marks[j]
        if sign in _SINGLE and other in _DOUBLE | {"”": ""}:
            if inner and other in _CLOSERS[inner]:
                inner = ""
            elif other in _DOUBLE and not inner:
                inner = other
            else:
                return spare
            continue
        if inner:
            continue
        if other in closers:
            if sign in ("‘", "'", "‚") and _apostrophe(text, span, start, end):
                spare = j if spare is None else spare
                continue
            if sign == other and _reopens(text, span, start, end):
                return spare
            if other in ('"', "″") and _inch_inside(text, span, marks, j):
                continue
            return j
        if other == sign:
            return spare
    return spare


def _next_same(marks: Sequence[tuple[int, int, str]], i: int) -> int | None:
    sign = marks[i][2]
    for j in range(i + 1, len(marks)):
        if marks[j][2] == sign:
            return j
    return None


def _reopens(text: str, span: Span, start: int, end: int) -> bool:
    """Whether a mark that is the same at both ends can only open here: space before, none after."""
    return (
        end < span.end
        and text[start - 1] in _SPACE
        and (text[end].isalnum() or text[end] in "[‘'$£€")
    )


def _apostrophe(text: str, span: Span, start: int, end: int) -> bool:
    """Whether a single closing mark reads as an apostrophe: drivers’ money, nothin’ new."""
    before = text[start - 1]
    if start - 1 == span.start or not before.isalnum():
        return False
    follows = text[end : end + 2]
    if len(follows) < 2 or follows[0] not in _SPACE or not follows[1].islower():
        return False
    return before in "sS" or bool(_DROPPED_G.search(text, max(span.start, start - 12), start))


def _inch_inside(text: str, span: Span, marks: Sequence[tuple[int, int, str]], j: int) -> bool:
    """Whether a straight mark after a digit measures something, the run going on behind it."""
    start, end, _ = marks[j]
    if not text[start - 1].isdigit() or j + 1 >= len(marks) or marks[j + 1][2] != '"':
        return False
    if end + 1 >= span.end or text[end] != " " or not text[end + 1].islower():
        return False
    after = marks[j + 1]
    return text[after[0] - 1] not in _SPACE and (
        after[1] >= span.end or not text[after[1]].isalnum()
    )
