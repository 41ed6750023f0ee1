"""Many processes read: the same archive, and what breaks a reader breaks only its file."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time

import pytest

from db.archive import Archive
from ingest.errors import AlreadyRead, ReaderFailed
from ingest.load import Tally, jobs_for, load
from ingest.pool import read_with_many
from ingest.read import html
from ingest.readings import Job, readings
from tests.bench.corpus import Corpus
from tests.containers import page, zipped


@pytest.fixture
def clips(tmp_path):
    folder = tmp_path / "clips"
    folder.mkdir()
    for serial, text in enumerate(Corpus().articles(30)):
        (folder / f"{serial:02}.txt").write_text(text, "utf-8")
    (folder / "05.html").write_text(page(5), "utf-8")
    (folder / "11.zip").write_bytes(zipped({f"{n}.html": page(n) for n in range(3)}))
    (folder / "12.txt").write_bytes(b"")
    return sorted(str(path) for path in folder.iterdir())


def titles(path):
    with Archive.open(path) as archive:
        return [row[0] for row in archive.db.execute("SELECT title FROM articles ORDER BY id")]


def test_two_processes_make_the_archive_that_one_makes(clips, tmp_path):
    tallies = []
    for jobs in (1, 2):
        tally = Tally()
        with Archive.open(tmp_path / f"{jobs}.db") as archive:
            for result in load(archive, clips, jobs=jobs):
                tally.add(result)
        tallies.append(str(tally))
    assert tallies[0] == tallies[1]
    assert titles(tmp_path / "1.db") == titles(tmp_path / "2.db")


def test_what_is_unchanged_is_not_read_again(clips, tmp_path, monkeypatch):
    with Archive.open(tmp_path / "a.db") as archive:
        list(load(archive, clips))
        monkeypatch.setattr(html, "html_capture", None)  # whoever reads a page now breaks
        for jobs in (1, 2):
            results = list(load(archive, clips, jobs=jobs))
            assert {o for result in results for o in result.outcomes} == {"unchanged"}
            assert [result.error.kind for result in results if result.error] == ["empty"]


def test_a_file_that_hangs_costs_one_file(clips, tmp_path):
    fifo = tmp_path / "hangs.txt"
    os.mkfifo(fifo)  # opening it waits for a writer that never comes
    found = []
    started = time.monotonic()
    for reading in read_with_many([*clips[:4], str(fifo), *clips[4:8]], Job(), 2, timeout=6):
        found.append(reading)
    failures = [reading for reading in found if reading.error]
    assert [reading.source for reading in failures] == [str(fifo)]
    assert "over 6 seconds" in str(failures[0].error)
    assert len(found) == 9
    assert time.monotonic() - started < 30


def test_a_process_that_dies_costs_one_file(clips, tmp_path):
    fifo = tmp_path / "dies.txt"
    os.mkfifo(fifo)
    found = []
    pool = read_with_many([*clips[:2], str(fifo), *clips[2:5]], Job(), 1, timeout=60)
    for reading in pool:
        found.append(reading)
        if len(found) == 2:
            for child in multiprocessing.active_children():
                time.sleep(1)
                os.kill(child.pid, signal.SIGKILL)
    failures = [reading for reading in found if reading.error]
    assert [reading.source for reading in failures] == [str(fifo)]
    assert "its reader died (signal 9)" in str(failures[0].error)
    assert len(found) == 6


def test_no_process_is_left_when_nobody_reads_on(clips):
    before = set(multiprocessing.active_children())
    pool = read_with_many(clips, Job(), 2)
    next(pool)
    assert set(multiprocessing.active_children()) - before
    pool.close()
    assert not set(multiprocessing.active_children()) - before


def test_a_fault_of_ours_is_one_line(clips, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("x\ny")

    monkeypatch.setattr("ingest.read.text.decode", broken)
    (reading,) = readings(clips[0], Job())
    assert isinstance(reading.error, ReaderFailed)
    assert "ZeroDivisionError: x y" in str(reading.error)


def test_too_much_memory_is_one_line(clips, monkeypatch):
    def greedy(*_):
        raise MemoryError

    monkeypatch.setattr("ingest.read.text.decode", greedy)
    (reading,) = readings(clips[0], Job())
    assert "too much memory" in str(reading.error)


def test_errors_cross_from_process_to_process():
    for error in (ReaderFailed("a", "b"), AlreadyRead("a", "b", 3)):
        again = pickle.loads(pickle.dumps(error))
        assert (str(again), vars(again)) == (str(error), vars(error))


def test_a_few_small_files_start_no_process(clips):
    assert jobs_for(clips[:3], None) == 1
    assert jobs_for(clips, None) >= 2
    assert jobs_for(["-"], 4) == 1
    assert jobs_for(clips[:1], 3) == 3


def test_ctrl_c_stops_all_and_the_next_run_goes_on(clips, tmp_path):
    command = [sys.executable, "-m", "ingest", "ingest", str(tmp_path / "clips"), "--jobs", "2"]
    command += ["--archive", str(tmp_path / "a.db")]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert running.stdout is not None
    running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    _, errors = running.communicate(timeout=30)
    if running.returncode == 130:  # else it was through before it heard
        *_, last = errors.splitlines()  # the empty file may have had its line by then
        assert last == (
            "onrecord: stopped; what was read is stored, the same command goes on from here"
        )
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 1, again.stderr  # the empty file
    assert "Traceback" not in again.stderr
    with Archive.open(tmp_path / "a.db") as archive:
        assert archive.db["articles"].count == 33


def test_memory_has_a_limit():
    code = (
        "from ingest.worker import limit_memory; limit_memory(500_000_000)\n"
        "try:\n    bytes(10**9)\nexcept MemoryError:\n    print('stopped')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout == "stopped\n"
