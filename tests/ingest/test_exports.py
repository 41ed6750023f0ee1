"""What reading services hand out: an Omnivore zip, with its bad members named."""

from __future__ import annotations

import io
import json
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Capture
from ingest.errors import IngestError, ReaderFailed
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise

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
