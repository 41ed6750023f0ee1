"""Search hits as a terminal and as other programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.text import Text

from db.revisions import ParagraphChange
from db.search import (
    ArticleHit,
    Hit,
    Match,
    PersonHit,
    PlaceHit,
    Results,
    Segments,
    SupersededHit,
)


def hit_text(hit: Hit) -> Text:
    """A search hit: where, when, the words found, who says them."""
    match hit:
        case ArticleHit():
            places = [_place(match) for match in hit.matches if match.field != "title"]
            many = "1 copy" if hit.copies == 1 else f"{hit.copies:,} copies"
            copies = f", and {many}" if hit.copies else ""
            found = f"  [{hit.article_id}{_fields(hit)}{copies}]"
            head = _head(_highlighted(hit.title), hit.published, hit.publisher, found)
            return Text("\n").join([head, *places])
        case PlaceHit():
            found = f"  [{hit.article_id}]"
            title = Text(hit.title or "without a title")
            return Text("\n").join(
                [_head(title, hit.published, hit.publisher, found), _place(hit.match)]
            )
        case PersonHit():
            when = " to ".join(dict.fromkeys(d[:10] for d in (hit.first, hit.last) if d))
            counts = f"{_count(hit.quotes, 'quote')} in {_count(hit.articles, 'article')}"
            return Text.assemble((hit.name, "bold"), f"  {counts}", f" · {when}" if when else "")


def superseded_text(hit: SupersededHit) -> Text:
    """A paragraph of a superseded revision."""
    where = f"paragraph {hit.position} of superseded revision {hit.revision}"
    title = Text(hit.title or "without a title")
    head = _head(title, hit.published, hit.publisher, f"  [{hit.article_id}, {where}]")
    return Text.assemble(head, "\n    ", _highlighted(hit.snippet))


def summary_text(results: Results) -> str:
    """How much was found, how the query was read, and what else might have been meant."""
    total = count_text(results.total, len(results.hits), results.page, results.size)
    lines = [total, results.reading]
    if results.suggestion:
        lines.append(f"Did you mean: {results.suggestion}")
    return "\n".join(lines)


def count_text(total: int, shown: int, page: int, size: int) -> str:
    """How much was found, and which page of it is shown."""
    text = _count(total, "hit")
    pages = -(-total // size)
    if total and not shown:
        return f"{text}, but no page {page}: the last one is {pages}"
    return f"{text}, page {page} of {pages} shown" if total > shown else text


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fields(hit: ArticleHit) -> str:
    return f": found in {', '.join(hit.fields)}" if hit.fields else ""


def _head(title: Text, published: str | None, publisher: str | None, found: str) -> Text:
    title.stylize("bold")
    about = " · ".join(part for part in (published, publisher) if part)
    return Text.assemble(title, f"  {about}" if about else "", found)


def _place(match: Match) -> Text:
    text = Text(f"    {match.anchor or match.field}  ")
    if match.field == "quote":
        text.append(f"{match.speaker or 'somebody'}: ", style="italic")
    return text.append_text(_highlighted(match.snippet))


def _highlighted(found: Segments) -> Text:
    text = Text()
    for part, hit in found or (("without a title", False),):
        text.append(" ".join(part.split(" ")), style="bold reverse" if hit else "")
    return text


def hit_json(hit: Hit | SupersededHit) -> str:
    """A hit as one JSON line; what was found stands between <mark> and </mark>, the rest as is."""
    fields = asdict(hit, dict_factory=_with_marks)
    return json.dumps(fields, ensure_ascii=False)


def _with_marks(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    for name in fields.keys() & {"snippet", "title"}:
        if isinstance(fields[name], tuple):
            fields[name] = "".join(f"<mark>{t}</mark>" if hit else t for t, hit in fields[name])
    return fields


def change_lines(change: ParagraphChange) -> Iterator[str]:
    """A change as lines: "-" before what was cut, "+" before what was added."""
    if change.before is not None:
        yield f"- {change.before}"
    if change.after is not None:
        yield f"+ {change.after}"
