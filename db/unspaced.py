"""Words of scripts that put no space between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.

The stored indexes take a run of such letters, often half a sentence, for one word. What a person
types is a part of it, which no index finds. So the texts are read: SQLite looks for the letters,
and `db.query.near` decides, where each letter counts as a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from db.fold import folded_words

_RANGES = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_LETTER = re.compile(f"[{_RANGES}]")
_UNIT = re.compile(f"[{_RANGES}]|[^{_RANGES}]+")
# Katakana as narrow letters, which old systems send.
_NARROW = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
# More letters than these leave few texts to read.
_MOST = 8


def is_unspaced(text: str) -> bool:
    """Whether there are letters in `text` that stand without spaces between words."""
    return not text.isascii() and _LETTER.search(text) is not None


def units(text: str) -> list[str]:
    """The folded words of `text`; of a script without spaces, its letters."""
    words = folded_words(text)
    if not is_unspaced(text):
        return words
    return [unit for word in words for unit in _UNIT.findall(word)]


def letters_of(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Letters that stand in whatever has all of `texts`, each with the ways it may be stored."""
    found = dict.fromkeys(letter for text in texts for letter in _LETTER.findall(text))
    return [_ways(letter) for letter in found][:_MOST]


def _ways(letter: str) -> tuple[str, ...]:
    whole = unicodedata.normalize("NFKC", letter)
    base = unicodedata.normalize("NFKD", letter)[0]
    narrow = [_NARROW[way] for way in (whole, base) if way in _NARROW]
    return tuple(dict.fromkeys([letter, whole, base, *narrow]))


def places_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Matches these words where they stand in a text as typed; None where none is of our scripts.

    White space and marks may stand between the letters, as where a line was broken.
    """
    ways = ["[\\W_]*".join(map(re.escape, units(text))) for text in texts if is_unspaced(text)]
    ways.sort(key=len, reverse=True)
    return re.compile("|".join(ways), re.IGNORECASE) if ways else None


def marked(text: str, places: re.Pattern[str], start: str, end: str) -> str:
    """`text` with `start` and `end` around what `places` matches and nothing has marked yet."""
    parts = re.split(f"({start}[^{end}]*{end})", text)
    return "".join(
        part if part.startswith(start) else places.sub(rf"{start}\g<0>{end}", part)
        for part in parts
    )
