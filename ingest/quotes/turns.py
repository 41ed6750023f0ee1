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
        elif own and result and item.place.at == 0 and _leads_to(runs, result[-1], item):
            item = _told_at_last(runs, result, item)
        elif item.kind != "other" and before is not None and not _by_many(item):
            item = _joined(text, runs, item, before, result)
        result.append(item)
        if item.kind != "other":
            before = item
    return result


def _leads_to(runs: Sequence[Run], last: Said, item: Said) -> bool:
    """Whether a paragraph that is all one quotation, with nobody beside it, leads to the next."""
    here, before = runs[item.run], runs[last.run]
    if last.found is not None or last.kind == "other" or here.paragraph - before.paragraph != 1:
        return False
    return here.continues or (last.place.at == 0 and _alone(last))


def _told_at_last(runs: Sequence[Run], result: list[Said], item: Said) -> Said:
    """Give what leads to a paragraph the speaker named in it; join one long speech."""
    at = len(result) - 1
    while result[at].joins is not None:
        at -= 1
    found, joins = item.found, runs[item.run].continues
    if found is not None and not joins:
        found = found._replace(cue=None, reason=AT_LAST, confidence=0.6)
    for k in range(at, len(result)):
        result[k] = result[k]._replace(found=found)
    return item._replace(joins=result[-1].run, kind=result[-1].kind) if joins else item


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


AT_LAST = "named in the paragraph behind"
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
        tokens = past.block.tokens
        begins = tokens[0].kind == "quote" or (len(lines) == 1 and _asks(past))
        if number != here - len(lines) - 1 or not begins:
            break
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


def _asks(item: Said) -> bool:
    """Whether a paragraph is an attribution, a colon and what is said: Pell asked: “Whose?”."""
    tokens, at = item.block.tokens, item.place.at
    return at == len(tokens) - 1 and tokens[at - 1].low in (":", ",")


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
