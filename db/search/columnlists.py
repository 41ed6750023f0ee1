"""In which columns of its index a row of a list has a word: `db.search.doclists` with the places.

A list of places may go on upon the next page, and with it what says of which column they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from db.search.doclists import Stretch, Unlike, Walked, numbers_at, place_of, size_of, varint_at
from db.search.numbers import Flags


def with_lists(pages: Sequence[bytes], word: bytes) -> Iterator[tuple[bytes, Stretch]]:
    """As `list_of`; behind each page is the rest of the last list of places that begins on it."""
    place = place_of(pages[0], word)
    if place is None:
        return
    data, stretch = pages[0][: place.end], place
    for page in pages[1:] if place.end == size_of(pages[0]) else ():
        size = size_of(page)
        first = int.from_bytes(page[:2], "big")
        end = varint_at(page, size)[0] if size < len(page) else size
        if first and not 4 <= first < end <= size:
            raise Unlike
        data += page[4 : first or end]
        if first:
            if stretch.start < stretch.end:
                yield data, stretch
            data, stretch = page[:end], Stretch(first, end)
        if size < len(page):
            break
    if stretch.start < stretch.end:
        yield data, stretch


def in_columns(found: Walked) -> tuple[Flags, Flags]:
    """Whether each row has a place in the first column of its index, and in the second one.

    Places in the first column come first; before those of another stand 1 and its number. A place
    is 2 at least, and what begins or ends with a 1 is a longer number.
    """
    data, starts = found.data, found.sizes + 1
    sizes = data.take(found.sizes).astype(np.int64)
    more = np.flatnonzero(sizes > 0x7F)
    sizes[more], starts[more] = numbers_at(data, found.sizes[more])
    ends = starts + (sizes >> 1)
    if len(ends) and int(ends.max()) > len(data):
        raise Unlike
    in_first = (ends > starts) & (data.take(starts, mode="clip") != 1)
    is_one = data == 1
    pairs = np.flatnonzero(is_one[:-1] & is_one[1:])
    pairs = pairs[data.take(pairs - 1, mode="clip") < 0x80]
    # The row in whose list each of them stands.
    row = starts.searchsorted(pairs, "right") - 1
    inside = (row >= 0) & (pairs + 1 < ends.take(row, mode="clip"))
    in_second = np.zeros(len(starts), np.bool_)
    in_second[row[inside]] = True
    return in_first, in_second
