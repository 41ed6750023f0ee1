"""Word documents: headings, lists, tables, and what the document says of itself."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import IngestError
from ingest.article import Capture
from ingest.errors import NoArticle, TooLarge, UnreadableFile
from ingest.read import docx
from ingest.read.place import Place, read_place
from ingest.recognise import recognise

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STORY = (
    "The harbour board voted on Tuesday to close the old ferry berth for good, after a debate. "
    "“We shall not miss it,” said Alda Marsh, who chairs the board."
)


def p(text: str, style: str = "", more: str = "") -> str:
    set_in = f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>' if style or more else ""
    return f"<w:p>{set_in}<w:r><w:t>{text}</w:t></w:r></w:p>"


BODY = (
    p("Ferry loses its berth", "Titel")
    + p("By Joss Amberley")
    + p("3 March 2021")
    + f"<w:p><w:r><w:t>{STORY[:20]}</w:t></w:r><w:del><w:r><w:delText>not</w:delText></w:r></w:del>"
    + f"<w:ins><w:hyperlink><w:r><w:t>{STORY[20:]}</w:t></w:r></w:hyperlink></w:ins></w:p>"
    + p("What is next", "berschrift1")
    + p("A new berth.", "Listenabsatz", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    + "<w:tbl><w:tr><w:tc>" + p("Year") + "</w:tc><w:tc>" + p("Trips") + "</w:tc></w:tr></w:tbl>"
)  # fmt: skip
STYLES = (
    f'<w:styles {W}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
)
CORE = (
    '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>Typist Smith</dc:creator>'
    "<dcterms:created>2020-01-01T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def document(body: str | bytes | None = BODY, raw: bytes | None = None) -> bytes:
    xml = raw or f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        if body is not None:
            file.writestr("word/document.xml", xml)
        file.writestr("word/styles.xml", STYLES)
        file.writestr("docProps/core.xml", CORE)
    return out.getvalue()


def capture(data: bytes) -> Capture:
    (found,) = read_place(Place("story.docx", data=data))
    assert isinstance(found, Capture)
    return found


def test_a_document_as_an_article():
    (article,) = recognise(capture(document()))
    assert article.title == "Ferry loses its berth"
    assert article.authors[0] == "Joss Amberley"
    assert article.published is not None
    assert article.published.value == "2021-03-03"  # not when the file was made
    assert [(part.kind, part.text) for part in article.paragraphs] == [
        ("text", STORY),
        ("heading", "What is next"),
        ("list_item", "A new berth."),
        ("table", "Year | Trips"),
    ]


def test_a_short_first_line_is_the_title_where_no_style_says_so():
    (article,) = recognise(capture(document(p("Ferry loses its berth") + p(STORY))))
    assert article.title == "Ferry loses its berth"


@pytest.mark.parametrize("size", [100, 400, 900])
def test_a_document_cut_off(size: int):
    with pytest.raises(UnreadableFile, match="broken or cut off"):
        list(docx.read(Place("story.docx", data=document()[:size])))


def test_documents_without_text_or_with_traps():
    with pytest.raises(NoArticle, match="no text"):
        capture(document(""))
    with pytest.raises(UnreadableFile, match="broken"):
        list(docx.read(Place("story.docx", data=document(None))))
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><d>&b;</d>'
    with pytest.raises(UnreadableFile, match="declares entities"):
        capture(document(raw=laughs))


def test_a_bomb_is_not_unpacked():
    start = time.monotonic()
    with pytest.raises(TooLarge, match="unpacks to more"):
        capture(document(raw=b" " * 60_000_000))
    assert time.monotonic() - start < 10


def test_deep_nesting_and_many_paragraphs():
    assert capture(document(p(STORY) + "<w:sdt>" * 5_000 + p(STORY))).text.count(STORY) >= 1
    start = time.monotonic()
    assert capture(document(p(STORY) * 50_000))
    assert time.monotonic() - start < 20


BASE = document()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=30), st.integers(0, len(BASE)), st.booleans())
def test_whatever_is_in_it_no_other_error_comes(junk: bytes, at: int, inside: bool):
    data = BASE[:at] + junk + BASE[at + len(junk) :]
    if inside:
        xml = f"<w:document {W}><w:body>{BODY}</w:body></w:document>".encode()
        data = document(raw=xml[:at] + junk + xml[at + len(junk) :])
    try:
        for found in docx.read(Place("story.docx", data=data)):
            assert isinstance(found, (Capture, IngestError))
    except IngestError as error:
        assert "\n" not in str(error)  # noqa: PT017
