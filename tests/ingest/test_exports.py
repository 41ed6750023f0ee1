"""What reading services hand out: an Omnivore zip, lists of Pocket's; what is bad is named."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Capture
from ingest.errors import IngestError, ReaderFailed
from ingest.read import pocket
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise
from tests.containers import FERRY, zipped

PAGE = {
    "slug": "ferry-stays",
    "title": "Ferry stays in port",
    "author": "Hedda Brix",
    "url": "https://post.example/ferry",
    "savedAt": "2024-05-07T09:00:00Z",
    "publishedAt": "2024-05-06T10:00:00Z",
}
HTML = "<p>The ferry stayed in port.</p><p>“Nobody sails in this,” said Runa Vik.</p>"


def export(pages: object, **content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata_0_to_20.json", json.dumps(pages))
        for slug, html in content.items():
            archive.writestr(f"content/{slug.replace('_', '-')}.html", html)
    return out.getvalue()


def found(data: bytes):
    return list(read_safely(Place("omnivore.zip", data=data)))


def test_an_omnivore_export():
    (capture,) = found(export([PAGE], ferry_stays=HTML))
    assert capture.source == "omnivore.zip!ferry-stays"
    (article,) = recognise(capture)
    assert article.title == "Ferry stays in port"
    assert article.authors == ("Hedda Brix",)
    assert article.published.value == "2024-05-06T10:00:00Z"
    assert article.captured.value == "2024-05-07T09:00:00Z"
    assert len(article.paragraphs) == 2


def test_a_page_without_content_a_bad_record_and_a_name_that_leads_out():
    out = PAGE | {"slug": "../../etc/passwd"}
    results = found(export([out, 7, PAGE | {"slug": "none"}, PAGE], ferry_stays=HTML))
    assert [isinstance(r, Capture) for r in results] == [False, False, False, True]
    assert all(len(str(r).splitlines()) == 1 for r in results[:3])


def test_lists_that_are_none_and_a_zip_cut_off():
    assert "no list of pages" in str(found(export({"a": 1}))[0])
    assert "cut off" in str(found(export([PAGE], ferry_stays=HTML)[:-60])[0])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_damage_gives_captures_or_errors(data):
    good = bytearray(export([PAGE], ferry_stays=HTML))
    at = data.draw(st.integers(0, len(good) - 1))
    good[at] = data.draw(st.integers(0, 255))
    results = found(bytes(good))
    assert all(isinstance(r, Capture | IngestError) for r in results)
    assert not any(isinstance(r, ReaderFailed) for r in results)


LIST = """<!DOCTYPE html>
<html>
	<!--So long and thanks for all the fish-->
	<head>
		<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
		<title>Pocket Export</title>
	</head>
	<body>
		<h1>Unread</h1>
		<ul>
			<li><a href="https://post.example/ferry?a=1" time_added="1715000000" tags="s">F</a></li>
		</ul>
		<h1>Read Archive</h1>
		<ul>
			<li><a href="https://post.example/tugs" time_added="1715000001" tags="">Tugs</a></li>
		</ul>
	</body>
</html>
"""
TABLE = """title,url,time_added,tags,status
Ferry,https://post.example/ferry?a=1,1715000000,sea|port,unread
"Tugs, again",https://post.example/tugs,1715000001,,archive
"""
HIGHLIGHTS = '[{"url": "https://post.example/tugs", "title": "Tugs", "highlights": []}]'
ZIP = {"part_000000.csv": TABLE, "annotations/part_000000.json": HIGHLIGHTS}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ril_export.html", LIST.encode()),
        ("part_000000.csv", TABLE.encode()),
        ("part_000000.csv", b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode()),
        ("pocket.zip", zipped(ZIP)),
    ],
)
def test_a_list_of_pocket_says_what_it_holds_and_what_to_do(name, data):
    (error,) = read_safely(Place(name, data=data))
    assert str(error) == (
        f"{name}: this Pocket list has 2 addresses and no text;"
        " take one in with: onrecord ingest --fetch URL"
    )
    assert list(pocket.addresses(Place(name, data=data))) == [
        "https://post.example/ferry?a=1",
        "https://post.example/tugs",
    ]


def test_a_page_beside_lists_of_pocket_is_read():
    page, error = list(read_safely(Place("a.zip", data=zipped({"ferry.html": FERRY, **ZIP}))))[:2]
    assert isinstance(page, Capture)
    assert "2 addresses and no text" in str(error)


def test_a_list_of_pocket_without_addresses_and_a_zip_cut_off():
    (error,) = read_safely(Place("p.csv", data=TABLE.partition("\n")[0].encode()))
    assert "has 0 addresses and no text" in str(error)
    (error,) = read_safely(Place("p.zip", data=zipped(ZIP)[:-40]))
    assert "the Pocket export is cut off or damaged" in str(error)


def test_a_page_about_pocket_is_a_page():
    page = FERRY.replace("<title>Ferry stays in port", "<title>Pocket Export")
    (capture,) = read_safely(Place("page.html", data=page.encode()))
    assert isinstance(capture, Capture)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_list_gives_one_line_or_what_other_readers_make_of_it(data):
    good = bytearray(data.draw(st.sampled_from([LIST.encode(), TABLE.encode(), zipped(ZIP)])))
    at = data.draw(st.integers(0, len(good) - 1))
    good[at] = data.draw(st.integers(0, 255))
    results = list(read_safely(Place("list", data=bytes(good))))
    assert all(isinstance(r, Capture | IngestError) for r in results)
    assert not any(isinstance(r, ReaderFailed) for r in results)
