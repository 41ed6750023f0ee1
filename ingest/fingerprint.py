"""When two readings are the same text: a digest that sees words, not layout."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ingest.article import Article

_WORD = re.compile(r"\w+")
# What is no part of a word in ASCII, and the marks that most texts have besides.
_BETWEEN = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_MARKS = "“”‘’–—…"
# The same for bytes, capitals made small; a line stays one.
_FOLDED = bytes(
    ord("\n" if code == ord("\n") else chr(code).lower().translate(_BETWEEN)) for code in range(128)
) + bytes(range(128, 256))


# The same names are folded over and over.
@lru_cache(maxsize=128)
def fold(text: str) -> str:
    """The words of `text`, compatibility-normalised and casefolded, one space between them."""
    bare = _without_marks(text)
    if bare.isascii():
        # The same as below, in a third of the time.
        return " ".join(bare.lower().translate(_BETWEEN).split())
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def folded(texts: Sequence[str]) -> list[list[bytes]]:
    """The words of each text, as `fold` sees them, in UTF-8."""
    whole = _without_marks("\n".join(texts))
    if whole.isascii():
        # All of them at once.
        lines = whole.encode().translate(_FOLDED).split(b"\n")
        if len(lines) == len(texts):
            return [line.split() for line in lines]
    return [fold(text).encode().split() for text in texts]


def _without_marks(text: str) -> str:
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    return text


# The same article's words are asked for to make its fingerprint, and to find copies.
@lru_cache(maxsize=2)
def _words(*texts: str) -> list[list[bytes]]:
    return folded(texts)


def words_of(article: Article) -> Sequence[Sequence[bytes]]:
    """The words, folded, of the title and of each paragraph."""
    return _words(article.title or "", *(paragraph.text for paragraph in article.paragraphs))


def fingerprint(article: Article) -> str:
    """SHA-256 (hex) over the words of title and body.

    Layout, case, kinds of marks and page furniture do not change it; any changed word does.
    """
    return hashlib.sha256(b"\n".join(map(b" ".join, words_of(article)))).hexdigest()
