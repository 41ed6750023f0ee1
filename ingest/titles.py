"""Titles printed in capitals, set for reading."""

from __future__ import annotations

import re

from ingest.article import Paragraph

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_MOST_BODY = 20_000  # characters: names that an article is about come early


def readable_title(title: str, paragraphs: tuple[Paragraph, ...]) -> str:
    """A title in capitals in the case of a sentence; any other as it is.

    Words that the body writes with a capital inside its sentences keep it.
    """
    letters = [character for character in title if character.isalpha()]
    if len(letters) < 6 or not all(character.isupper() for character in letters):
        return title
    names = _names(" ".join(p.text for p in paragraphs)[:_MOST_BODY])
    lowered = _WORD.sub(lambda m: names.get(m.group().casefold(), m.group().lower()), title)
    return re.sub(r"(\A\W*|:\s+)(\w)", lambda m: m.group(1) + m.group(2).upper(), lowered)


def site_suffix(title: str, publisher: str | None) -> int:
    """How many characters at the end of a title only name the site: " | The Argus"."""
    if not publisher:
        return 0
    found = re.search(rf"\s+[|–—-]\s+{re.escape(publisher)}\Z", title, re.IGNORECASE)
    return len(title) - found.start() if found and found.start() else 0


def _names(body: str) -> dict[str, str]:
    """How the body writes the words that it never writes small."""
    small: set[str] = set()
    capital: dict[str, str] = {}
    for match in _WORD.finditer(body):
        word = match.group()
        if word[0].islower():
            small.add(word.casefold())
        elif not _opens_sentence(body, match.start()):
            capital.setdefault(word.casefold(), word)
    return {folded: word for folded, word in capital.items() if folded not in small}


def _opens_sentence(body: str, position: int) -> bool:
    before = body[max(0, position - 4) : position].rstrip(" “\"'‘(")
    return not before or before[-1] in ".!?:—–-"
