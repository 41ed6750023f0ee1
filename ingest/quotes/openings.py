"""What a sentence begins with: a body, a paper, somebody without a name; and "it" behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.article import Span
from ingest.quotes.described import told_before
from ingest.quotes.genders import gender_by_article
from ingest.quotes.grammar import ACCUSED, BODY_NOUNS, PERSON_NOUNS, SPEAKING_NOUNS
from ingest.quotes.mentions import Phrase

if TYPE_CHECKING:
    from ingest.quotes.cast import Cast

# What is written and can say something: "A report ... It said".
_PAPERS = (
    "report review study survey poll ruling judgment judgement letter statement memo audit paper"
    " analysis article editorial email lawsuit complaint indictment filing document dossier"
    " inquiry notice leaflet"
).split()
_WRITTEN = re.compile(
    r"(?<!\w)(?:a|an|the|his|her|their|its|whose|['’]s)\s(?:[a-z’'-]+\s){0,2}?"
    r"(letter|memo|memorandum|note|e-?mail|message|post|reply|response|statement|report|petition"
    r"|complaint|leaflet|article|essay|review)(?![\w’'-])"
)
_NO_PAPER = (" declined", " refused", " has ", " had ", " was ", " is ", " will ")
# What a sentence begins with: "The harbour board", "A local council", "Marsh's office".
_BODY = re.compile(
    r"(?:(?:The|An?|Its)\s|(?:[A-Z][\w’'-]*\s){0,2}[A-Z][\w-]*['’]s\s)(?:[A-Za-z’'-]+\s){0,2}?"
    rf"(?:({'|'.join(sorted(BODY_NOUNS))})(?=,?\s(?!of\b))|({'|'.join(_PAPERS)})(?=,?\s))"
)
_OPENINGS = ("A ", "An ", "My ", "His ", "Her ")
# Where others begin sentences or clauses with them: an article, at most two words, a noun.
_ABROAD = {
    "de": re.compile(r"(?:^|[.?!:\x02]\s|\n)((?:Der|Die|Eine?)(?: [\w-]+){1,3})", re.MULTILINE),
    "fr": re.compile(
        r"(?:^|[.?!:\x02]\s|\n|\bquand |\blorsqu[’'])((?:L[ea]|[Uu]ne?)(?: [\w-]+){1,3})",
        re.MULTILINE,
    ),
    "es": re.compile(
        r"(?:^|[.?!:\x02]\s|\n|\bcuando )((?:El|La|[Uu]na?)(?: [\w-]+){1,3})", re.MULTILINE
    ),
}
# "La alcaldesa de Alcoy, Inma Lunn": she has a name.
_APPOSED = re.compile(
    r"(?: (?!et |y |und )[\wÀ-ÿ’'-]+){0,7}, [^\W\d_a-zß-ÿ][\w’'-]+ (?:[^\W\d_a-zß-ÿ]|d[eu])"
)
_INDEFINITE = ("ein", "un")
_STOPPED = (". ", "? ", "! ", "\x02 ", "\x01 ", "” ", '" ')
_NO_VERB = SPEAKING_NOUNS | {"he", "she"}  # "An officer he met asked"
_STRANGER = re.compile(r"[a-z’'-]+(?:(?:[ ,]{1,2}[a-z’'-]+){1,4}|, (?=\d))")
_BEGIN = re.compile(r"\n|[.?!][”\"]?\s")
# Directing him to answer, it said; In a statement it said
_LED_IN = re.compile(r"[A-Z][a-z]+(?:ing|ed)\b[^.]*,|(?:In|On|At) [^.,:;]{1,30},?")
_MASKED = "\x01\x02 "
_SENTENCE = 600  # characters in which the sentence before begins


def strangers(mask: str, language: str) -> Iterator[Phrase]:
    """Those without a name with whom sentences begin: "A man walked in", "My father died"."""
    if language in _ABROAD:
        yield from _strangers_abroad(mask, language)
        return
    for opening in _OPENINGS:
        at = mask.find(opening)
        while at >= 0:
            if at == 0 or mask[at - 1] == "\n" or mask[at - 2 : at] in _STOPPED:
                m = _STRANGER.match(mask, at + len(opening))
                told = m.group().split(" ") if m else []
                nouns = (i for i, w in enumerate(told) if w.rstrip(",") in PERSON_NOUNS)
                head = next(nouns, len(told))
                if head + 1 < len(told) and told[head + 1] not in _NO_VERB:
                    low = told[head].rstrip(",")
                    end = at + len(opening) + len(" ".join([*told[:head], low]))
                    yield Phrase("description", Span(at, end), 0, 0, low=low)
            at = mask.find(opening, at + 1)


def _strangers_abroad(mask: str, language: str) -> Iterator[Phrase]:
    """The same where an article tells the gender: "Une retraitée a vu", "quand une retraitée"."""
    headline = mask.find("\n")
    # Whom the headline tells of has a name below.
    first = headline if headline > 0 and mask[headline - 1].isalnum() else 0
    for m in _ABROAD[language].finditer(mask, first):
        words = m.group(1).split()
        at = next((i for i, w in enumerate(words) if w.lower() in PERSON_NOUNS), 0)
        start = m.start(1)
        end = start + len(" ".join(words[: at + 1]))
        if at and _APPOSED.match(mask, end) is None:
            yield Phrase("description", Span(start, end), 0, 0, low=words[at].lower())


def may_be_named(cast: Cast, phrase: Phrase, text: str) -> bool:
    """Whether "la patronne" may be a woman whom the text has named, which nothing tells."""
    described = phrase.span.of(text).casefold()
    gender = gender_by_article(cast.grammar.language, described)
    if not gender or described.startswith(_INDEFINITE) or phrase.low in ACCUSED:
        return False
    if told_before(cast, described, phrase) is not None:
        return False
    named = cast.last_of(gender, phrase.span.start)
    return named is not None and not named.unnamed


def see_it(cast: Cast, mask: str, text: str, it: Span) -> bool:
    """Let "it" stand for what the sentence before begins with, if that is a body or a paper."""
    before = _sentence_before(mask, it.start)
    if before < 0:
        return False
    if mask.startswith("It ", before):
        return cast.see_again(it, before)
    body = _body_at(mask, before) or _paper_in(cast, mask, before, it)
    if body is not None:
        cast.see_it(it, body, text)
    return body is not None


def _sentence_before(mask: str, start: int) -> int:
    """Where the sentence before the one that begins at `start` begins; -1 where none does."""
    first = max(0, start - _SENTENCE)
    begins = [m.end() for m in _BEGIN.finditer(mask, first, start)]
    if first == 0:
        begins.insert(0, 0)
    if len(begins) < 2:
        return -1
    between = mask[begins[-1] : start].strip(_MASKED)
    if between and _LED_IN.fullmatch(between) is None:
        return -1
    return begins[-2]


def _paper_in(cast: Cast, mask: str, before: int, it: Span) -> Phrase | None:
    """The last thing written of which the sentence before tells, where it names no body."""
    written = [*_WRITTEN.finditer(mask, before, it.start)]
    if not written or mask.startswith(_NO_PAPER, it.end):
        return None
    if any(e.is_body and e.name and before <= e.last < it.start for e in cast.latest()):
        return None
    return Phrase("description", Span(*written[-1].span()), 0, 0, low=written[-1].group(1))


def _body_at(mask: str, start: int) -> Phrase | None:
    """The body or paper with which a sentence begins: "The harbour board", "A report"."""
    found = _BODY.match(mask, start)
    if found is None:
        return None
    noun = found.group(1) or found.group(2)
    return Phrase("description", Span(*found.span()), 0, 0, low=noun)
