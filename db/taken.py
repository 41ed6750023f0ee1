"""What the site is told of files that it hands over to be taken in.

`db` reads no articles: whoever starts the server gives it a function that does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one capture: its `name`, an `outcome` in words, and the `place` (the location
    in the archive's `sources`) that its articles are kept as read from.
    """

    name: str
    outcome: str
    place: str
    failed: bool = False


# Takes in all files of a folder; what fails is said, not raised. Raises ArchiveError.
Take = Callable[[Path], list[Taken]]
