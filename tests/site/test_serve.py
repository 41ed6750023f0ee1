"""`serve` and `datasette_for`: any archive, whatever its name; one plain line for anything else."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from db.archive import Archive
from db.errors import CannotServe, NewerArchive, NoArchive, NotAnArchive
from db.site import serve
from db.site.serve import SETTINGS, datasette_for
from ingest.cli import cli
from tests.site.small import made


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["archive.db", "My clips (2024).db", "ümlaut", "a.b.sqlite"])
async def test_metadata_applies_whatever_the_file_is_called(archive_file, tmp_path, name):
    path = tmp_path / name
    shutil.copy(archive_file, path)
    site = datasette_for(path)
    (database,) = [n for n in site.databases if not n.startswith("_")]
    page = await site.client.get(site.urls.query(database, "most_quoted"))
    assert page.status_code == 200
    assert "Ada Marrow" in page.text
    assert "Who is quoted most" in page.text


@pytest.mark.asyncio
async def test_what_is_ingested_while_it_is_served_is_found_at_once(archive_file, tmp_path):
    path = tmp_path / "archive.db"
    shutil.copy(archive_file, path)
    site = datasette_for(path)
    address = "/archive/search.json?_shape=array&words=lighthouse"
    assert (await site.client.get(address)).json() == []
    with Archive.open(path) as archive:
        archive.add("/clips/new.txt", [made("Lighthouse to close", "It is dark.")])
    response = await site.client.get(address)
    assert [row["title"] for row in response.json()] == ["Lighthouse to close"]
    assert "max-age" not in response.headers.get("cache-control", "")


def test_the_settings_are_ones_that_datasette_knows(archive_file):
    site = datasette_for(archive_file)
    assert {name: site.setting(name) for name in SETTINGS} == SETTINGS


def test_what_is_no_archive_is_refused_in_one_line(tmp_path, archive_file):
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as conn:
        conn.execute("CREATE TABLE t (x)")
    conn.close()
    newer = tmp_path / "newer.db"
    shutil.copy(archive_file, newer)
    with sqlite3.connect(newer) as conn:
        conn.execute("PRAGMA user_version = 999")
    conn.close()
    for path, error in [
        (tmp_path / "none.db", NoArchive),
        (other, NotAnArchive),
        (newer, NewerArchive),
    ]:
        with pytest.raises(error) as caught:
            datasette_for(path)
        assert len(str(caught.value).splitlines()) == 1
    assert not (tmp_path / "none.db").exists()


def test_metadata_is_found_in_a_wheel_before_the_repository(tmp_path, monkeypatch):
    site = tmp_path / "db" / "site"
    site.mkdir(parents=True)
    (tmp_path / "metadata.json").write_text('{"title": "repository"}')
    monkeypatch.setattr(serve, "__file__", str(site / "serve.py"))
    assert serve.load_metadata() == {"title": "repository"}
    (site / "metadata.json").write_text('{"title": "wheel"}')
    assert serve.load_metadata() == {"title": "wheel"}


def test_a_taken_port_is_one_plain_line(archive_file):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotServe, match="--port"):
            serve.serve(archive_file, port=port)
    with pytest.raises(CannotServe):
        serve.serve(archive_file, port=99_999)
    with pytest.raises(CannotServe):
        serve.serve(archive_file, host="203.0.113.1", port=0)


def test_the_archive_is_named_once(archive_file, monkeypatch):
    served = []
    monkeypatch.setattr(
        "ingest.commands.serve.serve_archive", lambda path, **_: served.append(path)
    )
    words = [str(archive_file)], ["--archive", str(archive_file)]
    for given in words:
        assert CliRunner().invoke(cli, ["serve", *given]).exit_code == 0
    assert served == [Path(archive_file)] * 2
    twice = CliRunner().invoke(cli, ["serve", *words[0], *words[1]])
    assert (twice.exit_code, len(served)) == (2, 2)
    assert "are two; name one" in twice.output


def test_the_real_server_answers_and_stops(archive_file):
    code = f"from db.site.serve import serve; serve({archive_file!r}, port=0)"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    try:
        address = process.stdout.readline().split()[1]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}news/speakers.json?_shape=array") as response:
            names = [row["name"] for row in json.load(response)]
        assert names == ["Ada Marrow", "Zoë Zelenskyy"]
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=10)
        assert time.monotonic() - began < 5
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("plugin", [True, False], ids=["with our plugin", "without it"])
def test_plain_datasette_with_metadata_works(archive_file, tmp_path, plugin):
    path = tmp_path / "archive.db"
    shutil.copy(archive_file, path)
    top = Path(__file__).parents[2]
    code = "from datasette.cli import cli\n"
    if not plugin:
        code += "from datasette.plugins import pm; pm.unregister(name='onrecord')\n"
    target = "/archive/search.json?_shape=array&words=ferry"
    code += f"cli([{str(path)!r}, '-m', 'metadata.json', '--get', {target!r}])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=top, timeout=60
    )
    assert [row["found_in"] for row in json.loads(done.stdout)] == ["title", "quote"], done.stderr


def test_an_answer_is_sent_at_once(archive_file):
    """The event loop sets TCP_NODELAY only where the listener names its protocol."""
    listener = serve._listener("127.0.0.1", 0)
    assert listener.proto == socket.IPPROTO_TCP
    listener.close()
