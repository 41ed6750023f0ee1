"""From a text and its paragraphs to quotes and people: the steps in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.article import Paragraph, Person, Quote, QuoteKind, Span
from ingest.quotes import cues
from ingest.quotes.attribute import Found, Place, Reader, intro_of
from ingest.quotes.cast import Cast
from ingest.quotes.grammar import (
    SPEAKING_NOUNS,
    Grammar,
    grammar,
    language_of,
)
from ingest.quotes.marks import SPEECH_KINDS, Run, find_runs, masked
from ingest.quotes.names import Name, find_names
from ingest.quotes.notspeech import is_other
from ingest.quotes.phrases import Phrase
from ingest.quotes.reported import find_reported, quotes_of
from ingest.quotes.resolve import resolve
from ingest.quotes.tokens import Block, find_cues, sentences, tokenize
from ingest.quotes.turns import Said, carry_over


def find_quotes(
    text: str,
    paragraphs: Sequence[Paragraph],
    *,
    title: Span | None = None,
    names: Sequence[str] = (),
) -> tuple[tuple[Quote, ...], tuple[Person, ...]]:
    """The quotations of an article and the people in it.

    Offsets count characters of `text`. Quotes come in the order of their first piece; `person` is
    an index into the people. `title` helps to tell who is who; `names` are names known from
    elsewhere, authors and publisher.
    """
    language = language_of(" ".join(p.text for p in paragraphs[:12]))
    words, lexicon = grammar(language), cues.lexicon(language)
    runs = find_runs(text, paragraphs)
    mask = masked(text, runs)
    speech = [p.span for p in paragraphs if p.kind in SPEECH_KINDS]
    found_names = [
        name for name in find_names(mask, speech, language) if not _only_a_word(mask, name, words)
    ]
    by_start = {name.whole.start: name for name in found_names}
    by_run = {
        run.outer.start: i for i, run in enumerate(runs) if not _nickname(text, mask, run)
    }
    labels = _labels(text, runs)
    found_names = sorted([*found_names, *labels.values()], key=lambda name: name.span)
    said = _attributed(text, mask, paragraphs, runs, by_start, by_run, words, lexicon, labels)
    cast = Cast(words)
    plain = {runs[item.run].outer.start for item in said if item.kind == "other"}
    reported = find_reported(text, mask, paragraphs, found_names, plain, language)
    phrases = [item.found.phrase for item in said if item.found and item.kind != "other"]
    phrases += [one.phrase for one in reported]
    resolve(mask, text, cast, found_names, [p for p in phrases if p is not None], speech)
    elsewhere = find_names(text, [title]) if title is not None else []
    cast.settle([*elsewhere, *(n for text_ in names for n in find_names(text_, [Span(0, len(text_))]))])
    quotes, people, person_at = _quotes(text, runs, said, cast)
    indirect = quotes_of(reported, person_at)
    return tuple(sorted([*quotes, *indirect], key=lambda q: q.pieces[0])), people


_OPENING = re.compile(r"\w+(?:ing|ed|ly)")


def _only_a_word(mask: str, name: Name, words: Grammar) -> bool:
    """Whether a lone capitalised word is a common one that begins a sentence."""
    if not name.opens_sentence or len(name.words) > 1 or name.kind != "unknown" or name.titled:
        return False
    low = name.words[0].lower()
    return (
        low in words.prepositions
        or low in words.conjunctions
        or low in words.adverbs
        or low in SPEAKING_NOUNS
        or _OPENING.fullmatch(low) is not None
        or f" {low} " in mask
    )


_NAME_END = re.compile(r"[^\W\d_a-z][\w’'-]*\.? $")


def _nickname(text: str, mask: str, run: Run) -> bool:
    """Whether the run stands inside a name: Marcia "Cia" Price."""
    start, end = run.outer
    said = run.span.of(text)
    return (
        len(said) < 25
        and said[:1].isupper()
        and said.count(" ") < 2
        and mask[end : end + 1] == " "
        and mask[end + 1 : end + 2].isupper()
        and _NAME_END.search(mask, max(0, start - 30), start) is not None
    )


_LABEL = re.compile(r"([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,2}): ")


def _labels(text: str, runs: Sequence[Run]) -> dict[int, Name]:
    """The speakers of a transcript that stands in marks line by line: "PELL: Not yet."."""
    found: dict[int, Name] = {}
    for i, run in enumerate(runs):
        m = _LABEL.match(text, run.span.start, run.span.end)
        if m:
            span = Span(*m.span(1))
            words = tuple(word.capitalize() for word in m.group(1).split())
            found[i] = Name(span, span, words, "unknown")
    return found


def _attributed(
    text: str,
    mask: str,
    paragraphs: Sequence[Paragraph],
    runs: Sequence[Run],
    names: dict[int, Name],
    by_run: dict[int, int],
    words: Grammar,
    lexicon: cues.Lexicon,
    labels: dict[int, Name],
) -> list[Said]:
    said: list[Said] = []
    holding = dict.fromkeys(run.paragraph for run in runs)
    for number in holding:
        block = _block(text, mask, paragraphs, number, runs, names, by_run, words, lexicon)
        reader = Reader(text, block, runs, words, lexicon)
        for place in reader.places():
            run = block.tokens[place.at].run
            found = reader.attribution(place)
            if found is None and place.at == 0 and number:
                found = _announced(text, mask, paragraphs, number - 1, runs, names, by_run, words, lexicon)
            label = labels.get(run)
            if label is not None:
                phrase = Phrase("name", label.span, place.at, place.at, label)
                found = Found(phrase, None, "name and colon at the start of the line", 0.8, 0.9)
            kind = _kind(text, runs[run], block, place, found, words)
            said.append(Said(run, block, place, found, kind))
    return carry_over(text, runs, said)


def _block(
    text: str,
    mask: str,
    paragraphs: Sequence[Paragraph],
    number: int,
    runs: Sequence[Run],
    names: dict[int, Name],
    by_run: dict[int, int],
    words: Grammar,
    lexicon: cues.Lexicon,
) -> Block:
    tokens = tokenize(mask, paragraphs[number].span, names, by_run)
    return Block(
        number, tokens, sentences(text, tokens, runs), find_cues(tokens, lexicon, words)
    )


def _announced(
    text: str,
    mask: str,
    paragraphs: Sequence[Paragraph],
    number: int,
    runs: Sequence[Run],
    names: dict[int, Name],
    by_run: dict[int, int],
    words: Grammar,
    lexicon: cues.Lexicon,
) -> Found | None:
    """The speaker whom the paragraph before announces with a colon at its end."""
    span = paragraphs[number].span
    if mask[span.start : span.end].rstrip()[-1:] != ":":
        return None
    block = _block(text, mask, paragraphs, number, runs, names, by_run, words, lexicon)
    where = intro_of(block)
    if where is None:
        return None
    place = Place(where[1] + 1, where[0], where[0], where[1] + 1, where[1] + 1)
    reader = Reader(text, block, runs, words, lexicon)
    hits = [h for h in block.cues if where[0] <= h.at < where[1]]
    for hit in reversed(hits):
        found = reader._from_cue(hit, place)
        if found is not None and found.phrase is not None:
            return found
    return reader.introduction(*where)


def _kind(
    text: str, run: Run, block: Block, place: Place, found: Found | None, words: Grammar
) -> QuoteKind:
    said = run.span.of(text)
    if is_other(said, block.tokens, place, found, words):
        return "other"
    if place.floor == place.at:
        return "direct" if place.at == place.start or said[:1].isupper() else "mixed"
    before = block.tokens[place.at - 1]
    first = next((c for c in said if c.isalpha()), "")
    if before.low in (":", ",") and (first.isupper() or before.low == ":"):
        return "direct"
    near = found is not None and found.gap == 0 and found.strength >= 0.9
    if near and first.isupper() and len(said.split()) > 4 and before.low != "that":
        return "direct"
    return "mixed"



def _quotes(
    text: str, runs: Sequence[Run], said: Sequence[Said], cast: Cast
) -> tuple[list[Quote], tuple[Person, ...], Callable[[int], int | None]]:
    people, places = cast.people()

    def person_at(start: int) -> int | None:
        entity = cast.at(start)
        return places.get(id(entity)) if entity else None

    groups: dict[int, list[Said]] = {}
    leader: dict[int, int] = {}
    for item in said:
        first = item.run if item.joins is None else leader.get(item.joins, item.run)
        leader[item.run] = first
        groups.setdefault(first, []).append(item)
    told = {item.run for item in said}
    quotes = [
        Quote((run.span,), "other", confidence=0.8, reason="a nickname in a name")
        for i, run in enumerate(runs)
        if i not in told
    ]
    for items in groups.values():
        head = items[0]
        pieces = tuple(runs[item.run].span for item in items)
        found = head.found
        if head.kind == "other" or found is None:
            quotes.append(Quote(pieces, head.kind, confidence=0.5, reason="no speaker found"
                                if head.kind != "other" else "not speech"))
            continue
        phrase = found.phrase
        entity = cast.at(phrase.span.start) if phrase else None
        quotes.append(
            Quote(
                pieces, head.kind,
                places.get(id(entity)) if entity else None,
                phrase.span if phrase else None,
                found.cue,
                phrase.description if phrase else None,
                found.confidence, found.reason,
            )
        )
    return quotes, people, person_at
