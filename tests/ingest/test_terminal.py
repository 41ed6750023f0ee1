"""What the command line shows while it reads."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from ingest import terminal
from ingest.pool import read_with_many
from ingest.readings import Job, readings
from tests.containers import record
from tests.web import page


@pytest.fixture
def crawl(tmp_path):
    path = tmp_path / "crawl.warc"
    picture = record("https://a.example/quay.jpg", bytes(100_000), content_type="image/jpeg")
    pages = [record(f"https://a.example/{n}", page(f"Ferry {n}")) for n in range(12)]
    path.write_bytes(picture.join(pages))
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_readings_say_how_far_into_their_file_they_are(crawl, jobs):
    size = crawl.stat().st_size
    source = str(crawl)
    found = read_with_many([source], Job(), 2) if jobs > 1 else readings(source, Job())
    read = [reading.read for reading in found]
    assert len(read) == 12
    assert read == sorted(read)
    assert 0 < read[0] < size / 2 < size * 0.9 < read[-1] <= size


def test_a_bar_shows_how_much_of_one_file_was_read(crawl, monkeypatch):
    monkeypatch.setattr(terminal, "_BIG", 1_000)
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=120)
    sources = [str(crawl)]
    assert terminal.are_many(sources)
    with terminal.progress(sources, wanted=True, console=console) as (moving, moved, say):
        for source in moving:
            for reading in readings(source, Job()):
                moved(reading.read)
        say("onrecord: b.html: no article found in it")
    size = crawl.stat().st_size / 1_000_000
    assert f"{size:.1f}/{size:.1f} MB" in shown.getvalue()
    assert "onrecord: b.html: no article found in it\n" in shown.getvalue()


def test_a_small_file_has_no_bar(crawl):
    assert not terminal.are_many([str(crawl)])
    assert not terminal.are_many(["no-such-file"])
