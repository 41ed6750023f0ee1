"""One number for a row of any shard: the shard's number above, the row's own number below.

All of them are below 2**53, so that JSON and JavaScript keep them exactly. A single file is shard
0: its rows keep their numbers.
"""

from __future__ import annotations

_BITS = 40
# A row's own number in its shard is below this one.
ROWS = 1 << _BITS
# So is the number of a shard.
SHARDS = 1 << (53 - _BITS)


def joined(number: int, local: int) -> int:
    """The number over the whole folder of row `local` of shard `number`.

    Raises ValueError where either is too large, or negative.
    """
    if not (0 <= number < SHARDS and 0 <= local < ROWS):
        raise ValueError(f"shard {number} has no row {local}: there is no number for it")
    return number << _BITS | local


def parted(number: int) -> tuple[int, int]:
    """The shard's number and the row's own number in it; what `joined` put together."""
    return number >> _BITS, number & (ROWS - 1)
