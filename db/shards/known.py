"""What a folder of shards has read before, wherever in it that is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from db.match import already_read
from db.shards.folder import available, open_folder

# A file beside the manifest: captures that lie in several shards and may not be in all of them.
PENDING = "shards.pending"
STDIN = "-"

_LAST = """
SELECT captures.sha256, captures.captured FROM captures
JOIN sources ON sources.id = captures.source_id
WHERE sources.location = ? ORDER BY captures.id DESC LIMIT 1
"""


def read_before(conns: Iterable[sqlite3.Connection], location: str, sha256: str) -> int:
    """How many articles these very bytes gave when `location` was last read; 0 if never.

    As `db.match.already_read`, over the connections to all shards. Where the order of two readings
    cannot be told, it is 0: to read once more costs time and changes nothing.
    """
    count = 0
    same, other = "", ""
    for conn in conns:
        count += len(already_read(conn, location, sha256, is_file=location != STDIN))
        row = conn.execute(_LAST, [location]).fetchone()
        if row is not None and row[0] == sha256:
            same = max(same, row[1])
        elif row is not None:
            other = max(other, row[1])
    return count if location == STDIN or same > other else 0


def known_in(path: Path) -> Callable[[str, str], int]:
    """Looks up in the folder of shards at `path`, read only, what was read before."""
    there, _ = available(open_folder(path))
    conns = [
        sqlite3.connect(f"{shard.path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
        for shard in there
    ]
    unsure = pending(path)

    def known(location: str, sha256: str) -> int:
        return 0 if (location, sha256) in unsure else read_before(conns, location, sha256)

    return known


def pending(path: Path) -> set[tuple[str, str]]:
    """Location and digest of captures of which a crash may have left out a part."""
    try:
        return {(row[0], row[1]) for row in json.loads((path / PENDING).read_text("utf-8"))}
    except (OSError, ValueError, IndexError, TypeError):
        return set()
