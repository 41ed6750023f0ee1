"""`/search.json`, `/search.csv`, `/search.atom`: a list of results for other programs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from db.search import ArticleHit, Hit, PersonHit, PlaceHit, Results
from db.search.results import Segments
from db.site import folders, shell
from db.site.pages.results import Wish, find

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

# Hits a page; `page=2` goes on.
_SIZE = 100
_ATOM_SIZE = 50
# What a spreadsheet would take for a formula. OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLACE = (
    "text", "speaker", "cue", "kind", "title", "publisher", "published", "copies", "article_id",
    "link",
)  # fmt: skip
_COLUMNS = {
    "articles": (
        "title", "publisher", "byline", "published", "found_in", "text", "copies", "article_id",
        "link",
    ),
    "paragraphs": _PLACE,
    "quotes": _PLACE,
    "people": ("name", "kind", "quotes", "articles", "published", "first", "link"),
}  # fmt: skip
_CONTROLS = {i: None for i in range(32) if i not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


async def as_json(datasette: Datasette, request: Request) -> Response:
    """A page of the results with the counts, the facets and how the query was read."""
    from datasette.utils.asgi import Response

    wish = Wish.of(request)
    found = await find(datasette, request, wish, _SIZE)
    lacking = folders.missing(datasette)
    document = {
        "query": wish.values["q"],
        "read_as": found.reading,
        "suggestion": found.suggestion,
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "hits": list(_rows(datasette, request, found)),
        "facets": {
            name: [{"value": c.value, "label": c.label, "count": c.count} for c in counts]
            for name, counts in (
                ("year", found.facets.years),
                ("publisher", found.facets.publishers),
                ("speaker", found.facets.people),
            )
        },
        "over_time": [{"when": c.label, "count": c.count} for c in found.timeline],
        "complete": not lacking,
        "missing": [{"file": m.shard.path.name, "reason": m.reason} for m in lacking],
    }
    return Response(
        json.dumps(document, ensure_ascii=False),
        headers={"content-security-policy": shell.POLICY},
        content_type="application/json; charset=utf-8",
    )


async def as_csv(datasette: Datasette, request: Request) -> Response:
    """A page of the results, one a line."""
    from datasette.utils.asgi import Response

    wish = Wish.of(request)
    found = await find(datasette, request, wish, _SIZE)
    rows = list(_rows(datasette, request, found))
    file = io.StringIO(newline="")
    # A list without hits is a table all the same.
    writer = csv.DictWriter(file, _COLUMNS[found.tab])
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return Response(
        file.getvalue(),
        headers={"content-disposition": f'attachment; filename="{wish.values["tab"]}.csv"'},
        content_type="text/csv; charset=utf-8",
    )


async def as_atom(datasette: Datasette, request: Request) -> Response:
    """The newest results as a feed (RFC 4287); the order that was asked for does not matter."""
    from datasette.utils.asgi import Response

    wish = Wish.of(request)
    wish = Wish(wish.values | {"sort": "newest", "page": "1"})
    found = await find(datasette, request, wish, _ATOM_SIZE)
    here = _absolute(request, request.full_path)
    entries = "".join(_entry(row) for row in _rows(datasette, request, found))
    newest = max((row["published"] or "" for row in _rows(datasette, request, found)), default="")
    narrowed = (*found.facets.people, *found.facets.publishers)
    chosen = {wish.values["speaker"], wish.values["publisher"]} - {""}
    about = [wish.values["q"], *(c.label for c in narrowed if str(c.value) in chosen)]
    title = f"Onrecord: {', '.join(filter(None, about)) or 'everything'}"
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{_text(title)}</title><id>{_text(here)}</id>"
        f'<link rel="self" href={quoteattr(here)}/><updated>{_stamp(newest)}</updated>'
        f"{_subtitle(datasette)}"
        f"<author><name>Onrecord</name></author>{entries}</feed>\n"
    )
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _subtitle(datasette: Datasette) -> str:
    lacking = folders.missing(datasette)
    if not lacking:
        return ""
    names = ", ".join(one.shard.path.name for one in lacking)
    return f"<subtitle>{_text(f'Not complete: {names} cannot be read')}</subtitle>"


def _rows(datasette: Datasette, request: Request, found: Results) -> Iterator[dict[str, Any]]:
    for hit in found.hits:
        row = _row(hit)
        row["link"] = _absolute(request, datasette.urls.path(row["link"]))
        yield row


def _row(hit: Hit) -> dict[str, Any]:
    match hit:
        case PersonHit():
            return {
                "name": hit.name, "kind": hit.kind, "quotes": hit.quotes, "articles": hit.articles,
                "published": hit.last, "first": hit.first, "link": f"/speaker/{hit.person_id}",
            }  # fmt: skip
        case ArticleHit():
            anchor = f"#{hit.anchor}" if hit.anchor else ""
            return {
                "title": _plain(hit.title), "publisher": hit.publisher, "byline": hit.byline,
                "published": hit.published, "found_in": ", ".join(hit.fields),
                "text": " … ".join(_plain(m.snippet) for m in hit.matches if m.field != "title"),
                "copies": hit.copies, "article_id": hit.article_id,
                "link": f"/article/{hit.article_id}{anchor}",
            }  # fmt: skip
        case PlaceHit():
            return {
                "text": _plain(hit.match.snippet), "speaker": hit.match.speaker,
                "cue": hit.match.cue, "kind": hit.kind, "title": hit.title,
                "publisher": hit.publisher, "published": hit.published, "copies": hit.copies,
                "article_id": hit.article_id,
                "link": f"/article/{hit.article_id}#{hit.match.anchor}",
            }  # fmt: skip


def _plain(segments: Segments) -> str:
    return "".join(text for text, _ in segments)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _absolute(request: Request, path: str) -> str:
    # An address that somebody else's text has a part in is spelled in ASCII.
    return f"{request.scheme}://{request.host}{quote(path, safe='/?&=#%:+,;~-._')}"


def _entry(row: dict[str, Any]) -> str:
    head = row.get("title") or row.get("name") or "Without a title"
    speaker = f"{row['speaker']}: " if row.get("speaker") else ""
    said = speaker + (row.get("text") or "")
    about = f"<summary>{_text(said)}</summary>" if said else ""
    # The same words at the same place are the same entry, whatever number the article has.
    told = "\n".join(str(row.get(name) or "") for name in ("title", "name", "published", "text"))
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    return (
        f"<entry><title>{_text(str(head))}</title><id>urn:onrecord:{digest}</id>"
        f"<link href={quoteattr(row['link'])}/><updated>{_stamp(row['published'])}</updated>"
        f"{about}</entry>"
    )


def _stamp(moment: str | None) -> str:
    """RFC 3339 asks for a second and a zone, which few papers print; what is missing is nought."""
    day, _, clock = (moment or "1970-01-01").partition("T")
    day += "-01-01"[len(day) - 4 :] if len(day) < 10 else ""
    zone = next((clock[i:] for i, c in enumerate(clock) if c in "Z+-"), "")
    bare = clock[: len(clock) - len(zone)] or "00:00:00"
    bare += ":00" if bare.count(":") == 1 else ""
    return f"{day}T{bare}{zone or 'Z'}"


def _text(text: str) -> str:
    return escape(text.translate(_CONTROLS))
