"""Which mark opens, which closes it, and which signs are no marks at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.quotes.wordlists import load

Mark = tuple[int, int, str]

DOUBLE: dict[str, str] = load("marks")["double"]
SINGLE: dict[str, str] = load("marks")["single"]
CLOSERS = {
    mark: frozenset(re.findall("''|``|.", closers)) for mark, closers in (DOUBLE | SINGLE).items()
}
# Begins with a set of signs, which the search skips to at once: a pair of them is one mark, and a
# lone "`" is none.
MARK = re.compile("[\"“”„‟«»″‹›‘’‚'`](?:(?<=')'|(?<=`)`|(?<!`))")
# A sign that is no apostrophe inside a word: most paragraphs have none.
MAY_MARK = re.compile("[\"“”„‟«»″‹›‚`'‘’](?:(?<!['‘’])|(?![^\\W_])|(?<![^\\W_].))")
SAME = {"″": '"', "‟": "“"}
_DOUBLE_MARKS = frozenset(DOUBLE) | {"”"}
_DOUBTFUL = frozenset({'"', "''", "``", "″", "'", "‘", "’"})
# What may stand before a mark that opens: nothing, white space, a bracket, a dash, another mark.
_BEFORE_OPENING = frozenset(" \t\r\n\xa0\u2009\u202f([{—–-/“‘\"'„«‚‹:>*…¿¡")
SPACE = frozenset(" \t\r\n\xa0\u2009\u202f\u200b")
_ELIDED = re.compile(r"['‘’]\d\ds?\b|['‘’](?:em|til|tis|twas|cause|n|round|bout)\b", re.I)
_AND = re.compile(r"['‘’]n['’]\s")
_DROPPED_G = re.compile(r"\b\w+in$")


def opens(text: str, span: Span, mark: Mark) -> bool:
    """Whether a mark can open a quotation where it stands."""
    start, end, sign = mark
    if sign not in CLOSERS or end >= span.end:
        return False
    free = start == span.start or text[start - 1] in _BEFORE_OPENING
    tight = text[end] not in SPACE
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


def closing_of(text: str, span: Span, marks: Sequence[Mark], i: int) -> int | None:
    """The index of the mark that closes the one at `i`; None where another opens first."""
    sign = marks[i][2]
    closers = CLOSERS[sign]
    spare = None
    inner = ""  # the double mark that is open inside single ones
    past = 0
    for j in range(i + 1, len(marks)):
        start, end, other = marks[j]
        if j <= past:
            continue
        if sign in SINGLE and other in _DOUBLE_MARKS:
            if inner and other in CLOSERS[inner]:
                inner = ""
            elif other in DOUBLE and not inner:
                inner = other
            else:
                return spare
            continue
        if inner:
            continue
        if other in closers:
            if sign in ("‘", "'") and spare is None and _drops_letter(text, span, start, end):
                continue
            if sign in ("‘", "'", "‚") and _apostrophe(text, span, start, end):
                spare = j if spare is None else spare
                continue
            if sign == other and _reopens(text, span, start, end):
                return spare
            if other in ('"', "″") and _inch_inside(text, span, marks, j):
                continue
            return j
        if other == sign:
            if not _is_third(marks, i, j):
                return spare
            past = j + 1
    return spare


def _is_third(marks: Sequence[Mark], i: int, j: int) -> bool:
    """Whether a double mark opens inside single ones inside double ones: “He: ‘I said “no”’”."""
    signs = [mark[2] for mark in marks[j - 1 : j + 4]]
    return j - 1 > i and signs == ["‘", "“", "”", "’", "”"]


def _reopens(text: str, span: Span, start: int, end: int) -> bool:
    """Whether a mark that is the same at both ends can only open here: space before, none after."""
    return (
        end < span.end
        and text[start - 1] in SPACE
        and (text[end].isalnum() or text[end] in "[‘'$£€")
    )


def _apostrophe(text: str, span: Span, start: int, end: int) -> bool:
    """Whether a single closing mark reads as an apostrophe: drivers’ money, nothin’ new."""
    before = text[start - 1]
    if start - 1 == span.start or not before.isalnum():
        return False
    follows = text[end : end + 2]
    if len(follows) < 2 or follows[0] not in SPACE or not follows[1].islower():
        return False
    return before in "sS" or bool(_DROPPED_G.search(text, max(span.start, start - 12), start))


def _drops_letter(text: str, span: Span, start: int, end: int) -> bool:
    """Whether a single mark stands for the first letter of a word: in me 'ead, your own ’ands."""
    return text[start - 1] in SPACE and end < span.end and text[end].islower()


def _inch_inside(text: str, span: Span, marks: Sequence[Mark], j: int) -> bool:
    """Whether a straight mark after a digit measures something, the run going on behind it."""
    start, end, _ = marks[j]
    if not text[start - 1].isdigit() or j + 1 >= len(marks) or marks[j + 1][2] != '"':
        return False
    if end + 1 >= span.end or text[end] != " " or not text[end + 1].islower():
        return False
    after = marks[j + 1]
    return text[after[0] - 1] not in SPACE and (
        after[1] >= span.end or not text[after[1]].isalnum()
    )


def may_be_mark(text: str, span: Span, m: re.Match[str], straight_singles: bool) -> bool:
    """Whether a sign can be a quotation mark where it stands: no apostrophe, no inch."""
    sign = m.group()
    if sign not in _DOUBTFUL:
        return True
    before, after = m.start() - 1, m.end()
    if sign == "'" and not straight_singles:
        return False
    inner_before = before >= span.start and text[before].isalnum()
    inner_after = after < span.end and text[after].isalnum()
    if sign in "'‘’":
        if _AND.match(text, m.start() - 2):
            return False  # rock 'n' roll
        return not (inner_before and inner_after) and not _ELIDED.match(text, m.start())
    # 6'2", 44": an inch follows a digit and a word or nothing that closes follows it.
    return not (inner_before and inner_after and text[before].isdigit())


def has_mark(text: str, span: Span, mark: str) -> bool:
    """Whether a double mark stands in a paragraph, not only as the sign for inches."""
    at = text.find(mark, *span)
    while at > span.start and mark == '"' and text[at - 1].isdigit():
        at = text.find(mark, at + 1, span.end)
    return at >= 0
