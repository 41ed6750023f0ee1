"""RTF, OpenDocument texts and Safari's web archives."""

from __future__ import annotations

import plistlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Capture
from ingest.errors import ReaderFailed
from ingest.read.place import Place, read_safely
from ingest.recognise import recognise
from tests.containers import FERRY, zipped

RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Helvetica;}{\*\generator X;}\b Ferry stays in port\b0\par"
    r"\par By Hedda Brix\par\par 6 May 2024\par\par The {\field{\*\fldinst{HYPERLINK "
    r'"https://skar.example"}}{\fldrslt ferry}} stayed in port, \u8220?again\u8221?. '
    r"Br\'f8d was gone.\par}"
)


def article(data: bytes, name: str):
    (capture,) = read_safely(Place(name, data=data))
    assert isinstance(capture, Capture), capture
    return recognise(capture)[0]


def test_rtf_is_read_as_the_text_that_it_holds():
    ferry = article(RTF.encode(), "ferry.rtf")
    assert (ferry.title, ferry.authors) == ("Ferry stays in port", ("Hedda Brix",))
    assert ferry.published.value == "2024-05-06"
    assert [p.text for p in ferry.paragraphs] == [
        "The ferry stayed in port, “again”. Brød was gone."
    ]


NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
CONTENT = f"""<office:document-content {NAMES}><office:body><office:text>
<text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes>
<text:h text:outline-level="1">Ferry stays in port</text:h><text:p>By Hedda Brix</text:p>
<text:p>The ferry<text:s/>stayed <text:span>in</text:span> port.<text:note><text:p>A note.
</text:p></text:note></text:p><text:list><text:list-item><text:p>Bread</text:p></text:list-item>
</text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>
<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
ODT = zipped(
    {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT}, method=0
)


def test_an_opendocument_text():
    ferry = article(ODT, "ferry.odt")
    assert (ferry.title, ferry.authors) == ("Ferry stays in port", ("Hedda Brix",))
    assert [(p.kind, p.text) for p in ferry.paragraphs] == [
        ("text", "The ferry stayed in port."),
        ("list_item", "Bread"),
        ("table", "a | b"),
    ]


def webarchive(fmt: plistlib.PlistFormat = plistlib.FMT_BINARY, **more: object) -> bytes:
    main = {
        "WebResourceData": FERRY.encode(),
        "WebResourceURL": "https://skar.example/ferry",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
    }
    return plistlib.dumps({"WebMainResource": main | more, "WebSubresources": []}, fmt=fmt)


@pytest.mark.parametrize("fmt", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_web_archive_of_safari(fmt):
    ferry = article(webarchive(fmt), "ferry.webarchive")
    assert (ferry.title, ferry.url) == ("Ferry stays in port", "https://skar.example/ferry")
    assert len(ferry.paragraphs) == 2


def test_a_web_archive_of_a_picture_and_a_list_of_something_else():
    other = plistlib.dumps([1], fmt=plistlib.FMT_BINARY)
    for data in (webarchive(WebResourceMIMEType="image/png"), other):
        (error,) = read_safely(Place("a.webarchive", data=data))
        assert "save" in str(error)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([RTF.encode(), ODT, webarchive()]), st.data())
def test_any_damage_gives_captures_or_errors(good, data):
    bad = bytearray(good)
    at = data.draw(st.integers(0, len(bad) - 1))
    bad[at] = data.draw(st.integers(0, 255))
    results = list(read_safely(Place("file", data=bytes(bad))))
    assert not any(isinstance(result, ReaderFailed) for result in results), results
