"""Nothing but `--fetch` and `--feed` opens a connection, whatever the files say.

The files point to a site of our own, which would know if C code asked for something; Python's own
ways to the network are watched.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import socket
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli import cli
from tests.containers import packed, record
from tests.ingest import test_docx, test_epub, test_mail, test_pdf
from tests.ingest.test_html import mhtml
from tests.web import Site, item, page, rss

DATA = Path(__file__).parents[1] / "data"


def pointing(site: Site) -> str:
    """A page that points to the site in every way that a browser would follow."""
    base = site.base
    head = (
        f'<base href="{base}/"><link rel="stylesheet" href="{base}/a.css"><link rel="canonical"'
        f' href="{base}/ferry"><link rel="amphtml" href="{base}/amp"><script src="{base}/a.js">'
        f'</script><meta http-equiv="refresh" content="0; url={base}/next"><meta'
        f' property="og:image" content="{base}/a.png"><meta property="og:url" content="{base}/x">'
    )
    text = page("Ferry loses its berth", head=head).replace(
        "<!doctype html>", f'<!DOCTYPE html PUBLIC "-//X//Y" "{base}/xhtml.dtd">'
    )
    body = f'<img src="{base}/a.png"><iframe src="{base}/frame"></iframe><p>See {base}/more</p>'
    return text.replace("</article>", f"{body}</article>")


def samples(site: Site) -> dict[str, bytes]:
    """A file of every format that is read."""
    html = pointing(site)
    data = html.encode()
    feed = rss(item("Ferry", f"{site.base}/ferry"))
    doctype = f'?><!DOCTYPE rss SYSTEM "{site.base}/rss.dtd">'
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as members:
        members.writestr("ferry.html", html)
    with tarfile.open(fileobj=tarred, mode="w:gz") as members:
        member = tarfile.TarInfo("ferry.html")
        member.size = len(data)
        members.addfile(member, io.BytesIO(data))
    row = {"title": "Ferry", "url": f"{site.base}/ferry", "html": html}
    return {
        "ferry.html": data,
        "ferry.mhtml": mhtml(html),
        "ferry.html.gz": gzip.compress(data),
        "feed.xml": feed.replace("?>", doctype, 1).encode(),
        "ferry.warc": record(f"{site.base}/ferry", html),
        "ferry.warc.gz": packed([record(f"{site.base}/ferry", html)]),
        "ferry.eml": test_mail.letter(html).as_bytes(),
        "ferry.epub": test_epub.book(),
        "ferry.docx": test_docx.document(),
        "ferry.pdf": test_pdf.PAPER,
        "ferry.zip": zipped.getvalue(),
        "ferry.tar.gz": tarred.getvalue(),
        "ferry.jsonl": json.dumps(row).encode() + b"\n",
        "ferry.csv": f"title,url,text\nFerry,{site.base}/ferry,It stays in port.\n".encode(),
        "address.txt": f"{site.base}/ferry\n".encode(),
    }


@pytest.fixture
def attempts(monkeypatch):
    """Every try to reach the network from Python, which fails."""
    tried: list[object] = []

    def refuse(*words: object, **_: object) -> None:
        tried.append(words)
        raise OSError("no network in this test")

    for name in ("connect", "connect_ex", "sendto", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


def test_nothing_else_opens_a_connection(site, attempts, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    run = CliRunner().invoke
    clips = tmp_path / "clips"
    shutil.copytree(DATA, clips)
    made = samples(site)
    for name, data in made.items():
        (clips / name).write_bytes(data)
    first = run(cli, ["ingest", "clips", "--jobs", "1"])
    (clips / "ferry.html").write_bytes(made["ferry.html"].replace(b"planks", b"beams"))
    again = run(cli, ["ingest", "clips", "--jobs", "1"])
    commands = [
        ["ingest", "--dry-run", *(str(clips / name) for name in made), "--jobs", "1"],
        ["ingest", f"{site.base}/ferry"],
        ["search", "berth"], ["show", "1"], ["diff", "1"], ["check"], ["reread"],
        *(["quotes", str(clips / name)] for name in made),
        ["demo", "--no-serve"],
    ]  # fmt: skip
    results = [run(cli, words) for words in commands]
    assert attempts == []
    assert site.asked == []
    for name in made:
        if name != "address.txt":
            assert f"/{name}" in first.stdout, name
    assert "1 revised" in again.stdout
    assert all(isinstance(one.exception, SystemExit | None) for one in [first, again, *results])


def test_the_watch_sees_what_fetching_does(tmp_path, monkeypatch, attempts):
    monkeypatch.chdir(tmp_path)
    words = ["ingest", "--fetch", "http://gazette.example/ferry", "--jobs", "1"]
    assert "no such host" in CliRunner().invoke(cli, words).stderr
    assert attempts
