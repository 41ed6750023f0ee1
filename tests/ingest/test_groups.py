"""What is read is stored in groups: not so many that somebody waits, nor that memory is short."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest import load
from ingest.errors import IngestError
from ingest.readings import Reading
from tests.making import article


@pytest.fixture
def clock(monkeypatch):
    """Time that stands still but for what a test adds."""
    now = [0.0]
    monkeypatch.setattr(load, "monotonic", lambda: now[0])
    return now


def reading(size: int = 1) -> Reading:
    made = article("Ferry", "The ferry sails.")
    return Reading("a.txt", "a.txt", (replace(made, capture=replace(made.capture, size=size)),))


def sizes(found, wait=0.5):
    return [len(group) for group in load.groups(found, wait)]


def test_no_more_than_so_many_and_no_longer_than_fits(clock, monkeypatch):
    monkeypatch.setattr(load, "TOGETHER", 3)
    assert sizes(reading() for _ in range(7)) == [3, 3, 1]
    monkeypatch.setattr(load, "LONG", 100)
    assert sizes(reading(60) for _ in range(5)) == [2, 2, 1]
    failed = Reading("a.txt", "a.txt", error=IngestError("a.txt", "it is empty"))
    assert sizes([failed, failed]) == [2]


def test_the_longer_it_takes_the_more_go_together(clock):
    def slowly():
        for _ in range(1_000):
            clock[0] += 1 / 8
            yield reading()

    found = sizes(slowly())
    assert found[0] == 6
    assert found == sorted(found[:-1]) + found[-1:]
    assert max(found) == 18
    assert sizes(slowly(), wait=load.LONGEST)[0] == 18


def test_what_was_read_by_the_interrupt_is_stored(clock):
    def stopped():
        yield reading()
        yield reading()
        raise KeyboardInterrupt

    groups = load.groups(stopped(), 0.5)
    assert len(next(groups)) == 2
    with pytest.raises(KeyboardInterrupt):
        next(groups)
