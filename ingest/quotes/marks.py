"""Pair quotation marks: the runs of text between them, paragraph by paragraph.

Newspapers mix styles and lose marks, so a mark opens or closes by what stands beside it; a run
that is never closed ends with its paragraph, and a paragraph that begins with a mark after such a
run goes on with it. One pass over the marks of a paragraph, never back, so that time stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.article import Paragraph, Span
from ingest.quotes.headmarks import is_headline, is_told
from ingest.quotes.pairing import (
    CLOSERS,
    DOUBLE,
    MARK,
    MAY_MARK,
    SAME,
    SPACE,
    closing_of,
    has_mark,
    may_be_mark,
    opens,
)

SPEECH_KINDS = frozenset({"text", "list_item", "block_quote"})

# Where a mark is missing, the attribution tells where the words ended: ("We left, Pell said.)
_ATTRIBUTION = re.compile(
    r"[,?!]\s(?:(?:said|says|added|asked)\s[^\s.,][^.,\n]{1,60}|(?:[^\W\d_a-z][^.,\n]{1,50}|he|she|they)\s(?:said|says|added|asked))"
    # ..., said Pell, who farms there. ..., said Lunn, 41, a nurse.
    r"(?:,\s(?:\d\d,\s)?(?:who|whose|an?|the)\s[^.\n]{1,120}(?=\.)|,\s\d\d(?=\.))?[.,]\s*$"
)
_TAG = re.compile(r"<[a-zA-Z][^<>]{0,500}=[^<>]{0,500}>")


class Run(NamedTuple):
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

    Straight single marks count only where they are the style of the text, double ones inside them
    or nowhere; elsewhere they are apostrophes or quote within a quotation.
    """
    spans = [(number, p.span) for number, p in enumerate(paragraphs) if p.kind in SPEECH_KINDS]
    double = [mark for mark in DOUBLE if mark in text]
    doubles = any(has_mark(text, s, mark) for mark in double for _, s in spans)
    if doubles and text.count("'") >= _FEW and "''" not in text:
        enough = text[: spans[0][1].start + _ENOUGH]
        doubles = not _is_british([enough[s.start : s.end] for _, s in spans])
    runs: list[Run] = []
    for i, (number, span) in enumerate(spans):
        last = runs[-1] if runs else None
        if (last is None or last.closed) and MAY_MARK.search(text, *span) is None:
            continue
        found = []
        at = span.start
        if last is not None and not last.closed and number - last.paragraph <= 2:
            unopened = _unopened(text, span, number, last.mark)
            if unopened is not None:
                found.append(unopened)
                at = unopened.outer.end
        after = text[spans[i + 1][1].start] if i + 1 < len(spans) else ""
        rest = Span(at, span.end)
        if doubles and not found and is_headline(text, span, first=i == 0):
            told = _runs_in(text, rest, number, after, straight_singles=True)
            found += [run for run in told if is_told(text, span, run)]
        else:
            found += _runs_in(text, rest, number, after, straight_singles=not doubles)
        if (
            found
            and last is not None
            and not last.closed
            and last.mark == found[0].mark
            and not found[0].continues
            and not text[span.start : found[0].outer.start].strip()
        ):
            found[0] = found[0]._replace(continues=True)
        runs += found
    return runs


# So many straight single marks at least make a style: two quotations, and an apostrophe.
_FEW = 5
_STYLE = 2  # quotations
_ENOUGH = 50_000  # characters that show the style of a text
_IN_DOUBLE = re.compile('["“„«][^"“”„«»\n]{0,600}["”“»]')
_IN_SINGLE = re.compile(r"'(?<![\w’']')(?=[\w\"“])[^\n]{0,600}?[\w,.?!…][,.?!…\"”]?'(?![\w'])")


def _is_british(paragraphs: Sequence[str]) -> bool:
    """Whether straight single marks hold the speech of a text, and double ones stand in them."""
    in_singles: list[list[tuple[int, int]]] = [
        [m.span() for m in _IN_SINGLE.finditer(paragraph) if _ends_speech(m.group())]
        if "'" in paragraph
        else []
        for paragraph in paragraphs
    ]
    if sum(map(len, in_singles)) < _STYLE:
        return False
    singles = doubles = 0
    for paragraph, inside in zip(paragraphs, in_singles, strict=True):
        if inside:
            # What double marks hold alone is no evidence for single ones.
            outer = [m.span() for m in _IN_DOUBLE.finditer(paragraph)]
            singles += sum(
                not any(start <= a and b <= end for start, end in outer) for a, b in inside
            )
            doubles += sum(
                not any(start <= a and b <= end for start, end in inside) for a, b in outer
            )
        else:
            doubles += len(_IN_DOUBLE.findall(paragraph))
    return singles >= _STYLE and singles > 2 * doubles


def _ends_speech(words: str) -> bool:
    """Whether a stretch between single marks ends as speech does, not at the drivers' money."""
    return words[-2] in ',.?!…"”'


_REST = re.compile(r"[^\"“”«»„]*[.,!?…](?P<mark>[\"”])(?!\w)")


def _unopened(text: str, span: Span, number: int, mark: str) -> Run | None:
    """The rest of an unclosed quotation, in a paragraph that only closes it.

    Spanish papers begin each further paragraph with the mark that closes: "»Que lo riegue otro»."
    """
    if mark in "«»" and text[span.start] == "»":
        end = text.find("»", span.start + 1, span.end)
        if end < 0 or text.find("«", span.start, end) >= 0:
            return None
        run = _run(text, span.start + 1, end, span.start, end + 1, mark, number)
        return run._replace(continues=True) if run else None
    if mark not in ('"', "“"):
        return None
    m = _REST.match(text, span.start, span.end)
    if m is None:
        return None
    run = _run(text, span.start, m.start("mark"), span.start, m.end(), mark, number)
    return run._replace(continues=True) if run else None


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
    tags: list[tuple[int, int]] = []
    if text.find("<", span.start, span.end) >= 0:
        tags = [t.span() for t in _TAG.finditer(text, span.start, span.end)]
    marks = [
        (m.start(), m.end(), m.group())
        for m in MARK.finditer(text, span.start, span.end)
        if may_be_mark(text, span, m, straight_singles) and not (tags and _in_tag(tags, m.start()))
    ]
    i = 0
    while i < len(marks):
        if not opens(text, span, marks[i]):
            i += 1
            continue
        start, inside, sign = marks[i]
        close = closing_of(text, span, marks, i)
        if close is None:
            # Single marks without an end are apostrophes; double ones end with the paragraph,
            # unless another opens first: then this one is the stray.
            later = _next_same(marks, i)
            end = marks[later][0] if later is not None else span.end
            told = _ATTRIBUTION.search(text, inside, end) if sign in DOUBLE or sign == "‘" else None
            if told:
                run = _run(text, inside, told.start() + 1, start, told.start() + 1, sign, number)
                if run:
                    yield run
            elif later is None and (sign in DOUBLE or (sign == after and sign == "‘")):
                run = _run(text, inside, span.end, start, span.end, sign, number)
                if run:
                    yield run._replace(closed=False)
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
_SIGNS = tuple(sorted({*"".join(CLOSERS), *"”’"}))


def _is_noise(text: str, span: Span) -> bool:
    if span.end - span.start < _MANY_MARKS:
        return False
    many = sum(text.count(sign, span.start, span.end) for sign in _SIGNS)
    return many > _MANY_MARKS and many * 3 > span.end - span.start


def _run(
    text: str, start: int, end: int, outer_start: int, outer_end: int, sign: str, number: int
) -> Run | None:
    while start < end and (text[start].isspace() or text[start] in SPACE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in SPACE):
        end -= 1
    if start == end:
        return None
    # There are so many that the time to call Run() and Span() counts.
    new = tuple.__new__
    inside, outer = new(Span, (start, end)), new(Span, (outer_start, outer_end))
    return new(Run, (inside, outer, SAME.get(sign, sign), number, True, False))


def _in_tag(tags: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start < at < end for start, end in tags) if len(tags) < 50 else False


def _next_same(marks: Sequence[tuple[int, int, str]], i: int) -> int | None:
    sign = marks[i][2]
    for j in range(i + 1, len(marks)):
        if marks[j][2] == sign:
            return j
    return None
