"""A folder that takes in what is dropped there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from threading import Event

from db.shards.opening import Writable
from ingest.load import Result, is_part_of, load
from ingest.read import walk

# A file that has not grown for so long is taken to be whole, and one that goes on growing for so
# long is taken in as it is: the next change brings it again.
STILL, AT_MOST = 0.5, 60.0


def watch_folder(archive: Writable, folder: str, *, stop: Event | None = None) -> Iterator[Result]:
    """Take in what lies in `folder`, then whatever is put or changed there, until interrupted.

    Hidden files and the folders of saved pages are passed over, as in `ingest`. `stop`, once set,
    ends it as an interrupt does.
    """
    from watchfiles import Change, watch

    yield from load(archive, _files(archive, folder))
    watching = watch(
        folder, stop_event=stop, raise_interrupt=False, yield_on_timeout=True, rust_timeout=1000
    )
    first = True
    for changes in watching:
        changed = {os.path.abspath(path) for kind, path in changes if kind != Change.deleted}
        # The first time, everything: something may have come in before the watch began.
        files = _files(archive, folder) if first or changed else []
        fresh = [path for path in files if first or os.path.abspath(path) in changed]
        for path in fresh:
            if os.path.abspath(path) in changed:
                wait_until_still(path)
        first = False
        yield from (result for result in load(archive, fresh) if _is_news(result))


def _is_news(result: Result) -> bool:
    return result.error is not None or set(result.outcomes) != {"unchanged"}


def _files(archive: Writable, folder: str) -> list[str]:
    return [path for path in walk([folder], every=True) if not is_part_of(archive.path, path)]


def wait_until_still(path: str, still: float = STILL, at_most: float = AT_MOST) -> None:
    """Return once the file has kept its size and time for `still` seconds."""
    began = time.monotonic()
    before = None
    while time.monotonic() - began < at_most:
        try:
            now = (os.stat(path).st_size, os.stat(path).st_mtime_ns)
        except OSError:
            return  # gone again: reading it says so
        if now == before:
            return
        before = now
        time.sleep(still)
