"""When two readings are the same text: a digest that sees words, not layout."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from ingest.article import Article

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """The words of `text`, compatibility-normalised and casefolded, one space between them."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def fingerprint(article: Article) -> str:
    """SHA-256 (hex) over the words of title and body.

    Layout, case, kinds of marks and page furniture do not change it; any changed word does.
    """
    digest = hashlib.sha256(fold(article.title or "").encode())
    for paragraph in article.paragraphs:
        digest.update(b"\n" + fold(paragraph.text).encode())
    return digest.hexdigest()
