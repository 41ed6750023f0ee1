"""What a revision changed: paragraphs kept, cut, added, and the words that differ within one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

Change = Literal["same", "cut", "added", "changed"]

# Two paragraphs are one that was edited when more of their words agree than not.
_EDITED = 0.5
# Beyond so many words, or pairs of paragraphs, a comparison would take minutes.
_LONG = 3_000
_MOST_PAIRS = 10_000


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One step of a diff. `before` is None for an added paragraph, `after` for one that was cut."""

    kind: Change
    before: str | None
    after: str | None

    def words(self) -> list[tuple[Change, str]]:
        """The words of a changed paragraph in runs: same, cut and added."""
        old, new = (self.before or "").split(), (self.after or "").split()
        runs: list[tuple[Change, str]] = []
        for step, a, b, c, d in _steps(old, new):
            if step == "equal" and b > a:
                runs.append(("same", " ".join(old[a:b])))
                continue
            if b > a:
                runs.append(("cut", " ".join(old[a:b])))
            if d > c:
                runs.append(("added", " ".join(new[c:d])))
        return runs


def paragraphs_of(conn: sqlite3.Connection, article_id: int, number: int) -> list[str] | None:
    """The title and the paragraphs of a revision, in order; None where there is no such one."""
    row = conn.execute(
        "SELECT revisions.reading, articles.title FROM revisions"
        " JOIN articles ON articles.id = revisions.article_id"
        " WHERE article_id = ? AND number = ?",
        [article_id, number],
    ).fetchone()
    if row is None:
        return None
    if row[0] is not None:
        reading = json.loads(row[0])
        return [reading["title"] or "", *(part["text"] for part in reading["paragraphs"])]
    parts = conn.execute(
        "SELECT text FROM paragraphs WHERE article_id = ? ORDER BY position", [article_id]
    )
    return [row[1] or "", *(text for (text,) in parts)]


def diff(before: list[str], after: list[str]) -> list[ParagraphChange]:
    """How `after` came from `before`, in the order of reading."""
    changes: list[ParagraphChange] = []
    for step, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if step == "equal":
            changes += [ParagraphChange("same", text, text) for text in before[a:b]]
        else:
            changes += _paired(before[a:b], after[c:d])
    return changes


def _paired(old: list[str], new: list[str]) -> Iterator[ParagraphChange]:
    """Edited paragraphs next to what they were; the rest as cut and added."""
    waiting = list(old)
    pairs = 0
    for text in new:
        pairs += len(waiting)
        nearest = waiting if pairs <= _MOST_PAIRS else waiting[:1]
        match = next((at for at, other in enumerate(nearest) if _alike(other, text)), None)
        if match is None:
            yield ParagraphChange("added", None, text)
            continue
        for other in waiting[:match]:
            yield ParagraphChange("cut", other, None)
        yield ParagraphChange("changed", waiting[match], text)
        waiting = waiting[match + 1 :]
    for other in waiting:
        yield ParagraphChange("cut", other, None)


def _alike(one: str, other: str) -> bool:
    old, new = one.split(), other.split()
    matcher = SequenceMatcher(None, old, new)
    if matcher.quick_ratio() <= _EDITED:
        return False
    return max(len(old), len(new)) > _LONG or matcher.ratio() > _EDITED


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """How the words `new` came from `old`, as difflib's opcodes."""
    if max(len(old), len(new)) <= _LONG:
        yield from SequenceMatcher(None, old, new).get_opcodes()
        return
    begin = _shared(old, new)
    ends = _shared(old[begin:][::-1], new[begin:][::-1])
    yield "equal", 0, begin, 0, begin
    yield "replace", begin, len(old) - ends, begin, len(new) - ends
    yield "equal", len(old) - ends, len(old), len(new) - ends, len(new)


def _shared(one: list[str], other: list[str]) -> int:
    """With how many of the same words both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
