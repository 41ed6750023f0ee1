"""Search hits as a terminal and as other programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.text import Text

from db.revisions import ParagraphChange
from db.search import END, START, Hit

_KINDS = {"article": "title", "paragraph": "paragraph", "quote": "quote"}


def hit_text(hit: Hit) -> Text:
    """A search hit: where, when, the words found, who says them."""
    title = Text(hit.title or "without a title", style="bold")
    about = " · ".join(part for part in (hit.published, hit.publisher) if part)
    where = "title" if hit.position is None else f"{_KINDS[hit.kind]} {hit.position}"
    if hit.revision is not None:
        where += f" of superseded revision {hit.revision}"
    text = Text.assemble(title, f"  {about}" if about else "", f"  [{hit.article_id}, {where}]\n")
    text.append("    ")
    if hit.kind == "quote":
        text.append(f"{hit.speaker or 'somebody'}: ", style="italic")
    return text.append_text(_highlighted(hit.snippet))


def _highlighted(snippet: str) -> Text:
    text = Text()
    for number, part in enumerate(snippet.replace(END, START).split(START)):
        text.append(" ".join(part.split(" ")), style="bold reverse" if number % 2 else "")
    return text


def hit_json(hit: Hit) -> str:
    """A hit as one JSON line; matched words stand between <mark> and </mark>, the rest as it is."""
    fields = {name: getattr(hit, name) for name in Hit.__slots__}
    fields["snippet"] = hit.snippet.replace(START, "<mark>").replace(END, "</mark>")
    return json.dumps(fields, ensure_ascii=False)


def change_lines(change: ParagraphChange) -> Iterator[str]:
    """A change as lines: "-" before what was cut, "+" before what was added."""
    if change.before is not None:
        yield f"- {change.before}"
    if change.after is not None:
        yield f"+ {change.after}"
