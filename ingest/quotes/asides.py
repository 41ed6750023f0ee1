"""What only looks like a name or a quotation: openers, nicknames, speakers' labels inside marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.article import Span
from ingest.quotes.grammar import PERSON_NOUNS, SPEAKING_NOUNS, Grammar
from ingest.quotes.marks import Run
from ingest.quotes.names import Name
from ingest.quotes.namewords import GIVEN, HONOURS, ORGANISATION_WORDS
from ingest.quotes.shapes import NameKind
from ingest.quotes.wordlists import table

_OPENING = re.compile(r"\w+(?:ing|ed|ly)")
_OPENINGS = {
    "fr": re.compile(r"\w{3,}(?:ée?s?|ant|ment|ie|is)"),  # "Formée à Lyon, elle ..."
    "es": re.compile(r"\w{3,}(?:[ai]d[oa]s?|ando|iendo|mente)"),
}
_NAME_END = re.compile(r"[^\W\d_a-z][\w’'-]*\.? $")
_LABEL = re.compile(r"([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,2}): ")
_PATRONS = frozenset("saint st king queen children women men people lloyd guy veterans".split())
_GENITIVE = ("’ ", "' ")
COMMON = table("common", "common")
_OF_SPEAKERS = (", who ", " said", " says ", " told ")
_OF_NAMES = (", which ", ", who ", "'s ", "’s ", " said", " says ", " told ", " has ", " was ")
_LONGEST_NICKNAME = 25
_THE = ("the ", "The ")
_FEW = 20  # words that are sooner searched for one by one


def only_words(mask: str, names: Sequence[Name], words: Grammar) -> list[Name]:
    """The names without lone capitalised words that are common ones and begin a sentence."""
    ends: set[str] = set()
    doubtful: list[Name] = []
    dropped: set[Span] = set()
    for name in names:
        first, *others = name.words
        if others:
            ends.add(others[-1])
            continue
        low = first.lower()
        if low in PERSON_NOUNS and mask.endswith(_THE, 0, name.whole.start):
            dropped.add(name.span)  # a role alone: "the Home Secretary", "the Speaker"
        elif low in HONOURS and first.isupper():
            dropped.add(name.span)
        if (
            name.opens_sentence
            and (name.kind == "unknown" or low in COMMON)
            and not name.titled
            and not _acts(mask, name)
        ):
            doubtful.append(name)
    lows = {name.words[0].lower() for name in doubtful if name.words[0] not in ends}
    if lows:
        inside = _inside(mask, lows)
        common = {low for low in lows if low in inside or _is_word(low, words)}
        dropped |= {name.span for name in doubtful if name.words[0].lower() in common}
    return [name for name in names if name.span not in dropped] if dropped else list(names)


def _inside(mask: str, doubtful: set[str]) -> set[str]:
    """Those of the words that stand between blanks."""
    if len(doubtful) <= _FEW:
        return {low for low in doubtful if f" {low} " in mask}
    # Looked up once for all: to search a book for each of its names takes minutes.
    return doubtful.intersection(mask.split(" ")[1:-1])


def _acts(mask: str, name: Name) -> bool:
    """Whether what looks like a verb or adverb does something: "Ofsted, which", "Kelly said"."""
    low = name.words[0].lower()
    if low in SPEAKING_NOUNS:
        return False
    if low in COMMON:  # "Next said profits rose"
        return mask.startswith(_OF_SPEAKERS, name.span.end)
    return mask.startswith(_OF_NAMES, name.span.end) and _OPENING.fullmatch(low) is not None


def _is_word(low: str, words: Grammar) -> bool:
    return (
        low in words.prepositions
        or low in words.conjunctions
        or low in words.adverbs
        or low in SPEAKING_NOUNS
        or (words.language == "en" and low in COMMON)
        or ("-" in low and low.rpartition("-")[2] in PERSON_NOUNS)
        or (_OPENINGS.get(words.language) or _OPENING).fullmatch(low) is not None
    )


def joined(text: str, names: Sequence[Name], nicks: Iterable[Run]) -> list[Name]:
    """The names, those in two parts made one: Marcia "Cia" Price, Traders' Association."""
    within = {run.outer.end + 1: run.outer.start - 1 for run in nicks}
    result: list[Name] = []
    end = -len(text)  # of the name before
    for name in names:
        start = name.whole.start
        gap = start - end
        if (gap in (2, 3, 5) or start in within) and start == name.span.start and result:
            last = result[-1]
            if gap == 5 and _share(text, last, name):
                result[-1] = last._replace(words=(*last.words, name.words[1]), kind="person")
            elif gap == 3 and _is_house(text, last, name):
                last = last._replace(span=Span(last.whole.start, last.span.end))
                house = tuple(text[last.span.start : start - 1].split())
                name = _one(last, name, house, "organisation")
                result.pop()
            elif within.get(start) == end:
                name = _one(last, name, last.words, "person")
                result.pop()
            elif (
                gap == 2
                and text[start - 2 : start] in _GENITIVE
                and last.words[-1][-1] == "s"
                and name.words[0].lower() in ORGANISATION_WORDS
            ):
                sign = text[start - 2]
                words = (*last.words[:-1], last.words[-1] + sign)
                name = _one(last, name, words, "organisation")
                result.pop()
        result.append(name)
        end = name.span.end
    return result


def _is_house(text: str, first: Name, second: Name) -> bool:
    """Whether a genitive begins the name of a house: Saint Brannock's Hospital, King's College."""
    end = first.span.end
    if text[end : second.whole.start] not in ("'s ", "’s "):
        return False
    known = text[first.whole.start : end].split()[0].lower().rstrip(".")
    return known in _PATRONS and second.words[0].lower() in ORGANISATION_WORDS


def _one(first: Name, second: Name, words: tuple[str, ...], kind: NameKind) -> Name:
    span = Span(first.span.start, second.span.end)
    whole = Span(first.whole.start, span.end)
    return first._replace(span=span, whole=whole, words=words + second.words, kind=kind)


def nicknames(text: str, mask: str, runs: Sequence[Run]) -> frozenset[int]:
    """The runs that stand inside a name: Marcia "Cia" Price."""
    return frozenset(i for i, run in enumerate(runs) if _is_nickname(text, mask, run))


def _is_nickname(text: str, mask: str, run: Run) -> bool:
    start, end = run.outer
    if run.span.end - run.span.start > _LONGEST_NICKNAME:
        return False
    said = run.span.of(text)
    return (
        said[:1].isupper()
        and said.count(" ") < 2
        and mask[end : end + 1] == " "
        and mask[end + 1 : end + 2].isupper()
        and _NAME_END.search(mask, max(0, start - 30), start) is not None
    )


def labels_of(text: str, runs: Sequence[Run]) -> dict[int, Name]:
    """The speakers of a transcript that stands in marks line by line: "PELL: Not yet."."""
    found: dict[int, Name] = {}
    for i, run in enumerate(runs):
        m = _LABEL.match(text, run.span.start, run.span.end)
        if m:
            span = Span(*m.span(1))
            words = tuple(word.capitalize() for word in m.group(1).split())
            found[i] = Name(span, span, words, "unknown")
    return found


def _share(text: str, first: Name, second: Name) -> bool:
    """Whether two share the surname of the second: "Barb and Linda Kessel"."""
    if len(first.words) != 1 or len(second.words) != 2 or first.kind != second.kind:
        return False
    given = first.words[0].lower() in GIVEN and second.words[0].lower() in GIVEN
    return given and text.startswith(" and ", first.span.end)
