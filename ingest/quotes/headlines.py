"""Names in lines of which every longer word has a capital: Harbour Boss Says Lunn Went Too Far.

There a capital tells nothing. A name is what the rest of the text calls so, or a given name and
the word behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.article import Span
from ingest.quotes.asides import COMMON
from ingest.quotes.names import Name
from ingest.quotes.namewords import GIVEN, ORGANISATION_WORDS, TITLES
from ingest.quotes.shapes import NameKind

_LONGEST = 160  # characters
_FEWEST = 4  # words of more than three letters
_CAPITALS = re.compile(r"\S+ [A-Z]\S* [A-Z]\S* [A-Z]")
_ENDS = ".!?\x01\x02"
_MANY = 10  # of which one may be small
_SMALL = re.compile(r"(?<![\w’'-])[a-z][\w’'-]{3,}")
_VERBS = ("s", "ed", "ing")
_SHORT = 3  # letters: "and", "the" and the like are small even there


def in_headlines(mask: str, spans: Sequence[Span], names: list[Name]) -> list[Name]:
    """The names, those in headlines cut to what is a name."""
    lines = [
        span
        for span in spans
        if 0 < span.end - span.start <= _LONGEST
        and (mask[span.end - 1] not in _ENDS or _CAPITALS.match(mask, span.start) is not None)
        and _is_line(mask, span)
    ]
    if not lines:
        return names
    starts = [name.span.start for name in names]
    inside: set[int] = set()
    for line in lines:
        first = bisect_left(starts, line.start)
        inside.update(range(first, bisect_left(starts, line.end, first)))
    known: dict[tuple[str, ...], Name] = {}
    for i, name in enumerate(names):
        if i not in inside:
            known.setdefault(name.words, name)
            known.setdefault(name.words[-1:], name)
    found: list[Name] = []
    for i, name in enumerate(names):
        found += _cut(mask, name, known) if i in inside else [name]
    return found


def _is_line(mask: str, span: Span) -> bool:
    """Whether hardly any of the longer words of a line is written small."""
    small = _SMALL.search(mask, span.start, span.end)
    if small is not None and _SMALL.search(mask, small.end(), span.end) is not None:
        return False  # as most lines
    words = mask[span.start : span.end].split()
    long = [word for word in words if len(word) > _SHORT and word[0].isalpha()]
    if len(long) < (_FEWEST if small is None else _MANY):
        return False
    return not all(word.isupper() for word in long)


def _cut(mask: str, name: Name, known: dict[tuple[str, ...], Name]) -> Iterator[Name]:
    """What is a name of the capitalised words that were taken for one."""
    words = name.words
    if words in known or (len(words) == 1 and not name.opens_sentence):
        yield name
        return
    at, start = 0, name.span.start
    some = False
    while at < len(words):
        size = _length(words, at, known)
        begin = mask.index(words[at], start)
        if size:
            end = begin
            for word in words[at : at + size]:
                end = mask.index(word, end) + len(word)
            some = True
            yield _part(name, Span(begin, end), words[at : at + size], known)
            start, at = end, at + size
        else:
            start, at = begin + len(words[at]), at + 1
    if not some and len(words) <= 3 and (name.titled or name.kind in ("organisation", "place")):
        yield name


def _length(words: tuple[str, ...], at: int, known: dict[tuple[str, ...], Name]) -> int:
    """How many words from `at` on are a name; 0 where none is."""
    for end in range(len(words), at, -1):
        if words[at:end] in known:
            return end - at
    behind = [word.lower() for word in words[at + 1 : at + 3]]
    if words[at].lower() not in GIVEN or not behind or not _may_be_surname(behind[0]):
        return 0
    third = len(behind) == 2 and _may_be_surname(behind[1])
    initial = len(behind[0].rstrip(".")) == 1
    last = at + 3 == len(words) and not behind[-1].endswith(_VERBS)
    return 3 if third and (initial or last) else 2


def _may_be_surname(low: str) -> bool:
    return low not in COMMON and low not in TITLES and low not in ORGANISATION_WORDS


def _part(
    name: Name, span: Span, words: tuple[str, ...], known: dict[tuple[str, ...], Name]
) -> Name:
    same = known.get(words)
    opens = name.opens_sentence and span.start == name.span.start
    kind: NameKind = same.kind if same is not None else "person"
    titled = name.titled and span.start == name.span.start
    whole = Span(name.whole.start, span.end) if span.start == name.span.start else span
    return name._replace(
        span=span,
        whole=whole,
        words=words,
        kind=kind,
        gender=same.gender if same is not None else "",
        titled=titled,
        opens_sentence=opens,
    )
