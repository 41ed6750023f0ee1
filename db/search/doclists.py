"""Lists of rows in the pages of an FTS5 index, read as arrays.

A page has two bytes that say where the first row on it begins that belongs to a word of a page
before it, two that say where its data end, then words, each followed by its rows, then where each
word begins. The first row of a word and the first on a page are written whole, every other as the
difference to the one before it, and behind each row stands the list of its places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from db.search.numbers import Flags, Ints

# No list of rows has as many on a page.
_MOST_STEPS = 70_000
# No page of ours has as many bytes.
_LARGEST = 60_000
# In few bytes two rows are gone at once, or four, or more: to find out how for every byte costs
# less than the steps that it saves.
_LEAPING = 1_000_000
_MOST_LEAPS = 4

_Bytes: TypeAlias = NDArray[np.uint8]


class Unlike(Exception):
    """The index is not made as expected."""


class Stretch(NamedTuple):
    """Where rows of a word lie in bytes: from the first one's number on."""

    start: int
    end: int


def varints(data: bytes) -> Iterator[int]:
    """The numbers that lie one after the other: seven bits a byte, the highest says it goes on."""
    value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = 0


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """The number at a place, and where it ends."""
    value = 0
    while True:
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at


def list_of(pages: Sequence[bytes], word: bytes) -> Iterator[tuple[bytes, Stretch]]:
    """The pages on which rows of a word begin, where the first page has the word."""
    place = _place(pages[0], word)
    if place is None:
        return
    if place.start < place.end:
        yield pages[0], place
    if place.end < _size(pages[0]):
        return
    for page in pages[1:]:
        size = _size(page)
        first = int.from_bytes(page[:2], "big")
        # Another word begins where the list ends.
        end = _varint(page, size)[0] if size < len(page) else size
        if first and not 4 <= first < end <= size:
            raise Unlike
        if first:
            yield page, Stretch(first, end)
        if size < len(page):
            return


def _size(page: bytes) -> int:
    """Where the places of the words are listed, behind all else."""
    size = int.from_bytes(page[2:4], "big")
    if not 4 <= size <= len(page) < _LARGEST:
        raise Unlike
    return size


def _place(page: bytes, word: bytes) -> Stretch | None:
    """Where the rows of a word are listed on the page; None where it has not the word.

    A word is written as how many bytes it shares with the one before it, and the rest.
    """
    size = _size(page)
    starts = list(accumulate(varints(page[size:])))
    shared = 0
    for number, at in enumerate(starts):
        same = 0
        if number:
            same, at = _varint(page, at)
            if same > shared:
                continue  # like the word before, it comes before what is looked for
            if same < shared:
                return None
        length, at = _varint(page, at)
        rest, wanted = page[at : at + length], word[same:]
        if rest == wanted:
            return Stretch(at + length, [*starts, size][number + 1])
        if rest > wanted:
            return None
        shared = same + next(
            (n for n, pair in enumerate(zip(rest, wanted, strict=False)) if pair[0] != pair[1]),
            min(len(rest), len(wanted)),
        )
    return None


def walked(data: bytes, stretches: Sequence[Stretch]) -> tuple[Ints, Flags, Ints]:
    """The rows of all stretches, one after the other, whether a place is left in each, and how
    many each stretch has.

    A row is written as the difference to the one before it, then twice the size of its list of
    places (one more says that older segments no longer count), then the list.
    """
    bytes_ = np.frombuffer(data + bytes(16), np.uint8)
    hops = _hops(bytes_)
    ways: list[Ints] = []
    while len(bytes_) << len(ways) + 1 < _LEAPING and len(ways) < _MOST_LEAPS:
        ways.append(ways[-1][ways[-1]] if ways else _following(hops))
    at, ends = (np.array(part, np.int64) for part in zip(*stretches, strict=True))
    steps = []
    for step in range(_MOST_STEPS):
        # Who has come to the end of his stretch walks on, unheeded, until all have.
        if not step % 16 and bool((at >= ends).all()):
            break
        steps.append(at)
        at = ways[-1][at] if ways else at + hops.take(at, mode="clip")
    else:
        raise Unlike
    places = np.array(steps).T
    for way in ways[-2::-1]:
        # What was leapt over lies between.
        places = np.stack((places, way[places]), axis=2).reshape(len(places), -1)
    inside = places < ends[:, None]
    held = inside.sum(axis=1)
    places = places[inside]
    rows = bytes_.take(places).astype(np.int64)
    more = np.flatnonzero(rows > 0x7F)
    sizes_at = places + 1
    rows[more], sizes_at[more] = _numbers(bytes_, places[more])
    # The first row of a stretch is given whole.
    firsts = np.cumsum(held) - held
    rows[firsts[1:]] -= np.add.reduceat(rows, firsts)[:-1]
    return np.cumsum(rows), bytes_.take(sizes_at) > 1, held


def _hops(data: _Bytes) -> NDArray[np.uint16]:
    """For every byte, if a row began there, how far it would be to the next one; no further than
    to the end of any page. Small numbers: memory is what it takes long to read.
    """
    # First how much a list would take whose size stands there, the row before it counted in.
    lists = (data >> 1).astype(np.uint16)
    lists += 2
    some = np.flatnonzero(data > 0x7F)
    size, behind = _numbers(data, some)
    lists[some] = np.minimum((size >> 1) + behind - some + 1, _LARGEST)
    hops = np.append(lists[1:], np.uint16(1))
    behind = np.minimum(behind, len(data) - 1)
    hops[some] = np.minimum(lists[behind] + behind - some - 1, _LARGEST)
    return hops


def _following(hops: NDArray[np.uint16]) -> Ints:
    """For every byte, if a row began there, where the next one would begin."""
    found: Ints = np.arange(len(hops)) + hops
    return np.minimum(found, len(hops) - 1, out=found)


def _numbers(data: _Bytes, at: Ints) -> tuple[Ints, Ints]:
    """The numbers at these places, each of two bytes or more, and where they end."""
    # Most have two bytes.
    byte = data.take(at + 1, mode="clip")
    value = (data.take(at) & 0x7F).astype(np.int64) << 7 | byte & 0x7F
    at = at + 2
    going = np.flatnonzero(byte > 0x7F)
    for _ in range(6):
        if not len(going):
            break
        byte = data.take(at[going], mode="clip")
        value[going] = value[going] << 7 | byte & 0x7F
        at[going] += 1
        going = going[byte > 0x7F]
    # What goes on is no number of a row that anybody has.
    value[going] = 0
    return value, at
