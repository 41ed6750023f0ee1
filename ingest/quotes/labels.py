"""The label of a line in a transcript: "OSTROM:", "KIT BARROW, HOST:", "[00:12] Q:", a name."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ingest.article import Span
from ingest.quotes.asides import COMMON
from ingest.quotes.namewords import GIVEN, HONORIFICS, ORGANISATION_WORDS, PARTICLES, TIMES, TITLES
from ingest.quotes.wordlists import words

LabelKind = Literal["asks", "answers", "role", "name", "body"]

# Kinds of label that name who speaks.
NAMING: frozenset[LabelKind] = frozenset({"name", "body"})

_ASKS = words("transcripts", "labels", "asks")
_ANSWERS = words("transcripts", "labels", "answers")
_ROLES = words("transcripts", "labels", "roles")
_NEVER = words("transcripts", "labels", "never") | TIMES
_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?[\])]?"
_BEHIND = rf"(?:[ \t]*(?:{_CLOCK}|\([^()\n]{{1,40}}\)|\[[^\[\]\n]{{1,40}}\]))*"
# A label begins with a capital, behind the time of the recording or not.
_LABEL = re.compile(
    rf"\s*(?P<clock>{_CLOCK}[ \t]*[-–—]?[ \t]*)?\**"
    rf"(?P<who>[^\W\d_a-z][^:\n\"“”„«»?!;()\[\]\x01]{{0,70}}?)"
    rf"(?P<behind>{_BEHIND})\**[ \t]*(?:(?P<colon>:)\**(?=\s|$)|(?=\n)|$)"
)
# Q. and A., P. and R., as some papers set them.
# PREGUNTA. and RESPUESTA., or Pregunta. and Respuesta., in whole words.
_LETTER = re.compile(
    r"\s*\**(?P<who>[QAFPR]|PREGUNTA|RESPUESTA|Pregunta|Respuesta)\**[.)]\**\s+(?=[^\W\d_a-z¿¡]|[¿¡])"
)
IN_WORDS = ("PREGUNTA", "RESPUESTA", "Pregunta", "Respuesta")
_BEHIND_LETTER = (".", ")", "*", "Q", "A", "F", "P", "R")
_WORD = re.compile(r"[\w’'.-]+")
REACH = 110  # characters before the colon
LONGEST_LINE = 60  # characters of a name that stands alone
_LONGEST = 5  # words of a name with its title
_NUMBERED = re.compile(r"speaker \d{1,2}|[qa]\d{1,2}|(?:un|mr |ms )?identified [\w ]+")


class Label(NamedTuple):
    """Who a line says is speaking. `key` is what makes two labels the same speaker.

    `alone` tells that the words spoken stand below, `sure` that nothing but a speaker looks so:
    capitals, a title, a letter for question or answer.
    """

    span: Span
    end: int
    words: tuple[str, ...]
    key: str
    kind: LabelKind
    alone: bool
    sure: bool
    timed: bool

    @property
    def full(self) -> bool:
        """Whether more than a surname stands there."""
        return len(self.words) > 1


def label_of(text: str, start: int, end: int) -> Label | None:
    """The label at the beginning of a paragraph, if it may be one."""
    lettered = text[start + 1 : start + 2] in _BEHIND_LETTER or text.startswith(IN_WORDS, start)
    if lettered and (m := _LETTER.match(text, start, end)):
        low = m.group("who").lower()
        letter: LabelKind = "asks" if low in _ASKS else "answers"
        return Label(Span(*m.span("who")), m.end(), (low,), low, letter, False, True, False)
    if not _may_begin(text, start, end):
        return None  # as most paragraphs
    m = _LABEL.match(text, start, end)
    if m is None:
        return None
    who, _, rest = m.group("who").rstrip().partition(",")
    alone = m.group("colon") is None
    if alone and (rest or who.endswith(".")):
        return None
    found = _WORD.findall(who)
    if not found or len(found) > _LONGEST or rest.count(" ") > _LONGEST:
        return None
    span = Span(m.start("who"), m.start("who") + len(who.rstrip()))
    low = who.lower().strip(" .")
    timed = m.group("clock") is not None or ":" in m.group("behind")
    kind, sure = _kind(found, low)
    if kind is None or (alone and kind in ("asks", "answers") and len(low) > 1):
        return None
    key = _surname(found) if kind == "name" else low
    return Label(span, m.end(), tuple(found), key, kind, alone, sure, timed)


def by_initials(labels: dict[int, Label]) -> dict[int, Label]:
    """The labels, those that are the initials of an earlier one as that: "OW" for "ODO WRAY"."""
    full: dict[str, Label] = {}
    for number, label in labels.items():
        known = full.get(label.words[0]) if len(label.words) == 1 else None
        if known is not None:
            labels[number] = label._replace(words=known.words, key=known.key, kind=known.kind)
        elif label.full and label.kind in NAMING:
            full["".join(word[0] for word in label.words)] = label
    return labels


def _may_begin(text: str, start: int, end: int) -> bool:
    """Whether a paragraph begins with capitalised words and a colon, or is no more than these."""
    line = text.find("\n", start, min(end, start + LONGEST_LINE))
    colon = text.find(":", start, min(end, start + REACH))
    stop = colon if colon >= 0 else line if line >= 0 else end
    if stop == end and text[end - 1] in ".?!,;\x01\x02":
        return False
    small = 0
    for word in text[start:stop].partition(",")[0].split():
        if word[0].islower() and word not in PARTICLES:
            small += 1
            if small > 1:
                return False
    return True


def _kind(found: list[str], low: str) -> tuple[LabelKind | None, bool]:
    """What a label names, and whether it looks like nothing else."""
    if low in _ASKS:
        return "asks", True
    if low in _ANSWERS:
        return "answers", True
    if low.replace(" ", "-") in _ROLES or _NUMBERED.fullmatch(low):
        return "role", True
    lows = [word.lower().rstrip(".") for word in found]
    if found[0] == "THE" and len(found) > 1 and all(word.isupper() for word in found):
        return "body", False  # THE LEDGER, which asks again
    paper = len(found) > 1 and lows[-1] in ORGANISATION_WORDS  # Harbour Review, which asks again
    if lows[0] in _NEVER or (lows[-1] in _NEVER and not paper) or not all(map(_may_name, found)):
        return None, False
    titled = lows[0] in TITLES or lows[0] in HONORIFICS
    if titled and len(found) > 1:
        return "name", True
    if not ORGANISATION_WORDS.isdisjoint(lows):
        return ("body" if len(found) > 1 else None), False
    if lows[-1] in COMMON and not (found[-1].isupper() and len(found[-1]) < 4):
        return None, False
    shouted = all(word.isupper() for word in found) and len(found[-1]) > 1
    given = len(found) > 1 and lows[0] in GIVEN
    return "name", shouted or given


def _may_name(word: str) -> bool:
    return word[0].isupper() or word in PARTICLES or word.lower() in TITLES


def _surname(found: list[str]) -> str:
    """The last word: "KIT BARROW" and "BARROW" are one speaker."""
    return found[-1].lower().strip(".")
