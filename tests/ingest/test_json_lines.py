"""JSON Lines and JSON arrays as data sets; bad lines are named and the rest goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Capture
from ingest.errors import IngestError, NoArticle
from ingest.read import json_lines, read_captures
from ingest.read.place import Place
from ingest.recognise import recognise

FERRY = {
    "id": "f-1",
    "headline": "Ferry stays in port",
    "author": ["Hedda Brix", "Ole Lind"],
    "date": "2024-05-06T10:00:00+02:00",
    "link": "https://post.example/ferry",
    "outlet": "Skarholm Post",
    "body": "The ferry stayed in port on Monday.\n\n“Nobody sails in this,” said Runa Vik.",
}
WALLABAG = {
    "id": 7,
    "title": "Tugs stay in port",
    "url": "https://post.example/tugs",
    "content": "<p>Both tugs stayed in port.</p><p>They sail on Friday.</p>",
    "published_at": "2024-05-07T08:00:00+0200",
    "published_by": ["Hedda Brix"],
    "domain_name": "post.example",
    "tags": ["sea"],
}


def found(tmp_path: Path, data: bytes, name: str = "set.jsonl"):
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_captures(path))


def test_a_line_is_an_article(tmp_path):
    (capture,) = found(tmp_path, json.dumps(FERRY).encode())
    assert capture.source.endswith("set.jsonl!f-1")
    (article,) = recognise(capture)
    assert article.title == "Ferry stays in port"
    assert article.authors == ("Hedda Brix", "Ole Lind")
    assert article.publisher == "Skarholm Post"
    assert article.published.value == "2024-05-06T10:00:00+02:00"
    assert article.url == "https://post.example/ferry"
    assert len(article.paragraphs) == 2


def test_a_field_without_a_name_says_nothing(tmp_path):
    record = {"": "17", "title": "Ferry stays in port", "text": FERRY["body"]}
    (capture,) = found(tmp_path, json.dumps(record).encode())
    (article,) = recognise(capture)
    assert (article.title, article.publisher, article.authors) == ("Ferry stays in port", None, ())


def test_an_array_as_wallabag_exports_it(tmp_path):
    first, second = found(tmp_path, json.dumps([WALLABAG, FERRY], indent=2).encode(), "w.json")
    (article,) = recognise(first)
    assert [p.text for p in article.paragraphs] == [
        "Both tugs stayed in port.",
        "They sail on Friday.",
    ]
    assert article.authors == ("Hedda Brix",)
    assert second.source.endswith("!f-1")


def test_an_object_set_over_several_lines(tmp_path):
    one, two = json.dumps(FERRY, indent=2), json.dumps(WALLABAG, indent=2)
    first, second = found(tmp_path, f"{one}\n{two}\n".encode(), "two.json")
    assert (first.source.rpartition("!")[2], second.source.rpartition("!")[2]) == ("f-1", "7")
    whole, error = found(tmp_path, f"{one}\n{two[:-30]}".encode(), "cut.json")
    assert isinstance(whole, Capture)
    assert "after 1 records the JSON is cut off" in str(error)


def test_json_that_is_no_data_set_is_one_line(tmp_path):
    settings = json.dumps({f"page-{at}": {"seen": True} for at in range(9_000)}, indent=1)
    with pytest.raises(NoArticle, match=r"it has page-0, .* page-11, …: say so with --map"):
        found(tmp_path, settings.encode(), "settings.json")


@pytest.mark.parametrize("name", ["set.jsonl", "set.json", "set.txt"])
def test_records_of_unknown_fields_are_no_text(tmp_path, name):
    told = {
        "kop": "Ferry stays",
        "story": "The ferry stayed in port on Monday, and so did we. " * 9,
    }
    for data in (json.dumps([told, told]), "\n".join([json.dumps(told)] * 3)):
        with pytest.raises(NoArticle, match="which column holds the text; it has kop, story: say"):
            found(tmp_path, data.encode(), name)


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path):
    good = json.dumps(FERRY).encode()
    deep = b'{"text": ' + b"[" * 100_000
    lines = [good, b'{"cut": ', b"", b"[1]", deep, b'{"id": 9, "title": "No text"}', good]
    results = found(tmp_path, b"\n".join(lines))
    assert [isinstance(r, Capture) for r in results] == [True, False, False, False, False, True]
    numbers = [r.source.rpartition("!")[2] for r in results if isinstance(r, IngestError)]
    assert numbers == ["2", "4", "5", "9"]
    assert all("\n" not in str(r) for r in results if isinstance(r, IngestError))


def test_an_array_cut_off_keeps_what_was_whole(tmp_path):
    data = json.dumps([FERRY, WALLABAG]).encode()
    whole, error = found(tmp_path, data[:-40])
    assert isinstance(whole, Capture)
    assert "after 1 records" in str(error)


def test_a_line_in_windows_1252(tmp_path):
    row = json.dumps(FERRY, ensure_ascii=False).replace("Runa Vik", "Rùna Vik")
    (capture,) = found(tmp_path, row.encode("cp1252"))
    assert "“Nobody sails in this,” said Rùna Vik" in capture.text


@pytest.mark.parametrize("data", [b"[1, 2]", b"{}", b'{"a": 1}', b"", b"[]", b'{"title": "x"}'])
def test_other_json_is_left_to_others(data):
    assert not json_lines.matches(data, "x")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_anything_gives_captures_or_errors(junk, is_array):
    place = Place("f.jsonl", data=(b"[" if is_array else b"") + json.dumps(FERRY).encode() + junk)
    results = list(json_lines.read(place))
    assert all(isinstance(r, Capture | IngestError) for r in results)
