"""What can happen to an archive: a full disk, leave taken away, a wrong clock, damage, and so on.

Each is tried in full, with real processes, by tests.bench.broken; the functions there say what.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from db.archive import Archive
from db.check import check
from db.errors import ArchiveBusy, ArchiveDamaged
from tests.bench.broken import FAULTS
from tests.bench.trouble import CannotTry, unwritable
from tests.making import article


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_clear_line_and_nothing_lost(fault, tmp_path):
    try:
        assert list(fault(tmp_path)) == []
    except CannotTry as reason:
        pytest.skip(str(reason))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "news.db"
    path.parent.mkdir()
    with Archive.open(path) as archive:
        archive.add("/a.txt", [article("Title", "Words.")])
    return path


def test_where_nothing_may_be_written_it_is_read(path):
    try:
        with unwritable(path.parent):
            with Archive.open(path, create=False) as archive:
                assert archive.read_only
                assert archive.db["articles"].count == 1
                with pytest.raises(ArchiveBusy, match="may not be written here; copy it"):
                    archive.add("/b.txt", [article("Other", "More words.")])
                with pytest.raises(ArchiveBusy, match="check a copy"):
                    check(archive)
            with pytest.raises(ArchiveBusy, match="may not be written here; copy it"):
                Archive.open(path)
    except CannotTry as reason:
        pytest.skip(str(reason))


def test_what_sqlite_says_of_a_broken_file_is_an_error_of_ours(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ArchiveDamaged, match=r"news\.db: is damaged; see: onrecord check"):
        everything(path)


def everything(path: Path) -> None:
    with Archive.open(path, create=False) as archive:
        for table in archive.db.table_names():
            list(archive.db[table].rows)
