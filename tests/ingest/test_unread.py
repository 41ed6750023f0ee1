"""Files that hold no text to read: each gets one line that says what it is and what to do."""

from __future__ import annotations

from collections import Counter

import pytest
from click.testing import CliRunner

from db.archive import Archive
from ingest.article import Capture
from ingest.cli import cli
from ingest.read import walk
from ingest.read.place import Place, read_safely
from ingest.uploads import taker
from tests.containers import FERRY, zipped

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "this is a picture"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "this is a picture"),
        ("a.heic", b"\0\0\0\x18ftypheic", "this is a picture"),
        ("a.svg", b"<?xml version='1.0'?><svg xmlns='x'><title>Logo</title></svg>", "a picture"),
        ("a.mp3", b"ID3\x03\0\0\0\0\0\0", "this is a recording; give its transcript"),
        ("a.mp4", b"\0\0\0\x20ftypisom", "this is a recording"),
        ("a.7z", b"7z\xbc\xaf'\x1c", "unpack it first"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "save it as docx, CSV or eml"),
        ("a.sqlite", b"SQLite format 3\0\x10", "onrecord merge"),
        ("a.parquet", b"PAR1\x15\0", "write it as CSV or JSON Lines"),
        ("a.xlsx", zipped({"[Content_Types].xml": "x", "xl/a.xml": "y"}), "save it as CSV"),
        ("a.pptx", zipped({"[Content_Types].xml": "x", "ppt/a.xml": "y"}), "save them as PDF"),
        ("a.ods", zipped({"mimetype": ODS, "content.xml": "y"}, 0), "save it as CSV"),
        (
            "a.opml",
            b'<?xml version="1.0"?><opml><outline xmlUrl="a"/><outline xmlUrl="b"/></opml>',
            "2 feeds and no text; take one in with: onrecord ingest --feed URL",
        ),
        ("sitemap.xml", b"<urlset><url><loc>https://a.example</loc></url></urlset>", "1 address"),
        (
            "bookmarks.html",
            b'<!DOCTYPE NETSCAPE-Bookmark-file-1><A HREF="https://a.example">A</A>',
            "these bookmarks have 1 address",
        ),
        ("a.url", b"[InternetShortcut]\r\nURL=https://a.example/b\r\n", "--fetch https://a.exam"),
        ("a.js", b"var a = 'The ferry stayed in port, she said.';", "no page; give the page"),
    ],
)
def test_what_holds_no_text_is_named_for_what_it_is(name, data, said):
    (error,) = read_safely(Place(name, data=data))
    assert not isinstance(error, Capture)
    assert str(error).startswith(f"{name}: ")
    assert said in str(error)
    assert len(str(error).splitlines()) == 1


@pytest.mark.parametrize("text", ["PAR1 is a road.", "ID3 is a tag.", "BM stands for it.", "MM*"])
def test_a_text_that_begins_with_such_letters_is_a_text(text):
    (capture,) = read_safely(Place("a.txt", data=f"Ferry\n\n{text} The ferry left.\n".encode()))
    assert isinstance(capture, Capture)
    (capture,) = read_safely(Place("a.txt", data=f"{text} The ferry left on Monday.\n".encode()))
    assert isinstance(capture, Capture)


def test_in_folders_and_archives_what_pages_are_made_with_is_left_out(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "ferry.html").write_text(FERRY)
    for name in ("a.jpg", "b.JPG", "c.css", "d.js"):
        (site / name).write_text("x")
    beside: Counter[str] = Counter()
    assert [path.rpartition("/")[2] for path in walk([site], beside)] == ["ferry.html"]
    assert beside == {"jpg": 2, "css": 1, "js": 1}
    assert len(list(walk([site], every=True))) == 5
    assert list(walk([site / "d.js"])) == [str(site / "d.js")]
    result = CliRunner().invoke(cli, ["ingest", "--archive", str(tmp_path / "a.db"), str(site)])
    assert result.exit_code == 0
    assert "4 files that pages are made with left out (.jpg, .css, .js)" in result.stderr
    packed = zipped({"ferry.html": FERRY, "a.jpg": "x", "css/site.css": "y"})
    assert len(list(read_safely(Place("site.zip", data=packed)))) == 1


def test_a_picture_that_somebody_sends_is_told_of(tmp_path):
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF")
    with Archive.open(tmp_path / "a.db"):
        pass
    (told,) = taker(tmp_path / "a.db", jobs=1)(tmp_path / "sent")
    assert (told.name, told.failed) == ("a.jpg", True)
    assert "this is a picture" in told.outcome
