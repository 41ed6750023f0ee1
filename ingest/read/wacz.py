"""WACZ, the zip that browsertrix and ArchiveWeb.page write: web archives, and lists about them.

Only its web archives hold pages. The lists of addresses, the words of the pages without their
places, the indexes and the logs that lie beside them are no articles.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_PACKAGE = "datapackage.json"
_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?", re.IGNORECASE)
_INNER = re.compile(r"[^/]+\.wacz", re.IGNORECASE)


def web_archives(names: Collection[str]) -> frozenset[str]:
    """Which members of a zip are to be read, if it is a WACZ; none if it is any other zip."""
    if _PACKAGE not in names:
        return frozenset()
    # Of several crawls there are WACZ files in a WACZ.
    return frozenset(n for n in names if _ARCHIVE.fullmatch(n) or _INNER.fullmatch(n))
