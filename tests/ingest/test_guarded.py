"""What articles and names of files hold cannot steer the terminal."""

import io
import os
import subprocess
import sys

import pytest

from ingest.guarded import Guarded, harmless, one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1mours\x1b[0m", "\x1b[1mours\x1b[0m"),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("a\x1b]52;c;Zm9n\x07b", "a\ufffd]52;c;Zm9n\ufffdb"),
        ("a\x9b2Jb\tc\r\n", "a\ufffd2Jb\tc\r\n"),
        ("ends in \x1b", "ends in \ufffd"),
        ("日本 🚢 é", "日本 🚢 é"),
    ],
)
def test_harmless(text, shown):
    assert harmless(text) == shown
    stream = io.StringIO()
    assert Guarded(stream).write(text) == len(text)
    assert stream.getvalue() == shown


def test_one_line():
    assert one_line("a\nb\x1b[2J\u2028é") == "a\\nb\\x1b[2J\\u2028é"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals there")
def test_a_headline_cannot_clear_the_screen(tmp_path):
    record = (
        '{"title": "Ferry \\u001b[2J sails", "text": "The ferry sailed \\u001b[2J on Monday."}\n'
    )
    (tmp_path / "records\n.jsonl").write_text(record, "utf-8")
    run = [sys.executable, "-m", "ingest"]
    told = b""
    for command in (["ingest", "."], ["search", "ferry"], ["show", "1"]):
        master, slave = os.openpty()
        with subprocess.Popen(
            [*run, *command], cwd=tmp_path, stdout=slave, stderr=slave
        ) as process:
            os.close(slave)
            while part := _read(master):
                told += part
        assert process.returncode == 0
        os.close(master)
    assert b"Ferry" in told
    assert b"\x1b[2J" not in told
    assert b"records\\n.jsonl" in told


def _read(terminal):
    try:
        return os.read(terminal, 65_536)
    except OSError:  # nobody writes to it any more
        return b""
