"""References as CSL-JSON, which the styles are made from and reference managers import."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from db.cite.names import Name
from db.cite.reference import Reference, date_parts, one_line

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*\Z", re.IGNORECASE)


def csl_json(ref: Reference) -> str:
    """The reference as CSL-JSON: a list with one item, as reference managers want it."""
    return csl_list([ref])


def csl_list(refs: Iterable[Reference]) -> str:
    """The references as one CSL-JSON list."""
    return json.dumps([csl_item(ref) for ref in refs], ensure_ascii=False, indent=2)


def csl_item(ref: Reference) -> dict[str, Any]:
    """The reference as a CSL item. Dates are `date-parts`, as precise as they are known."""
    language = ref.language if ref.language and _LANGUAGE.match(ref.language) else None
    item = {
        "id": ref.key,
        "type": "article-newspaper" if ref.container else "webpage",
        "title": ref.headline,
        "author": [_name(name) for name in ref.credited],
        "container-title": ref.container,
        "section": ref.section and one_line(ref.section),
        "issued": ref.published and {"date-parts": [date_parts(ref.published)]},
        "accessed": ref.accessed and ref.url and {"date-parts": [date_parts(ref.accessed)]},
        "URL": ref.url and one_line(ref.url),
        "language": language,
        "source": ref.agency and one_line(ref.agency) if ref.authors else None,
        "keyword": ", ".join(one_line(word) for word in ref.keywords),
        "note": ref.note,
        "annote": " ".join(map(one_line, ref.remarks)),
    }
    return {key: value for key, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: one_line(value) for key, value in parts.items() if value}
