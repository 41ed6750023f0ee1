"""From a text and its paragraphs to quotes and people: the steps in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ingest.article import Paragraph, Person, Quote, QuoteKind, Span
from ingest.quotes import cues
from ingest.quotes.asides import joined, labels_of, nicknames, only_words
from ingest.quotes.attribute import attribution, places
from ingest.quotes.before import from_cue
from ingest.quotes.boldface import answers
from ingest.quotes.cast import Cast
from ingest.quotes.corrections import in_sentence, own_text, tells_of
from ingest.quotes.dialogue import DASH, with_dialogue
from ingest.quotes.further import announced, who_acts
from ingest.quotes.grammar import SIGN_NOUNS, Grammar, grammar, language_of
from ingest.quotes.headlines import in_headlines
from ingest.quotes.hits import find_cues
from ingest.quotes.incise import split_incises
from ingest.quotes.interviews import in_turn, see_addressed, see_answers, with_labels, with_speakers
from ingest.quotes.leadin import intro_of
from ingest.quotes.marks import SPEECH_KINDS, Run, find_runs, masked
from ingest.quotes.mentions import Phrase
from ingest.quotes.names import Name, find_names
from ingest.quotes.notspeech import is_other
from ingest.quotes.records import quote_of_turn, quotes_in_marks
from ingest.quotes.reported import find_reported, quotes_of
from ingest.quotes.resolve import resolve
from ingest.quotes.rules import DASHES, Found, Place, Reading
from ingest.quotes.settle import settle
from ingest.quotes.tokens import Block, sentences, tokenize
from ingest.quotes.transcripts import find_turns
from ingest.quotes.turns import Said, carry_over

LONGEST_SIGNATURE = 90  # characters


@dataclass(frozen=True, slots=True)
class Page:
    """An article with what is looked up in it all the time."""

    text: str
    mask: str
    paragraphs: Sequence[Paragraph]
    runs: Sequence[Run]
    names: dict[int, Name]
    tokens_of_runs: dict[int, int]
    labels: dict[int, Name]
    words: Grammar
    lexicon: cues.Lexicon
    in_turns: dict[int, Found]  # by the number of the paragraph
    own_text: Sequence[Span]


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
    words = grammar(language)
    lexicon = cues.lexicon(language)
    runs = find_runs(text, paragraphs)
    if language == "fr":
        runs = split_incises(text, runs, lexicon)
    elif language == "es":
        runs = with_dialogue(text, paragraphs, runs, lexicon)
    mask = masked(text, runs)
    speech = [p.span for p in paragraphs if p.kind in SPEECH_KINDS]
    labels = labels_of(text, runs)
    inside_names = nicknames(text, mask, runs)
    found = joined(mask, find_names(mask, speech, language), [runs[i] for i in inside_names])
    found = only_words(mask, found, words)
    if language == "en":
        found = in_headlines(mask, speech, found)
    turns = find_turns(mask, paragraphs)
    found = with_labels(found, turns)
    turns = turns or [*answers(mask, paragraphs, found)]
    turns, speakers = with_speakers(turns, found)
    page = Page(
        text,
        mask,
        paragraphs,
        runs,
        {name.whole.start: name for name in found},
        {run.outer.start: i for i, run in enumerate(runs) if i not in inside_names},
        labels,
        words,
        lexicon,
        {n: in_turn(t, p) for t, p in zip(turns, speakers, strict=True) for n in t.paragraphs},
        own_text(mask, language),
    )
    people_named = sorted([*found, *labels.values()], key=attrgetter("span"))
    said = _attributed(page)
    told = [p for n, p in enumerate(paragraphs) if n not in page.in_turns] if turns else paragraphs
    reported = find_reported(text, mask, told, people_named, language)
    if page.own_text:
        own = page.own_text
        reported = [one for one in reported if not tells_of(mask, own, one.said.mention)]
    phrases = [item.found.phrase for item in said if item.found and item.kind != "other"]
    phrases += [one.phrase for one in reported]
    phrases += speakers
    cast = Cast(words)
    resolve(mask, text, cast, people_named, [p for p in phrases if p is not None], speech)
    see_answers(cast, turns, text)
    see_addressed(cast, said, turns, [runs[item.run].paragraph for item in said])
    settle(cast, _names_elsewhere(text, title, names), mask)
    quotes, people, person_at = quotes_in_marks(runs, said, cast)
    quotes += quotes_of(reported, person_at)
    quotes += [quote_of_turn(turn, person_at) for turn in turns]
    return tuple(sorted(quotes, key=lambda q: q.pieces[0])), people


def _names_elsewhere(text: str, title: Span | None, names: Sequence[str]) -> list[Name]:
    found = find_names(text, [title]) if title is not None else []
    for known in names:
        found += find_names(known, [Span(0, len(known))])
    return found


def _attributed(page: Page) -> list[Said]:
    said: list[Said] = []
    for number in dict.fromkeys(run.paragraph for run in page.runs):
        block = _block(page, number)
        reading = Reading(page.text, block, page.runs, page.words, page.lexicon)
        for place in places(reading):
            run = block.tokens[place.at].run
            found = attribution(reading, place)
            if found is None and place.at == 0 and number:
                found = _announced(page, number - 1)
            signed = None
            if found is None and place.start == 0 and place.end == len(block.tokens):
                signed = found = _signed(page, number + 1)
            if found is None:
                found = page.in_turns.get(number)
            label = page.labels.get(run)
            if label is not None:
                phrase = Phrase("name", label.span, place.at, place.at, label)
                found = Found(phrase, None, "name and colon at the start of the line", 0.8, 0.9)
            kind = "direct" if signed else _kind(page, page.runs[run], block, place, found)
            if page.own_text and _is_own(page, page.runs[run], found):
                found, kind = None, "other"
            said.append(tuple.__new__(Said, (run, block, place, found, kind, None)))
    carried = carry_over(page.text, page.runs, said)
    if not any(item.found is None and item.kind == "direct" for item in carried):
        return carried
    both = zip(said, carried, strict=True)
    said = [_led_to(page, own) if had.found is None else own for own, had in both]
    return carry_over(page.text, page.runs, said)


def _led_to(page: Page, item: Said) -> Said:
    """A paragraph that is all one quotation, with whoever acts at the end of the one before."""
    number, block = page.runs[item.run].paragraph - 1, item.block
    lone = all(token.kind != "word" and token.kind != "name" for token in block.tokens)
    if item.found or item.kind != "direct" or item.place.at > 0 or not lone or number < 0:
        return item
    before = _block(page, number)
    if page.text[page.paragraphs[number].span.end - 1] not in ".…" or not before.tokens:
        return item
    r = Reading(page.text, before, page.runs, page.words, page.lexicon)
    return item._replace(found=who_acts(r, *before.sentences[-1]))


def _block(page: Page, number: int) -> Block:
    tokens = tokenize(page.mask, page.paragraphs[number].span, page.names, page.tokens_of_runs)
    return Block(
        number,
        tokens,
        sentences(page.text, tokens, page.runs),
        find_cues(tokens, page.lexicon, page.words),
    )


def _announced(page: Page, number: int) -> Found | None:
    """The speaker whom the paragraph before announces with a colon at its end."""
    span = page.paragraphs[number].span
    if page.mask[span.start : span.end].rstrip()[-1:] != ":":
        return None
    block = _block(page, number)
    where = intro_of(block)
    if where is None:
        return None
    start, end = where
    reading = Reading(page.text, block, page.runs, page.words, page.lexicon)
    place = Place(end + 1, start, start, end + 1, end + 1)
    for hit in reversed([h for h in block.cues if start <= h.at < end]):
        found = from_cue(reading, hit, place)
        if found is not None and found.phrase is not None:
            return found
    return announced(reading, start, end)


def _signed(page: Page, number: int) -> Found | None:
    """The name in the paragraph behind, where that is a dash and a name: "— Ada Lunn, baker"."""
    if number >= len(page.paragraphs):
        return None
    span = page.paragraphs[number].span
    if not 1 < span.end - span.start <= LONGEST_SIGNATURE or page.text[span.start] not in DASHES:
        return None
    tokens = _block(page, number).tokens
    at = next((i for i, token in enumerate(tokens) if token.kind != "point"), 0)
    name = tokens[at].name
    if name is None or (at + 1 < len(tokens) and tokens[at + 1].kind != "point"):
        return None
    phrase = Phrase("name", name.span, at, at, name, None, tokens[at].low)
    return Found(phrase, None, "dash and name after the quotation", 0.8)


def _is_own(page: Page, run: Run, found: Found | None) -> bool:
    """Whether the article tells what it said itself, before somebody put it right."""
    phrase = found.phrase if found is not None else None
    if phrase is not None and tells_of(page.mask, page.own_text, phrase.span):
        return True
    named = phrase is not None and phrase.kind == "name"
    return not named and in_sentence(page.mask, page.own_text, run.outer.start)


def _kind(page: Page, run: Run, block: Block, place: Place, found: Found | None) -> QuoteKind:
    said = run.span.of(page.text)
    if run.mark == DASH:
        return "direct"
    if is_other(said, block.tokens, place, found, page.words):
        return "other"
    if place.floor == place.at:
        return "direct" if place.at == place.start or said[:1].isupper() else "mixed"
    before = block.tokens[place.at - 1]
    first = next((c for c in said if c.isalpha()), "")
    dated = place.start == 0 and place.at < 9 and before.low in DASHES  # SALTMERE — “We left,”
    if before.low == ":" or (first.isupper() and (dated or before.low == ",")):
        return "direct"
    near = found is not None and found.gap == 0 and found.strength >= 0.9
    written = found is not None and found.phrase is not None and found.phrase.low in SIGN_NOUNS
    if written and found and found.gap == 0 and first.isupper():
        return "direct"
    whole = len(said.split()) > 4 or said[-1] in "!?"
    if near and first.isupper() and whole and before.low != "that":
        return "direct"
    return "mixed"
