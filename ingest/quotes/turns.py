"""Speakers carried over: what goes on from the quotation before, which pieces belong together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from ingest.article import QuoteKind
from ingest.quotes.marks import Run
from ingest.quotes.rules import CRIES, HEARD, HEARSAY, NO_SUBJECT, TOLD, Found, Place
from ingest.quotes.tokens import Block


class Said(NamedTuple):
    """A run, its place and what the rules found; `joins` is the run whose quotation it goes on."""

    run: int
    block: Block
    place: Place
    found: Found | None
    kind: QuoteKind
    joins: int | None = None


def carry_over(text: str, runs: Sequence[Run], said: Sequence[Said]) -> list[Said]:
    """Give each run that no rule settled the speaker of the one before, where it stands alone."""
    result: list[Said] = []
    before: Said | None = None
    for item in said:
        run = runs[item.run]
        own = item.found is not None and item.found.phrase is not None
        if run.continues and result and not own:
            item = _goes_on(item, result[-1], "goes on over the paragraph")
        elif item.kind != "other" and before is not None and not _by_many(item):
            item = _joined(text, runs, item, before, result)
        result.append(item)
        if item.kind != "other":
            before = item
    return result


def _by_many(item: Said) -> bool:
    """Whether nobody in particular said it, so that nobody before did."""
    return item.found is not None and item.found.reason in (CRIES, HEARD, HEARSAY, TOLD)


def _joined(
    text: str, runs: Sequence[Run], item: Said, before: Said, result: Sequence[Said]
) -> Said:
    run, last = runs[item.run], runs[before.run]
    same_paragraph = run.paragraph == last.paragraph
    alone = _alone(item)
    if item.found is not None and item.found.phrase is not None:
        return _middle(item, before) if same_paragraph else item
    if same_paragraph and alone and before.found is not None:
        gap = item.place.at - before.place.at
        direct = before.kind == "direct" and gap < 40 and _only_attribution(item, before)
        return _goes_on(item, before, "goes on in the paragraph", join=direct)
    if same_paragraph and item.place.start == before.place.start and before.found is not None:
        return _goes_on(item, before, "same sentence as the quotation before")
    if same_paragraph and before.found is not None:
        return _goes_on(item, before, "goes on from the last speaker", join=False)
    near = run.paragraph - last.paragraph <= 2
    if near and before.found is not None and item.found and item.found.reason == NO_SUBJECT:
        gone = _goes_on(item, before, "goes on from the last speaker", join=False)
        return gone._replace(found=gone.found and gone.found._replace(cue=item.found.cue))
    if alone and near and before.found is not None:
        other = _other_speaker(text, runs, item, result)
        if other is not None:
            return _goes_on(item, other, "turns of talk", join=False)
        # A mark that stays open tells of one long speech, and the words before belong to it too.
        long = not run.closed and run.paragraph - last.paragraph == 1 and before.kind == "direct"
        return _goes_on(item, before, "goes on from the last speaker", join=long)
    return item


SHORT_TURN = 160  # characters; longer paragraphs are no exchange of remarks


def _other_speaker(
    text: str, runs: Sequence[Run], item: Said, result: Sequence[Said]
) -> Said | None:
    """In an exchange of short remarks, a line to a paragraph, whoever spoke before the last one."""
    here = runs[item.run].paragraph
    lines: list[Said] = []
    for past in reversed(result):
        number = runs[past.run].paragraph
        if lines and number == runs[lines[-1].run].paragraph:
            continue
        if number != here - len(lines) - 1 or past.block.tokens[0].kind != "quote":
            break
        tokens = past.block.tokens
        if tokens[-1].end - tokens[0].start > SHORT_TURN or not runs[past.run].closed:
            break
        lines.append(past)
        if len(lines) == 2:
            break
    if len(lines) < 2 or not all(x.found and x.found.phrase for x in lines):
        return None
    first, second = (x.found.phrase for x in lines if x.found is not None)
    if first is None or second is None or first.span.of(text) == second.span.of(text):
        return None
    return lines[1]


def _middle(item: Said, before: Said) -> Said:
    """Join two pieces round one attribution: "...," she said, "..."."""
    found, last = item.found, before.found
    if found is None or last is None or found.phrase is None or last.phrase is None:
        return item
    same = found.phrase.span == last.phrase.span
    if same and (found.cue == last.cue or item.place.start == before.place.start):
        return item._replace(joins=before.run, kind=before.kind)
    return item


def _alone(item: Said) -> bool:
    """Whether nothing but the quotation stands in its sentence."""
    tokens, place = item.block.tokens, item.place
    for token in tokens[place.start : place.end]:
        if token.kind != "quote" and token.kind != "point":
            return False
    return True


def _only_attribution(item: Said, before: Said) -> bool:
    """Whether one sentence at most stands between, the one with the attribution."""
    sentences = item.block.sentences
    first = bisect_left(sentences, before.place.at + 1, key=lambda s: s[0])
    last = bisect_left(sentences, item.place.at + 1, key=lambda s: s[1])
    return last - first <= 1


def _goes_on(item: Said, before: Said, reason: str, *, join: bool = True) -> Said:
    found = before.found
    if found is not None:
        found = found._replace(
            cue=found.cue if join else None,
            reason=reason,
            confidence=round(found.confidence * 0.9, 3),
        )
    kind = before.kind if join else item.kind
    return item._replace(found=found, kind=kind, joins=before.run if join else None)
