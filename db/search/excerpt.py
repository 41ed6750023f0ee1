"""Highlighted text: from SQLite's marks to segments, on whole letters, cut to what matters."""

from __future__ import annotations

import unicodedata

from db.search.results import Segment, Segments

# Around what `highlight` found: characters that no text keeps, so nothing has to be escaped.
START, END = "\x02", "\x03"
WIDTH = 280
# A text of no more characters is shown whole.
WHOLE = WIDTH + WIDTH // 4


def segments(marked: str | None) -> Segments:
    """The text between START and END as hits, the rest as it is.

    FTS5 may end a word before a mark that belongs to its last letter; here it goes with it. Hits
    with nothing but white space between them become one.
    """
    if not marked or START not in marked:
        return ((marked, False),) if marked else ()
    found: list[Segment] = []
    for number, part in enumerate(marked.replace(END, START).split(START)):
        hit = bool(number % 2)
        if not hit and found and found[-1][1]:
            size = _marks_at_start(part)
            found[-1] = (found[-1][0] + part[:size], True)
            part = part[size:]
        if not part:
            continue
        if hit and len(found) > 1 and found[-2][1] and found[-1][0].isspace():
            before = found.pop()[0]
            found[-1] = (found[-1][0] + before + part, True)
        elif hit and found and found[-1][1]:
            found[-1] = (found[-1][0] + part, True)
        else:
            found.append((part, hit))
    return tuple(found)


def _marks_at_start(text: str) -> int:
    size = 0
    while size < len(text) and unicodedata.category(text[size]) in ("Mn", "Me", "Mc"):
        size += 1
    return size


def hits_in(marked: str | None) -> int:
    """How many places are marked."""
    return (marked or "").count(START)


def excerpt(found: Segments, width: int = WIDTH) -> Segments:
    """About `width` characters of a long text with as many hits as fit, "…" where it was cut."""
    if sum([len(text) for text, _ in found]) <= width + width // 4:
        return found
    whole = "".join([text for text, _ in found])
    spans, at = [], 0
    for text, hit in found:
        if hit:
            spans.append((at, at + len(text)))
        at += len(text)
    start = _best_start(spans, len(whole), width)
    end = min(start + width, len(whole))
    start, end = _whole_words(whole, start, end, spans)
    cut: list[Segment] = [("…", False)] if start else []
    at = 0
    for text, hit in found:
        piece = text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            cut.append((piece, hit))
        at += len(text)
    return tuple(cut if end == len(whole) else [*cut, ("…", False)])


def _best_start(spans: list[tuple[int, int]], size: int, width: int) -> int:
    if not spans:
        return 0
    room = width // 4

    def inside(start: int) -> int:
        return sum(start <= a and b <= start + width for a, b in spans)

    starts = [max(0, min(a - room, size - width)) for a, _ in spans[:50]]
    return max(starts, key=lambda start: (inside(start), -start))


def _whole_words(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> tuple[int, int]:
    space = text.find(" ", start, start + 40) if start else -1
    if space >= 0 and not any(start <= a <= space for a, _ in spans):
        start = space + 1
    if end < len(text):
        space = text.rfind(" ", end - 40, end)
        if space > 0 and not any(space < b <= end for _, b in spans):
            end = space
    # Never inside of a hit: a cut word would not be what was found.
    for a, b in spans:
        if a < end < b:
            end = b
        if a < start < b:
            start = a
    while start and unicodedata.combining(text[start]):
        start -= 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end
