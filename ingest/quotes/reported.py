"""From reported clauses to quotes: who their sources are, in the terms that `find_quotes` uses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ingest.article import Paragraph, Quote, Span
from ingest.quotes.foreign import find_foreign
from ingest.quotes.grammar import BEHIND_NOUN, PERSON_NOUNS
from ingest.quotes.indirect import Indirect, find_indirect
from ingest.quotes.marks import SPEECH_KINDS
from ingest.quotes.mentions import RELATIVE, Phrase
from ingest.quotes.names import NO_SPEAKER, Name
from ingest.quotes.sentences import tokenise
from ingest.quotes.smallwords import SUBJECT_PRONOUN

_MARKED = re.compile("[\"“”‘’']")
_ABROAD = frozenset("er sie il elle ils elles lui eux él ella ellos ellas".split())
_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they", "my": "i", "our": "we"}
_BEFORE_ATTRIBUTE = frozenset(
    "of for from at in with on to by against de du des d’ d' von vom del".split()
)


class Reported(NamedTuple):
    """Indirect speech with its source as a phrase that can be resolved to a person.

    `mention` is the source as the text has it; the phrase of a description leaves a name at its
    head out, so that "Harbour pilots" are nobody of the name of Harbour.
    """

    said: Indirect
    phrase: Phrase | None = None
    mention: Span | None = None


def find_reported(
    text: str,
    mask: str,
    paragraphs: Sequence[Paragraph],
    names: Sequence[Name],
    language: str,
) -> list[Reported]:
    """The indirect speech of an article, its sources as names, pronouns, descriptions."""
    spoken = [p for p in paragraphs if p.kind in SPEECH_KINDS]
    tokens = tokenise(mask, spoken)
    found = find_indirect(tokens) if language == "en" else find_foreign(tokens, language)
    starts = [name.span.start for name in names]
    return [_resolvable(text, one, names, starts) for one in found]


def _resolvable(
    text: str, said: Indirect, names: Sequence[Name], starts: Sequence[int]
) -> Reported:
    if said.mention is None:
        return tuple.__new__(Reported, (said, None, None))
    phrase = source_phrase(text, said.mention, names, starts)
    mention = said.mention if phrase.kind == "description" else phrase.span
    return tuple.__new__(Reported, (said, phrase, mention))


def source_phrase(text: str, span: Span, names: Sequence[Name], starts: Sequence[int]) -> Phrase:
    """What kind of mention the words of `span` are: a pronoun, a name, or else a description."""
    words = span.of(text)
    low = words.lower().replace("’", "'").partition("'")[0]
    if low in RELATIVE:
        before = _name_before(text, span, names, starts)
        return Phrase("pronoun", span, 0, 0, low=low, antecedent=before)
    if low in SUBJECT_PRONOUN or low in _POSSESSIVE:
        end = span.start + len(low)
        return Phrase("pronoun", Span(span.start, end), 0, 0, low=_POSSESSIVE.get(low, low))
    if low in _ABROAD and words.lower() == low:
        return Phrase("pronoun", span, 0, 0, low=low)
    name = _head_name(text, span, names, starts)
    if name is not None:
        role = text[span.start : name.span.start].rstrip(" ,.")
        bare = not role or role.lower() in ("the", "a", "an")
        described = None if bare else Span(span.start, span.start + len(role))
        return Phrase("name", name.span, 0, 0, name, described, name.span.of(text).lower())
    i = bisect_left(starts, span.start)
    if i < len(names) and starts[i] == span.start and names[i].span.end < span.end:
        rest = text[names[i].span.end : span.end].lstrip(" ,.-")
        if rest and rest[0] not in "'’":
            span = Span(span.end - len(rest), span.end)
    head = _head_noun(span.of(text))
    named = _named_behind(text, span, names, starts) if head in PERSON_NOUNS else None
    if named is not None:
        return Phrase("name", named.span, 0, 0, named, span, named.span.of(text).lower())
    return Phrase("description", span, 0, 0, low=head)


def _named_behind(
    text: str, span: Span, names: Sequence[Name], starts: Sequence[int]
) -> Name | None:
    """The name that a comma sets behind a description: according to his niece, Brenda Lunn."""
    i = bisect_left(starts, span.end + 2)
    if not text.startswith(", ", span.end) or i >= len(names) or starts[i] != span.end + 2:
        return None
    name = names[i]
    closed = text[name.span.end : name.span.end + 1] in (".", ",", ";")
    return name if closed and len(name.words) > 1 and name.kind in ("person", "unknown") else None


def _name_before(
    text: str, span: Span, names: Sequence[Name], starts: Sequence[int]
) -> Phrase | None:
    """The name that a relative pronoun stands right behind: "Pell, who said"."""
    i = bisect_left(starts, span.start) - 1
    if i < 0 or text[names[i].span.end : span.start].strip() not in ("", ","):
        return None
    name = names[i]
    if text.startswith("who", span.start) and text.endswith("from ", 0, name.whole.start):
        return None  # "a woman from Orrin, who said"
    return Phrase("name", name.span, 0, 0, name, None, name.span.of(text).lower())


def _head_noun(words: str) -> str:
    """The noun that a description is about: "spokesman" in "a spokesman for the airline"."""
    head = ""
    for word in words.lower().split():
        if head and (word in _BEFORE_ATTRIBUTE or word in BEHIND_NOUN):
            break
        head = word.strip(",.;:'’\"")
    return head


def _head_name(text: str, span: Span, names: Sequence[Name], starts: Sequence[int]) -> Name | None:
    """The name that the phrase is about: not one behind a preposition or before a noun."""
    i = bisect_left(starts, span.start)
    if i and names[i - 1].span.end > span.start:
        before = names[i - 1].span.start
        if _MARKED.search(text, before, span.start) or text.find(",", before, span.start) >= 0:
            i -= 1  # with a nickname in marks inside, or a list
    while i < len(names) and starts[i] < span.end:
        name = names[i]
        i += 1
        if name.kind in NO_SPEAKER:
            continue
        ahead = text[span.start : name.span.start].split()
        if ahead and ahead[-1].lower() in _BEFORE_ATTRIBUTE:
            return None
        rest = text[name.span.end : span.end].strip()
        if rest.startswith(("'s", "’s")) and len(rest) > 2:
            continue
        if rest and rest[0].isalpha() and rest.split()[0].islower():
            first = rest.split()[0]
            if first not in _BEFORE_ATTRIBUTE and first not in ("and", "or", "who"):
                continue
        return name
    return None


def quotes_of(reported: Sequence[Reported], person_at: Callable[[int], int | None]) -> list[Quote]:
    """The records of indirect speech. `person_at` gives the person mentioned at an offset."""
    quotes = []
    for said, phrase, mention in reported:
        person = person_at(phrase.span.start) if phrase else None
        described = phrase.description if phrase else None
        told = (said.pieces, "indirect", person, mention, said.cue, described)
        # There are so many that the time to call Quote() counts.
        quotes.append(tuple.__new__(Quote, (*told, said.confidence, said.reason)))
    return quotes
