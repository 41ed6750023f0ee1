"""One ranking of paragraphs or quotations over all shards, as FTS5's bm25 has it for one archive.

bm25 (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009)
weighs a word by how rare it is and a place by how long it is beside the others. FTS5 counts both
within one index. Here it says how often each phrase stands in a place, and the rest is counted over
all shards: the scores are those that one archive of them all would give.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from db.query.compile import WORDS_IN, Unit

# FTS5's own constants.
_K, _B = 1.2, 0.75
_LEAST = 1e-6
# A phrase of an FTS5 expression, with the star of one that goes on.
_PHRASE = re.compile(r'"(?:[^"]|"")*"(?: \*)?')


@dataclass(slots=True)
class Rarity:
    """How many places there are, how many words in all of them, how many places have each phrase.

    What an index says of itself, or several together.
    """

    places: int = 0
    words: int = 0
    having: Counter[str] = field(default_factory=Counter)

    def weight(self, phrase: str) -> float:
        """What it is worth that a place has the phrase."""
        having = self.having[phrase]
        rare = math.log((self.places - having + 0.5) / (having + 0.5))
        return rare if rare > 0 else _LEAST

    def ease(self, length: int) -> float:
        """How much a place of so many words must repeat itself to say the same."""
        return _K * (1 - _B + _B * length / (self.words / self.places))


def together(rarities: Iterable[Rarity]) -> Rarity:
    """Those of all shards."""
    one = Rarity()
    for rarity in rarities:
        one.places += rarity.places
        one.words += rarity.words
        one.having.update(rarity.having)
    return one


def phrases_of(lead: str) -> list[str]:
    """The phrases of an FTS5 expression, each as often as it stands there."""
    return _PHRASE.findall(lead)


def rarity_in(conn: sqlite3.Connection, unit: Unit, lead: str) -> Rarity:
    """What the index of one shard says of the phrases of `lead`."""
    (block,) = conn.execute(f"SELECT block FROM {unit}_fts_data WHERE id = 1").fetchone()
    places, *words = _varints(block)
    found = Rarity(places, sum(words))
    for phrase in set(phrases_of(lead)):
        (found.having[phrase],) = conn.execute(
            f"SELECT count(*) FROM {unit}_fts WHERE {unit}_fts MATCH ?", [_alone(unit, phrase)]
        ).fetchone()
    return found


def scores_in(
    conn: sqlite3.Connection,
    unit: Unit,
    lead: str,
    rows: Collection[int],
    own: Rarity,
    all_: Rarity,
) -> dict[int, float]:
    """The scores of places of one shard, higher is better; `own` is what its index says alone."""
    asked = json.dumps(list(rows))
    lengths = {
        row: sum(_varints(size))
        for row, size in conn.execute(
            f"SELECT id, sz FROM {unit}_fts_docsize WHERE id IN (SELECT value FROM json_each(?))",
            [asked],
        )
    }
    scores = dict.fromkeys(lengths, 0.0)
    for phrase, times in Counter(phrases_of(lead)).items():
        worth, here = all_.weight(phrase), own.weight(phrase)
        # "+" keeps SQLite from asking the index row by row, which counts the phrase anew each time.
        for row, score in conn.execute(
            f"SELECT rowid, bm25({unit}_fts) FROM {unit}_fts WHERE {unit}_fts MATCH ?"
            " AND +rowid IN (SELECT value FROM json_each(?))",
            [_alone(unit, phrase), asked],
        ):
            part = -score / here
            often = round(part * own.ease(lengths[row]) / (_K + 1 - part))
            scores[row] += times * worth * (often * (_K + 1) / (often + all_.ease(lengths[row])))
    return scores


def _alone(unit: Unit, phrase: str) -> str:
    return f"{{{' '.join(WORDS_IN[unit])}}} : {phrase}"


def _varints(data: bytes) -> Sequence[int]:
    """The numbers in a record of FTS5's: seven bits a byte, the highest says that it goes on.

    https://www.sqlite.org/fileformat.html#varint; words and places have less than nine bytes.
    """
    found, value = [], 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(value)
            value = 0
    return found
