"""What a revision changed: paragraphs kept, cut, added, and the words that differ within one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "cut", "added", "changed"]

# Two paragraphs are one that was edited when more of their words agree than not.
_EDITED = 0.5


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
        for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if step == "equal":
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
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, a, b, c, d in steps:
        if step == "equal":
            changes += [ParagraphChange("same", text, text) for text in before[a:b]]
        else:
            changes += _paired(before[a:b], after[c:d])
    return changes


def _paired(old: list[str], new: list[str]) -> Iterator[ParagraphChange]:
    """Edited paragraphs next to what they were; the rest as cut and added."""
    waiting = list(old)
    for text in new:
        match = next((at for at, other in enumerate(waiting) if _alike(other, text)), None)
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
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.quick_ratio() > _EDITED and matcher.ratio() > _EDITED
