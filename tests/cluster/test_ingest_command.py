"""`onrecord ingest --scheduler` at the command line, and what it says where it cannot work."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from db.cluster.ledger import NAME
from tests.bench.kills import write_clips
from tests.cluster.machines import machines


def onrecord(*words, cwd, without="", **more):
    """Run the command in a process of its own, with modules that it must not import."""
    code = (
        "import sys\n"
        f"for name in {without.split()!r}: sys.modules[name] = None\n"
        "from ingest.cli import cli\ncli(prog_name='onrecord')"
    )
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, **more)


@pytest.fixture
def clips(tmp_path):
    (tmp_path / "clips").mkdir()
    write_clips(tmp_path / "clips", 10)
    return tmp_path


def test_without_the_option_dask_is_not_imported(clips):
    ran = onrecord("ingest", "clips", cwd=clips, without="distributed dask tornado")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "11 added" in ran.stdout


def test_without_the_extra_one_line_says_how_to_get_it(clips):
    words = ["ingest", "clips", "--archive", "news", "--scheduler", "tcp://127.0.0.1:1"]
    ran = onrecord(*words, cwd=clips, without="distributed")
    assert ran.returncode == 1
    assert "pip install 'onrecord[cluster]'" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert not (clips / "news").exists()


@pytest.mark.parametrize("words", [["-"], ["clips", "--fetch", "https://a.example"]])
def test_what_does_not_go_together_is_said(clips, words):
    ran = onrecord("ingest", *words, "--scheduler", "tcp://127.0.0.1:1", cwd=clips)
    assert ran.returncode == 2
    assert "--scheduler goes with files and folders" in ran.stderr


def test_the_whole_way(three, clips):
    words = ["ingest", "clips", "--archive", "news", "--scheduler", three.address]
    empty = clips / "clips" / "empty.txt"
    empty.write_bytes(b"")
    ran = onrecord(*words, cwd=clips)
    assert ran.returncode == 1
    assert ran.stderr == f"onrecord: {empty}: the file is empty; save the page again\n"
    assert "11 added, 0 unchanged, 0 revised, 1 failed" in ran.stdout
    ran = onrecord(*words, "--json", cwd=clips)
    titles = [json.loads(line)["title"] for line in ran.stdout.splitlines()]
    assert len(titles) == 11
    assert all(titles)
    assert "0 added, 11 unchanged, 0 revised, 1 failed" in ran.stderr


def test_a_scheduler_that_is_not_there_or_goes_is_said_on_one_line(clips):
    words = ["ingest", "clips", "--archive", "news", "--scheduler"]
    ran = onrecord(*words, "tcp://127.0.0.1:1", cwd=clips)
    assert ran.returncode == 1
    assert "no scheduler answers" in ran.stderr
    with machines(clips / "running", workers=0) as running:
        command = [sys.executable, "-m", "ingest", *words, running.address]
        ingest = subprocess.Popen(
            command, cwd=clips, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        while not (clips / "news" / NAME).exists():  # then it waits for workers
            assert ingest.poll() is None
            time.sleep(0.1)
        running.kill_scheduler()
        _, errors = ingest.communicate(timeout=120)
    assert ingest.returncode == 1
    assert len(errors.splitlines()) == 1
    assert "the scheduler is gone" in errors
