"""What the forms of the site do: each a function of what was typed, run where it may write.

    desk.py         the archive and the notebook, open for writing; what a form sent
    corrections.py  titles, dates, speakers, who is who, undo
    notes.py        notes, tags, lists
    judging.py      samples and saved searches

A function returns Done: the line to show and, where the page that the form stood on is gone, the
one to show it on. What cannot be done raises an ArchiveError or ValueError with the line that says
why.
"""

from __future__ import annotations

from collections.abc import Callable

from db.site.acts import corrections, judging, notes
from db.site.acts.desk import Desk, Done, Sent

__all__ = ["ACTS", "Desk", "Done", "Sent"]

# By the last part of the form's address: /-/edit/title.
ACTS: dict[str, Callable[[Desk, Sent], Done]] = {
    "title": corrections.title,
    "date": corrections.date,
    "speaker": corrections.speaker,
    "merge": corrections.merge,
    "split": corrections.split,
    "undo": corrections.undo,
    "note": notes.note,
    "rewrite": notes.rewrite,
    "tear-out": notes.tear_out,
    "tag": notes.tag,
    "untag": notes.untag,
    "list": notes.enlist,
    "unlist": notes.take_off,
    "move": notes.move,
    "draw": judging.draw,
    "judge": judging.judge,
    "save-search": judging.save_search,
    "look": judging.look,
    "forget": judging.forget,
}
