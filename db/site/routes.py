"""The addresses of our pages. They come before Datasette's own, whose home ours takes the place of.

`#p7` and `#q3` on an article's page are the paragraph's and the quotation's number there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from db.site.pages import article, cite, help, home, lists, results, saying, speaker, speakers

_ID = r"(?P<id>[0-9]{1,20})"
_NUMBER = r"(?P<number>[0-9]{1,20})"
_ENDING = r"\.(?P<ending>bib|ris|json)"

ROUTES: list[tuple[str, Callable[..., Awaitable[Any]]]] = [
    # The group is what Datasette's own index looks for.
    (r"^/(?P<format>)$", home.home),
    (rf"^/article/{_ID}$", article.article),
    (rf"^/article/{_ID}/changes/{_NUMBER}$", article.changes),
    (rf"^/article/{_ID}/quote/{_NUMBER}$", saying.saying),
    (rf"^/article/{_ID}/cite$", cite.cite),
    (rf"^/article/{_ID}/cite{_ENDING}$", cite.as_file),
    (rf"^/article/{_ID}/quote/{_NUMBER}/cite$", cite.cite),
    (rf"^/article/{_ID}/quote/{_NUMBER}/cite{_ENDING}$", cite.as_file),
    (rf"^/speaker/{_ID}$", speaker.speaker),
    (r"^/speakers$", speakers.speakers),
    (r"^/search$", results.results),
    (r"^/search\.json$", lists.as_json),
    (r"^/search\.csv$", lists.as_csv),
    (r"^/search\.atom$", lists.as_atom),
    (r"^/help$", help.how_to_search),
]
