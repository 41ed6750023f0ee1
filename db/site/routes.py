"""The addresses of our pages. They come before Datasette's own, whose home ours takes the place of.

`#p7` and `#q3` on an article's page are the paragraph's and the quotation's number there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from db.site.pages import (
    article,
    cite,
    corrections,
    edit,
    help,
    home,
    lists,
    notebook,
    results,
    samples,
    saved,
    saying,
    sign_in,
    speaker,
    speakers,
    take_in,
)

_ID = r"(?P<id>[0-9]{1,20})"
_NUMBER = r"(?P<number>[0-9]{1,20})"
_ENDING = r"\.(?P<ending>bib|ris|json)"

ROUTES: list[tuple[str, Callable[..., Awaitable[Any]]]] = [
    # The group is what Datasette's own index looks for.
    (r"^/(?P<format>)$", home.home),
    (rf"^/article/{_ID}$", article.article),
    (rf"^/article/{_ID}/changes/{_NUMBER}$", article.changes),
    (rf"^/article/{_ID}/beside/{_NUMBER}$", article.beside),
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
    (r"^/corrections$", corrections.corrections),
    (r"^/notebook$", notebook.notebook),
    (r"^/(?P<shelf>tag|list)$", notebook.shelf),
    (r"^/(?P<shelf>tag|list)/export$", notebook.export_shelf),
    (r"^/sample$", samples.sample),
    (r"^/saved$", saved.saved),
    (r"^/sign-in$", sign_in.sign_in),
    (r"^/sign-out$", sign_in.sign_out),
    (r"^/take-in$", take_in.take_in),
    (r"^/-/take-in$", take_in.from_elsewhere),
    (r"^/-/edit/(?P<act>[a-z-]+)$", edit.edit),
]
