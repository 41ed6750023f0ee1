"""Files that came in through the site: taken in like others, but kept under a place of their own.

The folder that they lie in is gone a moment later, so it is no place to remember. The site puts
each into a folder named after its bytes: the same file again is the same place.
"""

from __future__ import annotations

import os
from pathlib import Path

from db.shards.opening import open_writable
from db.taken import Take, Taken
from ingest.load import Result, load
from ingest.read import walk
from ingest.readings import location

# What stands in place of the folder.
UPLOADED = "uploaded"
# Two, so that a file that hangs is ended and the others go on.
_JOBS = 2


def taker(archive: Path, *, jobs: int = _JOBS) -> Take:
    """A function that takes in all files of a folder, for a server of this archive."""

    def take(folder: Path) -> list[Taken]:
        root = location(str(folder))

        def kept_as(place: str) -> str:
            return UPLOADED + place.removeprefix(root)

        with open_writable(archive) as opened:
            files = list(walk([folder], every=True))
            found = load(opened, files, jobs=jobs, kept_as=kept_as)
            return [_told(result, root) for result in found]

    return take


def _told(result: Result, root: str) -> Taken:
    inside = result.source.removeprefix(root).lstrip(os.sep)
    # Without the folder that is named after the bytes.
    name = inside.partition(os.sep)[2] or inside
    place = f"{UPLOADED}{os.sep}{inside}"
    if result.error is not None:
        return Taken(name, result.error.message, place, failed=result.failed)
    what = " and ".join(dict.fromkeys(result.outcomes)) or "nothing in it"
    many = len(result.outcomes)
    return Taken(name, f"{what} ({many} articles)" if many > 1 else what, place)
