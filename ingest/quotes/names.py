"""Candidate names: capitalised words outside marks, without titles and places before them.

A candidate carries what its own words tell: person, organisation or place, the gender of its title
or given name. Who is who comes later, in people.py.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from ingest.article import Span
from ingest.quotes.bodies import end_of_body, may_go_on
from ingest.quotes.german import before_phrase, behind_noun, without_nouns
from ingest.quotes.grammar import FROM
from ingest.quotes.namewords import GIVEN, HONORIFICS, PEOPLE_WORDS, SUFFIXES, TITLES
from ingest.quotes.parts import parts
from ingest.quotes.shapes import Gender, NameKind, openers_of, shape_of
from ingest.quotes.tables import Table

_UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_ABBREVIATED = (
    r"(?:Mc[A-Z]|ST|MR|MRS|MS|DR|Mrs?|Ms|Dr|Drs|Messrs|Hon|Cllr|Engr|Barr|Smt|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Cpl|Capt|Cmdr|Prof|Rev|Fr|St|Jr|Sr|Maj|"
    r"Adm|Mme|Mlle|Sra|Insp|Supt|Det|Pres|Inc|Corp|Ltd|Co|Bros)\."
)
_PLAIN = r"[a-z]+(?![\w’'&.-])"  # behind a capital
_REST = r"[\w&]*(?:(?:[’'](?!s\b)(?=\w\w)|-(?=\w))[\w&]*)*"
# Most are plain words; the look-ahead spares most others the list of abbreviations.
_WORD = (
    rf"(?:[A-Z]{_PLAIN}|(?=\w{{1,6}}\.)(?:{_ABBREVIATED}|(?:[{_UPPER}]\.)+)"
    rf"|(?:(?:al|el|ad|as|ash|an|ar)-|[dlDLO][’']|[thn](?=[{_UPPER}]))?[{_UPPER}]{_REST})"
)
_PARTICLE = (
    r"(?:v[ao]n|de[rnl]?|del?la|d[aiou]|dos|l[aeo]s?|bin|ibn|ben|abu|abd|y|(?<=Mac )an|te[rn]"
    r"|zum?|zur|af)"
)
_GAP = r"(?:[ \xa0]|[ ]?\r?\n[ \t]*)"
_MORE = (
    rf"(?:{_GAP}(?=[{_UPPER}abdefhilnotvyz&])(?:(?:{_PARTICLE}{_GAP}){{0,2}}{_WORD}"
    rf"|(?:of|for)(?:{_GAP}the)?{_GAP}{_WORD}|&{_GAP}{_WORD})|,{_GAP}(?=[JS]r\.|II){_WORD})*"
)
_NAME = re.compile(rf"(?<![\w’'@#]){_WORD}{_MORE}")
# The same for most names. It begins with a capital, which is found much faster than a name: the
# search skips to it at once. The group stands for what needs a second look, by `_NAME`: what may be
# an abbreviation, or stand behind an article of its own, "al-Amin", "d'Arc".
_MOST = re.compile(
    rf"[{_UPPER}](?:(?<![\w’'@#-].)(?:(?<=[A-Z]){_PLAIN}"
    rf"|(?!\w{{0,5}}\.)(?:(?<=[DLO])[’'][{_UPPER}])?{_REST}){_MORE}"
    rf"|((?<=[-’'].)|(?=\w{{0,5}}\.)))"
)
_PIECE = re.compile(r"[^\s]+")
_BEFORE_CAPITAL = re.compile(r"(?:al|el|ad|as|ash|an|ar)-$|[dl][’']$")
_MAY_GO_ON = Table(may_go_on)
_BEHIND = frozenset({" ", ",", "."})


# Kinds of name that speak only where the words round them say so.
NO_SPEAKER: frozenset[NameKind] = frozenset({"place", "time"})


class Name(NamedTuple):
    """A candidate name. `span` leaves title and place before it out, `whole` takes them in."""

    span: Span
    whole: Span
    words: tuple[str, ...]
    kind: NameKind
    gender: Gender = ""
    titled: bool = False
    opens_sentence: bool = False
    honorific: bool = False  # the word right before it is "Mr." or the like

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words)


def find_names(text: str, spans: Iterable[Span], language: str = "en") -> list[Name]:
    """Candidate names in those stretches of a text whose quotations are masked."""
    found: list[Name] = []
    opening, inner = _known(language, True), _known(language, False)
    # There are so many that the time to call Span() and Name() counts.
    new = tuple.__new__
    for span in spans:
        floor = span.start
        for start, raw in _matches(text, floor, span.end):
            known = inner
            # Most names stand behind a word.
            behind = start - 2 >= floor and text[start - 1] == " " and text[start - 2].isalpha()
            if not behind and _opens_sentence(text, floor, start):
                known = opening
            for first, last, whole_first, rest in known[raw]:
                moved = whole = new(Span, (start + first, start + last))
                if whole_first != first:
                    whole = new(Span, (start + whole_first, start + last))
                found.append(new(Name, (moved, whole, *rest)))
    if language == "de":
        return without_nouns(text, found)
    doubtful: list[Name] = []
    sure: set[str] = set()
    for name in found:
        if name.opens_sentence and _may_be_noun(name):
            doubtful.append(name)
        else:
            sure.update(name.words)
    if not doubtful:
        return found
    nouns = {word for word in {n.words[0] for n in doubtful} if _is_noun(text, word, sure)}
    dropped = {name.span for name in doubtful if name.words[0] in nouns}
    return [name for name in found if name.span not in dropped] if dropped else found


def _may_be_noun(name: Name) -> bool:
    """Whether a name with which a sentence begins may be a common noun."""
    return name.kind == "unknown" and len(name.words) == 1 and not name.titled


def _is_noun(text: str, word: str, names: Container[str]) -> bool:
    """Whether a word with which a sentence begins is written small elsewhere: Businesses.

    `names` are the words of names that do not begin one.
    """
    low = word.lower()
    if low in PEOPLE_WORDS:
        return True
    return word != low and word not in names and _stands_in(text, f" {low}")


def _stands_in(text: str, word: str) -> bool:
    """Whether a text has a word, given with the blank before it."""
    at = text.find(word)
    while at >= 0:
        at += len(word)
        if text[at : at + 1] in _BEHIND:
            return True
        at = text.find(word, at)
    return False


def _matches(text: str, at: int, end: int) -> Iterator[tuple[int, str]]:
    """Where `_NAME` matches and what, as its `finditer` tells, which tries every letter."""
    search, may_go_on = _MOST.search, _MAY_GO_ON
    while (m := search(text, at, end)) is not None:
        if m.lastindex:
            start = m.start()
            m = _second_look(text, at, start, end)
            if m is None:
                at = start + 1
                continue
        start, at = m.span()
        raw = m.group()
        if may_go_on[raw] or text[at + 1 : at + 2].isdigit():
            at = end_of_body(text, start, at, end)
            raw = text[start:at]
        yield start, raw


def _second_look(text: str, floor: int, start: int, end: int) -> re.Match[str] | None:
    """What `_NAME` matches at the capital at `start`, or at the article before it."""
    if start > floor and text[start - 1] in "-’'":
        article = _BEFORE_CAPITAL.search(text, max(floor, start - 4), start)
        if article and (m := _NAME.match(text, article.start(), end)):
            return m
    return _NAME.match(text, start, end)


# A name in what the pattern matched: where it begins and ends, where its title begins, and the rest
# of its fields.
_Kept = tuple[int, int, int, tuple[Any, ...]]


@cache
def _known(language: str, opens: bool) -> Table[tuple[_Kept, ...]]:
    """The names in each text that the pattern matched so far."""

    def kept(raw: str) -> tuple[_Kept, ...]:
        names = _names_in(raw, opens, language)
        return tuple((*name.span, name.whole.start, tuple(name[2:])) for name in names)

    return Table(kept)


def _names_in(raw: str, opens: bool, language: str) -> tuple[Name, ...]:
    """The names in what the pattern matched, their spans counted from its start."""
    pieces = [p.span() for p in _PIECE.finditer(raw)]
    elided = language == "fr" and raw[1:2] in ("’", "'")
    if elided and (raw[0] == "l" or raw[2 : pieces[0][1]].lower() in GIVEN):
        pieces[0] = (2, pieces[0][1])  # le procès d’Yves Lanoix, à l’Assemblée
    if language == "fr" and len(pieces) > 2 and raw[:2] in ("L’", "L'"):
        # L’Espagnol Iker Zubeldia
        from_there = raw[2 : pieces[0][1]].lower() in FROM
        pieces = pieces[from_there or raw[slice(*pieces[1])].lower() in GIVEN :]
    if raw == "X.":
        return ()  # she wrote on X.
    if len(pieces) == 1:
        at = Span(*pieces[0])
        shape = shape_of((raw[at.start :],), opens, language)
        if shape is None:
            return ()
        return (Name(at, at, (raw[at.start :],), shape.kind, shape.gender, shape.titled, opens),)
    if language == "de":
        pieces = before_phrase(raw, behind_noun(raw, pieces))
    found: list[Name] = []
    for part, linked in parts(raw, pieces, opens):
        name = _name(raw, part, opens and part[0] == pieces[0] and not linked, language)
        if name:
            found.append(name)
    return tuple(found)


def _opens_sentence(text: str, floor: int, start: int) -> bool:
    at = start - 1
    while at >= floor and text[at] in " \t\n\r\xa0\"'“‘([":
        at -= 1
    return at < floor or text[at] in ".!?…:\x01\x02—–•*-"


def _name(text: str, pieces: list[tuple[int, int]], opens: bool, language: str) -> Name | None:
    raw = [text[s:e] for s, e in pieces]
    # "Ministry of Trade, Industry and Energy", but "Ada Holm, Jr." has none.
    words_ = tuple(
        word.rstrip(",") if after.lower() in SUFFIXES or not after else word
        for word, after in zip(raw, [*raw[1:], ""], strict=True)
    )
    shape = shape_of(words_, opens, language)
    openers = openers_of(language)
    if shape is None:
        return None
    kept = pieces[shape.first : shape.last]
    end = kept[-1][0] + len(text[slice(*kept[-1])].rstrip(","))
    whole_from = pieces[0][0]
    if shape.first and words_[0].lower() in openers and words_[0].lower() not in TITLES:
        skip = 0
        while skip < shape.first and words_[skip].lower() in openers:
            skip += 1
        whole_from = pieces[skip][0]
    span = Span(kept[0][0], end)
    return Name(
        span,
        span if whole_from == span.start else Span(whole_from, end),
        words_[shape.first : shape.last],
        shape.kind,
        shape.gender,
        shape.titled,
        opens and not (shape.first and whole_from == kept[0][0]),
        shape.first > 0 and words_[shape.first - 1].lower() in HONORIFICS,
    )
