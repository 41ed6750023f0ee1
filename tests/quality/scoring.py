"""Score quotations against annotated articles: what was found, who is right, under which name.

The unit is the piece. It is found where its words are the same at the same place, marks and closing
points at the edges aside; it covers another where they share half of what they span together. The
speaker is right where the mention touches one of the right mentions, or the names end alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ingest.article import Paragraph, Span
from ingest.export import scored_kind
from ingest.quotes import find_quotes

EDGES = " \t\r\n\xa0.,;:!?…—–-\"'“”‘’«»„‚‹›`"
PRONOUNS = frozenset(
    "he she it they i we you who which him her his them er sie il elle él ella".split()
)
QUOTED = ("direct", "mixed")


@dataclass(frozen=True)
class Piece:
    """A stretch of quoted words with the quotation that it belongs to."""

    span: Span
    quote: dict[str, Any]


@dataclass
class Tally:
    """Counts over articles, and the figures that they come to."""

    wanted: int = 0
    given: int = 0
    exact: int = 0
    covered: int = 0
    right: int = 0
    both: int = 0
    named: int = 0
    nameable: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        return self

    def figures(self) -> dict[str, float]:
        """The share of pieces found, of speakers right, of both together, of full names right."""
        return {
            "exact": f1(self.exact, self.given, self.wanted),
            "speaker": self.right / self.covered if self.covered else 0.0,
            "who-said": f1(self.both, self.given, self.wanted),
            "full name": self.named / self.nameable if self.nameable else 0.0,
        }


def f1(hits: int, given: int, wanted: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / (given + wanted) if given + wanted else 0.0


def articles(path: Path) -> list[dict[str, Any]]:
    """The annotated articles of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def paragraphs_of(text: str) -> list[Paragraph]:
    """Every line with words in it is a paragraph, as in the annotated files."""
    return [Paragraph(Span(*m.span()), m.group()) for m in re.finditer(r"[^\n]*[^\s][^\n]*", text)]


def predicted(text: str) -> list[dict[str, Any]]:
    """What the engine finds, in the form of the annotated quotations; no speech is left out."""
    quotes, people = find_quotes(text, paragraphs_of(text))
    return [
        {
            "pieces": [list(piece) for piece in quote.pieces],
            "speaker": quote.mention.of(text) if quote.mention else None,
            "speaker_span": list(quote.mention) if quote.mention else None,
            "speaker_full": _full_name(people, quote.person),
            "kind": scored_kind(quote),
        }
        for quote in quotes
        if quote.kind != "other"
    ]


def _full_name(people: Sequence[Any], index: int | None) -> str | None:
    if index is None or people[index].kind == "unnamed":
        return None
    return str(people[index].name)


def tally(
    article: dict[str, Any], guessed: list[dict[str, Any]], kinds: Sequence[str] = QUOTED
) -> Tally:
    """Compare one article's quotations of some kinds with what was found."""
    text = article["text"]
    gold = list(_pieces(text, article["quotes"], QUOTED))
    ignored = [Span(*span) for span in article.get("ignore", ())]
    guess = [
        piece
        for piece in _pieces(text, guessed, (*QUOTED, "turn"))
        if any(_touch(piece.span, g.span) for g in gold)
        or not any(_touch(piece.span, span) for span in ignored)
    ]
    count = Tally()
    partner = _partners(gold, guess)
    for i, want in enumerate(gold):
        if want.quote["kind"] not in kinds:
            continue
        count.wanted += 1
        if i not in partner:
            continue
        have = guess[partner[i]]
        exact = want.span.of(text).split() == have.span.of(text).split()
        right = _right(want.quote, have.quote)
        count += Tally(covered=1, exact=exact, right=right, both=exact and right)
        if "speaker_full" in want.quote:
            named = (want.quote["speaker_full"] or None) == have.quote["speaker_full"]
            count += Tally(nameable=1, named=named)
    of_kind = {j: gold[i].quote["kind"] for i, j in partner.items()}
    count.given = sum(of_kind.get(j, p.quote["kind"]) in kinds for j, p in enumerate(guess))
    return count


def _pieces(text: str, quotes: Sequence[dict[str, Any]], kinds: Sequence[str]) -> Iterator[Piece]:
    for quote in quotes:
        for start, end in quote["pieces"] if quote["kind"] in kinds else ():
            inside = text[start:end].strip(EDGES)
            if inside:
                at = text.index(inside, start)
                yield Piece(Span(at, at + len(inside)), quote)


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _partners(gold: Sequence[Piece], guess: Sequence[Piece]) -> dict[int, int]:
    """Which guess goes with which gold piece: the largest overlap first, one to one."""
    ranked = []
    for i, want in enumerate(gold):
        for j, have in enumerate(guess):
            shared = min(want.span.end, have.span.end) - max(want.span.start, have.span.start)
            both = max(want.span.end, have.span.end) - min(want.span.start, have.span.start)
            if shared > 0 and shared >= both / 2:
                ranked.append((shared / both, i, j))
    partner: dict[int, int] = {}
    for _, i, j in sorted(ranked, reverse=True):
        if i not in partner and j not in partner.values():
            partner[i] = j
    return partner


def _right(want: dict[str, Any], have: dict[str, Any]) -> bool:
    if not want["speaker"]:
        return not have["speaker"]
    spans = [want["speaker_span"], *want.get("speaker_also", ())]
    mention = have["speaker_span"]
    if mention and any(_touch(Span(*mention), Span(*span)) for span in spans if span):
        return True
    wanted = {_last_word(want["speaker"]), _last_word(want.get("speaker_full"))}
    given = {_last_word(have["speaker"]), _last_word(have["speaker_full"])}
    return bool((wanted & given) - PRONOUNS - {""})


def _last_word(name: str | None) -> str:
    words = (name or "").strip(EDGES).split()
    return re.sub(r"['’]s$", "", words[-1]).strip(EDGES).casefold() if words else ""


def figures(path: Path) -> dict[str, float]:
    """The figures of one annotated file, direct and mixed together, and mixed alone."""
    every, mixed = Tally(), Tally()
    for article in articles(path):
        guessed = predicted(article["text"])
        every += tally(article, guessed)
        mixed += tally(article, guessed, ("mixed",))
    return every.figures() | {"who-said, mixed": mixed.figures()["who-said"]}
