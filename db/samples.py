"""Samples: quotations drawn at random, to be judged right or wrong by a person.

A draw depends on the seed and on the words of the archive, not on its row numbers: the same seed
draws the same quotations from an archive that was built anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from math import sqrt
from typing import Literal

from db.clock import now
from db.errors import CannotCorrect
from db.notebook import THING, Notebook, thing_of
from db.shards.held import Part
from db.shards.things import quote_thing, speaker_at
from db.things import Thing
from ingest.fingerprint import fold

Verdict = Literal["right", "wrong"]
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation of a sample. `speaker` is whom the archive named when it was drawn or judged.

    `number` counts from 1 in the order of the draw; `verdict` is None until somebody judges it.
    """

    number: int
    thing: Thing
    speaker: str | None
    verdict: Verdict | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw of `size` quotations out of `drawn_from`, and how many of them are judged what."""

    name: str
    seed: int
    size: int
    drawn_from: int
    drawn: str
    right: int
    wrong: int

    def share(self) -> tuple[float, float] | None:
        """Between which shares the right ones of the whole lie, with 95 % confidence.

        Wilson's interval; None before the first judgement.
        """
        n = self.right + self.wrong
        if not n:
            return None
        p = self.right / n
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(middle - half, 0.0), min(middle + half, 1.0)


def draw(
    book: Notebook, name: str, *, size: int = 100, seed: int = 1,
    among: Collection[int] | None = None,
) -> Sample:  # fmt: skip
    """Draw a sample of quotations: of all that are somebody's words, or of the rows `among`.

    Raises CannotCorrect where there is a sample of that name, or nothing to draw from.
    """
    folded = fold(name) or name.strip()
    if exists(book, name):
        raise CannotCorrect(f'there is a sample "{name}" already; give another name')
    found = book.held.each(_drawn_from).values()
    chosen = [row for rows in found for row in rows if among is None or row[0] in among]
    if not chosen or not folded:
        raise CannotCorrect("there are no quotations to draw from" if folded else "name the sample")

    def lot(row: tuple[int, int, int, int, str]) -> bytes:
        return blake2b(f"{seed} {row[4]} {row[3]}".encode(), digest_size=16).digest()

    drawn = nsmallest(size, chosen, key=lot)
    with book.writing() as conn:
        sample = conn.execute(
            "INSERT INTO samples (name, folded, seed, size, drawn_from, drawn)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [" ".join(name.split()), folded, seed, len(drawn), len(chosen), now()],
        ).lastrowid
        for number, (row, article_id, position, *_) in enumerate(drawn, 1):
            thing = book.keep(quote_thing(book.held, article_id, position))
            conn.execute(
                "INSERT INTO marks (sample_id, number, thing_id, speaker) VALUES (?, ?, ?, ?)",
                [sample, number, thing, speaker_at(book.held, row)],
            )
    return get(book, name)


def judge(
    book: Notebook, name: str, number: int, verdict: Verdict | None, remark: str | None = None
) -> None:
    """Say that quotation `number` of a sample is right or wrong as the archive has it now.

    None takes a judgement back.
    """
    known = next((mark for mark in marks(book, name) if mark.number == number), None)
    if known is None:
        size = get(book, name).size
        raise CannotCorrect(f'the sample "{name}" has the numbers 1 to {size}, no {number}')
    place = book.find(known.thing)
    speaker = speaker_at(book.held, place.quote_id) if place and place.quote_id else known.speaker
    with book.writing() as conn:
        conn.execute(
            "UPDATE marks SET verdict = ?, remark = ?, speaker = ?, marked = ?"
            " WHERE number = ? AND sample_id = (SELECT id FROM samples WHERE folded = ?)",
            [verdict, remark, speaker, verdict and now(), number, fold(name) or name.strip()],
        )


def samples(book: Notebook) -> list[Sample]:
    """Every sample, in the order of the alphabet."""
    rows = book.conn.execute(
        "SELECT name, seed, size, drawn_from, drawn, sum(verdict IS 'right'),"
        " sum(verdict IS 'wrong') FROM samples JOIN marks ON sample_id = id"
        " GROUP BY id ORDER BY folded"
    )
    return [Sample(*row) for row in rows]


def exists(book: Notebook, name: str) -> bool:
    """Whether there is a sample of this name."""
    found = book.conn.execute(
        "SELECT 1 FROM samples WHERE folded = ?", [fold(name) or name.strip()]
    )
    return found.fetchone() is not None


def get(book: Notebook, name: str) -> Sample:
    """The sample of this name. Raises CannotCorrect where there is none."""
    wanted = fold(name)
    for sample in samples(book):
        if fold(sample.name) == wanted:
            return sample
    raise CannotCorrect(f'there is no sample "{name}"; draw it with: onrecord sample "{name}"')


def marks(book: Notebook, name: str) -> list[Mark]:
    """The quotations of a sample, in the order of the draw."""
    rows = book.conn.execute(
        f"SELECT number, speaker, verdict, remark, {THING} FROM marks"
        " JOIN samples ON samples.id = sample_id JOIN things ON things.id = thing_id"
        " WHERE samples.folded = ? ORDER BY number",
        [fold(name) or name.strip()],
    )
    return [
        Mark(number, thing_of(thing), speaker, verdict, remark)
        for number, speaker, verdict, remark, *thing in rows
    ]


def marks_of(book: Notebook, thing: Thing) -> list[tuple[str, Mark]]:
    """Where a quotation is in samples: the sample's name and the mark."""
    rows = json.dumps(book.rows_of(thing))
    names = book.conn.execute(
        "SELECT samples.name, number FROM marks JOIN samples ON samples.id = sample_id"
        " WHERE thing_id IN (SELECT value FROM json_each(?)) ORDER BY samples.folded, number",
        [rows],
    ).fetchall()
    return [
        (name, mark) for name, number in names for mark in marks(book, name)
        if mark.number == number
    ]  # fmt: skip


def _drawn_from(part: Part) -> list[tuple[int, int, int, int, str]]:
    """Number of each quotation and of its article, position in it, place, the article's words."""
    rows = part.conn.execute(
        "SELECT quotes.id, article_id, position, quotes.start, fingerprint FROM quotes"
        " JOIN articles ON articles.id = article_id JOIN revisions USING (article_id)"
        " WHERE revisions.number = articles.revision AND kind <> 'other'"
    )
    return [(part.up(row[0]), part.up(row[1]), *row[2:]) for row in rows]
