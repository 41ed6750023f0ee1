"""Which types of content may hold an article, by what a server says that it sends."""

from __future__ import annotations

import re

# Bytes without a name are recognised by what they hold, as files are.
_UNNAMED = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_READ = frozenset(
    "text/html application/xhtml+xml text/plain text/markdown text/csv application/csv"
    " text/tab-separated-values text/xml application/xml application/pdf application/json"
    " application/feed+json application/ld+json application/rtf text/rtf application/x-webarchive"
    " application/vnd.oasis.opendocument.text application/wacz application/x-ndjson"
    " application/jsonl application/mbox application/zip"
    " application/x-zip-compressed application/gzip application/x-gzip application/x-tar"
    " application/warc application/x-mimearchive multipart/related message/rfc822"
    " application/epub+zip"
    " application/vnd.openxmlformats-officedocument.wordprocessingml.document".split()
)
# application/rss+xml, application/atom+xml and their kin.
_XML = re.compile(r"application/[\w.-]+\+xml")


def may_be_read(kind: str) -> bool:
    """Whether content of the type `kind` ("text/html") may hold an article."""
    return kind in _READ or kind in _UNNAMED or _XML.fullmatch(kind) is not None
