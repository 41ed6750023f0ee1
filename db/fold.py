"""Spellings: words that a reader types one way and a paper prints another.

The stored indexes are plain FTS5 tables, so that stock Datasette and any SQLite tool can search
them; their tokenizer folds case and the marks of Latin letters. It leaves ß, Greek accents,
composed Cyrillic letters, ø, ligatures, letters with an unusual apostrophe and more. Indexing a
folded copy of every text would add half of the text's size again and would lose the place of a
match in the stored text. So the index stays as it is, and the archive keeps a list of just those
words whose folded form the tokenizer does not reach (`spellings`): a query for "strasse" then asks
for strasse or straße. The list grows with the vocabulary, not with the text, is nearly empty for
English, and what is highlighted are the stored words themselves.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from functools import cache

# Letters that people type in another way and that Unicode does not take apart.
_SPELLED_OUT = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "ə": "e",
    # Apostrophes that Unicode counts as letters.
    "ʼ": "'", "ʻ": "'", "ʹ": "'", "ʾ": "'", "ʿ": "'", "ˈ": "'",
})  # fmt: skip
# Accents of every alphabet, Hebrew and Arabic points; not the vowel signs of Indian scripts nor
# the voicing marks of kana, which make another word.
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
# Signs inside a word that nobody sees: soft hyphen, joiners, direction marks.
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_DROPPED = re.compile(f"[{_MARKS}{_UNSEEN}]")
_LETTERS = "[^\\W_]|[\ue000-\uf8ff]"
_WORD = re.compile(f"(?:{_LETTERS})(?:{_LETTERS}|[{_MARKS}{_UNSEEN}])*")
# Marks that unicode61 keeps with the letter before them (and drops); all others part words there.
_KEPT_MASK = 0x08029FDF | 0x000361F8 << 32
# All that most texts have beside ASCII, so that the letters below need not be looked for.
_USUAL = "“”‘’–—…"
# Longer runs of letters are no words but data.
_LONGEST = 60


def fold(text: str) -> str:
    """`text` without case, accents, ligatures and the like: what two spellings of a word share."""
    text = text.casefold().translate(_SPELLED_OUT)
    if text.isascii():
        return text
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return unicodedata.normalize("NFC", bare.translate(_SPELLED_OUT))


def words_of(text: str) -> list[str]:
    """The words of `text` as they stand, each with its marks."""
    return _WORD.findall(text)


def folded_words(text: str) -> list[str]:
    """The words of `text`, folded, in order."""
    return [part for word in words_of(text) for part in _WORD.findall(fold(word))]


@cache
def _beyond_stock() -> re.Pattern[str]:
    """Matches a letter that unicode61 leaves otherwise than `fold`."""
    letters = []
    for code in range(0x80, 0x10000):
        letter = chr(code)
        if not (_WORD.match(letter) or _DROPPED.match(letter)):
            continue
        if _stock(letter) != fold(letter):
            letters.append(code)
    ranges: list[list[int]] = []
    for code in letters:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in ranges) + "]")


def _stock(letter: str) -> str:
    """What `unicode61 remove_diacritics 2` makes of a letter, as far as we rely on it."""
    code = ord(letter)
    if 0x300 <= code < 0x340 and _KEPT_MASK >> (code - 0x300) & 1:
        return ""
    base, *marks = list(unicodedata.normalize("NFD", letter.lower()))
    latin = base.isascii() and code <= 0x1EF9 and letter not in "Ǡǡ"
    if latin and all(_DROPPED.match(mark) for mark in marks):
        return base
    simple = letter.casefold()
    return simple if len(simple) == 1 else letter.lower()


def odd_words(text: str) -> set[str]:
    """The words of `text`, in lower case, that the stored index holds in a form of their own."""
    bare = text
    if not text.isascii():
        for mark in _USUAL:
            bare = bare.replace(mark, "")
    if bare.isascii():
        return set()
    odd = _beyond_stock()
    if not odd.search(text):
        return set()
    return {
        word.lower() for word in words_of(text) if len(word) <= _LONGEST and odd.search(word)
    }  # fmt: skip


def spelling_rows(words: Iterable[str]) -> list[tuple[str, str]]:
    """Odd words with their folded forms, as the table `spellings` keeps them."""
    return [(word, " ".join(folded_words(word))) for word in sorted(words)]


def keep_spellings(conn: sqlite3.Connection, texts: Iterable[str | None]) -> None:
    """Note the odd words of `texts` in the table `spellings`, each once."""
    if words := {word for text in texts if text for word in odd_words(text)}:
        conn.executemany(
            "INSERT OR IGNORE INTO spellings (word, folded) VALUES (?, ?)", spelling_rows(words)
        )


def spellings(
    conn: sqlite3.Connection, word: str, *, prefix: bool = False, most: int = 16
) -> list[str]:
    """How the archive prints `word` (with `prefix`: the beginnings of words that begin so).

    What the tokenizer folds anyway is left out. At most `most`.
    """
    key = " ".join(folded_words(word))
    if not key:
        return []
    if not prefix:
        rows = conn.execute("SELECT word FROM spellings WHERE folded = ? LIMIT ?", [key, most])
        return [row[0] for row in rows]
    rows = conn.execute(
        "SELECT word FROM spellings WHERE folded >= ? AND folded < ? LIMIT 5000",
        [key, key + chr(0x10FFFF)],
    )
    return list(dict.fromkeys(_beginning(row[0], key) for row in rows))[:most]


def _beginning(word: str, key: str) -> str:
    """The shortest beginning of `word` that folds to something beginning with `key`."""
    for end in range(1, len(word) + 1):
        if fold(word[:end]).startswith(key) or " ".join(folded_words(word[:end])).startswith(key):
            # Marks that follow belong to the last letter.
            while end < len(word) and _DROPPED.match(word[end]):
                end += 1
            return word[:end]
    return word
