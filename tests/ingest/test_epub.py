"""EPUBs: newspapers and magazines as e-books, an article an item of the spine."""

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
from ingest.read import epub
from ingest.read.place import Place, read_place
from ingest.recognise import recognise

STORY = (
    "The harbour board voted on Tuesday to close the old ferry berth for good, after a debate. "
    "“We shall not miss it,” said Alda Marsh, who chairs the board, after the vote was counted."
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
OPF = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Gazette, 3 March</dc:title>
<dc:publisher>The Harbour Gazette</dc:publisher><dc:language>en</dc:language>
<dc:date>2021-03-03</dc:date><dc:creator>calibre</dc:creator></metadata><manifest>
<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="text/one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine>
</package>"""


def chapter(title: str, body: str = f"<p>{STORY}</p><p>{STORY}</p>") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html '
        f'xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>{title}</h1>'
        f"<p>By Joss Amberley</p><p>2 March 2021</p>{body}</body></html>"
    )


def book(**changed: str | bytes | None) -> bytes:
    members: dict[str, str | bytes | None] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": OPF,
        "OEBPS/nav.xhtml": chapter("Contents"),
        "OEBPS/cover.xhtml": "<html><body><img src='cover.png'/></body></html>",
        "OEBPS/text/one.xhtml": chapter("Ferry loses its berth"),
        "OEBPS/text/two b.xhtml": chapter("Bridge opens"),
    }
    members.update({key.replace("__", "/").replace("_dot_", "."): v for key, v in changed.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            if content is not None:
                how = zipfile.ZIP_STORED if name == "mimetype" else None
                file.writestr(name, content, how)
    return out.getvalue()


def captures(data: bytes) -> list[Capture | IngestError]:
    return list(read_place(Place("paper.epub", data=data)))


def test_an_article_a_chapter_in_the_order_of_the_spine():
    found = captures(book())
    assert [one.source for one in found] == [
        "paper.epub!OEBPS/text/one.xhtml",
        "paper.epub!OEBPS/text/two b.xhtml",
    ]
    assert isinstance(found[0], Capture)
    (article,) = recognise(found[0])
    assert article.title == "Ferry loses its berth"
    assert article.authors == ("Joss Amberley",)
    assert (article.publisher, article.language) == ("The Harbour Gazette", "en")
    assert article.published is not None
    assert article.published.value == "2021-03-02"  # its own date, before that of the issue
    assert [p.text for p in article.paragraphs] == [STORY, STORY]


def test_a_zip_of_books_is_no_book():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("first.epub", book())
    found = list(read_place(Place("papers.zip", data=out.getvalue())))
    assert found[0].source == "papers.zip!first.epub!OEBPS/text/one.xhtml"


def test_a_missing_chapter_takes_down_only_itself():
    first, second = captures(book(OEBPS__text__one_dot_xhtml=None))
    assert "missing" in str(first)
    assert isinstance(second, Capture)


def test_names_that_lead_outside_are_not_followed():
    assert len(captures(book(OEBPS__book_dot_opf=OPF.replace("text/one", "../../../etc/one")))) == 1


@pytest.mark.parametrize("size", [100, 400, 1500])
def test_a_book_cut_off(size: int):
    with pytest.raises(UnreadableFile, match="broken or cut off"):
        list(epub.read(Place("paper.epub", data=book()[:size])))


def test_broken_or_hostile_packages():
    laughs = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><package>&b;</package>'
    with pytest.raises(UnreadableFile, match="declares entities"):
        captures(book(OEBPS__book_dot_opf=laughs))
    with pytest.raises(UnreadableFile, match="broken"):
        captures(book(OEBPS__book_dot_opf=None))
    with pytest.raises(NoArticle, match="no chapter"):
        captures(book(OEBPS__book_dot_opf="<package/>"))


def test_a_bomb_is_not_unpacked():
    start = time.monotonic()
    found = captures(book(OEBPS__text__one_dot_xhtml=b"<p>" * 20_000_000))
    assert isinstance(found[0], TooLarge)
    assert time.monotonic() - start < 10


def test_a_locked_book_says_so():
    locked = (
        "<encryption><EncryptedData><CipherReference URI='OEBPS/{}'/></EncryptedData></encryption>"
    )
    name = "META-INF__encryption_dot_xml"
    with pytest.raises(UnreadableFile, match="locked by its seller"):
        captures(book(**{name: locked.format("text/one.xhtml")}))
    assert captures(book(**{name: locked.format("font.otf")}))


def test_deep_nesting_is_read():
    deep = chapter("Ferry", "<div>" * 20_000 + f"<p>{STORY}</p>" * 3)
    found = captures(book(OEBPS__text__one_dot_xhtml=deep))
    assert all(isinstance(one, (Capture, IngestError)) for one in found)


BASE = book()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=30), st.integers(0, len(BASE)), st.booleans())
def test_whatever_is_in_it_no_other_error_comes(junk: bytes, at: int, inside: bool):
    data = BASE[:at] + junk + BASE[at + len(junk) :]
    if inside:
        opf = OPF.encode()
        data = book(OEBPS__book_dot_opf=opf[:at] + junk + opf[at + len(junk) :])
    try:
        for found in epub.read(Place("paper.epub", data=data)):
            assert isinstance(found, (Capture, IngestError))
    except IngestError as error:
        assert "\n" not in str(error)  # noqa: PT017
